import { and, eq, isNotNull, lt, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { vaultAttributes, vaultHistory } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { keyOf, sealValue } from '~/server/platform/person-keys'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { attribute, isAttributeKey, isFieldKey, isOwnKey, ownValue, type AttributeKey, type OwnKey } from './catalogue'
import { tellCorrected } from './correcting'
import type { AttributeInput, OwnFieldInput, OwnKind } from './input'
import { oldBefore } from './rules'
import { labelOf, readSealed, sealLabel } from './sealed'

/** Earlier values of one field that stay, for its owner alone. */
const EARLIER_KEPT = 5
/** Fields of one’s own. The database holds the same bound. */
export const OWN_MOST = 30

/** Adds a field, changes it, or confirms that it still holds. */
export async function keepAttribute(viewer: PersonViewer, key: string, input: AttributeInput): Promise<void> {
  if (!isAttributeKey(key) && !isOwnKey(key)) throw new NotFound()
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'vault.change', { personId: viewer.personId })
    const value = isAttributeKey(key) ? checked(attribute(key).value, input.value) : await ownChecked(tx, viewer, key, input.value)
    await writeField(tx, viewer, key, { value, source: 'self' })
    await record(tx, viewer, 'vault.changed', { personId: viewer.personId, keys: [key] })
  })
}

/** Says that a field still holds as it stands. Said twice, it is said once. */
export async function confirmAttribute(viewer: PersonViewer, key: string): Promise<void> {
  if (!isFieldKey(key)) throw new NotFound()
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'vault.change', { personId: viewer.personId })
    const confirmed = await tx
      .update(vaultAttributes)
      .set({ confirmedAt: now() })
      .where(and(fieldOf(viewer, key), lt(vaultAttributes.confirmedAt, oldBefore(now()))))
      .returning({ key: vaultAttributes.key })
    if (confirmed.length > 0) await record(tx, viewer, 'vault.confirmed', { personId: viewer.personId, keys: [key] })
  })
}

/** `confirmedAt`: of what is brought along or put back, when its owner said so; otherwise now. */
type Written = { value: string; source: 'self' | 'import'; confirmedAt?: Date }

/** Writes what a field says, sealed, and keeps what it said before. One of one’s own is there already. */
export async function writeField(
  tx: Tx,
  viewer: PersonViewer,
  key: AttributeKey | OwnKey,
  { value, source, confirmedAt }: Written,
): Promise<void> {
  const ownKey = await keyOf(tx, viewer.personId)
  await keepEarlier(tx, viewer, key, value, ownKey)
  const written = { value: null, sealed: sealValue(ownKey, viewer.personId, key, value), source, confirmedAt: confirmedAt ?? sql`now()` }
  if (isAttributeKey(key))
    await tx
      .insert(vaultAttributes)
      .values({ id: newId(), personId: viewer.personId, key, ...written })
      .onConflictDoUpdate({ target: [vaultAttributes.personId, vaultAttributes.key], set: written })
  else await tx.update(vaultAttributes).set(written).where(fieldOf(viewer, key))
}

/** Adds a field that the catalogue does not have, under a name of one’s own. Sent twice, it is there once. */
export async function addOwnField(viewer: PersonViewer, input: OwnFieldInput): Promise<OwnKey> {
  await countAgainst('write-down', viewer.personId)
  return transaction(viewer, async (tx) => {
    authorize(viewer, 'vault.change', { personId: viewer.personId })
    const key = await insertOwnField(tx, viewer, { ...input, sensitive: input.sensitive === 'yes', source: 'self' })
    await record(tx, viewer, 'vault.changed', { personId: viewer.personId, keys: [key] })
    return key
  })
}

type Own = Written & { label: string; kind: OwnKind; sensitive: boolean }

export async function insertOwnField(
  tx: Tx,
  viewer: PersonViewer,
  { label, kind, value, sensitive, source, confirmedAt }: Own,
): Promise<OwnKey> {
  const said = checked(ownValue[kind], value)
  // Names are sealed, so the database cannot tell two alike: one at a time looks.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`own-fields:${viewer.personId}`}, 0))`)
  const [ownKey, there] = [await keyOf(tx, viewer.personId), await ownFieldsOf(tx, viewer)]
  if (there.length >= OWN_MOST) throw new Invalid({ label: 'vault.own.most' })
  if (there.some((row) => sameName(labelOf(ownKey, row), label))) throw new Invalid({ label: 'vault.own.twice' })
  const id = newId()
  const key: OwnKey = `own-${id}`
  const { personId } = viewer
  const sealed = sealValue(ownKey, personId, key, said)
  await tx
    .insert(vaultAttributes)
    .values({ id, personId, key, sealed, source, confirmedAt, kind, sensitive, sealedLabel: sealLabel(ownKey, personId, key, label) })
  return key
}

export const sameName = (one: string | null, other: string) => one?.toLowerCase() === other.toLowerCase()

async function ownFieldsOf(tx: Tx, viewer: PersonViewer) {
  return tx
    .select({ personId: vaultAttributes.personId, key: vaultAttributes.key, sealedLabel: vaultAttributes.sealedLabel })
    .from(vaultAttributes)
    .where(and(eq(vaultAttributes.personId, viewer.personId), isNotNull(vaultAttributes.kind)))
}

export function checked(schema: z.ZodType<string, unknown>, value: string): string {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new Invalid({ value: parsed.error.issues[0]?.message ?? 'invalid' })
  return parsed.data
}

async function ownChecked(tx: Tx, viewer: PersonViewer, key: OwnKey, value: string): Promise<string> {
  const [own] = await tx.select({ kind: vaultAttributes.kind }).from(vaultAttributes).where(fieldOf(viewer, key)).for('update')
  if (!own?.kind) throw new NotFound()
  return checked(ownValue[own.kind], value)
}

const fieldOf = ({ personId }: PersonViewer, key: string) => and(eq(vaultAttributes.personId, personId), eq(vaultAttributes.key, key))

/** Takes a field out of the vault. Grants that name it find nothing any more. */
export async function removeAttribute(viewer: PersonViewer, key: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'vault.change', { personId: viewer.personId })
    const removed = await takeOut(tx, viewer, key)
    if (removed) await record(tx, viewer, 'vault.changed', { personId: viewer.personId, keys: [key] })
  })
}

export async function takeOut(tx: Tx, viewer: PersonViewer, key: string): Promise<boolean> {
  const removed = await tx.delete(vaultAttributes).where(fieldOf(viewer, key)).returning({ key: vaultAttributes.key })
  await tx.delete(vaultHistory).where(and(eq(vaultHistory.personId, viewer.personId), eq(vaultHistory.key, key)))
  if (removed.length > 0) await tellCorrected(tx, viewer, key, 'removed')
  return removed.length > 0
}

/** Takes away what a field said before. */
export async function forgetEarlier(viewer: PersonViewer, key: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'vault.change', { personId: viewer.personId })
    const forgotten = await tx
      .delete(vaultHistory)
      .where(and(eq(vaultHistory.personId, viewer.personId), eq(vaultHistory.key, key)))
      .returning({ id: vaultHistory.id })
    if (forgotten.length > 0) await record(tx, viewer, 'vault.changed', { personId: viewer.personId, keys: [key] })
  })
}

async function keepEarlier(tx: Tx, viewer: PersonViewer, key: string, value: string, ownKey: Buffer): Promise<void> {
  const [before] = await tx.select().from(vaultAttributes).where(fieldOf(viewer, key)).for('update')
  if (!before) return
  const { personId } = viewer
  const said = readSealed(ownKey, before)
  if (said === value) return
  await tellCorrected(tx, viewer, key, 'changed')
  await tx.insert(vaultHistory).values({
    id: newId(),
    personId,
    key,
    sealed: sealValue(ownKey, personId, `${key}\0earlier`, said),
    source: before.source,
    confirmedAt: before.confirmedAt,
  })
  await tx.execute(sql`delete from vault_history where id in (
    select id from vault_history where person_id = ${personId}::uuid and key = ${key} order by replaced_at desc, id desc offset ${EARLIER_KEPT})`)
}
