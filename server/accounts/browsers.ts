import { randomBytes } from 'node:crypto'
import { and, eq, lt, ne, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { knownBrowsers, passkeys, passwords, providerIdentities } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { readToken, signedToken } from '~/server/platform/signing'
import { visitor } from '~/server/viewer'
import { digest } from './addresses'
import { cookie, readCookie } from './cookies'
import { linkOf, makeLink, spendLink, voidLinks } from './mailed-links'
import { mailNewBrowser } from './mails'
import { mailTo } from './people'
import { lockPerson } from './recovery-codes'
import { endOtherSessions } from './sessions'
import { removeWaysInSince } from './ways-in'

const PURPOSE = 'browser'
/** As long as a browser keeps any cookie. */
const KEPT_DAYS = 400

/**
 * Notes that somebody signs in with this browser, and returns the cookie by which it is known again. When they have others and this is
 * none of them, they are told. Nothing but the cookie is looked at: no address, no fingerprint.
 */
export async function meetBrowser(
  tx: Tx,
  personId: string,
  { device, cookies }: { device: string; cookies?: string | null },
): Promise<string> {
  const carried = readCookie(cookies, 'browser')
  const name = (carried && (await readToken(PURPOSE, carried))) || randomBytes(24).toString('base64url')
  const browserHash = digest(`${personId}:${name}`)
  const seenAt = now()
  const [met] = await tx
    .insert(knownBrowsers)
    .values({ id: newId(), browserHash, personId, seenAt, createdAt: seenAt })
    .onConflictDoUpdate({ target: knownBrowsers.browserHash, set: { seenAt } })
    .returning({ id: knownBrowsers.id, isNew: sql<boolean>`xmax = 0` })
  if (met?.isNew && (await hasOther(tx, personId, met.id))) {
    await record(tx, visitor, 'browser.met', { personId })
    await mailNewBrowser(tx, await mailTo(personId, tx), { device, at: seenAt, token: await makeLink(tx, personId, 'not-me', met.id) })
  }
  return cookie('browser', await signedToken(PURPOSE, name), KEPT_DAYS * 86_400)
}

async function hasOther(tx: Tx, personId: string, id: string): Promise<boolean> {
  const [other] = await tx
    .select({ id: knownBrowsers.id })
    .from(knownBrowsers)
    .where(and(eq(knownBrowsers.personId, personId), ne(knownBrowsers.id, id)))
    .limit(1)
  return other !== undefined
}

/** What the page behind “this was not me” shows. */
export async function notMePage(token: string) {
  const link = await linkOf(token, 'not-me')
  return { usable: link?.usable ?? false, handle: link?.usable ? link.handle : null }
}

/**
 * “This was not me”: every session ends, the password that was good for it opens nothing any more, nor does any way in that was added since
 * then, and the link to a new password is returned, since whoever reads this mailbox may have it anyway.
 */
export async function disownBrowser(token: string): Promise<string> {
  return transaction(visitor, async (tx) => {
    const spent = await spendLink(tx, token, 'not-me')
    if (!spent) throw new Invalid({ form: 'link.over' })
    const { personId, aboutId, createdAt } = spent
    await lockPerson(tx, personId)
    await voidLinks(tx, personId, 'not-me')
    await voidLinks(tx, personId, 'reset-password')
    await voidLinks(tx, personId, 'change-email')
    const since = aboutId ? await forgetSuspect(tx, personId, aboutId) : null
    // What the mail was about may be gone by now; the mail itself was there no later than what came after it.
    await removeWaysInSince(tx, personId, since ?? createdAt)
    await tx.delete(passwords).where(eq(passwords.personId, personId))
    await endOtherSessions(personId, null, tx)
    await record(tx, visitor, 'browser.disowned', { personId })
    await record(tx, visitor, 'session.ended', { personId, all: true })
    return makeLink(tx, personId, 'reset-password')
  })
}

/** The browser, the passkey or the provider that was not the person’s, and since when it was there. */
async function forgetSuspect(tx: Tx, personId: string, id: string): Promise<Date | null> {
  const browsers = and(eq(knownBrowsers.id, id), eq(knownBrowsers.personId, personId))
  const [browser] = await tx.delete(knownBrowsers).where(browsers).returning({ since: knownBrowsers.createdAt })
  if (browser) return browser.since
  const [key] = await tx
    .select({ since: passkeys.createdAt })
    .from(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.personId, personId)))
  if (key) return key.since
  const [bound] = await tx
    .select({ since: providerIdentities.createdAt })
    .from(providerIdentities)
    .where(and(eq(providerIdentities.id, id), eq(providerIdentities.personId, personId)))
  return bound?.since ?? null
}

/** Their cookies have ended by now. */
export async function forgetOldBrowsers(): Promise<void> {
  await db.delete(knownBrowsers).where(lt(knownBrowsers.seenAt, new Date(now().getTime() - KEPT_DAYS * 86_400_000)))
}
