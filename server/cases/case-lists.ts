import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { cases, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { firstDueIn } from '~/server/operations'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import type { HandleInfo, PersonViewer, Viewer } from '~/server/viewer'
import { asks, casesFrom, questionIsOpen, type CaseState, type KnownCase } from './facts'
import { MOST_COUNTED, type CaseView } from './types'

const ON_A_PAGE = 25

const STATE_OF: Record<CaseView, CaseState> = { us: 'waiting-vendor', them: 'waiting-asker', closed: 'closed' }

/** /vendors/:slug/cases: those of one vendor, for its staff; what waits longest first, what was closed last first. */
export async function casesOfVendor(viewer: PersonViewer, slug: string, view: CaseView, cursor: string | null) {
  const [vendor] = await db
    .select({ vendorId: vendors.id, slug: vendors.slug, name: vendors.name })
    .from(vendors)
    .where(eq(vendors.slug, slug))
  if (!vendor) throw new NotFound()
  authorize(viewer, 'case.list', vendor, 'case.staffOnly')
  const newest = view === 'closed'
  const [at, id] = cursorFrom(cursor)
  const key = sql`(${cases.waitingSince}, ${cases.id})`
  const further = at ? (newest ? sql`${key} < (${micros(at)}, ${id}::uuid)` : sql`${key} > (${micros(at)}, ${id}::uuid)`) : undefined
  const order = newest ? [desc(cases.waitingSince), desc(cases.id)] : [asc(cases.waitingSince), asc(cases.id)]
  const { found, counts } = await transaction(viewer, async (tx) => ({
    found: await casesFrom(tx, { key: microsOf(sql`${cases.waitingSince}`), due: firstDueIn(cases.id) })
      .where(and(eq(cases.vendorId, vendor.vendorId), eq(cases.state, STATE_OF[view]), further))
      .orderBy(...order)
      .limit(ON_A_PAGE + 1),
    counts: (
      await tx.execute<{ us: number; them: number }>(
        sql`select ${counted(vendor.vendorId, 'waiting-vendor')} as us, ${counted(vendor.vendorId, 'waiting-asker')} as them`,
      )
    )[0] ?? { us: 0, them: 0 },
  }))
  return { ...vendor, view, counts, ...(await page(viewer, found, { vendorId: vendor.vendorId })) }
}

/** /me/cases: what the viewer continued privately, the latest word first. */
export async function myCases(viewer: PersonViewer, cursor: string | null) {
  const [at, id] = cursorFrom(cursor)
  const found = await transaction(viewer, (tx) =>
    casesFrom(tx, { key: microsOf(sql`${cases.lastAt}`), due: firstDueIn(cases.id) })
      .where(and(eq(cases.handleId, viewer.handleId), at ? sql`(${cases.lastAt}, ${cases.id}) < (${micros(at)}, ${id}::uuid)` : undefined))
      .orderBy(desc(cases.lastAt), desc(cases.id))
      .limit(ON_A_PAGE + 1),
  )
  return page(viewer, found, {})
}

/** How many cases wait for the vendor’s staff, where the viewer is one of them; up to one more than is counted. */
export async function casesToServe(viewer: Viewer, vendorId: string | null): Promise<{ slug: string; count: number } | null> {
  const seat = viewer.kind === 'person' ? viewer.staffOf.find((one) => one.vendorId === vendorId) : undefined
  if (!seat || !can(viewer, 'case.list', seat)) return null
  const [row] = await transaction(viewer, (tx) =>
    tx.execute<{ count: number }>(sql`select ${counted(seat.vendorId, 'waiting-vendor')} as count`),
  )
  return { slug: seat.vendorSlug, count: row?.count ?? 0 }
}

export type CaseRow = {
  caseId: string
  /** Null: its question is not open to the viewer any more. */
  title: string | null
  state: CaseState
  asker: HandleInfo | null
  vendorName: string
  since: Date
  /** What was promised, by when; null where the clock stands still. */
  due: { at: Date; late: boolean } | null
  offered: boolean
  assigned: { by: HandleInfo; mine: boolean } | null
}

async function page(viewer: PersonViewer, found: (KnownCase & { key: string; due: Date | null })[], where: { vendorId?: string }) {
  const shown = found.slice(0, ON_A_PAGE)
  const last = shown.at(-1)
  const names = await handlesShown(
    shown.flatMap((it) => [it.handleId, it.assignedTo]),
    where,
  )
  return {
    cases: shown.map((it): CaseRow => {
      const by = it.assignedTo ? names.get(it.assignedTo) : undefined
      return {
        caseId: it.caseId,
        title: questionIsOpen(viewer, it) ? it.title : null,
        state: it.state,
        asker: names.get(it.handleId) ?? null,
        vendorName: it.vendorName,
        since: it.waitingSince,
        due: it.due && { at: it.due, late: it.due <= now() },
        offered: it.continuedAt === null,
        assigned: by && !asks(viewer, it) ? { by, mine: it.assignedTo === viewer.handleId } : null,
      }
    }),
    next: found.length > ON_A_PAGE && last ? `${last.key}_${last.caseId}` : null,
  }
}

const counted = (
  vendorId: string,
  state: CaseState,
) => sql`(select count(*)::int from (select 1 from cases c where c.vendor_id = ${vendorId}::uuid
  and c.state = ${state} limit ${MOST_COUNTED + 1}) counted)`

// Microseconds, as the database has them.
const microsOf = (at: ReturnType<typeof sql>) => sql<string>`(extract(epoch from ${at}) * 1000000)::bigint::text`
const micros = (at: string) => sql`to_timestamp(${at}::numeric / 1000000)`

function cursorFrom(cursor: string | null): [string, string] | [] {
  const [at = '', id = ''] = (cursor ?? '').split('_')
  return isId(id) && /^\d{1,16}$/.test(at) ? [at, id] : []
}
