import { paths } from '~/app/paths'
import { say } from '~/words'
import { ActionButton, Banner, ButtonLink } from '../ui'
import { useFrame } from './root-data'

/** What a person has to know before anything else they do here. */
export function Notices() {
  const { viewer } = useFrame()
  if (!viewer || (viewer.confirmed && !viewer.suspended && !viewer.rolesWait)) return null
  return (
    <aside className="wrap grid gap-2 pt-4" aria-label={say('ui.notices')}>
      {viewer.suspended ? <Banner kind="danger">{say('ui.suspended')}</Banner> : null}
      {viewer.confirmed ? null : (
        <Banner kind="caution" end={<ActionButton variant="text" action={paths.confirmEmailAgain()} label={say('ui.sendAgain')} />}>
          {say('ui.unconfirmed')}
        </Banner>
      )}
      {viewer.rolesWait ? (
        <Banner
          kind="caution"
          end={
            <ButtonLink size="sm" to={paths.setUpSecondStep()}>
              {say('accounts.secondStep.setUp')}
            </ButtonLink>
          }
        >
          {say('ui.rolesWait')}
        </Banner>
      ) : null}
    </aside>
  )
}
