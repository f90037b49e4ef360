import type { ReactNode } from 'react'
import { say } from '~/words'
import { sayDay, sayTime } from '~/words/dates'
import { Hush, type Side } from '../ui'

export type TimelineEntry = {
  id: string
  /** On which rail it stands: theirs on the left, the vendor's on the right, independents between. */
  side: Side
  /** Whose act it was, said to those who hear the page. */
  who: string
  at: Date | string
  what: ReactNode
  /** Their own words, in italics below. */
  quoted?: ReactNode
}

type Props = { entries: TimelineEntry[]; legend: { member: string; vendor: string; independent?: string }; label?: string }

/** What happened between two sides, newest first, by day. The two rails are the table's edges. */
export function TwoRailTimeline({ entries, legend, label }: Props) {
  return (
    <>
      <ol className="rails" aria-label={label}>
        {byDay(entries).map(({ day, entries: ofDay }) => (
          <li key={day}>
            <div className="day">
              <span />
              <span className="rail2" />
              <h3>{day}</h3>
            </div>
            <ol>
              {ofDay.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </ol>
          </li>
        ))}
      </ol>
      <p className="legend rails-legend meta" aria-hidden="true">
        <span>
          <i className="m" />
          {legend.member}
        </span>
        <span>
          <i className="v" />
          {legend.vendor}
        </span>
        {legend.independent ? (
          <span>
            <i className="n" />
            {legend.independent}
          </span>
        ) : null}
      </p>
    </>
  )
}

const RAIL = { member: 'ev-m', vendor: 'ev-v', independent: 'ev-i' } as const

function Entry({ entry }: { entry: TimelineEntry }) {
  return (
    <li className={`ev ${RAIL[entry.side]}`}>
      <time className="num" dateTime={new Date(entry.at).toISOString()}>
        {sayTime(entry.at)}
      </time>
      <span className="rail2">
        <span className="dot" aria-hidden="true" />
      </span>
      <div className="min-w-0">
        <p>
          <Hush>{say('ui.said', { who: entry.who })}</Hush>
          {entry.what}
        </p>
        {entry.quoted ? <p className="quoted">{entry.quoted}</p> : null}
      </div>
    </li>
  )
}

function byDay(entries: TimelineEntry[]) {
  const days: { day: string; entries: TimelineEntry[] }[] = []
  for (const entry of entries) {
    const day = sayDay(entry.at)
    const last = days[days.length - 1]
    if (last?.day === day) last.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}
