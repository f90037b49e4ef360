import { and, eq, sql } from 'drizzle-orm'
import type { Email } from 'postal-mime'
import { db, transaction } from '~/db/client'
import { accountEmails, addressTroubles, outgoingMails } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { queueMail } from '~/server/platform/mail'
import { plainly } from '~/server/platform/manner'
import { readToken, signedToken } from '~/server/platform/signing'
import { authorize } from '~/server/policy'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import { say } from '~/words'
import { places } from './places'
import { ownAddress } from './troubles'

/** A mailbox that is full for a week is not gone; one that does not exist is asked once more. */
const WEIGHT = { soft: 1, hard: 2, complaint: 4 } as const
const STOPS_AT = 4
/** After this long without trouble the count begins again. */
const FORGET_DAYS = 30
type Trouble = keyof typeof WEIGHT

/** Mail to an address came back, or was called spam. */
export async function troubleWith(address: string, reason: Trouble): Promise<void> {
  const addressNorm = address.normalize('NFC').toLowerCase()
  const at = now()
  const fresh = sql`${addressTroubles.lastAt} < ${new Date(at.getTime() - FORGET_DAYS * 86_400_000).toISOString()}::timestamptz`
  const score = sql<number>`case when ${fresh} then ${WEIGHT[reason]} else least(${addressTroubles.score} + ${WEIGHT[reason]}, 100) end`
  await db
    .insert(addressTroubles)
    .values({ addressNorm, score: WEIGHT[reason], lastAt: at, reason, suppressedAt: WEIGHT[reason] >= STOPS_AT ? at : null })
    .onConflictDoUpdate({
      target: addressTroubles.addressNorm,
      set: {
        score,
        lastAt: at,
        reason,
        suppressedAt: sql`coalesce(${addressTroubles.suppressedAt}, case when ${score} >= ${STOPS_AT} then ${at.toISOString()}::timestamptz end)`,
      },
    })
}

/** A returned mail: its address says which mail it was, so nobody else's report counts against anybody. */
export async function takeBounce(mailId: string, mail: Email): Promise<'bounce' | 'unknown'> {
  const [sent] = await db.select({ to: outgoingMails.toAddress }).from(outgoingMails).where(eq(outgoingMails.id, mailId))
  if (!sent?.to) return 'unknown'
  const trouble = kindOf(mail)
  if (trouble) await troubleWith(sent.to, trouble)
  return 'bounce'
}

/** RFC 3464 and RFC 5965. A delay is no trouble yet; what says nothing readable counts as a soft one. */
export function kindOf(mail: Email): Trouble | null {
  const reports = mail.attachments
    .filter(({ mimeType }) => /^message\/(delivery-status|feedback-report)$/i.test(mimeType))
    .map(({ mimeType, content }) => ({ mimeType, text: typeof content === 'string' ? content : new TextDecoder().decode(content) }))
  if (reports.some(({ mimeType }) => /feedback-report/i.test(mimeType))) return 'complaint'
  const words = reports.map(({ text }) => text).join('\n') || (mail.text ?? '')
  const action = /^action:\s*(\w+)/im.exec(words)?.[1]?.toLowerCase()
  if (action && ['delayed', 'delivered', 'relayed', 'expanded'].includes(action)) return null
  const status =
    /^status:\s*(\d)\./im.exec(words)?.[1] ?? (reports.length === 0 ? /\b([45])\.\d{1,3}\.\d{1,3}\b/.exec(words)?.[1] : undefined)
  return status === '5' ? 'hard' : 'soft'
}

/** “My address works again”: a mail with a link, sent in spite of the stop. */
export async function askWhetherAddressWorks(viewer: PersonViewer): Promise<void> {
  authorize(viewer, 'account.manage', null)
  const own = await transaction(viewer, (tx) => ownAddress(tx, viewer.personId))
  if (!own?.stopped) return
  await countAgainst('mail-to', `address-works ${viewer.personId}`)
  const link = places.addressWorks(await signedToken('address-works', `${viewer.personId} ${own.address.normalize('NFC').toLowerCase()}`))
  const words = plainly(() => ({ subject: say('notifications.works.subject'), text: say('notifications.works.text', { link }) }))
  await transaction(systemViewer('mail'), (tx) => queueMail(tx, { to: own.address, personId: viewer.personId, ...words }))
}

/** The link came through, so the address does. Pressing it twice is once. */
export async function addressWorks(token: string): Promise<void> {
  const { personId, addressNorm } = await addressIn(token)
  const [own] = await db
    .select({ id: accountEmails.id })
    .from(accountEmails)
    .where(and(eq(accountEmails.personId, personId), eq(accountEmails.addressNorm, addressNorm)))
  if (!own) throw new NotFound()
  await db.delete(addressTroubles).where(eq(addressTroubles.addressNorm, addressNorm))
}

/** Looking changes nothing: mail scanners follow every link they see. */
export async function addressWorksPage(token: string) {
  const { addressNorm } = await addressIn(token)
  const [row] = await db
    .select({ stopped: addressTroubles.suppressedAt })
    .from(addressTroubles)
    .where(eq(addressTroubles.addressNorm, addressNorm))
  return { address: addressNorm, done: !row?.stopped }
}

async function addressIn(token: string) {
  const [personId = '', addressNorm = ''] = ((await readToken('address-works', token)) ?? '').split(' ')
  if (!addressNorm) throw new NotFound()
  return { personId, addressNorm }
}

/** For the account page: the address that mail is stopped to, if it is. */
export async function stoppedMail(viewer: PersonViewer): Promise<string | null> {
  const own = await transaction(viewer, (tx) => ownAddress(tx, viewer.personId))
  return own?.stopped ? own.address : null
}
