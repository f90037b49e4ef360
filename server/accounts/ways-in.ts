import { and, eq, gte, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { passkeys, providerIdentities } from '~/db/schema'
import { record } from '~/server/events'
import { visitor } from '~/server/viewer'

/** Whether the person gets in by anything but this one passkey, or this one provider. Mail to their address is not counted: it can be lost. */
export async function hasOtherWayIn(personId: string, tx: Pick<Tx, 'execute'>): Promise<boolean> {
  const [row] = await tx.execute<{ ways: number }>(sql`
    select (select count(*) from passwords where person_id = ${personId})::int + (select count(*) from passkeys where person_id = ${personId})::int
      + (select count(*) from provider_identities i join sign_in_providers p on p.id = i.provider_id and p.ended_at is null where i.person_id = ${personId})::int as ways`)
  return (row?.ways ?? 0) > 1
}

/** Whoever was in the account meanwhile may have made themselves a way back in. */
export async function removeWaysInSince(tx: Tx, personId: string, since: Date): Promise<void> {
  const keys = await tx
    .delete(passkeys)
    .where(and(eq(passkeys.personId, personId), gte(passkeys.createdAt, since)))
    .returning({ id: passkeys.id })
  if (keys.length > 0) await record(tx, visitor, 'factor.removed', { personId, factorKind: 'passkey' })
  const bound = await tx
    .delete(providerIdentities)
    .where(and(eq(providerIdentities.personId, personId), gte(providerIdentities.createdAt, since)))
    .returning({ providerId: providerIdentities.providerId })
  for (const { providerId } of bound) await record(tx, visitor, 'provider.unbound', { personId, providerId })
}
