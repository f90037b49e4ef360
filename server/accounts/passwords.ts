import { setTimeout as wait } from 'node:timers/promises'
import { and, desc, eq, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { accountEmails, halfSignIns, handles, passwords, people } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst, forgive } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { visitor, type PersonViewer } from '~/server/viewer'
import { digest, networkOf, sameAddress } from './addresses'
import { takeAddress } from './confirming'
import { linkOf, makeLink, spendLink, voidLinks } from './mailed-links'
import { mailPasswordChanged, mailReset } from './mails'
import { hashPassword, passwordFits } from './password-hashing'
import { ownAccount } from './reading'
import { lockPerson } from './recovery-codes'
import { weakness } from './rules'
import { endOtherSessions } from './sessions'
import { removeWaysInSince, waysInBesidesPassword } from './ways-in'

/** Longer than writing a mail takes: the time does not tell whether one was written. */
const RESET_ANSWERS_AFTER_MS = 250

/** Mails a link to whoever has the address. The answer is the same when nobody has. */
export async function askForReset(email: string, from: string): Promise<void> {
  const address = sameAddress(email)
  await countAgainst('sign-in-from', networkOf(from))
  await countAgainst('mail-to', digest(address))
  await Promise.all([mailLinkTo(address), wait(RESET_ANSWERS_AFTER_MS)])
}

async function mailLinkTo(addressNorm: string): Promise<void> {
  const [person] = await db
    .select({ personId: accountEmails.personId, address: accountEmails.address, handle: sql<string>`${handles.handle}` })
    .from(accountEmails)
    .innerJoin(people, and(eq(people.id, accountEmails.personId), eq(people.status, 'member')))
    .innerJoin(handles, eq(handles.personId, accountEmails.personId))
    .where(eq(accountEmails.addressNorm, addressNorm))
    .orderBy(sql`${accountEmails.confirmedAt} is null`, desc(accountEmails.createdAt))
    .limit(1)
  if (person) await transaction(visitor, async (tx) => mailReset(tx, person, await makeLink(tx, person.personId, 'reset-password')))
}

/** Whether a mailed link still opens anything. */
export async function resetPage(token: string) {
  const link = await linkOf(token, 'reset-password')
  return { usable: link?.usable ?? false, address: link?.usable ? link.address : null }
}

/** The new password stands, every session ends, and the address is proved by the way. */
export async function resetPassword(token: string, password: string): Promise<void> {
  const link = await linkOf(token, 'reset-password')
  if (!link?.usable) throw new Invalid({ form: 'link.over' })
  refuseWeak(password, link)
  const hash = await hashPassword(password)
  await transaction(visitor, async (tx) => {
    const personId = (await spendLink(tx, token, 'reset-password'))?.personId
    if (!personId) throw new Invalid({ form: 'link.over' })
    await voidLinks(tx, personId, 'reset-password')
    await lockPerson(tx, personId)
    // Until now the address was only claimed: whoever set up a way in need not be whoever reads the mailbox.
    const removed = (await isConfirmed(tx, personId)) ? [] : await removeWaysInSince(tx, personId, new Date(0))
    await takeAddress(tx, personId)
    await keepPassword(tx, personId, hash)
    await endOtherSessions(personId, null, tx)
    await record(tx, visitor, 'password.changed', { personId })
    await record(tx, visitor, 'session.ended', { personId, all: true })
    const to = { personId, address: link.address, handle: link.handle ?? '' }
    await mailPasswordChanged(tx, to, { ways: await waysInBesidesPassword(tx, personId), removed })
  })
  await forgive('sign-in-address', digest(sameAddress(link.address)))
}

async function isConfirmed(tx: Tx, personId: string): Promise<boolean> {
  const [account] = await tx.select({ at: accountEmails.confirmedAt }).from(accountEmails).where(eq(accountEmails.personId, personId))
  return Boolean(account?.at)
}

/** The old password is asked for, so that a browser left open does not hand the account over. */
export async function changePassword(viewer: PersonViewer, given: { currentPassword: string; password: string }): Promise<void> {
  authorize(viewer, 'account.manage', null)
  const [account, [held]] = await Promise.all([
    ownAccount(viewer),
    db.select({ hash: passwords.hash }).from(passwords).where(eq(passwords.personId, viewer.personId)),
  ])
  const address = account?.address ?? ''
  await countAgainst('sign-in-address', digest(sameAddress(address)))
  if (!(await passwordFits(given.currentPassword, held?.hash ?? null))) throw new Invalid({ currentPassword: 'password.notYours' })
  await forgive('sign-in-address', digest(sameAddress(address)))
  refuseWeak(given.password, { handle: viewer.handle, address })
  const hash = await hashPassword(given.password)
  await transaction(viewer, async (tx) => {
    await keepPassword(tx, viewer.personId, hash)
    await voidLinks(tx, viewer.personId, 'reset-password')
    const ended = await endOtherSessions(viewer.personId, viewer.sessionId, tx)
    await record(tx, viewer, 'password.changed', { personId: viewer.personId })
    if (ended > 0) await record(tx, viewer, 'session.ended', { personId: viewer.personId, all: true })
    const to = { personId: viewer.personId, address, handle: viewer.handle }
    await mailPasswordChanged(tx, to, { ways: await waysInBesidesPassword(tx, viewer.personId) })
  })
}

function refuseWeak(password: string, known: { handle: string | null; address: string }) {
  const weak = weakness(password, known)
  if (weak) throw new Invalid({ password: weak })
}

async function keepPassword(tx: Tx, personId: string, hash: string): Promise<void> {
  const changedAt = now()
  await tx
    .insert(passwords)
    .values({ personId, hash, changedAt })
    .onConflictDoUpdate({ target: passwords.personId, set: { hash, changedAt } })
  // Whoever stands between the steps came with the password until now.
  await tx.delete(halfSignIns).where(eq(halfSignIns.personId, personId))
}
