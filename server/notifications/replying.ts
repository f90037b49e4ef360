import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import EmailReplyParser from 'email-reply-parser'
import PostalMime, { type Email } from 'postal-mime'
import { db, transaction } from '~/db/client'
import { accountEmails, inboundMails, notifications } from '~/db/schema'
import { viewerOf } from '~/server/accounts'
import { Refusal, TooMany } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { queueMail } from '~/server/platform/mail'
import { readAddress, senderDomain } from '~/server/platform/mail-addresses'
import { plainly } from '~/server/platform/manner'
import { unixLines } from '~/server/platform/text'
import { answerQuestion, asAskedHere, commentOn, postFacts, threadFacts } from '~/server/threads'
import { AnswerInput, CommentInput } from '~/server/threads/input'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import { say, sayError } from '~/words'
import { takeBounce } from './bouncing'
import { places } from './places'
import { REPLY_DAYS } from './rules'

/** With its attachments, which are not taken. */
export const LARGEST_MAIL_BYTES = 2 * 1024 * 1024
const FIRST_WORDS = ['first', 'second', 'third', 'fourth', 'fifth']
const door = systemViewer('mail')

export type Outcome = 'posted' | 'bounce' | 'refused' | 'automatic' | 'unknown' | 'again' | 'too-large'

/** A mail that came in for one of our addresses. The same mail twice is once. */
export async function receiveMail(raw: Uint8Array, recipients: string[]): Promise<Outcome> {
  if (raw.byteLength > LARGEST_MAIL_BYTES) return 'too-large'
  const mail = await PostalMime.parse(raw, { maxNestingDepth: 20, maxHeadersSize: 256 * 1024 })
  const named = [...recipients, ...[...(mail.to ?? []), ...(mail.cc ?? [])].map((it) => it.address ?? ''), mail.deliveredTo ?? '']
  for (const address of named) {
    const ours = await readAddress(address)
    if (!ours) continue
    if (!(await isNew(mail, raw, address))) return 'again'
    return ours.purpose === 'bounce' ? takeBounce(ours.id, mail) : takeReply(ours.id, mail)
  }
  return 'unknown'
}

async function isNew(mail: Email, raw: Uint8Array, address: string): Promise<boolean> {
  const messageHash = createHash('sha256')
    .update(mail.messageId ?? raw)
    .update(address.toLowerCase())
    .digest('hex')
  const added = await db
    .insert(inboundMails)
    .values({ messageHash, outcome: '', createdAt: now() })
    .onConflictDoNothing()
    .returning({ hash: inboundMails.messageHash })
  return added.length > 0
}

const header = (mail: Email, name: string) => (mail.headers.find(({ key }) => key === name)?.value ?? '').trim().toLowerCase()

/** Written by a program, or by us: answering it could go on for ever. */
export function isAutomatic(mail: Email): boolean {
  const auto = header(mail, 'auto-submitted')
  const from = mail.from?.address?.toLowerCase() ?? ''
  return (
    (auto !== '' && auto !== 'no') ||
    /^(bulk|list|junk|auto_reply)/.test(header(mail, 'precedence')) ||
    ['x-autoreply', 'x-autorespond', 'list-id', 'x-loop', 'feedback-id'].some((name) => header(mail, name) !== '') ||
    header(mail, 'return-path') === '<>' ||
    /^(mailer-daemon|postmaster|no-?reply)@/.test(from) ||
    ((mail.messageId ?? '').toLowerCase().endsWith(`@${senderDomain().toLowerCase()}>`) && senderDomain() !== 'localhost')
  )
}

/** What somebody wrote themselves: without the mail they answered and without their signature. */
export function ownWords(mail: Pick<Email, 'text' | 'html'>): string {
  const text = mail.text?.trim()
    ? mail.text
    : (mail.html ?? '')
        .replace(/<(br|\/p|\/div)[^>]*>/gi, '\n')
        .replace(/<blockquote[^]*$/i, '')
        .replace(/<style[^]*?<\/style>/gi, '')
        .replace(/<[^>]*>/g, '')
        .replace(/&nbsp;/g, ' ')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&amp;/g, '&')
  return new EmailReplyParser()
    .read(
      unixLines(text)
        .toWellFormed()
        .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, ''),
    )
    .getVisibleText()
    .trim()
}

async function takeReply(notificationId: string, mail: Email): Promise<Outcome> {
  if (isAutomatic(mail)) return 'automatic'
  const about = await transaction(
    door,
    async (tx) => (await tx.select().from(notifications).where(eq(notifications.id, notificationId)))[0],
  )
  const viewer = about ? await viewerOf(about.personId) : null
  if (!about || !viewer || about.objectKind !== 'post') return 'unknown'
  const [account] = await db.select().from(accountEmails).where(eq(accountEmails.personId, viewer.personId))
  if (!account?.confirmedAt) return 'unknown'
  try {
    if (mail.from?.address?.normalize('NFC').toLowerCase() !== account.addressNorm) throw new Invited('notifications.refused.sender')
    if (now().getTime() - about.createdAt.getTime() > REPLY_DAYS * 86_400_000) throw new Invited('notifications.refused.old')
    await countAgainst('mail-in', viewer.personId)
    await post(await asAskedHere(viewer, { postId: about.objectId }), about, ownWords(mail), account.address)
    return 'posted'
  } catch (error) {
    await explain(error, viewer.personId, account.address)
    return 'refused'
  }
}

class Invited extends Error {
  constructor(readonly key: 'notifications.refused.sender' | 'notifications.refused.old' | 'notifications.refused.empty') {
    super(key)
  }
}

type About = typeof notifications.$inferSelect

/** By the same capability as on the site: a comment on what the mail was about, or an answer to the question itself. */
async function post(viewer: PersonViewer, about: About, words: string, address: string) {
  if (!words) throw new Invited('notifications.refused.empty')
  const postId = await meant(about, words)
  const facts = await postFacts(postId)
  const isAnswer = facts?.kind === 'opening' && facts.askerHandleId !== viewer.handleId
  const parsed = (isAnswer ? AnswerInput : CommentInput).safeParse({ body: words })
  if (!parsed.success) throw new Refused(parsed.error.issues[0]?.message ?? 'invalid')
  if (isAnswer) return void (await answerQuestion(viewer, facts.threadId, parsed.data))
  const parentId = facts?.kind === 'comment' && facts.parentId ? facts.parentId : postId
  const made = await commentOn(viewer, parentId, parsed.data)
  const parent = await postFacts(parentId)
  const thread = await threadFacts(made.threadId)
  // Somebody who answers the answer may be done: one click says so, and nothing reminds them any more.
  if (parent?.kind !== 'answer' || thread?.handleId !== viewer.handleId || thread.acceptedPostId) return
  const links = { post: places.post(made.slug, made.number, made.postId), answer: places.post(made.slug, made.number, parentId) }
  const mail = plainly(() => ({ subject: say('notifications.solvedIt.subject'), text: say('notifications.solvedIt.text', links) }))
  await transaction(door, (tx) => queueMail(tx, { to: address, personId: viewer.personId, ...mail }))
}

class Refused extends Error {
  constructor(readonly key: string) {
    super(key)
  }
}

/** A mail can bring several posts, numbered: “the second one worked” is about the second. Otherwise it is the last of them. */
async function meant(about: About, words: string): Promise<string> {
  const rows = await transaction(door, (tx) =>
    tx
      .select({ objectId: notifications.objectId })
      .from(notifications)
      .where(
        sql`${notifications.groupId} = ${about.groupId} and (${notifications.createdAt}, ${notifications.id}) <= (${about.createdAt.toISOString()}::timestamptz, ${about.id}::uuid)`,
      )
      .orderBy(notifications.createdAt, notifications.id)
      .limit(FIRST_WORDS.length),
  )
  const said = FIRST_WORDS.findIndex((word) => new RegExp(`\\b${word}\\b`, 'i').test(words))
  return (rows.length > 1 && rows[said]?.objectId) || about.objectId
}

/** At most one polite answer a day, and only ever to the account's own address. */
async function explain(error: unknown, personId: string, address: string) {
  const known = error instanceof Invited || error instanceof Refused || error instanceof Refusal
  if (!known) throw error
  try {
    await countAgainst('mail-refusal', personId)
  } catch (tooMany) {
    if (tooMany instanceof TooMany) return
    throw tooMany
  }
  const mail = plainly(() => {
    const why = error instanceof Invited ? say(error.key) : sayError(error.key, error instanceof Refusal ? error.values : undefined)
    return { subject: say('notifications.refused.subject'), text: say('notifications.refused.text', { why }) }
  })
  await transaction(door, (tx) => queueMail(tx, { to: address, personId, ...mail }))
}
