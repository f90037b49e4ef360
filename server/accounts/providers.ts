import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { providerIdentities, signInProviders } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { publicOrigins } from '~/server/platform/env'
import { seal } from '~/server/platform/sealing'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import type { ProviderInput } from './input'
import { sameAddress } from './addresses'
import { lookUp, returnPath, SEALED_FOR } from './provider-client'
import { endSessionsByProvider } from './sessions'

const LONGEST_ADDRESS = 254

/** What the sign-in page offers. */
export async function providersOffered() {
  return db
    .select({ id: signInProviders.id, name: signInProviders.name })
    .from(signInProviders)
    .where(isNull(signInProviders.endedAt))
    .orderBy(asc(signInProviders.name))
}

/** Where the people of an address sign in, if they have a provider. Whose domains are whose is told of one address at a time. */
export async function providerOf(address: string) {
  const domain = address.length <= LONGEST_ADDRESS ? (sameAddress(address.trim()).split('@')[1] ?? '') : ''
  if (!domain) return null
  const [theirs] = await db
    .select({ id: signInProviders.id, name: signInProviders.name })
    .from(signInProviders)
    .where(and(isNull(signInProviders.endedAt), sql`${domain} = any(${signInProviders.domains})`))
    .limit(1)
  return theirs ? { ...theirs, domain } : null
}

/** All providers, and since when a person signs in with which. */
export async function providersFor(personId: string) {
  const theirs = and(eq(providerIdentities.providerId, signInProviders.id), eq(providerIdentities.personId, personId))
  return db
    .select({ id: signInProviders.id, name: signInProviders.name, boundAt: providerIdentities.createdAt })
    .from(signInProviders)
    .leftJoin(providerIdentities, theirs)
    .where(isNull(signInProviders.endedAt))
    .orderBy(asc(signInProviders.name))
}

/** For operators. The secret is not among it: it is written and never shown. */
export async function providersPage(viewer: Viewer) {
  authorize(viewer, 'provider.manage', null)
  const rows = await db
    .select({
      id: signInProviders.id,
      name: signInProviders.name,
      issuer: signInProviders.issuer,
      clientId: signInProviders.clientId,
      domains: signInProviders.domains,
    })
    .from(signInProviders)
    .where(isNull(signInProviders.endedAt))
    .orderBy(asc(signInProviders.name))
  return { providers: rows, returnTo: publicOrigins().map((origin) => origin + returnPath) }
}

/** Sets a provider up, or changes the one of this issuer. Its own description of itself is read first: what cannot be reached is not kept. */
export async function keepProvider(viewer: Viewer, { clientSecret, issuer, ...input }: ProviderInput): Promise<void> {
  authorize(viewer, 'provider.manage', null)
  const [before] = await db.select().from(signInProviders).where(eq(signInProviders.issuer, issuer))
  if (!before && !clientSecret) throw new Invalid({ clientSecret: 'required' })
  if (!(await lookUp(issuer, input.clientId, clientSecret || 'unknown'))) throw new Invalid({ issuer: 'provider.notFound' })
  const id = before?.id ?? newId()
  const sealedSecret = clientSecret ? await seal(SEALED_FOR, id, Buffer.from(clientSecret)) : (before?.sealedSecret ?? '')
  await transaction(viewer, async (tx) => {
    const kept = { ...input, sealedSecret, endedAt: null }
    const [row] = await tx
      .insert(signInProviders)
      .values({ id, issuer, ...kept, createdAt: now() })
      .onConflictDoUpdate({ target: signInProviders.issuer, set: kept, setWhere: eq(signInProviders.id, id) })
      .returning({ id: signInProviders.id })
    if (row) await record(tx, viewer, 'provider.kept', { providerId: row.id })
  })
}

/** Nobody signs in with it any more, and what was begun through it is over, but the session in which it ends. Who did is remembered, for the day it is set up again. */
export async function endProvider(viewer: Viewer, id: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'provider.manage', null)
    if (!isId(id)) return
    const [ended] = await tx
      .update(signInProviders)
      .set({ endedAt: now() })
      .where(and(eq(signInProviders.id, id), isNull(signInProviders.endedAt)))
      .returning({ id: signInProviders.id })
    if (!ended) return
    await record(tx, viewer, 'provider.ended', { providerId: id })
    const bound = await tx
      .select({ personId: providerIdentities.personId })
      .from(providerIdentities)
      .where(eq(providerIdentities.providerId, id))
    const theirs = bound.map(({ personId }) => personId)
    const own = viewer.kind === 'person' ? viewer.sessionId : ''
    for (const personId of await endSessionsByProvider(theirs, own, tx)) await record(tx, viewer, 'session.ended', { personId, all: true })
  })
}
