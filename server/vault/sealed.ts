import { and, eq, isNotNull } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { vaultAttributes } from '~/db/schema'
import { keyOf, openValue, sealValue } from '~/server/platform/person-keys'
import { systemViewer } from '~/server/viewer'

const AT_A_TIME = 200
const job = systemViewer('seal-vaults')

/** What a row says, to whoever was let to read it and holds the person’s key. */
export function readSealed(key: Buffer, row: { personId: string; key: string; value: string | null; sealed: string | null }): string {
  return row.sealed === null ? (row.value ?? '') : openValue(key, row.personId, row.key, row.sealed)
}

/** What a person called a field of their own: as much theirs as what it says, and sealed like it. */
export function labelOf(key: Buffer, row: { personId: string; key: string; sealedLabel: string | null }): string | null {
  return row.sealedLabel === null ? null : openValue(key, row.personId, `${row.key}\0label`, row.sealedLabel)
}

export function sealLabel(key: Buffer, personId: string, field: string, label: string): string {
  return sealValue(key, personId, `${field}\0label`, label)
}

/** Seals what was written before there were seals. Returns how many fields it sealed. */
export async function sealVaults(): Promise<number> {
  for (let done = 0; ;) {
    const sealed = await transaction(job, async (tx) => {
      const rows = await tx
        .select({ id: vaultAttributes.id, personId: vaultAttributes.personId, key: vaultAttributes.key, value: vaultAttributes.value })
        .from(vaultAttributes)
        .where(isNotNull(vaultAttributes.value))
        .limit(AT_A_TIME)
        .for('update', { skipLocked: true })
      for (const row of rows)
        await tx
          .update(vaultAttributes)
          .set({ value: null, sealed: sealValue(await keyOf(tx, row.personId), row.personId, row.key, row.value ?? '') })
          .where(and(eq(vaultAttributes.id, row.id), isNotNull(vaultAttributes.value)))
      return rows.length
    })
    done += sealed
    if (sealed === 0) return done
  }
}
