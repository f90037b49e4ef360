import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DutyOffers, ModeratorForm, ModeratorRows } from '~/app/components/operate'
import { PageHead, Section, Wrap } from '~/app/components/ui'
import { useForm } from '~/app/form'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { appointModerator, dutyOffersFor, keptCommunity } from '~/server/communities'
import { ModeratorInput } from '~/server/communities/input'
import { say } from '~/words'

export const loader = load(async ({ viewer, params }) => {
  const kept = await keptCommunity(viewer, params.slug ?? '')
  return { ...kept, offers: await dutyOffersFor(viewer, kept.community.id) }
})

export const action = act(ModeratorInput, async ({ viewer, params, input }) => {
  await appointModerator(viewer, params.slug ?? '', input)
  return redirect(paths.communityModerators(params.slug ?? ''))
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('operate.community.moderators') }) }]

export default function CommunityModeratorsScreen() {
  const { community, moderators, offers } = useLoaderData<typeof loader>()
  const { slug, name } = community
  const { errors, values } = useForm()
  return (
    <Wrap>
      <PageHead
        title={say('operate.community.moderators.of', { name })}
        lede={say('operate.community.moderators.lede')}
        crumbs={[
          { to: paths.operate(), label: say('operate.title') },
          { to: paths.operateCommunity(slug), label: name },
        ]}
      />
      <div className="grid max-w-[46rem] gap-10">
        {moderators.length === 0 ? (
          <p className="text-ink-soft">{say('operate.community.moderators.none')}</p>
        ) : (
          <ModeratorRows
            moderators={moderators}
            dismissal={paths.dismissCommunityModerator(slug)}
            label={say('operate.community.moderators')}
          />
        )}
        <DutyOffers offers={offers} />
        <Section title={say('operate.moderator.appoint')} id="appoint" side="independent">
          <ModeratorForm errors={errors} values={values} />
        </Section>
      </div>
    </Wrap>
  )
}
