import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { accountTasks, healthSnapshots } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { systemViewer } from '~/server/viewer'
import { healthRows } from './facts'
import { FORMULA, weigh } from './formula'

const job = systemViewer('weigh-health')
const AT_ONCE = 100
/** Long enough to look back a year from any day of the last. */
const KEPT_DAYS = 750
/** By when somebody has thought of who could stand in for a champion. */
const DAYS_TO_NAME = 7

type One = { id: string; vendorId: string; ownerId: string }

/**
 * The nightly weighing: how each account stands this morning, once a day. Where a champion is gone, its owner is asked to think of another, or who
 * answers for the vendor where that one has left. An account
 * that cannot be weighed holds up no other; the job fails with the first of them once it has been through all.
 */
export async function weighHealth(): Promise<void> {
  const failed: unknown[] = []
  for (let after: string | null = null; ;) {
    const some: One[] = await transaction(job, async (tx) => [
      ...(await tx.execute<One>(sql`select a.id, a.vendor_id as "vendorId", coalesce(s.person_id, v.default_owner_id, a.owner_id) as "ownerId"
        from accounts a join vendor_organizations o on o.id = a.organization_id join vendors v on v.id = a.vendor_id
          left join vendor_staff s on s.vendor_id = a.vendor_id and s.person_id = a.owner_id and s.ended_at is null
        where o.merged_into is null and ${after ? sql`a.id > ${after}::uuid` : sql`true`} order by a.id limit ${AT_ONCE}`)),
    ])
    for (const one of some) await weighOne(one).catch((error: unknown) => failed.push(error))
    after = some.at(-1)?.id ?? null
    if (some.length < AT_ONCE) break
  }
  await transaction(job, (tx) =>
    tx.execute(sql`delete from health_snapshots where day < ${now().toISOString()}::timestamptz::date - ${KEPT_DAYS}::int`),
  )
  if (failed.length > 0) throw failed[0]
}

/** One account. Weighed twice on a day, it stands as it was weighed first. */
async function weighOne({ id: accountId, vendorId, ownerId }: One): Promise<void> {
  const moment = now()
  const day = moment.toISOString().slice(0, 10)
  await transaction(job, async (tx) => {
    const rows = await healthRows(tx, accountId, moment)
    if (rows.length === 0) return
    const { score, coverage, measures, reasons } = weigh(rows, moment)
    await tx
      .insert(healthSnapshots)
      .values({ vendorId, accountId, day, formula: FORMULA, score, coverage, measures, reasons, weighedAt: moment })
      .onConflictDoNothing()
    if (!reasons.some(({ kind }) => kind === 'champion-left')) return
    const dueOn = new Date(moment.getTime() + DAYS_TO_NAME * 86_400_000).toISOString().slice(0, 10)
    const [asked] = await tx
      .insert(accountTasks)
      .values({ id: newId(), vendorId, accountId, kind: 'new-champion', ownerId, dueOn })
      .onConflictDoNothing()
      .returning({ id: accountTasks.id })
    if (asked) await record(tx, job, 'account.task-asked', { vendorId, accountId, taskId: asked.id })
  })
}
