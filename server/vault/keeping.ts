import { and, eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { vaultAttributes, vaultHistory } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { keyOf, sealValue } from '~/server/platform/person-keys'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { attribute, isAttributeKey } from './catalogue'
import type { AttributeInput } from './input'
import { readSealed } from './sealed'

/** Earlier values of one field that stay, for its owner alone. */
const EARLIER_KEPT = 5

/** Adds a field, changes it, or confirms that it still holds. */
export async function keepAttribute(viewer: PersonViewer, key: string, input: AttributeInput): Promise<void> {
  if (!isAttributeKey(key)) throw new NotFound()
  await countAgainst('write-down', viewer.personId)
  const parsed = attribute(key).value.safeParse(input.value)
  if (!parsed.success) throw new Invalid({ value: parsed.error.issues[0]?.message ?? 'invalid' })
  const value = parsed.data
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'vault.change', { personId: viewer.personId })
    const ownKey = await keyOf(tx, viewer.personId)
    await keepEarlier(tx, viewer, key, value, ownKey)
    const sealed = sealValue(ownKey, viewer.personId, key, value)
    await tx
      .insert(vaultAttributes)
      .values({ id: newId(), personId: viewer.personId, key, sealed })
      .onConflictDoUpdate({
        target: [vaultAttributes.personId, vaultAttributes.key],
        set: { value: null, sealed, source: 'self', confirmedAt: sql`now()` },
      })
    await record(tx, viewer, 'vault.changed', { personId: viewer.personId, keys: [key] })
  })
}

/** Takes a field out of the vault. Grants that name it find nothing any more. */
export async function removeAttribute(viewer: PersonViewer, key: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'vault.change', { personId: viewer.personId })
    const removed = await tx
      .delete(vaultAttributes)
      .where(and(eq(vaultAttributes.personId, viewer.personId), eq(vaultAttributes.key, key)))
      .returning({ key: vaultAttributes.key })
    await tx.delete(vaultHistory).where(and(eq(vaultHistory.personId, viewer.personId), eq(vaultHistory.key, key)))
    if (removed.length > 0) await record(tx, viewer, 'vault.changed', { personId: viewer.personId, keys: [key] })
  })
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

async function keepEarlier(tx: Tx, { personId }: PersonViewer, key: string, value: string, ownKey: Buffer): Promise<void> {
  const [before] = await tx
    .select()
    .from(vaultAttributes)
    .where(and(eq(vaultAttributes.personId, personId), eq(vaultAttributes.key, key)))
    .for('update')
  if (!before) return
  const said = readSealed(ownKey, before)
  if (said === value) return
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
