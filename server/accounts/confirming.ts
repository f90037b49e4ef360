import { and, eq, gt, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { accountEmails, emailChanges } from '~/db/schema'
import { Conflict, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { visitor, type PersonViewer } from '~/server/viewer'
import { digest, sameAddress } from './addresses'
import { linkOf, spendLink, UNDO_DAYS, voidLinks } from './mailed-links'
import { ownAccount } from './reading'
import { askToConfirm } from './signing-up'

/** What the page behind a mailed link shows: whose address it is about, and whether the button still does anything. */
export async function confirmationPage(token: string) {
  const link = await linkOf(token, 'confirm-email')
  if (!link) return { state: 'over' as const, address: null, handle: null }
  const state = link.confirmedAt ? 'done' : link.usable ? 'open' : 'over'
  return { state, address: link.address, handle: link.handle } as const
}

/** Pressing the button twice is confirming once. */
export async function confirmEmail(token: string): Promise<void> {
  await transaction(visitor, async (tx) => {
    const personId = (await spendLink(tx, token, 'confirm-email'))?.personId
    if (!personId) {
      const link = await linkOf(token, 'confirm-email')
      if (link?.confirmedAt) return
      throw new Invalid({ form: 'link.over' })
    }
    if (!(await takeAddress(tx, personId))) throw new Conflict('address.elsewhere')
    await voidLinks(tx, personId, 'confirm-email')
  })
}

/** Makes the claimed address the person's own. False when somebody else has confirmed it meanwhile. */
export async function takeAddress(tx: Tx, personId: string): Promise<boolean> {
  // One confirmation of an address after another: the loser is told, not met by an error of the database.
  const [claim] = await tx.select().from(accountEmails).where(eq(accountEmails.personId, personId))
  if (!claim) return false
  if (claim.confirmedAt) return true
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${claim.addressNorm}))`)
  if (await isElsewhere(tx, claim.addressNorm, personId)) return false
  const changed = await tx
    .update(accountEmails)
    .set({ confirmedAt: now() })
    .where(and(eq(accountEmails.personId, personId), isNull(accountEmails.confirmedAt)))
    .returning({ id: accountEmails.id })
  if (changed.length > 0) await record(tx, visitor, 'email.confirmed', { personId })
  return true
}

/** Somebody else has confirmed it, or has left it so lately that they may still come back to it. */
export async function isElsewhere(tx: Tx, addressNorm: string, personId: string): Promise<boolean> {
  const left = new Date(now().getTime() - UNDO_DAYS * 86_400_000)
  const [[owner], [former]] = await Promise.all([
    tx
      .select({ id: accountEmails.id })
      .from(accountEmails)
      .where(and(eq(accountEmails.addressNorm, addressNorm), ne(accountEmails.personId, personId), isNotNull(accountEmails.confirmedAt))),
    tx
      .select({ id: emailChanges.id })
      .from(emailChanges)
      .where(
        and(
          eq(emailChanges.oldAddressNorm, addressNorm),
          ne(emailChanges.personId, personId),
          eq(emailChanges.oldWasConfirmed, true),
          gt(emailChanges.confirmedAt, left),
          isNull(emailChanges.undoneAt),
        ),
      )
      .limit(1),
  ])
  return owner !== undefined || former !== undefined
}

/** “Send it again.” */
export async function sendConfirmationAgain(viewer: PersonViewer): Promise<void> {
  authorize(viewer, 'account.manage', null)
  const account = await ownAccount(viewer)
  if (!account || account.confirmedAt) return
  await countAgainst('mail-to', digest(sameAddress(account.address)))
  await transaction(viewer, (tx) => askToConfirm(tx, { personId: viewer.personId, address: account.address, handle: viewer.handle }))
}
