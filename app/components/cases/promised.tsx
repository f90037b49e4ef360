import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import type { ClockShown } from '~/server/operations'
import { say } from '~/words'
import { sayMoment } from '~/words/dates'
import { Label } from '../ui'

type Side = { mine: boolean; asker: string; vendor: { slug: string; name: string } }

/** What the vendor promised in this case: both sides read the same times, and when they stood still. */
export function Promised({ clocks, ...side }: Side & { clocks: ClockShown[] }) {
  const [newest] = clocks
  if (!newest) return null
  const { vendor } = side
  return (
    <section>
      <Label level={2}>{say('clock.title', { vendor: vendor.name })}</Label>
      <dl className="facts mt-2.5">
        {clocks.map((clock) => (
          <div key={clock.clockId}>
            <dt>{say(`clock.target.${clock.target}`)}</dt>
            <dd>
              {saidOf(clock, side)}
              {clock.pauses.map(({ from, until }) =>
                until ? (
                  <p key={from} className="meta">
                    {say(side.mine ? 'clock.pause.you' : 'clock.pause', {
                      ...namesOf(side),
                      from: sayMoment(from),
                      until: sayMoment(until),
                    })}
                  </p>
                ) : null,
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="meta mt-2">
        <Link className="underline" to={paths.hours(vendor.slug)}>
          {say('clock.hours', { vendor: vendor.name, zone: newest.zone })}
        </Link>
      </p>
    </section>
  )
}

const namesOf = ({ vendor, asker }: Side) => ({ vendor: vendor.name, asker })

function saidOf({ dueAt, pausedAt, warnedAt, missedAt, endedAt }: ClockShown, side: Side): string {
  if (endedAt) return say(missedAt ? 'clock.late' : 'clock.kept')
  if (missedAt) return say('clock.missed.was', { moment: sayMoment(dueAt) })
  if (pausedAt) return say(side.mine ? 'clock.stands.you' : 'clock.stands', { ...namesOf(side), moment: sayMoment(pausedAt) })
  return warnedAt && !side.mine
    ? `${say('clock.due', { moment: sayMoment(dueAt) })}, ${say('clock.soon')}`
    : say('clock.due', { moment: sayMoment(dueAt) })
}
