import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { CommunityAbout, CommunityStanding } from '~/app/components/communities'
import { CommunityFigures } from '~/app/components/insight'
import { FollowRoom, NewBar, ThreadRows } from '~/app/components/threads'
import { ButtonLink, Columns, Empty, Label, PageHead, Pager, Tabs, Tag, Tags, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { communityBySlug, communityHeader } from '~/server/communities'
import { figuresOf } from '~/server/insight'
import { followsHere, popularTags, threadList } from '~/server/threads'
import { say } from '~/words'

const VIEWS = ['new', 'active', 'unanswered', 'top'] as const
const asView = (view: string | null) => VIEWS.find((known) => known === view) ?? 'active'

export const loader = load(async ({ viewer, params, url }) => {
  const known = await communityBySlug(viewer, params.slug ?? '')
  const { searchParams: wanted } = url
  const [view, tag, cursor] = [asView(wanted.get('view')), wanted.get('tag')?.slice(0, 80) || null, wanted.get('cursor')]
  const { communityId } = known
  const community = await communityHeader(viewer, known)
  if (!community.viewerCan.read)
    return { community, communityId, view, tag, cursor, threads: [], next: null, tags: [], following: null, figures: null }
  const [list, tags, following, figures] = await Promise.all([
    threadList(viewer, { communityId, view, tag, cursor }),
    popularTags(communityId),
    followsHere(viewer, communityId, tag),
    figuresOf(communityId),
  ])
  return { community, communityId, view, tag, cursor, ...list, tags, following, figures }
})

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? toBeFound({
        ...{ matches, title: data.community.name, description: data.community.summary },
        path: data.tag ? paths.tag(data.community.slug, data.tag) : paths.community(data.community.slug),
        feed: data.community.access === 'open' ? paths.communityFeed(data.community.slug) : undefined,
      })
    : [{ title: say('ui.pageTitle', { title: say('ui.refused.404.title') }) }]

export default function CommunityScreen() {
  const { community, communityId, view, tag, cursor, threads, next, tags, following, figures } = useLoaderData<typeof loader>()
  const { slug, viewerCan: may } = community
  const here = tag ? paths.tag(slug, tag) : paths.community(slug, view)
  const { waiting, show } = useLive(may.read ? [`community:${communityId}`] : [], ['question.asked', 'idea.proposed'])
  return (
    <Wrap>
      <PageHead
        title={community.name}
        lede={community.summary}
        crumbs={[{ to: paths.communities(), label: say('ui.nav.communities') }]}
        end={
          may.ask ? (
            <ButtonLink variant="primary" to={paths.ask(slug)}>
              {say('ui.askQuestion')}
            </ButtonLink>
          ) : null
        }
      />
      {may.read ? (
        <Columns
          label={say('thread.list.about')}
          rail={
            <>
              {following ? <FollowRoom slug={slug} tag={tag} follows={following.follows} /> : null}
              <CommunityStanding community={community} />
              <section>
                <Label level={2}>{say('levels.figures')}</Label>
                <CommunityFigures figures={figures} />
                <p className="meta mt-1">
                  <Link to={paths.levels(slug)}>{say('levels.link')}</Link>
                </p>
              </section>
              {tags.length > 0 ? (
                <section>
                  <Label level={2}>{say('thread.list.tags')}</Label>
                  <Tags>
                    {tags.map(({ name, threadCount }) => (
                      <Tag key={name} to={paths.tag(slug, name)}>
                        {name} <span className="num text-ink-soft ms-1">{threadCount}</span>
                      </Tag>
                    ))}
                  </Tags>
                </section>
              ) : null}
              <CommunityAbout community={community} />
              {community.access === 'open' ? (
                <a className="meta underline" href={paths.communityFeed(slug)}>
                  {say('publishing.feed.follow')}
                </a>
              ) : null}
            </>
          }
        >
          {tag ? (
            <p className="mb-4 flex flex-wrap items-center gap-3">
              <span>{say('thread.list.tagged')}</span> <Tag>{tag}</Tag>{' '}
              <Link className="meta underline" to={paths.community(slug)}>
                {say('thread.list.allTags')}
              </Link>
            </p>
          ) : (
            <Tabs
              label={say('thread.list.views')}
              items={[
                ...VIEWS.map((name) => ({ to: paths.community(slug, name), label: say(`thread.list.${name}`), current: name === view })),
                { to: paths.ideas(slug), label: say('idea.title') },
              ]}
            />
          )}
          <NewBar count={waiting} onShow={show} label={say('thread.list.newQuestions', { count: waiting })} />
          {threads.length > 0 ? (
            <ThreadRows
              threads={threads}
              label={say(tag ? 'thread.list.tagged' : `thread.list.${view}`)}
              byActivity={view === 'active' && !tag}
            />
          ) : (
            <Nothing
              slug={slug}
              kind={tag ? 'tag' : view === 'unanswered' && community.threadCount > 0 ? 'unanswered' : 'any'}
              mayAsk={may.ask}
            />
          )}
          <Pager newer={cursor ? here : null} newerLabel={say('thread.list.newest')} older={next ? `${here}&cursor=${next}` : null} />
        </Columns>
      ) : (
        <Columns
          label={say('thread.list.about')}
          rail={
            <>
              {community.waiting ? <CommunityStanding community={community} /> : null}
              <CommunityAbout community={community} />
            </>
          }
        >
          <Empty
            title={say('thread.list.closed')}
            action={
              may.askToJoin ? (
                <ButtonLink variant="primary" to={paths.joinCommunity(slug)}>
                  {say('thread.list.closed.act')}
                </ButtonLink>
              ) : null
            }
          >
            {say('thread.list.closed.body')}
          </Empty>
        </Columns>
      )}
    </Wrap>
  )
}

function Nothing({ slug, kind, mayAsk }: { slug: string; kind: 'any' | 'unanswered' | 'tag'; mayAsk: boolean }) {
  const key = kind === 'any' ? ('thread.list.empty' as const) : (`thread.list.empty.${kind}` as const)
  return (
    <Empty
      title={say(key)}
      action={
        mayAsk && kind === 'any' ? (
          <ButtonLink variant="primary" to={paths.ask(slug)}>
            {say('ui.askQuestion')}
          </ButtonLink>
        ) : null
      }
    >
      {say(`${key}.body`)}
    </Empty>
  )
}
