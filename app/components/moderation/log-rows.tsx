import { Link } from '@remix-run/react'
import { RelativeTime, Rows } from '~/app/components/ui'
import { paths } from '~/app/paths'
import type { LogRow } from '~/server/moderation/types'
import { say } from '~/words'
import { ruleWords } from './rule-words'

export type LogRowShown = Omit<LogRow, 'until' | 'decidedAt'> & { until: Date | string | null; decidedAt: Date | string }

/** Decisions, one a line: what, on which ground, where and when. */
export function LogRows({ rows }: { rows: LogRowShown[] }) {
  return (
    <Rows>
      {rows.map((row) => (
        <li key={row.id} className="grid gap-0.5">
          <Link className="font-serif text-prose" to={paths.decision(row.id)}>
            {say(`moderation.done.${row.act}`, { what: row.subjectKind })}
          </Link>
          <span className="meta flex flex-wrap gap-x-3">
            <bdi>{ruleWords(row.rule, row.clause)}</bdi>
            {row.community ? (
              <bdi>{row.community.name}</bdi>
            ) : row.vendor ? (
              <bdi>{row.vendor.name}</bdi>
            ) : (
              <span>{say('moderation.statement.scope.portal')}</span>
            )}
            {row.appealed ? (
              <b className="strong">{say(row.appealed === 'overturned' ? 'moderation.log.reversed' : 'moderation.log.upheld')}</b>
            ) : null}
            <RelativeTime at={row.decidedAt} />
          </span>
        </li>
      ))}
    </Rows>
  )
}
