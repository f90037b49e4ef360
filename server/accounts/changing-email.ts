import { and, eq, isNull, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { accountEmails, emailChanges, passwords } from '~/db/schema'
import { Conflict, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { visitor, type PersonViewer } from '~/server/viewer'
import { digest, sameAddress } from './addresses'
import { isElsewhere } from './confirming'
import { linkOf, makeLink, spendLink, voidLinks } from './mailed-links'
import { mailAddressChanged, mailAlreadyHere, mailConfirmChange } from './mails'
import { mailTo, ownerOf } from './people'
import { ownAccount } from './reading'
import { lockPerson } from './recovery-codes'
import { endOtherSessions } from './sessions'
import { removeWaysInSince } from './ways-in'

/** The address until now. Whether another waits to be confirmed, the mailbox says. */
export async function changeEmailPage(viewer: PersonViewer) {
  authorize(viewer, 'email.change', null)
  return { address: (await ownAccount(viewer))?.address ?? '' }
}

/**
 * Nothing changes until the link mailed to the new address is used. It goes the same way, step for step, when the address belongs to
 * somebody: then the mail tells its owner, and there is no link.
 */
export async function askToChangeEmail(viewer: PersonViewer, { email }: { email: string }): Promise<void> {
  authorize(viewer, 'email.change', null)
  await countAgainst('change-email', viewer.personId)
  const addressNorm = sameAddress(email)
  await countAgainst('mail-to', digest(addressNorm))
  await transaction(viewer, async (tx) => {
    await lockPerson(tx, viewer.personId)
    const [present] = await tx.select().from(accountEmails).where(eq(accountEmails.personId, viewer.personId))
    if (!present) throw new Conflict('conflict')
    if (present.addressNorm === addressNorm && present.confirmedAt) throw new Invalid({ email: 'address.same' })
    await voidLinks(tx, viewer.personId, 'change-email')
    const changeId = newId()
    await tx.insert(emailChanges).values({
      id: changeId,
      personId: viewer.personId,
      address: email,
      addressNorm,
      oldAddress: present.address,
      oldAddressNorm: present.addressNorm,
      oldWasConfirmed: present.confirmedAt !== null,
      createdAt: now(),
    })
    const token = await makeLink(tx, viewer.personId, 'change-email', changeId)
    const owner = await ownerOf(addressNorm, tx)
    if (owner) await mailAlreadyHere(tx, owner)
    else await mailConfirmChange(tx, { personId: viewer.personId, address: email, handle: viewer.handle }, token)
  })
}

/** What the page behind a mailed link shows: the addresses, and whether its button still does anything. */
export async function emailChangePage(token: string, purpose: 'change-email' | 'undo-email') {
  const link = await linkOf(token, purpose)
  const [change] = link?.aboutId ? await db.select().from(emailChanges).where(eq(emailChanges.id, link.aboutId)) : []
  if (!link || !change) return { state: 'over' as const, address: null, oldAddress: null, handle: null }
  const done = purpose === 'change-email' ? change.confirmedAt !== null && !change.undoneAt : change.undoneAt !== null
  const state = done ? ('done' as const) : link.usable ? ('open' as const) : ('over' as const)
  return { state, address: change.address, oldAddress: change.oldAddress, handle: link.handle }
}

/** Pressing the button twice is changing once. */
export async function confirmEmailChange(token: string): Promise<void> {
  await transaction(visitor, async (tx) => {
    const spent = await spendLink(tx, token, 'change-email')
    if (!spent?.aboutId) {
      if ((await emailChangePage(token, 'change-email')).state === 'done') return
      throw new Invalid({ form: 'link.over' })
    }
    const { personId, aboutId } = spent
    await lockPerson(tx, personId)
    const [change] = await tx.select().from(emailChanges).where(eq(emailChanges.id, aboutId))
    if (!change) throw new Invalid({ form: 'link.over' })
    await lockAddress(tx, change.addressNorm)
    if (await isElsewhere(tx, change.addressNorm, personId)) throw new Conflict('address.elsewhere')
    await tx
      .update(accountEmails)
      .set({ address: change.address, addressNorm: change.addressNorm, confirmedAt: now() })
      .where(eq(accountEmails.personId, personId))
    await tx.update(emailChanges).set({ confirmedAt: now() }).where(eq(emailChanges.id, aboutId))
    // Links that were mailed to the old address do nothing any more.
    await voidLinks(tx, personId, 'confirm-email')
    await voidLinks(tx, personId, 'reset-password')
    await record(tx, visitor, 'email.changed', { personId })
    if (change.oldWasConfirmed) {
      const undo = await makeLink(tx, personId, 'undo-email', aboutId)
      await mailAddressChanged(tx, { personId, address: change.oldAddress, handle: (await mailTo(personId, tx))?.handle ?? '' }, undo)
    }
  })
}

/**
 * From the old address: it stands again whatever was changed since, every session ends, the password and second steps that were set up
 * since open nothing any more, and the link to a new password is returned.
 */
export async function undoEmailChange(token: string): Promise<string> {
  return transaction(visitor, async (tx) => {
    const spent = await spendLink(tx, token, 'undo-email')
    if (!spent?.aboutId) throw new Invalid({ form: 'link.over' })
    const { personId, aboutId } = spent
    await lockPerson(tx, personId)
    const [change] = await tx.select().from(emailChanges).where(eq(emailChanges.id, aboutId))
    if (!change) throw new Invalid({ form: 'link.over' })
    await lockAddress(tx, change.oldAddressNorm)
    if (await isElsewhere(tx, change.oldAddressNorm, personId)) throw new Conflict('address.elsewhere')
    await tx
      .update(accountEmails)
      .set({ address: change.oldAddress, addressNorm: change.oldAddressNorm, confirmedAt: now() })
      .where(eq(accountEmails.personId, personId))
    const since = change.createdAt
    await tx
      .update(emailChanges)
      .set({ undoneAt: now() })
      .where(
        and(
          eq(emailChanges.personId, personId),
          isNull(emailChanges.undoneAt),
          sql`${emailChanges.createdAt} >= ${since.toISOString()}::timestamptz`,
        ),
      )
    for (const purpose of ['change-email', 'undo-email', 'reset-password', 'confirm-email'] as const) await voidLinks(tx, personId, purpose)
    await removeWaysInSince(tx, personId, since)
    // Whoever changed the address knew the password, or has set another since.
    await tx.delete(passwords).where(eq(passwords.personId, personId))
    await endOtherSessions(personId, null, tx)
    await record(tx, visitor, 'email.change-undone', { personId })
    await record(tx, visitor, 'session.ended', { personId, all: true })
    return makeLink(tx, personId, 'reset-password')
  })
}

/** One confirmation of an address after another, whoever asks. */
async function lockAddress(tx: Tx, addressNorm: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${addressNorm}))`)
}
