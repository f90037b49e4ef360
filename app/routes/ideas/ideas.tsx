import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { IdeaRows, IdeaTabs } from '~/app/components/ideas'
import { NewBar } from '~/app/components/threads'
import { ButtonLink, Columns, Empty, Label, PageHead, Pager, Sorts, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { ideaCounts, ideaList, ideasRoom, isStatus } from '~/server/ideas'
import { say } from '~/words'

const VIEWS = ['trending', 'top', 'new'] as const
const STATUSES = ['open', 'under-review', 'planned', 'started', 'shipped', 'declined'] as const

export const loader = load(async ({ viewer, params, url }) => {
  const room = await ideasRoom(viewer, params.slug)
  const asked = url.searchParams
  const view = VIEWS.find((known) => known === asked.get('view')) ?? 'trending'
  const wanted = asked.get('status')
  const status = isStatus(wanted) ? wanted : null
  const cursor = asked.get('cursor')
  const { communityId } = room
  const [list, counts] = await Promise.all([ideaList(viewer, { communityId, view, status, cursor }), ideaCounts(viewer, communityId)])
  return { room, view, status, cursor, counts, ...list }
})

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? toBeFound({
        ...{ matches, title: say('idea.title.in', { room: data.room.name }), description: say('idea.lede') },
        path: paths.ideas(data.room.slug),
        feed: data.room.access === 'open' ? paths.communityFeed(data.room.slug) : undefined,
      })
    : [{ title: say('ui.pageTitle', { title: say('ui.refused.404.title') }) }]

export default function IdeasScreen() {
  const { room, view, status, cursor, counts, ideas, next } = useLoaderData<typeof loader>()
  const { slug, name, communityId, may } = room
  const here = status ? paths.ideasThatAre(slug, status) : paths.ideas(slug, view)
  const { waiting, show } = useLive([`community:${communityId}`], ['idea.proposed'])
  const propose = may.propose ? (
    <ButtonLink variant="primary" to={paths.proposeIdea(slug)}>
      {say('idea.propose')}
    </ButtonLink>
  ) : null
  return (
    <Wrap>
      <PageHead
        title={say('idea.title.in', { room: name })}
        lede={say('idea.lede')}
        crumbs={[
          { to: paths.communities(), label: say('ui.nav.communities') },
          { to: paths.community(slug), label: name },
        ]}
        end={propose}
      />
      <IdeaTabs slug={slug} room={name} />
      <Columns
        label={say('idea.byStatus')}
        rail={
          <section>
            <Label level={2}>{say('idea.byStatus')}</Label>
            <ul className="grid gap-1">
              <li>
                <Link className="underline" to={paths.ideas(slug)} aria-current={status ? undefined : 'true'}>
                  {say('idea.byStatus.all')}
                </Link>
              </li>
              {STATUSES.map((one) => (
                <li key={one}>
                  <Link className="underline" to={paths.ideasThatAre(slug, one)} aria-current={one === status ? 'true' : undefined}>
                    {say(`idea.status.${one}`)}
                  </Link>{' '}
                  <span className="num text-ink-soft">{counts[one] ?? 0}</span>
                </li>
              ))}
            </ul>
          </section>
        }
      >
        {status ? (
          <h2 className="mb-3">{say(`idea.status.${status}`)}</h2>
        ) : (
          <Sorts
            label={say('idea.views')}
            items={VIEWS.map((one) => ({ to: paths.ideas(slug, one), label: say(`idea.view.${one}`), current: one === view }))}
          />
        )}
        <NewBar count={waiting} onShow={show} label={say('idea.newIdeas', { count: waiting })} />
        {ideas.length > 0 ? (
          <IdeaRows ideas={ideas} label={say(status ? `idea.status.${status}` : `idea.view.${view}`)} />
        ) : (
          <Empty title={say(status ? 'idea.empty.status' : 'idea.empty')} action={status ? null : propose}>
            {say(status ? 'idea.empty.status.body' : 'idea.empty.body')}
          </Empty>
        )}
        <Pager newer={cursor ? here : null} newerLabel={say('idea.first')} older={next ? `${here}&cursor=${next}` : null} />
      </Columns>
    </Wrap>
  )
}
