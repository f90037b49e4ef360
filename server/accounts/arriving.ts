import { and, eq, isNull } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { providerIdentities, signInProviders } from '~/db/schema'
import { Conflict, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { visitor, type PersonViewer, type Viewer } from '~/server/viewer'
import { digest, networkOf, sameAddress } from './addresses'
import { takeAddress } from './confirming'
import type { JoinInput } from './input'
import { makeLink } from './mailed-links'
import { mailProviderBound, mailProviderUnbound } from './mails'
import { createPerson, freeHandle, mailTo } from './people'
import { arrivalOf, arrivalOver, endArrival } from './provider-visits'
import { lockPerson } from './recovery-codes'
import { endOtherSessions } from './sessions'
import { beginSession, type Place } from './signing-in'
import { askToConfirm } from './signing-up'
import { hasOtherWayIn } from './ways-in'

/** Who stands at the door with a provider’s word, and is not known here yet, if anybody does. */
export async function arrivalPage(cookies: string | null) {
  const door = await standingAtTheDoor(cookies)
  if (!door) return null
  const { arrival, provider } = door
  return { provider: provider.name, email: arrival.email, name: arrival.name, next: arrival.next }
}

async function atTheDoor(cookies: string | null) {
  const door = await standingAtTheDoor(cookies)
  if (!door) throw new Conflict('provider.over')
  return door
}

async function standingAtTheDoor(cookies: string | null) {
  const arrival = await arrivalOf(cookies)
  const [provider] = arrival
    ? await db
        .select()
        .from(signInProviders)
        .where(and(eq(signInProviders.id, arrival.providerId), isNull(signInProviders.endedAt)))
    : []
  return arrival && provider ? { arrival, provider } : null
}

/** Somebody new, in one step, without a password. The address is only claimed, unless it is the organisation’s own and nobody has it. */
export async function joinAtArrival(
  viewer: Viewer,
  { email, handle, displayName }: JoinInput,
  place: Place,
): Promise<{ cookies: string[]; next: string }> {
  const { arrival, provider } = await atTheDoor(place.cookies ?? null)
  await countAgainst('sign-up-from', networkOf(place.from))
  await freeHandle(handle)
  await countAgainst('mail-to', digest(sameAddress(email)))
  const personId = await transaction(visitor, async (tx) => {
    if (!(await endArrival(tx, arrival.tokenHash))) throw new Conflict('provider.over')
    const vouched = arrival.emailVerified && sameAddress(arrival.email) === sameAddress(email) && isTheirs(email, provider.domains)
    const person = await createPerson(tx, { email, handle, displayName }, visitor)
    if (!(vouched && (await takeAddress(tx, person.personId)))) await askToConfirm(tx, person)
    await bind(tx, visitor, person.personId, { ...arrival, issuer: provider.issuer })
    return person.personId
  })
  return { cookies: [...(await beginSession(personId, viewer, place, 'provider')), arrivalOver()], next: arrival.next }
}

const isTheirs = (address: string, domains: string[]) => domains.includes(sameAddress(address).split('@')[1] ?? '')

/** Somebody who has an account has signed in to it; from now on the provider’s word is enough. */
export async function bindArrival(viewer: PersonViewer, cookies: string | null): Promise<{ cookies: string[]; next: string }> {
  authorize(viewer, 'factor.change', null)
  const { arrival, provider } = await atTheDoor(cookies)
  await transaction(viewer, async (tx) => {
    await lockPerson(tx, viewer.personId)
    if (!(await endArrival(tx, arrival.tokenHash))) throw new Conflict('provider.over')
    const bindingId = await bind(tx, viewer, viewer.personId, { ...arrival, issuer: provider.issuer })
    const undo = await makeLink(tx, viewer.personId, 'not-me', bindingId)
    await mailProviderBound(tx, await mailTo(viewer.personId, tx), provider.name, undo)
  })
  return { cookies: [arrivalOver()], next: arrival.next }
}

type Identity = { providerId: string; issuer: string; subject: string }

async function bind(tx: Tx, viewer: Viewer, personId: string, { providerId, issuer, subject }: Identity): Promise<string> {
  const id = newId()
  const bound = await tx
    .insert(providerIdentities)
    .values({ id, personId, providerId, issuer, subject, usedAt: now(), createdAt: now() })
    .onConflictDoNothing()
    .returning({ id: providerIdentities.id })
  if (bound.length === 0) throw new Conflict('provider.boundElsewhere')
  await record(tx, viewer, 'provider.bound', { personId, providerId })
  return id
}

/** The provider’s word opens nothing any more; what it opened ends, but this. */
export async function unbindProvider(viewer: PersonViewer, providerId: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'factor.change', null)
    await lockPerson(tx, viewer.personId)
    const mine = and(eq(providerIdentities.personId, viewer.personId), eq(providerIdentities.providerId, providerId))
    const [held] = isId(providerId)
      ? await tx
          .select({ name: signInProviders.name })
          .from(providerIdentities)
          .innerJoin(signInProviders, eq(signInProviders.id, providerIdentities.providerId))
          .where(mine)
      : []
    if (!held) throw new NotFound()
    if (!(await hasOtherWayIn(viewer.personId, tx))) throw new Conflict('provider.last')
    await tx.delete(providerIdentities).where(mine)
    const ended = await endOtherSessions(viewer.personId, viewer.sessionId, tx)
    await record(tx, viewer, 'provider.unbound', { personId: viewer.personId, providerId })
    if (ended > 0) await record(tx, viewer, 'session.ended', { personId: viewer.personId, all: true })
    await mailProviderUnbound(tx, await mailTo(viewer.personId, tx), held.name)
  })
}
