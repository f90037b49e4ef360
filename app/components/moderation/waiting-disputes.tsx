import { Link } from '@remix-run/react'
import type { SerializeFrom } from '@remix-run/node'
import { Icon, Scale } from '~/app/components/ui'
import type { WaitingDisputes as Waiting } from '~/server/moderation/types'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

/** Above the flags: what vendors dispute, and until when somebody decides. */
export function WaitingDisputes({ disputes, at }: { disputes: Waiting | SerializeFrom<Waiting>; at: (id: string) => string }) {
  if (disputes.waiting === 0) return null
  return (
    <section aria-labelledby="disputes-heading" className="mb-4">
      <div className="qh">
        <h2 id="disputes-heading">{say('dispute.queue')}</h2>
        <span className="meta num">{say('moderation.waiting', { count: disputes.waiting })}</span>
      </div>
      <ol>
        {disputes.rows.map((row) => (
          <li key={row.id}>
            <Link className="it" to={at(row.id)} preventScrollReset data-walk>
              <span className="ic">
                <Icon of={Scale} />
              </span>
              <span className="tx">
                <span className="t">
                  <bdi>{row.headline}</bdi>
                </span>
                <span className="meta">
                  {say('dispute.row', { vendor: row.vendor })}
                  {row.answered ? ` · ${say('dispute.row.answered')}` : null}
                </span>
              </span>
              <span className={row.overdue ? 'meta num text-danger' : 'meta num'}>
                {say(row.overdue ? 'appeal.row.overdue' : 'appeal.row.due', { day: sayDay(row.dueAt) })}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  )
}
