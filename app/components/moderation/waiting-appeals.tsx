import { Link } from '@remix-run/react'
import type { SerializeFrom } from '@remix-run/node'
import { Icon, Pager, Scale } from '~/app/components/ui'
import { paths } from '~/app/paths'
import type { WaitingAppeals as Waiting } from '~/server/moderation/types'
import { say } from '~/words'
import { sayDay } from '~/words/dates'

/** Above the flags: who contests a decision, and until when somebody else answers. */
export function WaitingAppeals({ appeals, older }: { appeals: Waiting | SerializeFrom<Waiting>; older: (cursor: string) => string }) {
  if (appeals.waiting === 0) return null
  return (
    <section aria-labelledby="appeals-heading" className="mb-4">
      <div className="qh">
        <h2 id="appeals-heading">{say('appeal.queue')}</h2>
        <span className="meta num">{say('appeal.waiting', { count: appeals.waiting })}</span>
      </div>
      <ol>
        {appeals.rows.map((row) => (
          <li key={row.id}>
            <Link className="it" to={paths.appealItem(row.id)} data-walk>
              <span className="ic">
                <Icon of={Scale} />
              </span>
              <span className="tx">
                <span className="t">
                  <bdi>{say('appeal.row', { name: row.by })}</bdi>
                </span>
                <span className="meta">
                  {say(`moderation.done.${row.act}`, { what: row.subjectKind })} · {firstDecided(row)}
                </span>
              </span>
              <span className={row.overdue ? 'meta num text-danger' : 'meta num'}>
                {say(row.overdue ? 'appeal.row.overdue' : 'appeal.row.due', { day: sayDay(row.dueAt) })}
              </span>
            </Link>
          </li>
        ))}
      </ol>
      <Pager older={appeals.more ? older(appeals.more) : null} olderLabel={say('appeal.more')} newer={null} />
    </section>
  )
}

function firstDecided({ own, decidedBy }: Waiting['rows'][number] | SerializeFrom<Waiting>['rows'][number]): string {
  if (own) return say('appeal.row.own')
  return decidedBy ? say('appeal.row.by', { name: decidedBy }) : say('appeal.row.byCheck')
}
