import { and, eq, isNull, sql } from 'drizzle-orm'
import { createTransport, type Transporter } from 'nodemailer'
import { db, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { outgoingMails } from '~/db/schema'
import { now } from './clock'
import { env } from './env'
import { addJob, type Task } from './jobs'
import { log } from './log'
import { senderDomain, signedAddress } from './mail-addresses'
import { plainly } from './manner'

/** What a mail says. `headers` are ours alone: never a word that somebody typed. */
export type Letter = { to: string; subject: string; text: string; html?: string; replyTo?: string; headers?: Record<string, string> }
export type Mail = Pick<Letter, 'to' | 'subject' | 'text'> & { personId?: string }
/** Writes a mail at the moment it is handed over; null when there is nothing left to say, or nobody to say it to. */
export type Writer = (about: Record<string, string | string[]>, mailId: string) => Promise<Letter | null>

const writers = new Map<string, Writer>()
let whenRefused: (address: string) => Promise<void> = async () => {}

/** Names are stored with the mails that wait. */
export function mailIsWritten(by: string, writer: Writer) {
  writers.set(by, writer)
}

/** Who wants to know that a mail server refused an address for good. */
export function hearRefusals(hear: typeof whenRefused) {
  whenRefused = hear
}

/** Mail is kept with the change that causes it and handed over afterwards. */
export async function queueMail(tx: Pick<Tx, 'insert' | 'execute'>, { to, subject, text, personId }: Mail) {
  return queue(tx, { toAddress: oneAddress(to), subject: oneLine(subject), textBody: text, personId: personId ?? null })
}

/** Only what it will be about is kept until it is handed over: rights that end meanwhile end the mail. */
export async function queueWritten(
  tx: Pick<Tx, 'insert' | 'execute'>,
  { writer, about, personId }: { writer: string; about: Record<string, string | string[]>; personId: string },
) {
  return queue(tx, { toAddress: '', subject: '', textBody: '', personId, writer, about })
}

async function queue(tx: Pick<Tx, 'insert' | 'execute'>, mail: Omit<typeof outgoingMails.$inferInsert, 'id'>) {
  const id = newId()
  await tx.insert(outgoingMails).values({ id, ...mail, createdAt: now() })
  await addJob(tx, 'send-mail', { mailId: id })
  return id
}

/** The job `send-mail`. Without a mail server the demo shows mail on /dev/mailbox; elsewhere it waits for one. */
export const sendMail: Task = async (payload, { lastAttempt }) => {
  const { mailId } = payload as { mailId: string }
  const unsent = and(
    eq(outgoingMails.id, mailId),
    isNull(outgoingMails.sentAt),
    isNull(outgoingMails.failedAt),
    isNull(outgoingMails.droppedAt),
  )
  const [mail] = await db.select().from(outgoingMails).where(unsent)
  if (!mail) return
  let letter: Letter | null = null
  try {
    letter = await letterOf(mail)
    if (!letter) return void (await db.update(outgoingMails).set({ droppedAt: now() }).where(unsent))
    if (env.SMTP_URL) await handOver(mail.id, letter)
    else if (!env.PARLEY_DEMO) throw new Error('SMTP_URL is not set')
    await db
      .update(outgoingMails)
      .set({ sentAt: now(), ...kept(letter) })
      .where(unsent)
  } catch (error) {
    const refused = lastAttempt || isFinal(error)
    await db
      .update(outgoingMails)
      .set({ attempts: sql`${outgoingMails.attempts} + 1`, failedAt: refused ? now() : null })
      .where(unsent)
    if (!isFinal(error)) throw error
    log.warn({ mailId, code: (error as { responseCode?: number }).responseCode }, 'mail refused')
    if (letter) await whenRefused(letter.to)
  }
}

async function letterOf(mail: typeof outgoingMails.$inferSelect): Promise<Letter | null> {
  if (!mail.writer) return { to: mail.toAddress, subject: mail.subject, text: mail.textBody }
  const write = writers.get(mail.writer)
  if (!write) throw new Error(`Nobody writes ${mail.writer}`)
  return plainly(() => write(mail.about ?? {}, mail.id))
}

/** The demo shows mail as it was sent; elsewhere what it said, and links that let people in, are not kept. */
function kept({ to, subject, text, html, headers, replyTo }: Letter) {
  if (!env.PARLEY_DEMO) return { toAddress: to, textBody: '' }
  const shown = { ...headers, ...(replyTo ? { 'Reply-To': replyTo } : {}) }
  return { toAddress: to, subject: oneLine(subject), textBody: text, htmlBody: html ?? null, headers: shown }
}

let transport: { url: string; transporter: Transporter } | undefined

async function handOver(mailId: string, { to, subject, text, html, replyTo, headers }: Letter) {
  const url = env.SMTP_URL as string
  if (transport?.url !== url) transport = { url, transporter: createTransport(url, { disableFileAccess: true, disableUrlAccess: true }) }
  const address = oneAddress(to)
  const bounces = await signedAddress('bounce', mailId)
  const { 'In-Reply-To': inReplyTo, References: references, ...others } = headers ?? {}
  await transport.transporter.sendMail({
    from: env.MAIL_FROM,
    to: { name: '', address },
    // What cannot be delivered comes back to an address that says which mail it was.
    ...(bounces ? { envelope: { from: bounces, to: address } } : {}),
    replyTo,
    subject: oneLine(subject),
    text,
    html,
    // The same on every attempt, so that a second delivery is recognised as one.
    messageId: `<${mailId}@${senderDomain()}>`,
    inReplyTo,
    references,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...others },
  })
}

/** 5xx: the server says no for good. */
function isFinal(error: unknown) {
  return ((error as { responseCode?: number }).responseCode ?? 0) >= 500
}

/** One plain address: no list, no name, nothing that could begin another header. */
function oneAddress(address: string) {
  if (address.length > 254 || !/^[^\s<>(),;:"[\]\\@\p{Cc}]+@[^\s<>(),;:"[\]\\@\p{Cc}]+$/u.test(address))
    throw new Error('Not an e-mail address')
  return address
}

function oneLine(text: string) {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 200)
}

export const mailTasks = { 'send-mail': sendMail }
