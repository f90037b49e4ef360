import type { MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ClaimOf, ThreadRows } from '~/app/components/threads'
import { ButtonLink, Empty, Hourglass, PageHead, Pager, RelativeTime, State, Tabs, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { paths } from '~/app/paths'
import { casesToServe } from '~/server/cases'
import { waitingPage } from '~/server/threads'
import { WAITING_VIEWS } from '~/server/threads/types'
import { say } from '~/words'

export const loader = load(async ({ viewer, params, url }) => {
  const view = WAITING_VIEWS.find((known) => known === url.searchParams.get('view')) ?? 'unanswered'
  const cursor = url.searchParams.get('cursor')
  const page = await waitingPage(viewer, params.slug ?? '', { view, cursor, now: new Date() })
  return { ...page, cases: await casesToServe(viewer, page.vendorId), cursor }
})

export const meta: MetaFunction<typeof loader> = () => [{ title: say('ui.pageTitle', { title: say('thread.waiting.title') }) }]

export default function WaitingScreen() {
  const { communityId, slug, name, view, views, threads, next, cursor, responseTargetHours, cases } = useLoaderData<typeof loader>()
  useLive([`waiting:${communityId}`, `community:${communityId}`])
  const here = paths.waiting(slug, view)
  const waiting = new Map(threads.map((thread) => [thread.threadId, thread]))
  return (
    <Wrap>
      <PageHead
        title={say('thread.waiting.title')}
        lede={say('thread.waiting.lede')}
        end={cases ? <ButtonLink to={paths.casesOf(cases.slug)}>{say('case.list.toServe', { count: cases.count })}</ButtonLink> : undefined}
        crumbs={[
          { to: paths.communities(), label: say('ui.nav.communities') },
          { to: paths.community(slug), label: name },
        ]}
      />
      <Tabs
        label={say('thread.waiting.views')}
        items={views.map(({ view: one, count }) => ({
          to: paths.waiting(slug, one),
          label: say(`thread.waiting.${one}`),
          count: count > MOST ? `${MOST}+` : count,
          current: one === view,
        }))}
      />
      <p className="soft mt-4 mb-2 max-w-[46rem]">
        {say(`thread.waiting.${view}.is`)}
        {responseTargetHours && (view === 'unanswered' || view === 'vendor')
          ? ` ${say('thread.waiting.target', { hours: responseTargetHours })}`
          : null}
      </p>
      {threads.length > 0 ? (
        <ThreadRows
          threads={threads}
          label={say(`thread.waiting.${view}`)}
          below={({ threadId }) => {
            const row = waiting.get(threadId)
            return row ? (
              <div className="mt-1.5 mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
                <span className="meta inline-flex items-center gap-x-1.5">
                  {say('thread.waiting.since')} <RelativeTime at={row.since} />
                </span>
                {row.dueAt ? (
                  <State kind={row.overdue ? 'bad' : 'wait'} icon={Hourglass}>
                    {say(row.overdue ? 'thread.waiting.overdue' : 'thread.waiting.due')} <RelativeTime at={row.dueAt} />
                  </State>
                ) : null}
                <ClaimOf number={row.number} title={row.title} claim={row.claim} may={row.mayClaim} />
              </div>
            ) : null
          }}
        />
      ) : (
        <Empty title={say(`thread.waiting.${view}.none`)}>{say(`thread.waiting.${view}.none.body`)}</Empty>
      )}
      <Pager newer={cursor ? here : null} newerLabel={say('thread.waiting.first')} older={next ? `${here}&cursor=${next}` : null} />
    </Wrap>
  )
}

/** Beyond this nobody counts. */
const MOST = 99
