import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DutyOffers, ModeratorForm, ModeratorRows } from '~/app/components/operate'
import { PageHead, Section, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { appointPortalModerator, dutyOffersFor, portalModeratorList } from '~/server/communities'
import { ModeratorInput } from '~/server/communities/input'
import { say } from '~/words'

export const loader = load(async ({ viewer }) => {
  const [moderators, offers] = await Promise.all([portalModeratorList(viewer), dutyOffersFor(viewer, null)])
  return { moderators, offers }
})

export const action = act(ModeratorInput, async ({ viewer, input }) => {
  await appointPortalModerator(viewer, input)
  return redirect(paths.operateModerators())
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('operate.moderators') }) }]

export default function ModeratorsScreen() {
  const { moderators, offers } = useLoaderData<typeof loader>()
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('operate.moderators')}
        lede={say('operate.moderators.lede')}
        crumbs={[{ to: paths.operate(), label: say('operate.title') }]}
      />
      <div className="grid max-w-[46rem] gap-10">
        {moderators.length === 0 ? (
          <p className="text-ink-soft">{say('operate.moderators.none')}</p>
        ) : (
          <ModeratorRows moderators={moderators} dismissal={paths.dismissModerator()} label={say('operate.moderators')} />
        )}
        <DutyOffers offers={offers} />
        <Section title={say('operate.moderator.appoint')} id="appoint" side="independent">
          <ModeratorForm errors={errors} values={values} />
        </Section>
      </div>
    </Wrap>
  )
}
