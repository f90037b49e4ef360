import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { IdeaTabs } from '~/app/components/ideas'
import { ButtonLink, Empty, Hush, Icon, PageHead, Section, ThumbsUp, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { useLive } from '~/app/live/use-live'
import { toBeFound } from '~/app/meta'
import { paths } from '~/app/paths'
import { ideasRoom, roadmap } from '~/server/ideas'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

const STOPS = ['planned', 'started', 'shipped'] as const

export const loader = load(async ({ viewer, params }) => {
  const room = await ideasRoom(viewer, params.slug)
  return { room, stops: await roadmap(viewer, room.communityId) }
})

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  data
    ? toBeFound({
        ...{ matches, title: say('idea.roadmap.title', { room: data.room.name }), description: say('idea.roadmap.lede') },
        path: paths.roadmap(data.room.slug),
      })
    : [{ title: say('ui.pageTitle', { title: say('ui.refused.404.title') }) }]

export default function RoadmapScreen() {
  const { room, stops } = useLoaderData<typeof loader>()
  const { slug, name, communityId } = room
  useLive([`community:${communityId}`])
  return (
    <Wrap>
      <PageHead
        title={say('idea.roadmap.title', { room: name })}
        lede={say('idea.roadmap.lede')}
        crumbs={[{ to: paths.community(slug), label: name }]}
      />
      <IdeaTabs slug={slug} room={name} />
      {STOPS.every((stop) => stops[stop].length === 0) ? (
        <Empty title={say('idea.roadmap.empty')} action={<ButtonLink to={paths.ideas(slug)}>{say('idea.byStatus.all')}</ButtonLink>}>
          {say('idea.roadmap.empty.body')}
        </Empty>
      ) : (
        <div className="grid gap-x-10 gap-y-8 md:grid-cols-3">
          {STOPS.map((stop) => (
            <Section key={stop} id={stop} title={say(`idea.status.${stop}`)} end={<span className="meta num">{stops[stop].length}</span>}>
              {stops[stop].length === 0 ? (
                <p className="meta">{say('idea.roadmap.none')}</p>
              ) : (
                <ul className="rows">
                  {stops[stop].map(({ threadId, number, title, score, statusAt }) => (
                    <li key={threadId} className="py-2.5">
                      <h3 className="font-serif text-[1.0625rem] leading-6 font-semibold wrap-anywhere" dir="auto">
                        <Link className="no-underline hover:underline" to={paths.thread(slug, number, title)} prefetch="intent">
                          {title}
                        </Link>
                      </h3>
                      <p className="meta num mt-0.5 flex items-center gap-3">
                        <span className="inline-flex items-center gap-1.5">
                          <Icon of={ThumbsUp} size="sm" />
                          <span aria-hidden="true">{score}</span>
                          <Hush>{say('idea.votes', { count: score })}</Hush>
                        </span>
                        {sayDay(statusAt)}
                      </p>
                    </li>
                  ))}
                </ul>
              )}
            </Section>
          ))}
        </div>
      )}
    </Wrap>
  )
}
