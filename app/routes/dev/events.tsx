import { useLoaderData } from '@remix-run/react'
import { Empty, PageHead, Wrap } from '~/app/components/ui'
import { load } from '~/app/http.server'
import { newestEvents } from '~/server/backstage'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('dev.events.title') }) }, { name: 'robots', content: 'noindex' }]

export const loader = load(async () => ({ events: await newestEvents() }))

type Event = ReturnType<typeof useLoaderData<typeof loader>>['events'][number]

export default function EventsScreen() {
  const { events } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead title={say('dev.events.title')} lede={say('dev.events.lede')} />
      {events.length === 0 ? (
        <Empty title={say('dev.events.empty')}>{say('dev.events.empty.why')}</Empty>
      ) : (
        <div className="tbl-wrap" tabIndex={0} role="region" aria-label={say('dev.events.title')}>
          <table className="tbl tbl-tight tbl-stack">
            <thead>
              <tr>
                <th scope="col">{say('dev.events.when')}</th>
                <th scope="col">{say('dev.events.what')}</th>
                <th scope="col">{say('dev.events.who')}</th>
                <th scope="col">{say('dev.events.carries')}</th>
                <th scope="col">{say('dev.events.follows')}</th>
              </tr>
            </thead>
            <tbody>
              {events.map((event) => (
                <tr key={event.id}>
                  <td className="num nowrap">{sayMoment(event.at)}</td>
                  <td className="mono nowrap" data-label={say('dev.events.what')}>
                    {event.kind}
                  </td>
                  <td data-label={say('dev.events.who')}>
                    <bdi>{event.who ?? say(event.bySystem ? 'dev.events.system' : 'dev.events.visitor')}</bdi>
                  </td>
                  <td className="mono" data-label={say('dev.events.carries')}>
                    <span className="whitespace-pre-wrap">{event.payload.replace(/^\{\n?|\n?\}$/g, '').replaceAll(/^ {2}/gm, '')}</span>
                  </td>
                  <td data-label={say('dev.events.follows')}>
                    {event.waiting.length === 0
                      ? say('dev.events.nothingWaits')
                      : event.waiting.map((it) => <p key={it.reaction}>{waits(it)}</p>)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Wrap>
  )
}

function waits({ reaction, attempts, lastError, gaveUp }: Event['waiting'][number]): string {
  return gaveUp
    ? say('dev.events.gaveUp', { reaction, attempts, error: lastError ?? '' })
    : say('dev.events.attempts', { reaction, attempts })
}
