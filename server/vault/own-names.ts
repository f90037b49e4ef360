import { and, eq, isNotNull } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { vaultAttributes } from '~/db/schema'
import { keyOf } from '~/server/platform/person-keys'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { labelOf } from './sealed'

/** What a person called the fields that they added themselves. */
export type OwnNames = Record<string, string>

export async function ownNames(viewer: PersonViewer): Promise<OwnNames> {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  return transaction(viewer, (tx) => ownNamesOf(tx, viewer))
}

/** The same within a transaction of theirs. */
export async function ownNamesOf(tx: Tx, { personId }: PersonViewer): Promise<OwnNames> {
  const rows = await tx
    .select({ personId: vaultAttributes.personId, key: vaultAttributes.key, sealedLabel: vaultAttributes.sealedLabel })
    .from(vaultAttributes)
    .where(and(eq(vaultAttributes.personId, personId), isNotNull(vaultAttributes.kind)))
  if (rows.length === 0) return {}
  const ownKey = await keyOf(tx, personId)
  return Object.fromEntries(rows.map((row) => [row.key, labelOf(ownKey, row) ?? '']))
}
