import { Link } from '@remix-run/react'
import { useId, type ReactNode } from 'react'
import { Icon, Scale } from '~/app/components/ui'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

type Waits = { id: string; to: string; title: string; meta: string; dueAt: Date | string; overdue: boolean }

/** Above the flags: what has a day by which it is decided, the first to be due first. Nothing where nothing waits. */
export function WaitingList({ title, waiting, rows, children }: { title: string; waiting: number; rows: Waits[]; children?: ReactNode }) {
  const heading = useId()
  if (waiting === 0) return null
  return (
    <section aria-labelledby={heading} className="mb-4">
      <div className="qh">
        <h2 id={heading}>{title}</h2>
        <span className="meta num">{say('moderation.row.waiting', { count: waiting })}</span>
      </div>
      <ol>
        {rows.map((row) => (
          <li key={row.id}>
            <Link className="it" to={row.to} preventScrollReset data-walk>
              <span className="ic">
                <Icon of={Scale} />
              </span>
              <span className="tx">
                <span className="t">
                  <bdi>{row.title}</bdi>
                </span>
                <span className="meta">{row.meta}</span>
              </span>
              <span className={row.overdue ? 'meta num text-danger' : 'meta num'}>
                {say(row.overdue ? 'moderation.row.overdue' : 'moderation.row.due', { day: sayDay(row.dueAt) })}
              </span>
            </Link>
          </li>
        ))}
      </ol>
      {children}
    </section>
  )
}
