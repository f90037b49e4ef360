import { and, desc, eq, sql } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { accountEmails, passwords, people } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst, forgive } from '~/server/limits'
import { authorize } from '~/server/policy'
import { visitor, type PersonViewer, type Viewer } from '~/server/viewer'
import { digest, networkOf, sameAddress } from './addresses'
import { meetBrowser } from './browsers'
import { hasSecondStep } from './factors'
import { beginHalfway } from './halfway'
import type { SignInInput } from './input'
import { passwordFits } from './password-hashing'
import { endOtherSessions, endSession, startSession, type StartedBy } from './sessions'

/** Cookies to set, and whether they are a session’s or only lead to the second step. */
export type SignedIn = { cookies: string[]; secondStep: boolean }
/** Where somebody sits: the network, the browser’s name, and the cookies that it sent. */
export type Place = { from: string; device: string; cookies?: string | null }

/** Checks address and password. Unknown address and wrong password are one answer. */
export async function signIn(viewer: Viewer, { email, password }: SignInInput, place: Place): Promise<SignedIn> {
  const address = sameAddress(email)
  await countAgainst('sign-in-from', networkOf(place.from))
  await countAgainst('sign-in-address', digest(address))
  const [owner, claimant] = await whoMayHave(address)
  // Always two comparisons, whoever there is.
  const [ownerFits, claimantFits] = await Promise.all([
    passwordFits(password, owner?.hash ?? null),
    passwordFits(password, claimant?.hash ?? null),
  ])
  const person = ownerFits ? owner : claimantFits ? claimant : undefined
  if (!person) throw new Invalid({ form: 'signIn.wrong' })
  await forgive('sign-in-address', digest(address))
  if (await hasSecondStep(person.personId)) return { cookies: [await beginHalfway(person.personId)], secondStep: true }
  return { cookies: await beginSession(person.personId, viewer, place), secondStep: false }
}

/** Whoever confirmed the address, then the newest who claim it. */
async function whoMayHave(addressNorm: string) {
  return db
    .select({ personId: accountEmails.personId, hash: passwords.hash })
    .from(accountEmails)
    .innerJoin(people, eq(people.id, accountEmails.personId))
    .innerJoin(passwords, eq(passwords.personId, accountEmails.personId))
    .where(and(eq(accountEmails.addressNorm, addressNorm), eq(people.status, 'member')))
    .orderBy(sql`${accountEmails.confirmedAt} is null`, desc(accountEmails.createdAt))
    .limit(2)
}

/** A new session from a browser that is noted. Returns the cookies to set. */
export async function beginSession(
  personId: string,
  viewer: Viewer,
  { device, cookies }: Omit<Place, 'from'>,
  startedBy: StartedBy = 'password',
): Promise<string[]> {
  const browser = await transaction(visitor, (tx) => meetBrowser(tx, personId, { device, cookies }))
  return [await replaceSession(personId, viewer, device, startedBy), browser]
}

/** A new session; the one that this browser had until now ends. Returns its cookie. */
export async function replaceSession(personId: string, viewer: Viewer, device: string, startedBy?: StartedBy): Promise<string> {
  await transaction(visitor, async (tx) => {
    if (viewer.kind === 'person') {
      await endSession(viewer.sessionId, tx)
      await record(tx, viewer, 'session.ended', { personId: viewer.personId, all: false })
    }
    await record(tx, visitor, 'session.started', { personId })
  })
  return startSession(personId, device, startedBy)
}

/** Ends this session and returns the cookie that clears it. */
export async function signOut(viewer: PersonViewer): Promise<string> {
  return transaction(viewer, async (tx) => {
    const cookie = await endSession(viewer.sessionId, tx)
    await record(tx, viewer, 'session.ended', { personId: viewer.personId, all: false })
    return cookie
  })
}

/** “End all others.” Their open pages lose what only the signed-in may see at once. */
export async function signOutElsewhere(viewer: PersonViewer): Promise<void> {
  authorize(viewer, 'account.manage', null)
  await transaction(viewer, async (tx) => {
    const ended = await endOtherSessions(viewer.personId, viewer.sessionId, tx)
    if (ended > 0) await record(tx, viewer, 'session.ended', { personId: viewer.personId, all: true })
  })
}
