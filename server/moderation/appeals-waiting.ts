import { sql, type SQL } from 'drizzle-orm'
import { now } from '~/server/platform/clock'
import type { PersonViewer } from '~/server/viewer'
import { momentCursor } from './cursor'
import type { Act, SubjectKind, WaitingAppeals } from './types'

const APPEALS_A_PAGE = 20
/** Who may read them is asked of each: so many are counted, and more are “100+”. */
const MOST_COUNTED = 100

export type FoundAppeal = {
  id: string
  /** Null: somebody who reported without an account. */
  name: string | null
  act: Act
  subjectKind: SubjectKind | 'person'
  due: string
  own: boolean
  by: string | null
  waiting: number
}

/** Those that wait, the first to be due first, as a query. `which` says of which place; it names decisions `d`. */
export function appealsWaiting(viewer: PersonViewer, which: SQL, after: string | null | undefined): SQL {
  const [afterAt, afterId] = momentCursor(after)
  const further = afterAt ? sql`where (e.due, e.id) > (${afterAt}::timestamptz, ${afterId}::uuid)` : sql``
  return sql`
    with everything as not materialized (select a.id, a.handle_id, a.due_at as due, d.act, d.subject_kind, d.decided_by
      from appeals a join decisions d on d.id = a.decision_id where a.outcome is null and ${which}
        and not (a.standing = 'reporter' and d.target_handle_id is not distinct from ${viewer.handleId}::uuid))
    select e.id, who.display_name as name, e.act, e.subject_kind as "subjectKind", e.due::text as due, e.decided_by is not distinct from ${viewer.personId}::uuid as own,
      (select h.display_name from handles h where h.person_id = e.decided_by and h.kind = 'member' order by h.id limit 1) as by, (select count(*)::int from (select 1 from everything order by due, id limit ${MOST_COUNTED}) counted) as waiting
    from everything e left join handles who on who.id = e.handle_id ${further} order by e.due, e.id limit ${APPEALS_A_PAGE + 1}`
}

/** A page of what was found, of which the last may be the first of the next page. */
export function shownAppeals(found: FoundAppeal[]): WaitingAppeals {
  const page = found.slice(0, APPEALS_A_PAGE)
  const last = page.at(-1)
  return {
    waiting: found[0]?.waiting ?? 0,
    rows: page.map(({ id, act, subjectKind, due, own, by, name }) => ({
      ...{ id, act, subjectKind, own },
      by: name,
      decidedBy: by,
      dueAt: new Date(due),
      overdue: new Date(due) < now(),
    })),
    more: found.length > APPEALS_A_PAGE && last ? `${new Date(last.due).toISOString()}_${last.id}` : null,
  }
}
