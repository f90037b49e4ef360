import { paths } from '~/app/paths'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'
import { ActionButton, Banner, ButtonLink } from '../ui'
import { useFrame } from './root-data'

/** What a person has to know before anything else they do here. */
export function Notices() {
  const { viewer } = useFrame()
  if (!viewer || (viewer.confirmed && !viewer.suspended && viewer.silences.length === 0 && !viewer.rolesWait)) return null
  return (
    <aside className="wrap grid gap-2 pt-4" aria-label={say('ui.notices')}>
      {viewer.suspended ? <Banner kind="danger">{say('ui.suspended')}</Banner> : null}
      {viewer.silences.map((silence) => (
        <Banner
          key={silence.decisionId}
          kind="caution"
          end={
            <ButtonLink size="sm" to={paths.decision(silence.decisionId)}>
              {say('ui.silenced.why')}
            </ButtonLink>
          }
        >
          {say('ui.silenced', {
            where: silence.communityName === null ? 'portal' : 'room',
            room: silence.communityName ?? '',
            day: sayMoment(silence.until),
          })}
        </Banner>
      ))}
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
