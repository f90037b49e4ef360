import { and, eq, inArray, isNull, ne, notLike, sql, type SQL } from 'drizzle-orm'
import { createHmac } from 'node:crypto'
import { asJob, db, transaction, type Tx } from '~/db/client'
import { signingKeys, signingSecrets } from '~/db/schema'
import { masterKeys } from './master-keys'
import { keyOf, openUnderMaster, openValue, sealUnderMaster, sealValue, underMaster } from './person-keys'
import { freshKey, publicKey, signerOf, type JWK, type PublicKey, type Signer } from './signatures'
import { portalSecret } from './signing'

/** Whose key it is. A person signs towards each vendor with another one. */
export type Holder = { kind: 'portal' } | { kind: 'vendor'; vendorId: string } | { kind: 'person'; personId: string; vendorId: string }

const SEALED_FOR = 'signing-key'
const MOST_ASKED = 20

/** The key that somebody signs with now, made the first time it is needed. */
export function signerFor(tx: Tx, holder: Holder): Promise<Signer> {
  return asJob(tx, 'signing', async () => {
    const kept = (await secretOf(tx, holder)) ?? (await makeKey(tx, holder))
    return signerOf(kept.kid, JSON.parse(await opened(tx, holder, kept)) as JWK)
  })
}

/** From here on another key signs. What the old one signed still verifies; its private half is gone. */
export function rotateKey(tx: Tx, holder: Holder): Promise<void> {
  return asJob(tx, 'signing', async () => {
    await lockHolder(tx, holder)
    const ended = await tx.delete(signingSecrets).where(heldBy(holder)).returning({ kid: signingSecrets.kid })
    const kids = ended.map(({ kid }) => kid)
    await tx
      .update(signingKeys)
      .set({ retiredAt: sql`now()` })
      .where(and(inArray(signingKeys.kid, kids), isNull(signingKeys.retiredAt)))
    await makeKey(tx, holder)
  })
}

/** Everything that the portal and its vendors ever signed with; a person’s key only for whoever holds its name. */
export async function publishedKeys(kids: string[]): Promise<{ keys: PublicKey[] }> {
  const asked = kids.slice(0, MOST_ASKED)
  const rows = await db
    .select({ kid: signingKeys.kid, x: signingKeys.x })
    .from(signingKeys)
    .where(asked.length > 0 ? inArray(signingKeys.kid, asked) : ne(signingKeys.holder, 'person'))
    .orderBy(signingKeys.createdAt, signingKeys.kid)
    .limit(1000)
  return { keys: rows.map(({ kid, x }) => publicKey(kid, x)) }
}

export async function findPublishedKey(kid: string): Promise<PublicKey | null> {
  return (await publishedKeys([kid])).keys[0] ?? null
}

/** What kind of party a key stands for, and which vendor. */
export async function holdersOf(kids: string[]) {
  return db
    .select({ kid: signingKeys.kid, holder: signingKeys.holder, vendorId: signingKeys.vendorId })
    .from(signingKeys)
    .where(inArray(signingKeys.kid, kids.slice(0, MOST_ASKED)))
}

/** The name by which one vendor’s documents call a person: no two vendors’ names for somebody can be linked. */
export async function pairwiseName(personId: string, vendorId: string): Promise<string> {
  const hex = createHmac('sha256', await portalSecret('pairwise'))
    .update(`${personId}\0${vendorId}`)
    .digest('hex')
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

async function makeKey(tx: Tx, holder: Holder) {
  await lockHolder(tx, holder)
  const found = await secretOf(tx, holder)
  if (found) return found
  const { kid, x, privateJwk } = await freshKey()
  const sealed = await closed(tx, holder, kid, JSON.stringify(privateJwk))
  await tx.insert(signingKeys).values({ kid, x, holder: holder.kind, vendorId: holder.kind === 'vendor' ? holder.vendorId : null })
  await tx.insert(signingSecrets).values({ kid, sealed, ...idsOf(holder) })
  return { kid, sealed }
}

const boundTo = (kid: string) => `${SEALED_FOR}:${kid}`

/** A person’s is sealed under their own key, and goes with them; the others under the portal’s master key, which is in no database. */
async function closed(tx: Tx, holder: Holder, kid: string, secret: string): Promise<string> {
  if (holder.kind !== 'person') return sealUnderMaster(boundTo(kid), secret)
  return sealValue(await keyOf(tx, holder.personId), holder.personId, boundTo(kid), secret)
}

async function opened(tx: Tx, holder: Holder, { kid, sealed }: { kid: string; sealed: string }): Promise<string> {
  if (holder.kind !== 'person') return openUnderMaster(boundTo(kid), sealed)
  return openValue(await keyOf(tx, holder.personId), holder.personId, boundTo(kid), sealed)
}

/** Seals the keys of the portal and of vendors under the master key in use. Returns how many were sealed anew. */
export async function resealSigningKeys(): Promise<number> {
  const [current] = masterKeys()
  return transaction({ kind: 'system', job: 'signing' }, async (tx) => {
    const rows = await tx
      .select({ kid: signingSecrets.kid, sealed: signingSecrets.sealed })
      .from(signingSecrets)
      .where(and(isNull(signingSecrets.personId), notLike(signingSecrets.sealed, `${underMaster(current.id)}%`)))
      .for('update')
    for (const { kid, sealed } of rows)
      await tx
        .update(signingSecrets)
        .set({ sealed: sealUnderMaster(boundTo(kid), openUnderMaster(boundTo(kid), sealed)) })
        .where(eq(signingSecrets.kid, kid))
    return rows.length
  })
}

async function secretOf(tx: Tx, holder: Holder) {
  const [kept] = await tx
    .select({ kid: signingSecrets.kid, sealed: signingSecrets.sealed })
    .from(signingSecrets)
    .where(heldBy(holder))
    .limit(1)
  return kept
}

const idsOf = (holder: Holder) => ({
  personId: holder.kind === 'person' ? holder.personId : null,
  vendorId: holder.kind === 'portal' ? null : holder.vendorId,
})

function heldBy(holder: Holder): SQL | undefined {
  const { personId, vendorId } = idsOf(holder)
  return and(
    personId ? eq(signingSecrets.personId, personId) : isNull(signingSecrets.personId),
    vendorId ? eq(signingSecrets.vendorId, vendorId) : isNull(signingSecrets.vendorId),
  )
}

async function lockHolder(tx: Tx, holder: Holder): Promise<void> {
  const { personId, vendorId } = idsOf(holder)
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`key-of:${personId}:${vendorId}`}, 0))`)
}
