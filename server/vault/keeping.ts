import { and, eq, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { vaultAttributes } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { attribute, isAttributeKey } from './catalogue'
import type { AttributeInput } from './input'

/** Adds a field, changes it, or confirms that it still holds. */
export async function keepAttribute(viewer: PersonViewer, key: string, input: AttributeInput): Promise<void> {
  if (!isAttributeKey(key)) throw new NotFound()
  await countAgainst('write-down', viewer.personId)
  const parsed = attribute(key).value.safeParse(input.value)
  if (!parsed.success) throw new Invalid({ value: parsed.error.issues[0]?.message ?? 'invalid' })
  const value = parsed.data
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'vault.change', { personId: viewer.personId })
    await tx
      .insert(vaultAttributes)
      .values({ id: newId(), personId: viewer.personId, key, value })
      .onConflictDoUpdate({
        target: [vaultAttributes.personId, vaultAttributes.key],
        set: { value, source: 'self', confirmedAt: sql`now()` },
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
    if (removed.length > 0) await record(tx, viewer, 'vault.changed', { personId: viewer.personId, keys: [key] })
  })
}
