import { eq } from 'drizzle-orm'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { expect, onTestFinished, test } from 'vitest'
import { db } from '~/db/client'
import { outgoingMails } from '~/db/schema'
import { env } from '~/server/platform/env'
import { queueMail, sendMail } from '~/server/platform/mail'

/** A mail server that keeps what it gets, and refuses recipients at refused.example for good. */
async function aMailServer() {
  const received: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) =>
      done(address.endsWith('@refused.example') ? Object.assign(new Error('no such person'), { responseCode: 550 }) : null),
    onData: (stream, _, done) => {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        received.push(text)
        done()
      })
    },
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)))
  env.SMTP_URL = `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`
  return received
}

const mailTo = (to: string) => db.transaction((tx) => queueMail(tx, { to, subject: 'Grüße', text: 'Hello\n.\nthere' }))
const mailOf = async (id: string) => (await db.select().from(outgoingMails).where(eq(outgoingMails.id, id)))[0]

test('mail is handed over once, and a refusal for good ends the tries', async () => {
  const received = await aMailServer()

  const welcome = await mailTo('amina@example.org')
  await sendMail({ mailId: welcome }, { attempt: 1, lastAttempt: false })
  await sendMail({ mailId: welcome }, { attempt: 2, lastAttempt: false })
  expect(received).toHaveLength(1)
  expect(received[0]).toContain(`Message-ID: <${welcome}@localhost>`)
  expect(await mailOf(welcome)).toMatchObject({ failedAt: null, sentAt: expect.any(Date) })

  const lost = await mailTo('amina@refused.example')
  await sendMail({ mailId: lost }, { attempt: 1, lastAttempt: false })
  expect(await mailOf(lost)).toMatchObject({ sentAt: null, failedAt: expect.any(Date), attempts: 1 })
})

test('a mail server that is down is tried again later', async () => {
  env.SMTP_URL = 'smtp://127.0.0.1:1'
  const mailId = await mailTo('amina@example.org')
  await expect(sendMail({ mailId }, { attempt: 1, lastAttempt: false })).rejects.toThrow()
  expect(await mailOf(mailId)).toMatchObject({ sentAt: null, failedAt: null, attempts: 1 })
})
