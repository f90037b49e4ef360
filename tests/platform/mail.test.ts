import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { outgoingMails } from '~/db/schema'
import { queueMail, sendMail } from '~/server/platform/mail'

const once = { attempt: 1, lastAttempt: false }

test('mail is queued with the change, and without a mail server the demo keeps it for the mailbox', async () => {
  const mailId = await db.transaction((tx) => queueMail(tx, { to: 'amina@example.org', subject: 'Confirm', text: 'Hello' }))
  const jobs = await db.execute(sql`select 1 from graphile_worker.jobs where task_identifier = 'send-mail'`)
  expect(jobs.length).toBeGreaterThan(0)

  await sendMail({ mailId }, once)
  const [mail] = await db.select().from(outgoingMails).where(eq(outgoingMails.id, mailId))
  expect(mail?.sentAt).toBeInstanceOf(Date)
})

test('a change that is undone sends nothing', async () => {
  const before = await db.$count(outgoingMails)
  const undone = db.transaction(async (tx) => {
    await queueMail(tx, { to: 'amina@example.org', subject: 'Confirm', text: 'Hello' })
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await db.$count(outgoingMails)).toBe(before)
})

test.each(['a@example.org\r\nBcc: b@example.org', 'a@example.org, b@example.org', 'A <a@example.org>', 'nobody'])(
  '%j is no address',
  async (to) => {
    await expect(db.transaction((tx) => queueMail(tx, { to, subject: 'x', text: 'x' }))).rejects.toThrow('Not an e-mail address')
  },
)

test('a subject stays one line', async () => {
  const mailId = await db.transaction((tx) => queueMail(tx, { to: 'amina@example.org', subject: 'Hi\r\nBcc: b@example.org', text: 'x' }))
  const [mail] = await db.select().from(outgoingMails).where(eq(outgoingMails.id, mailId))
  expect(mail?.subject).toBe('Hi Bcc: b@example.org')
})
