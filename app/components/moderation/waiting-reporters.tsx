import { Link } from '@remix-run/react'
import { Flag, Icon } from '~/app/components/ui'
import { paths } from '~/app/paths'
import type { WaitingReporters as Waiting } from '~/server/moderation/types'
import { say } from '~/words'

/** Whose reports are refused often. Nothing where there is nobody. */
export function WaitingReporters({ reporters }: { reporters: Waiting }) {
  if (reporters.length === 0) return null
  return (
    <section aria-labelledby="reporters-heading" className="mb-4">
      <div className="qh">
        <h2 id="reporters-heading">{say('reporter.queue')}</h2>
        <span className="meta num">{say('moderation.row.waiting', { count: reporters.length })}</span>
      </div>
      <ol>
        {reporters.map(({ handle, name, decided, unfounded }) => (
          <li key={handle}>
            <Link className="it" to={paths.reporter(handle)} data-walk>
              <span className="ic">
                <Icon of={Flag} />
              </span>
              <span className="tx">
                <span className="t">
                  <bdi>{name}</bdi>
                </span>
                <span className="meta">{say('reporter.row', { decided, unfounded })}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  )
}
