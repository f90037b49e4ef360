import { and, eq, isNull, sql } from 'drizzle-orm'
import { createTransport, type Transporter } from 'nodemailer'
import { db, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { outgoingMails } from '~/db/schema'
import { now } from './clock'
import { env } from './env'
import { addJob, type Task } from './jobs'
import { log } from './log'

export type Mail = { to: string; subject: string; text: string; personId?: string }

/** Mail is kept with the change that causes it and handed over afterwards. */
export async function queueMail(tx: Pick<Tx, 'insert' | 'execute'>, { to, subject, text, personId }: Mail) {
  const id = newId()
  await tx
    .insert(outgoingMails)
    .values({ id, toAddress: oneAddress(to), subject: oneLine(subject), textBody: text, personId: personId ?? null, createdAt: now() })
  await addJob(tx, 'send-mail', { mailId: id })
  return id
}

/** The job `send-mail`. Without a mail server the demo shows mail on /dev/mailbox; elsewhere it waits for one. */
export const sendMail: Task = async (payload, { lastAttempt }) => {
  const { mailId } = payload as { mailId: string }
  const unsent = and(eq(outgoingMails.id, mailId), isNull(outgoingMails.sentAt), isNull(outgoingMails.failedAt))
  const [mail] = await db.select().from(outgoingMails).where(unsent)
  if (!mail) return
  try {
    if (env.SMTP_URL) await handOver(mail)
    else if (!env.PARLEY_DEMO) throw new Error('SMTP_URL is not set')
    await db.update(outgoingMails).set({ sentAt: now() }).where(unsent)
  } catch (error) {
    const refused = lastAttempt || isFinal(error)
    await db
      .update(outgoingMails)
      .set({ attempts: sql`${outgoingMails.attempts} + 1`, failedAt: refused ? now() : null })
      .where(unsent)
    if (!isFinal(error)) throw error
    log.warn({ mailId, code: (error as { responseCode?: number }).responseCode }, 'mail refused')
  }
}

let transport: Transporter | undefined

async function handOver(mail: typeof outgoingMails.$inferSelect) {
  transport ??= createTransport(env.SMTP_URL, { disableFileAccess: true, disableUrlAccess: true })
  await transport.sendMail({
    from: env.MAIL_FROM,
    to: { name: '', address: oneAddress(mail.toAddress) },
    subject: oneLine(mail.subject),
    text: mail.textBody,
    // The same on every attempt, so that a second delivery is recognised as one.
    messageId: `<${mail.id}@${senderDomain()}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
}

function senderDomain() {
  return /@([a-z0-9.-]+)/i.exec(env.MAIL_FROM)?.[1] ?? 'localhost'
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
