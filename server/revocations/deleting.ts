import { and, eq, isNull, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { deletionTasks, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import { fieldsInOrder, type FieldKey } from '~/server/vault'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import type { DeletionInput } from './input'

const TASKS_A_PAGE = 30

export type DeletionState = 'asked' | 'overdue' | 'done'
export type DeletionShown = {
  grantId: string
  keys: FieldKey[]
  askedAt: Date
  dueAt: Date
  doneAt: Date | null
  doneBy: HandleInfo | null
  words: string | null
  /** Who else holds copies, since the vendor passed them on. */
  thirdParties: string[]
  state: DeletionState
}

/** The vendor says that its copies are gone. What was said once stands. */
export async function recordDeletion(viewer: PersonViewer, grantId: string, { words }: DeletionInput): Promise<void> {
  if (!isId(grantId)) throw new NotFound()
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const [task] = await tx.select().from(deletionTasks).where(eq(deletionTasks.grantId, grantId))
    if (!task) throw new NotFound()
    mustBeFound(viewer, 'deletion.see', task)
    authorize(viewer, 'deletion.record', task)
    const { personId, handleId, vendorId } = task
    const done = await tx
      .update(deletionTasks)
      .set({ doneAt: sql`now()`, doneByHandleId: viewer.handleId, words })
      .where(and(eq(deletionTasks.grantId, grantId), isNull(deletionTasks.doneAt)))
      .returning({ grantId: deletionTasks.grantId })
    if (done.length > 0) await record(tx, viewer, 'deletion.recorded', { grantId, personId, handleId, vendorId })
  })
}

type Row = {
  grant_id: string
  keys: string
  asked_at: string
  due_at: string
  done_at: string | null
  done_by: string | null
  words: string | null
  third_parties: string[]
}
const COLUMNS = sql`d.grant_id, d.asked_at, d.due_at, d.done_at, d.done_by_handle_id as done_by, d.words,
  (select coalesce(string_agg(a.key, ','), '') from grant_attributes a where a.grant_id = d.grant_id) as keys,
  (select coalesce(json_agg(distinct p.third_party order by p.third_party), '[]') from passed_on p where p.grant_id = d.grant_id) as third_parties`

function shown(row: Row) {
  const dueAt = new Date(row.due_at)
  const state: DeletionState = row.done_at ? 'done' : dueAt < now() ? 'overdue' : 'asked'
  return {
    grantId: row.grant_id,
    keys: fieldsInOrder(row.keys.split(',')),
    askedAt: new Date(row.asked_at),
    dueAt,
    doneAt: row.done_at ? new Date(row.done_at) : null,
    doneBy: row.done_by,
    words: row.words,
    thirdParties: row.third_parties,
    state,
  }
}

/** What an ending asked of the vendor, and what came of it. */
export async function deletionOf(tx: Tx, grantId: string) {
  const [row] = await tx.execute<Row>(sql`select ${COLUMNS} from deletion_tasks d where d.grant_id = ${grantId}::uuid`)
  return row ? shown(row) : null
}

/** The tasks that stand on the record of one person: what is open, and what was done last. */
export async function deletionsOn(viewer: PersonViewer, relationshipId: string): Promise<DeletionShown[]> {
  if (!isId(relationshipId)) throw new NotFound()
  const rows = await transaction(viewer, (tx) =>
    tx.execute<Row & { vendor_id: string }>(sql`select ${COLUMNS}, d.vendor_id from deletion_tasks d
      join relationships r on r.vendor_id = d.vendor_id and r.handle_id = d.handle_id
      where r.id = ${relationshipId}::uuid order by d.done_at is not null, d.asked_at desc limit 10`),
  )
  const [first] = rows
  if (!first) return []
  mustBeFound(viewer, 'deletion.see', { vendorId: first.vendor_id })
  return withNames(rows.map(shown), first.vendor_id)
}

/** The page on which one deletion is recorded. */
export async function deletionPage(viewer: PersonViewer, relationshipId: string, grantId: string) {
  if (!isId(relationshipId) || !isId(grantId)) throw new NotFound()
  const [row] = await transaction(viewer, (tx) =>
    tx.execute<Row & { vendor_id: string; handle_id: string }>(sql`select ${COLUMNS}, d.vendor_id, d.handle_id from deletion_tasks d
      join relationships r on r.vendor_id = d.vendor_id and r.handle_id = d.handle_id and r.id = ${relationshipId}::uuid where d.grant_id = ${grantId}::uuid`),
  )
  if (!row) throw new NotFound()
  mustBeFound(viewer, 'deletion.see', { vendorId: row.vendor_id })
  const [[task], names] = await Promise.all([
    withNames([shown(row)], row.vendor_id),
    handlesShown([row.handle_id], { vendorId: row.vendor_id }),
  ])
  if (!task) throw new NotFound()
  return { task, member: names.get(row.handle_id) ?? null, relationshipId }
}

/** /vendors/:vendor/owed: what the vendor has still to delete, what is due first in front. */
export async function deletionsOwed(viewer: PersonViewer, vendorSlug: string, after: string | null) {
  const [vendor] = await db
    .select({ vendorId: vendors.id, slug: vendors.slug, name: vendors.name })
    .from(vendors)
    .where(eq(vendors.slug, vendorSlug))
  if (!vendor) throw new NotFound()
  authorize(viewer, 'deletion.see', vendor)
  const [at = '', id = ''] = (after ?? '').split('_')
  const paged = isId(id) && !Number.isNaN(Date.parse(at))
  const rows = await transaction(viewer, (tx) =>
    tx.execute<Row & { handle_id: string; relationship_id: string | null }>(sql`
      select ${COLUMNS}, d.handle_id, r.id as relationship_id from deletion_tasks d
        left join relationships r on r.vendor_id = d.vendor_id and r.handle_id = d.handle_id
      where d.vendor_id = ${vendor.vendorId}::uuid and d.done_at is null
        ${paged ? sql`and (d.due_at, d.grant_id) > (${new Date(at).toISOString()}::timestamptz, ${id}::uuid)` : sql``}
      order by d.due_at, d.grant_id limit ${TASKS_A_PAGE + 1}`),
  )
  const page = rows.slice(0, TASKS_A_PAGE)
  const last = page.at(-1)
  const names = await handlesShown(
    page.map((row) => row.handle_id),
    { vendorId: vendor.vendorId },
  )
  return {
    vendor: { slug: vendor.slug, name: vendor.name },
    deletions: page.map((row) => ({
      ...shown(row),
      doneBy: null,
      member: names.get(row.handle_id) ?? null,
      relationshipId: row.relationship_id,
    })),
    later: rows.length > TASKS_A_PAGE && last ? `${new Date(last.due_at).toISOString()}_${last.grant_id}` : null,
  }
}

async function withNames(tasks: ReturnType<typeof shown>[], vendorId: string): Promise<DeletionShown[]> {
  const names = await handlesShown(
    tasks.map(({ doneBy }) => doneBy),
    { vendorId },
  )
  return tasks.map((task) => ({ ...task, doneBy: task.doneBy ? (names.get(task.doneBy) ?? null) : null }))
}
