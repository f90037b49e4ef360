import { and, desc, eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { accessRecords, accessRefusals, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { authorize } from '~/server/policy'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import type { FieldKey } from './catalogue'
import type { Purpose } from './input'
import { ownNamesOf } from './own-names'
import { visibleTo } from './visible'

export const READINGS_A_PAGE = 30

const READINGS_BY_VENDOR = 10

export type ReadingShown = {
  id: string
  at: Date
  times: number
  key: FieldKey
  label: string | null
  purpose: Purpose
  grantId: string
  reader: HandleInfo | null
  vendorName: string
}

export type RefusalShown = {
  id: string
  at: Date
  times: number
  purpose: Purpose
  /** What had covered it, where that has ended. */
  grantId: string | null
  reader: HandleInfo | null
  vendorName: string
  refused: true
}

/** /me/readings: every reading, and whatever was asked for and refused, newest first. */
export async function myReadings(viewer: PersonViewer, before: string | null) {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  const rows = await transaction(viewer, (tx) => readingsAndRefusals(tx, viewer, READINGS_A_PAGE + 1, before))
  const shown = rows.slice(0, READINGS_A_PAGE)
  const last = shown.at(-1)
  return { readings: await withReaders(shown), older: rows.length > READINGS_A_PAGE && last ? cursorOf(last.at, last.id) : null }
}

/** What one vendor read of the viewer lately. */
export async function readingsBy(viewer: PersonViewer, vendorId: string): Promise<ReadingShown[]> {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  return withReaders(await transaction(viewer, (tx) => readingsOf(tx, viewer, READINGS_BY_VENDOR, { vendorId })))
}

export async function readingsOf(
  tx: Tx,
  viewer: PersonViewer,
  most: number,
  { grantId, vendorId, before }: { grantId?: string; vendorId?: string; before?: string | null } = {},
) {
  const [beforeAt, beforeId] = cursorFrom(before)
  const asked = tx
    .select({
      id: accessRecords.id,
      at: accessRecords.lastReadAt,
      times: accessRecords.reads,
      key: accessRecords.key,
      purpose: accessRecords.purpose,
      grantId: accessRecords.grantId,
      readerHandleId: accessRecords.readerHandleId,
      vendorName: vendors.name,
    })
    .from(accessRecords)
    .innerJoin(vendors, eq(vendors.id, accessRecords.vendorId))
    .where(
      and(
        visibleTo(viewer).readings,
        grantId ? eq(accessRecords.grantId, grantId) : undefined,
        vendorId ? eq(accessRecords.vendorId, vendorId) : undefined,
        beforeAt ? sql`(${accessRecords.lastReadAt}, ${accessRecords.id}) < (${beforeAt}::timestamptz, ${beforeId}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(accessRecords.lastReadAt), desc(accessRecords.id))
    .limit(most)
  const [rows, names] = await Promise.all([asked, ownNamesOf(tx, viewer)])
  return rows.map((row) => ({ ...row, label: names[row.key] ?? null }))
}

async function refusalsOf(tx: Tx, viewer: PersonViewer, most: number, before?: string | null) {
  const [beforeAt, beforeId] = cursorFrom(before)
  const rows = await tx
    .select({
      id: accessRefusals.id,
      at: accessRefusals.lastAskedAt,
      times: accessRefusals.asks,
      purpose: accessRefusals.purpose,
      grantId: accessRefusals.grantId,
      readerHandleId: accessRefusals.askerHandleId,
      vendorName: vendors.name,
    })
    .from(accessRefusals)
    .innerJoin(vendors, eq(vendors.id, accessRefusals.vendorId))
    .where(
      and(
        visibleTo(viewer).refusals,
        beforeAt ? sql`(${accessRefusals.lastAskedAt}, ${accessRefusals.id}) < (${beforeAt}::timestamptz, ${beforeId}::uuid)` : undefined,
      ),
    )
    .orderBy(desc(accessRefusals.lastAskedAt), desc(accessRefusals.id))
    .limit(most)
  return rows.map((row) => ({ ...row, refused: true as const }))
}

/** Both in one order, so that one cursor pages through them. */
export async function readingsAndRefusals(tx: Tx, viewer: PersonViewer, most: number, before?: string | null) {
  const both = await Promise.all([readingsOf(tx, viewer, most, { before }), refusalsOf(tx, viewer, most, before)])
  return both
    .flat()
    .sort((one, other) => other.at.getTime() - one.at.getTime() || (other.id < one.id ? -1 : 1))
    .slice(0, most)
}

type Reading = Awaited<ReturnType<typeof readingsOf>>[number]

type Refused = Awaited<ReturnType<typeof refusalsOf>>[number]

export async function withReaders(rows: Reading[]): Promise<ReadingShown[]>
export async function withReaders(rows: (Reading | Refused)[]): Promise<(ReadingShown | RefusalShown)[]>
export async function withReaders(rows: (Reading | Refused)[]) {
  const names = await handlesShown(rows.map((row) => row.readerHandleId))
  return rows.map(({ readerHandleId, ...row }) => ({
    ...row,
    ...('key' in row ? { key: row.key as FieldKey } : {}),
    purpose: row.purpose as Purpose,
    reader: names.get(readerHandleId) ?? null,
  }))
}

const cursorOf = (at: Date, id: string) => `${at.toISOString()}_${id}`

function cursorFrom(cursor: string | null | undefined): [string, string] | [] {
  const [at = '', id = ''] = (cursor ?? '').split('_')
  return isId(id) && !Number.isNaN(Date.parse(at)) ? [new Date(at).toISOString(), id] : []
}
