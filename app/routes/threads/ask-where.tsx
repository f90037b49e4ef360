import { Link, useLoaderData } from '@remix-run/react'
import { ButtonLink, Check, Empty, PageHead, Rows, State, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { roomsToAsk } from '~/server/threads'
import { say } from '~/words'

export const loader = load(async ({ viewer }) => ({ rooms: await roomsToAsk(viewer) }))

export const meta = () => [{ title: say('ui.pageTitle', { title: say('thread.ask.title') }) }]

export default function AskWhereScreen() {
  const { rooms } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead title={say('thread.ask.where')} lede={say('thread.ask.where.lede')} />
      {rooms.length === 0 ? (
        <Empty
          title={say('thread.ask.where.none')}
          action={<ButtonLink to={paths.communities()}>{say('thread.ask.where.communities')}</ButtonLink>}
        >
          {say('thread.ask.where.none.body')}
        </Empty>
      ) : (
        <Rows className="max-w-[46rem]" label={say('thread.ask.where')}>
          {rooms.map((room) => (
            <li key={room.slug} className="py-3">
              <h2 className="font-serif text-[1.0625rem] leading-6 font-semibold">
                <Link className="no-underline hover:underline" to={paths.ask(room.slug)}>
                  {room.name}
                </Link>
              </h2>
              {room.summary ? <p className="text-ink-soft">{room.summary}</p> : null}
              {room.joined ? (
                <p className="meta">
                  <State kind="ok" icon={Check}>
                    {say('thread.ask.joined')}
                  </State>
                </p>
              ) : null}
            </li>
          ))}
        </Rows>
      )}
    </Wrap>
  )
}
