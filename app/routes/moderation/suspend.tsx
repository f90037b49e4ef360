import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DecisionOnPerson, Earlier } from '~/app/components/moderation'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { decideOnPerson, suspensionPage } from '~/server/moderation'
import { SuspensionInput } from '~/server/moderation/input'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'

const DAYS = ['1', '3', '7', '30', '90', ''] as const

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('moderation.suspend.title') }) }]

export const loader = load(({ viewer, params, url }) => suspensionPage(viewer, params.handle, url.searchParams.get('community') || null))

export const action = act(SuspensionInput, async ({ viewer, params, url, input }) => {
  const { decisionId } = await decideOnPerson(viewer, params.handle, url.searchParams.get('community') || null, input)
  return redirect(paths.decision(decisionId))
})

export default function SuspendScreen() {
  const { who, handle, community, held, acts, earlier, stands, offered, seen } = useLoaderData<typeof loader>()
  const name = who?.displayName ?? handle
  return (
    <DecisionOnPerson
      title={say('moderation.suspend.title')}
      lede={say('moderation.suspend.from', { name, place: community ? 'community' : 'portal', community: community?.name ?? '' })}
      crumbs={
        community
          ? [
              { to: paths.community(community.slug), label: community.name },
              { to: paths.communityQueue(community.slug), label: say('moderation.queue') },
            ]
          : undefined
      }
      {...{ who, handle, acts, seen }}
      holds={held ? whatHolds(held) : null}
      record={<p className="mt-2">{say('moderation.suspend.ladder', { ...stands, act: offered.act, days: Number(offered.days) })}</p>}
      action={paths.suspend(handle, community?.slug)}
      proposed={acts.find((act) => act === offered.act) ?? acts[0] ?? ''}
      days={{
        proposed: offered.days,
        help: say('moderation.suspend.days.help'),
        options: DAYS.map((days) => ({ value: days, label: say(`moderation.suspend.days.${days || 'open'}`) })),
      }}
    >
      <Earlier earlier={earlier} />
    </DecisionOnPerson>
  )
}

function whatHolds({ as, until }: { as: string; until: Date | string | null }): string {
  if (as === 'silenced' && until) return say('moderation.suspend.silenced', { day: sayMoment(until) })
  return say('moderation.suspend.now', { limited: until ? 'yes' : 'no', day: until ? sayMoment(until) : '' })
}
