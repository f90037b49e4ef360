import { say } from '~/words'
import { paths } from '~/app/paths'
import { Who } from '../people'
import type { HandleInfo } from '../people/seat'
import { Lock, RelativeTime, Rows, State } from '../ui'

type WhyView = { who: HandleInfo; why: string; shown: boolean; at: Date | string }

/** Why people want it, as far as the viewer may read that. */
export function Whys({ whys }: { whys: WhyView[] }) {
  if (whys.length === 0) return null
  return (
    <section className="sect sect-thin mt-8" aria-labelledby="whys-heading">
      <div className="sect-head mb-1">
        <h2 id="whys-heading">{say('idea.whys')}</h2>
      </div>
      <Rows label={say('idea.whys')}>
        {whys.map(({ who, why, shown, at }, index) => (
          <li key={`${who.handle} ${index}`} className="py-2.5">
            <p className="font-serif wrap-anywhere whitespace-pre-line" dir="auto">
              {why}
            </p>
            <p className="meta mt-1 flex flex-wrap items-center gap-x-2">
              <Who who={who} to={who.handle ? paths.person(who.handle) : undefined} short />
              <RelativeTime at={at} />
              {shown ? null : <State icon={Lock}>{say('idea.whys.onlyYou')}</State>}
            </p>
          </li>
        ))}
      </Rows>
    </section>
  )
}
