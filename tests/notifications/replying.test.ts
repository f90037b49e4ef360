import { and, eq, sql } from 'drizzle-orm'
import { createTransport } from 'nodemailer'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { accountEmails, addressTroubles, communities, memberships, outgoingMails, posts } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { decideOnPerson } from '~/server/moderation'
import {
  addressWorks,
  addressWorksPage,
  askWhetherAddressWorks,
  LARGEST_MAIL_BYTES,
  notifyWhoIsTold,
  receiveMail,
  unreadCount,
  unsubscribe,
} from '~/server/notifications'
import { kindOf } from '~/server/notifications/bouncing'
import { ownWords } from '~/server/notifications/replying'
import { setClock, now } from '~/server/platform/clock'
import { env } from '~/server/platform/env'
import { listenForMail } from '~/server/platform/inbound-smtp'
import { signedAddress } from '~/server/platform/mail-addresses'
import { acceptAnswer } from '~/server/threads'
import type { PersonViewer } from '~/server/viewer'
import { aMember, owner } from '../support/cast'
import { aQuestion, lastEventIn, postRow } from '../threads/scene'
import { answered, handedOverTo, mailsTo, minutesPass, tokenIn } from './support'

beforeEach(() => void (env.MAIL_REPLY_DOMAIN = 'parley.example'))
afterEach(() => {
  env.MAIL_REPLY_DOMAIN = undefined
  env.SMTP_URL = undefined
  setClock(null)
})

const addressOf = async ({ personId }: PersonViewer) =>
  (await owner.select().from(accountEmails).where(eq(accountEmails.personId, personId)))[0]?.address ?? ''
const commentsUnder = (postId: string) =>
  owner
    .select()
    .from(posts)
    .where(and(eq(posts.parentId, postId), eq(posts.kind, 'comment')))

type Parts = { from: string; to: string; text: string; headers?: Record<string, string>; id?: string }
let made = 0
/** A mail as it comes over the wire. */
function aMail({ from, to, text, headers = {}, id = `<${Date.now()}.${(made += 1)}@people.example>` }: Parts): Uint8Array {
  const lines = {
    From: from,
    To: to,
    Subject: 'Re: Deleted messages come back',
    'Message-ID': id,
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  }
  return Buffer.from(
    `${Object.entries(lines)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\r\n')}\r\n\r\n${text.replaceAll('\n', '\r\n')}\r\n`,
  )
}

const QUOTED =
  '\n\n-- \nAmina Adeyemi\nOffice lead\n\nOn Sun, 22 Nov 2026 at 09:14, Parley <no-reply@localhost> wrote:\n> Chen (Member) answered your question.\n> Try this.\n'

/** Amina was mailed two answers, and has the address to reply to. */
async function aMailedAnswer() {
  const scene = await aQuestion()
  const first = await answered(scene, scene.chen, 'The first way.')
  const second = await answered(scene, scene.bo, 'The second way.')
  minutesPass(11)
  const [mail] = await mailsTo(scene.amina)
  const to = mail?.headers?.['Reply-To'] ?? ''
  expect(to).toMatch(/^reply\+[0-9a-f]{52}@parley\.example$/)
  return { ...scene, first, second, mail, to, from: await addressOf(scene.amina) }
}

/** A mail server of the world outside, which keeps what it gets and may refuse people for good. */
async function anotherServer(refuses: (address: string) => boolean = () => false) {
  const received: { from: string; to: string[]; text: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) => done(refuses(address) ? Object.assign(new Error('no such person'), { responseCode: 550 }) : null),
    onData(stream, session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map((it) => it.address), text })
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

test('closing the loop by mail: out by SMTP, back by SMTP, under her name, without quote and signature; then one click to accept', async () => {
  const received = await anotherServer()
  const door = await listenForMail('127.0.0.1:0', LARGEST_MAIL_BYTES, receiveMail)
  onTestFinished(() => door.stop())
  const { amina, second, mail, to, from, question, bo } = await aMailedAnswer()
  expect(received).toHaveLength(1)
  expect(received[0]?.from).toMatch(/^bounce\+[0-9a-f]{52}@parley\.example$/)
  expect(received[0]?.to).toEqual([from])
  for (const header of [
    `Reply-To: ${to}`,
    'Auto-Submitted: auto-generated',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    `References: <thread.${question.threadId}@localhost>`,
  ])
    expect(received[0]?.text.replace(/\r\n[ \t]+/g, ' ')).toContain(header)

  const client = createTransport({ host: '127.0.0.1', port: door.port })
  await client.sendMail({ from, to, subject: 'Re: it', text: `The second one worked, thanks${QUOTED}` })
  const [reply, ...more] = await commentsUnder(second.postId)
  expect(more).toEqual([])
  expect(reply).toMatchObject({ handleId: amina.handleId, markdown: 'The second one worked, thanks' })

  expect(await handedOverTo(amina)).toHaveLength(2)
  const asked = received.at(-1)?.text.replace(/=\r\n/g, '').replaceAll('=3D', '=') ?? ''
  expect(asked).toContain(`post=${second.postId}`)
  await acceptAnswer(amina, second.postId)
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  expect(await unreadCount(bo)).toBeGreaterThan(0)

  await unsubscribe(tokenIn(mail?.headers?.['List-Unsubscribe'] ?? ''))
  await answered({ question }, bo, 'And another.')
  minutesPass(11)
  expect(await mailsTo(amina)).toHaveLength(2)
  await expect(client.sendMail({ from, to: 'somebody@parley.example', text: 'x' })).rejects.toMatchObject({ responseCode: 550 })
  client.close()
})

test('without a word about which, a reply is about the last; the same mail twice is once', async () => {
  const { first, second, to, from } = await aMailedAnswer()
  const mail = aMail({ from, to, text: 'And on Linux?' })
  expect(await receiveMail(mail, [to.toUpperCase()])).toBe('posted')
  expect(await receiveMail(mail, [to])).toBe('again')
  expect(await commentsUnder(second.postId)).toHaveLength(1)
  expect(await commentsUnder(first.postId)).toHaveLength(0)
})

test.each([
  ['an out-of-office note', { 'Auto-Submitted': 'auto-replied' }],
  ['a bulk mail', { Precedence: 'bulk' }],
  ['an autoresponder', { 'X-Autoreply': 'yes' }],
  ['a mailing list', { 'List-Id': '<list.example>' }],
  ['a returned mail', { 'Return-Path': '<>' }],
])('%s is no reply, and gets no answer', async (_, headers) => {
  const { second, to, from, amina } = await aMailedAnswer()
  expect(await receiveMail(aMail({ from, to, text: 'I am away.', headers: headers as unknown as Record<string, string> }), [to])).toBe(
    'automatic',
  )
  expect(await commentsUnder(second.postId)).toHaveLength(0)
  expect(await handedOverTo(amina)).toHaveLength(1)
})

test('somebody else’s address does not write in her name; she is told once a day at most', async () => {
  const { second, to, amina } = await aMailedAnswer()
  const eve = await addressOf(await aMember('Eve'))
  for (let i = 0; i < 3; i += 1) expect(await receiveMail(aMail({ from: eve, to, text: 'I am Amina' }), [to])).toBe('refused')
  expect(await commentsUnder(second.postId)).toHaveLength(0)
  const mails = await handedOverTo(amina)
  expect(mails).toHaveLength(2)
  expect(mails[1]?.textBody).not.toContain('I am Amina')
})

test('rights are asked again when the reply comes: private by then, too long, empty, or ninety days late', async () => {
  const { second, to, from, community } = await aMailedAnswer()
  expect(await receiveMail(aMail({ from, to, text: QUOTED }), [to])).toBe('refused')
  expect(await receiveMail(aMail({ from, to, text: 'x'.repeat(3001) }), [to])).toBe('refused')
  await owner.update(communities).set({ access: 'invitation' }).where(eq(communities.id, community.id))
  await owner.delete(memberships).where(eq(memberships.communityId, community.id))
  expect(await receiveMail(aMail({ from, to, text: 'Hello?' }), [to])).toBe('refused')
  await owner.update(communities).set({ access: 'open' }).where(eq(communities.id, community.id))
  setClock(new Date(now().getTime() + 91 * 86_400_000))
  expect(await receiveMail(aMail({ from, to, text: 'Hello?' }), [to])).toBe('refused')
  expect(await commentsUnder(second.postId)).toHaveLength(0)
})

test('who is silenced is told by mail, until when and by which rule, and nothing is posted', async () => {
  const { amina, bo, community, second, to, from } = await aMailedAnswer()
  const because = { rule: 'civil' as const, facts: 'Three answers in a row about persons.', why: 'None of the three is about the matter.' }
  await decideOnPerson(bo, amina.handle, community.slug, { act: 'silence', days: '7', ...because, seen: '' })
  expect(await receiveMail(aMail({ from, to, text: 'Hello?' }), [to])).toBe('refused')
  expect(await commentsUnder(second.postId)).toHaveLength(0)
  const refusal = (await handedOverTo(amina)).at(-1)
  expect(refusal?.textBody).toMatch(/You are silenced in .* until .*UTC.*, for the rule .*About the matter, not the person/s)
})

test('forged, foreign and oversized mail is nobody’s', async () => {
  const { to, from } = await aMailedAnswer()
  const forged = to.replace(/.(?=@)/, (last) => (last === '0' ? '1' : '0'))
  const bounce = to.replace('reply+', 'bounce+')
  for (const address of [forged, bounce, 'reply+x@parley.example', to.replace('parley.example', 'other.example')])
    expect(await receiveMail(aMail({ from, to: address, text: 'x' }), [address])).toBe('unknown')
  expect(await receiveMail(Buffer.alloc(LARGEST_MAIL_BYTES + 1), [to])).toBe('too-large')
})

test.each([
  ['HTML alone', { html: '<p>Works &amp; fine</p><blockquote>quoted</blockquote>' }, 'Works & fine'],
  ['a quote below', { text: 'Yes.\n\nOn Mon, Chen wrote:\n> old' }, 'Yes.'],
  ['control characters', { text: 'A\u0000B\u0007C' }, 'ABC'],
])('of %s only what was written remains', (_, mail, words) => expect(ownWords(mail)).toBe(words))

const dsn = (status: string, action = 'failed') =>
  ({
    text: 'Sorry.',
    attachments: [{ mimeType: 'message/delivery-status', content: `Reporting-MTA: dns; x\n\nAction: ${action}\nStatus: ${status}\n` }],
  }) as never

test('returned mail is told apart', () => {
  expect(kindOf(dsn('5.1.1'))).toBe('hard')
  expect(kindOf(dsn('4.2.2'))).toBe('soft')
  expect(kindOf(dsn('4.4.1', 'delayed'))).toBeNull()
  expect(kindOf({ text: 'no idea', attachments: [] } as never)).toBe('soft')
  expect(kindOf({ attachments: [{ mimeType: 'message/feedback-report', content: 'x' }] } as never)).toBe('complaint')
})

const BOUNCE = (status: string) => ({
  'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
  'Auto-Submitted': 'auto-replied',
  body: status,
})
function returned(to: string, status: string) {
  const { body: _, ...headers } = BOUNCE(status)
  return aMail({
    from: 'MAILER-DAEMON@people.example',
    to,
    headers,
    text: `--b\nContent-Type: text/plain\n\nNo.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nAction: failed\nStatus: ${status}\n\n--b--`,
  })
}

test('two hard bounces stop mail to an address; its owner sees it, and starts it again by a link that came through', async () => {
  const scene = await aMailedAnswer()
  const { amina, mail, bo, question } = scene
  const to = (await signedAddress('bounce', mail?.id ?? '')) ?? ''
  expect(await receiveMail(returned(to, '5.1.1'), [to])).toBe('bounce')
  await answered({ question }, bo, 'Third.')
  minutesPass(11)
  expect(await mailsTo(amina)).toHaveLength(2)
  expect(await receiveMail(returned(to, '5.1.1'), [to])).toBe('bounce')
  await answered({ question }, bo, 'Fourth.')
  minutesPass(11)
  expect(await mailsTo(amina)).toHaveLength(2)

  await askWhetherAddressWorks(amina)
  const mails = await handedOverTo(amina)
  expect(mails).toHaveLength(3)
  const token = /\/address-works\/([\w.-]+)/.exec(mails[2]?.textBody ?? '')?.[1] ?? ''
  expect(await addressWorksPage(token)).toMatchObject({ done: false })
  await addressWorks(token)
  await addressWorks(token)
  expect(await addressWorksPage(token)).toMatchObject({ done: true })
  await answered({ question }, bo, 'Fifth.')
  minutesPass(11)
  expect(await mailsTo(amina)).toHaveLength(4)
  await expect(addressWorks(tokenIn(mail?.textBody ?? ''))).rejects.toThrow(NotFound)
})

test('soft bounces stop mail at the fourth, and are forgotten after thirty days', async () => {
  const { mail, from } = await aMailedAnswer()
  const to = (await signedAddress('bounce', mail?.id ?? '')) ?? ''
  const state = async () => (await owner.select().from(addressTroubles).where(eq(addressTroubles.addressNorm, from.toLowerCase())))[0]
  for (let i = 0; i < 3; i += 1) await receiveMail(returned(to, '4.2.2'), [to])
  expect(await state()).toMatchObject({ score: 3, suppressedAt: null })
  setClock(new Date(now().getTime() + 31 * 86_400_000))
  await receiveMail(returned(to, '4.2.2'), [to])
  expect(await state()).toMatchObject({ score: 1, suppressedAt: null })
  for (let i = 0; i < 3; i += 1) await receiveMail(returned(to, '4.2.2'), [to])
  expect((await state())?.suppressedAt).toBeInstanceOf(Date)
})

test('a mail server that refuses somebody for good counts as a hard bounce', async () => {
  const scene = await aQuestion()
  await anotherServer(() => true)
  await answered(scene, scene.chen)
  minutesPass(11)
  expect(await mailsTo(scene.amina)).toEqual([])
  const address = await addressOf(scene.amina)
  expect((await owner.select().from(addressTroubles).where(eq(addressTroubles.addressNorm, address.toLowerCase())))[0]).toMatchObject({
    score: 2,
    reason: 'hard',
  })
  expect(
    await owner
      .select()
      .from(outgoingMails)
      .where(and(eq(outgoingMails.personId, scene.amina.personId), sql`failed_at is not null`)),
  ).toHaveLength(1)
  expect((await postRow(scene.question.postId)).markdown).toBeDefined()
})
