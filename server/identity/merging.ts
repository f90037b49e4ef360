import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { accounts, contacts, duplicatePairs, recordMerges, vendorOrganizations, type Provenance, type Taken } from '~/db/schema'
import { Conflict, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import { refusedBy } from '~/server/refused-by'
import { servedBy } from '~/server/served-by'
import type { PersonViewer } from '~/server/viewer'
import { keysOf, knownOf, staffPair, type PairHead } from './duplicates'
import type { MergeInput } from './input'
import { FIELDS, strictest, winnerOf, type Field } from './survivorship'

type Kind = PairHead['kind']
export type Stored = typeof contacts.$inferSelect | typeof vendorOrganizations.$inferSelect

/**
 * Makes one record of two. The other stays as it is and leads to the one that stands; what hangs on it is read as hanging on both. Only what the
 * one that stands takes over is written, with both as they were.
 */
export async function mergePair(viewer: PersonViewer, vendorSlug: string, pairId: string, input: MergeInput): Promise<string> {
  await countAgainst('write-down', viewer.personId)
  return transaction(viewer, async (tx) => {
    const pair = await staffPair(tx, viewer, vendorSlug, pairId)
    authorize(viewer, 'records.merge', pair)
    const { kind, vendorId } = pair
    const { a, b } = await bothOf(tx, pair, true)
    if (pair.state === 'merged' || a.mergedInto || b.mergedInto) throw new Conflict('conflict')
    const [survivor, loser] = input.stands === 'a' ? [a, b] : [b, a]
    const taken = takenOver(input, a, b)
    await write(tx, kind, survivor.id, became(taken))
    await tx
      .update(tableOf(kind))
      .set({ mergedInto: survivor.id })
      .where(eq(tableOf(kind).id, loser.id))
    const movedAccountId = kind === 'organization' ? await moveAccount(tx, survivor.id, loser.id) : null
    const mergeId = newId()
    await tx.insert(recordMerges).values({
      ...{ id: mergeId, vendorId, kind, survivorId: survivor.id, loserId: loser.id, survivorWas: { ...survivor }, loserWas: { ...loser } },
      ...{ taken, movedAccountId, why: input.why ?? '', mergedBy: viewer.personId, mergedAt: now() },
    })
    await tx
      .update(duplicatePairs)
      .set({ state: 'merged', why: '', decidedBy: viewer.personId, decidedAt: now() })
      .where(eq(duplicatePairs.id, pairId))
    const { aId, bId, state } = duplicatePairs
    await tx.delete(duplicatePairs).where(and(eq(state, 'proposed'), or(eq(aId, loser.id), eq(bId, loser.id))))
    await recordBoth(tx, viewer, kind, 'merged', { vendorId, mergeId, survivorId: survivor.id, loserId: loser.id })
    return survivor.id
  })
}

/** Gives both records back. What was changed since then of what the merge took over stays changed. */
export async function unmerge(viewer: PersonViewer, vendorSlug: string, mergeId: string): Promise<void> {
  if (!isId(mergeId)) throw new NotFound()
  await countAgainst('write-down', viewer.personId)
  try {
    await transaction(viewer, async (tx) => {
      const [merge] = await tx.execute<{
        id: string
        vendorId: string
        kind: Kind
        survivorId: string
        loserId: string
        taken: Taken
        movedAccountId: string | null
      }>(sql`
        select m.id, m.vendor_id as "vendorId", m.kind, m.survivor_id as "survivorId", m.loser_id as "loserId", m.taken, m.moved_account_id as "movedAccountId"
        from record_merges m join vendors v on v.id = m.vendor_id where m.id = ${mergeId} and v.slug = ${vendorSlug} and ${servedBy(viewer, sql`m.vendor_id`)} for update of m`)
      if (!merge) throw new NotFound()
      mustBeFound(viewer, 'contact.view', merge)
      authorize(viewer, 'records.merge', merge)
      const { kind, vendorId, survivorId, loserId, taken, movedAccountId } = merge
      await tx.update(recordMerges).set({ undoneBy: viewer.personId, undoneAt: now() }).where(eq(recordMerges.id, mergeId))
      await tx
        .update(tableOf(kind))
        .set({ mergedInto: null })
        .where(eq(tableOf(kind).id, loserId))
      const [stands] = await tx
        .select()
        .from(tableOf(kind))
        .where(eq(tableOf(kind).id, survivorId))
      if (stands) await write(tx, kind, survivorId, asItWas(taken, stands))
      if (movedAccountId) await tx.update(accounts).set({ organizationId: loserId }).where(eq(accounts.id, movedAccountId))
      const ids = [survivorId, loserId]
      const keysThen = keysOf(...(await knownOf(tx, kind, ids)))
      await tx
        .update(duplicatePairs)
        .set({ state: 'refused', why: TAKEN_APART, keysThen, decidedBy: viewer.personId, decidedAt: now() })
        .where(and(inArray(duplicatePairs.aId, ids), inArray(duplicatePairs.bId, ids)))
      await recordBoth(tx, viewer, kind, 'unmerged', { vendorId, mergeId, survivorId, loserId })
    })
  } catch (error) {
    if (refusedBy(error)?.startsWith('record_merges_')) throw new Conflict('merge.later')
    throw error
  }
}

/** Stands in a pair whose merge was taken apart, where a reason was not asked for. */
export const TAKEN_APART = 'taken apart'

const tableOf = (kind: Kind) => (kind === 'contact' ? contacts : vendorOrganizations) as typeof contacts

/** Both records of a pair as they are stored. */
export async function bothOf(tx: Tx, { kind, aId, bId }: PairHead, locked = false): Promise<{ a: Stored; b: Stored }> {
  const found = tx
    .select()
    .from(tableOf(kind))
    .where(inArray(tableOf(kind).id, [aId, bId]))
    .orderBy(tableOf(kind).id)
  const rows: Stored[] = await (locked ? found.for('update') : found)
  const [a, b] = [rows.find(({ id }) => id === aId), rows.find(({ id }) => id === bId)]
  if (!a || !b) throw new NotFound()
  return { a, b }
}

const PARTS: Record<Field, string[]> = { name: ['name', 'familyName', 'legalSuffix', 'nameNorm'], city: ['city'], country: ['country'] }

/** What the record that stands takes over from the other: of each field the value that is chosen, or wins by itself. */
export function takenOver(input: MergeInput, a: Stored, b: Stored): Taken {
  const [survivor, loser] = input.stands === 'a' ? [a, b] : [b, a]
  const other = input.stands === 'a' ? 'b' : 'a'
  const taken: Taken = {}
  const take = (part: string, became: unknown) => {
    const was = (survivor as Record<string, unknown>)[part]
    if (was !== undefined && JSON.stringify(was) !== JSON.stringify(became)) taken[part] = { was, became }
  }
  const provenance: Provenance = { ...survivor.provenance }
  for (const field of FIELDS) {
    const chosen = a[field] && b[field] && !isOwn(a, field) && !isOwn(b, field) ? input[field] : undefined
    if (isOwn(survivor, field) || (chosen ?? winnerOf(field, a, b)) !== other) continue
    for (const part of PARTS[field]) take(part, (loser as Record<string, unknown>)[part])
    if (loser.provenance[field]) provenance[field] = loser.provenance[field]
  }
  take('provenance', provenance)
  if ('askBy' in survivor && 'askBy' in loser) take('askBy', strictest(survivor.askBy, loser.askBy))
  return taken
}

/** What the person said of themself is chosen by nobody else. */
const isOwn = (it: Stored, field: Field) => it.provenance[field]?.from === 'self'

const became = (taken: Taken) => Object.fromEntries(Object.entries(taken).map(([part, { became: value }]) => [part, value]))

/** Of what a merge took over, what still stands as it left it. */
function asItWas(taken: Taken, stands: Stored): Record<string, unknown> {
  const still = Object.entries(taken).filter(([part, { became: value }]) => same((stands as Record<string, unknown>)[part], value))
  return Object.fromEntries(still.map(([part, { was }]) => [part, was]))
}

/** Whatever order the keys of an object come back in. */
const same = (one: unknown, other: unknown) => ordered(one) === ordered(other)
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

async function write(tx: Tx, kind: Kind, id: string, values: Record<string, unknown>): Promise<void> {
  if (Object.keys(values).length > 0)
    await tx
      .update(tableOf(kind))
      .set(values)
      .where(eq(tableOf(kind).id, id))
}

/** An account of the company that is no more goes over where the other has none. */
async function moveAccount(tx: Tx, survivorId: string, loserId: string): Promise<string | null> {
  const [moved] = await tx
    .update(accounts)
    .set({ organizationId: survivorId })
    .where(and(eq(accounts.organizationId, loserId), isNull(sql`(select a.id from accounts a where a.organization_id = ${survivorId})`)))
    .returning({ id: accounts.id })
  return moved?.id ?? null
}

type Both = { vendorId: string; mergeId: string; survivorId: string; loserId: string }

async function recordBoth(
  tx: Tx,
  viewer: PersonViewer,
  kind: Kind,
  what: 'merged' | 'unmerged',
  { survivorId, loserId, ...ids }: Both,
): Promise<void> {
  const [ofContacts, ofCompanies] = [
    { ...ids, contactId: survivorId, otherId: loserId },
    { ...ids, organizationId: survivorId, otherId: loserId },
  ]
  if (kind === 'contact' && what === 'merged') await record(tx, viewer, 'contact.merged', ofContacts)
  if (kind === 'contact' && what === 'unmerged') await record(tx, viewer, 'contact.unmerged', ofContacts)
  if (kind === 'organization' && what === 'merged') await record(tx, viewer, 'organization.merged', ofCompanies)
  if (kind === 'organization' && what === 'unmerged') await record(tx, viewer, 'organization.unmerged', ofCompanies)
}
