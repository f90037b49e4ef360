import { and, asc, eq, gte, inArray, isNull, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { passkeys, providerIdentities, recoveryCodes, signInProviders, totpSecrets } from '~/db/schema'
import { record } from '~/server/events'
import { plainly } from '~/server/platform/manner'
import { visitor } from '~/server/viewer'
import { say } from '~/words'

/** Whether the person gets in by anything but this one passkey, or this one provider. Mail to their address is not counted: it can be lost. */
export async function hasOtherWayIn(personId: string, tx: Pick<Tx, 'execute'>): Promise<boolean> {
  const [row] = await tx.execute<{ ways: number }>(sql`
    select (select count(*) from passwords where person_id = ${personId})::int + (select count(*) from passkeys where person_id = ${personId})::int
      + (select count(*) from provider_identities i join sign_in_providers p on p.id = i.provider_id and p.ended_at is null where i.person_id = ${personId})::int as ways`)
  return (row?.ways ?? 0) > 1
}

/** What opens the account besides its password: the names of its passkeys and of its providers. */
export async function waysInBesidesPassword(tx: Tx, personId: string): Promise<string[]> {
  const keys = await tx.select({ name: passkeys.name }).from(passkeys).where(eq(passkeys.personId, personId)).orderBy(asc(passkeys.name))
  const bound = await tx
    .select({ name: signInProviders.name })
    .from(providerIdentities)
    .innerJoin(signInProviders, and(eq(signInProviders.id, providerIdentities.providerId), isNull(signInProviders.endedAt)))
    .where(eq(providerIdentities.personId, personId))
    .orderBy(asc(signInProviders.name))
  return [...keys, ...bound].map(({ name }) => name)
}

/**
 * Whoever was in the account meanwhile may have made themselves a way back in, or set up a step that keeps its owner out. Returns what it
 * was called.
 */
export async function removeWaysInSince(tx: Tx, personId: string, since: Date): Promise<string[]> {
  const keys = await tx
    .delete(passkeys)
    .where(and(eq(passkeys.personId, personId), gte(passkeys.createdAt, since)))
    .returning({ name: passkeys.name })
  if (keys.length > 0) await record(tx, visitor, 'factor.removed', { personId, factorKind: 'passkey' })
  const apps = await tx
    .delete(totpSecrets)
    .where(and(eq(totpSecrets.personId, personId), gte(totpSecrets.createdAt, since)))
    .returning({ id: totpSecrets.personId })
  if (apps.length > 0) await record(tx, visitor, 'factor.removed', { personId, factorKind: 'app' })
  const codes = apps.length > 0 ? undefined : gte(recoveryCodes.createdAt, since)
  await tx.delete(recoveryCodes).where(and(eq(recoveryCodes.personId, personId), codes))
  const unbound = await tx
    .delete(providerIdentities)
    .where(and(eq(providerIdentities.personId, personId), gte(providerIdentities.createdAt, since)))
    .returning({ providerId: providerIdentities.providerId })
  for (const { providerId } of unbound) await record(tx, visitor, 'provider.unbound', { personId, providerId })
  const app = apps.length > 0 ? [plainly(() => say('accounts.secondStep.app'))] : []
  return [...keys.map(({ name }) => name), ...(await namesOf(tx, unbound)), ...app]
}

async function namesOf(tx: Tx, unbound: { providerId: string }[]): Promise<string[]> {
  const ids = unbound.map(({ providerId }) => providerId)
  const named = await tx.select({ name: signInProviders.name }).from(signInProviders).where(inArray(signInProviders.id, ids))
  return named.map(({ name }) => name)
}
