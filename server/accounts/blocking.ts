import { and, desc, eq, sql, type SQL } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { blocks } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { personByHandle } from './people'
import { handlesShown } from './seats'

/** More than anybody has, and as many as a page carries. */
const MOST_SHOWN = 500

/** From now on the viewer hears nothing from them. The log does not say of whom, and nobody is told. */
export async function blockPerson(viewer: PersonViewer, handle: string): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const { handleId } = await found(handle)
    authorize(viewer, 'person.block', { handleId })
    const made = await tx
      .insert(blocks)
      .values({ personId: viewer.personId, blockedHandleId: handleId, createdAt: now() })
      .onConflictDoNothing()
      .returning({ since: blocks.createdAt })
    if (made.length > 0) await record(tx, viewer, 'person.blocked', { personId: viewer.personId })
  })
}

export async function unblockPerson(viewer: PersonViewer, handle: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    const { handleId } = await found(handle)
    authorize(viewer, 'person.block', { handleId })
    const ended = await tx
      .delete(blocks)
      .where(and(eq(blocks.personId, viewer.personId), eq(blocks.blockedHandleId, handleId)))
      .returning({ since: blocks.createdAt })
    if (ended.length > 0) await record(tx, viewer, 'person.unblocked', { personId: viewer.personId })
  })
}

async function found(handle: string) {
  const person = await personByHandle(handle)
  if (!person) throw new NotFound()
  return person
}

/** Whom the viewer has blocked, newest first. */
export async function blockedPage(viewer: PersonViewer) {
  authorize(viewer, 'account.manage', null)
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({ handleId: blocks.blockedHandleId, since: blocks.createdAt })
      .from(blocks)
      .where(eq(blocks.personId, viewer.personId))
      .orderBy(desc(blocks.createdAt))
      .limit(MOST_SHOWN),
  )
  const names = await handlesShown(rows.map((row) => row.handleId))
  return {
    blocked: rows.flatMap(({ handleId, since }) => {
      const who = names.get(handleId)
      return who ? [{ who, since }] : []
    }),
  }
}

/** What of a page to fold away. */
export async function blockedHandles(viewer: Viewer): Promise<Set<string>> {
  if (viewer.kind !== 'person') return new Set()
  const rows = await transaction(viewer, (tx) =>
    tx.select({ handleId: blocks.blockedHandleId }).from(blocks).where(eq(blocks.personId, viewer.personId)),
  )
  return new Set(rows.map((row) => row.handleId))
}

/** The same, as a column of a query in the viewer’s transaction. */
export function blockedColumn(viewer: Viewer): SQL<string[] | null> {
  if (viewer.kind !== 'person') return sql<null>`null::json`
  return sql<string[] | null>`(select json_agg(b.blocked_handle_id) from blocks b where b.person_id = ${viewer.personId}::uuid)`
}

/** True where this person hears from this handle: it is not blocked, or whoever is behind it serves as staff, moderator or operator. */
export function unblocked(personId: SQL, handleId: SQL): SQL {
  return sql`not exists (select 1 from blocks b join handles bh on bh.id = b.blocked_handle_id join people bp on bp.id = bh.person_id
    where b.person_id = ${personId} and b.blocked_handle_id = ${handleId} and not bp.is_operator
      and not exists (select 1 from vendor_staff s where s.person_id = bp.id and s.ended_at is null)
      and not exists (select 1 from community_moderators m where m.person_id = bp.id and m.ended_at is null)
      and not exists (select 1 from portal_moderators m where m.person_id = bp.id and m.ended_at is null))`
}
