import { Link } from '@remix-run/react'
import { paths } from '~/app/paths'
import type { Act } from '~/server/accounts'
import { say } from '~/words'
import { Check, RelativeTime, Rows, State } from '../ui'

/** What somebody did, newest first: where it stands, when, and what became of it. */
export function ActRows({ acts }: { acts: Act[] }) {
  return (
    <Rows>
      {acts.map((it) => (
        <li key={it.id} className="grid gap-0.5">
          <Link className="font-serif text-prose" to={addressOf(it)}>
            <bdi>{it.title}</bdi>
          </Link>
          <span className="meta flex flex-wrap items-center gap-x-3">
            <span>
              {say(`accounts.person.${it.kind}`, { place: it.place })}, <RelativeTime at={it.at} />
            </span>
            {it.accepted ? (
              <State kind="ok" icon={Check}>
                {say(it.kind === 'asked' ? 'accounts.person.solved' : 'accounts.person.accepted')}
              </State>
            ) : null}
            {it.verdict ? <span>{say(`ui.spread.${it.verdict as 1 | 2 | 3 | 4 | 5}`)}</span> : null}
          </span>
        </li>
      ))}
    </Rows>
  )
}

function addressOf(act: Act): string {
  if (act.kind === 'recommended' || act.number === null) return paths.recommendation(act.id)
  return act.kind === 'asked' || act.kind === 'proposed'
    ? paths.thread(act.slug, act.number, act.title)
    : paths.post(act.slug, act.number, act.id)
}
