import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { IdeaTabs, Thanks } from '~/app/components/ideas'
import { PostBody } from '~/app/components/threads'
import { ButtonLink, Empty, PageHead, Pager, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { changelog, ideasRoom } from '~/server/ideas'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

export const loader = load(async ({ viewer, params, url }) => {
  const room = await ideasRoom(viewer, params.slug)
  const cursor = url.searchParams.get('cursor')
  return { room, cursor, ...(await changelog(viewer, room.communityId, cursor)) }
})

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? toBeFound({
        ...{ matches, title: say('idea.changelog.title', { room: data.room.name }), description: say('idea.changelog.lede') },
        path: paths.changelog(data.room.slug),
      })
    : [{ title: say('ui.pageTitle', { title: say('ui.refused.404.title') }) }]

export default function ChangelogScreen() {
  const { room, cursor, shipped, next } = useLoaderData<typeof loader>()
  const { slug, name } = room
  const here = paths.changelog(slug)
  return (
    <Wrap>
      <PageHead
        title={say('idea.changelog.title', { room: name })}
        lede={say('idea.changelog.lede')}
        crumbs={[{ to: paths.community(slug), label: name }]}
      />
      <IdeaTabs slug={slug} room={name} />
      {shipped.length === 0 ? (
        <Empty title={say('idea.changelog.empty')} action={<ButtonLink to={paths.roadmap(slug)}>{say('idea.see.roadmap')}</ButtonLink>}>
          {say('idea.changelog.empty.body')}
        </Empty>
      ) : (
        <ol className="rows max-w-[46rem]">
          {shipped.map(({ threadId, number, title, statusAt, html, thanks }) => (
            <li key={threadId} className="grid gap-2 py-6">
              <p className="meta num">{sayDay(statusAt)}</p>
              <h2 className="font-serif wrap-anywhere" dir="auto">
                <Link className="no-underline hover:underline" to={paths.thread(slug, number, title)} prefetch="intent">
                  {title}
                </Link>
              </h2>
              {html ? <PostBody html={html} /> : null}
              <Thanks to={thanks} />
            </li>
          ))}
        </ol>
      )}
      <Pager newer={cursor ? here : null} newerLabel={say('idea.first')} older={next ? `${here}?cursor=${next}` : null} />
    </Wrap>
  )
}
