import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { transaction } from '~/db/client'
import { pushDevices } from '~/db/schema'
import { endSession } from '~/server/accounts'
import { Invalid } from '~/server/errors'
import { addDevice, keepSettings, markThreadRead, removeDevice, settingsPage, tellWaiting } from '~/server/notifications'
import { sendPush } from '~/server/notifications/pushing'
import { SettingsInput } from '~/server/notifications/input'
import { setClock } from '~/server/platform/clock'
import { env } from '~/server/platform/env'
import type { PersonViewer } from '~/server/viewer'
import { aMember, owner, trusted } from '../support/cast'
import { aQuestion } from '../threads/scene'
import { answered, minutesPass } from './support'

beforeEach(() => void (env.PARLEY_PUSH_INSIDE = true))
afterEach(() => {
  env.PARLEY_PUSH_INSIDE = undefined
  setClock(null)
})

type Taken = { path: string; headers: IncomingHttpHeaders; body: Buffer }

/** A push service of our own, and a browser that it delivers to. */
async function aPushService(status = 201) {
  const taken: Taken[] = []
  const state = { status }
  const http = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      taken.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) })
      response.writeHead(state.status).end()
    })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  onTestFinished(() => void http.close())
  return { taken, state, address: `http://127.0.0.1:${(http.address() as AddressInfo).port}` }
}

function aBrowser(address: string) {
  const keys = createECDH('prime256v1')
  const [p256dh, auth] = [keys.generateKeys(), randomBytes(16)]
  const open = ({ body }: Taken) => {
    const [salt, length] = [body.subarray(0, 16), body[20] ?? 0]
    const [theirs, sealed] = [body.subarray(21, 21 + length), body.subarray(21 + length)]
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), p256dh, theirs])
    const shared = Buffer.from(hkdfSync('sha256', keys.computeSecret(theirs), auth, info, 32))
    const part = (name: string, bytes: number) => Buffer.from(hkdfSync('sha256', shared, salt, `Content-Encoding: ${name}\0`, bytes))
    const cipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12))
    cipher.setAuthTag(sealed.subarray(-16))
    const clear = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()])
    return JSON.parse(clear.subarray(0, clear.lastIndexOf(2)).toString()) as { title: string; body: string; url: string; tag: string }
  }
  const endpoint = `${address}/${randomBytes(8).toString('hex')}`
  return { open, device: { endpoint, p256dh: p256dh.toString('base64url'), auth: auth.toString('base64url') } }
}

/** The minute’s job, and then the pushes that wait, each given to its device. */
async function pushesGoOut() {
  await tellWaiting()
  const jobs = await owner.execute<{ id: string; payload: string }>(
    sql`select j.id, p.payload::text as payload from graphile_worker._private_jobs p join graphile_worker.jobs j on j.id = p.id where j.task_identifier = 'send-push'`,
  )
  for (const { id, payload } of jobs) {
    await sendPush(JSON.parse(payload), { attempt: 1, lastAttempt: false })
    await owner.execute(sql`delete from graphile_worker._private_jobs where id = ${id}`)
  }
}
const devicesOf = ({ personId }: PersonViewer) => owner.select().from(pushDevices).where(eq(pushDevices.personId, personId))

async function anAskerWithADevice(room: Parameters<typeof aQuestion>[0] = {}, status = 201) {
  const [scene, service] = [await aQuestion(room), await aPushService(status)]
  const browser = aBrowser(service.address)
  await addDevice(scene.amina, browser.device, 'Firefox on Linux')
  return { ...scene, service, browser }
}

test('an answer comes to the device after a minute: who did what and where, sealed, signed, never a word of it', async () => {
  const { amina, chen, question, community, service, browser } = await anAskerWithADevice()
  const answer = await answered({ question }, chen, 'The secret is in the index.')
  await pushesGoOut()
  expect(service.taken).toEqual([])
  minutesPass(2)
  await pushesGoOut()
  const [taken] = service.taken as [Taken]
  expect(browser.open(taken)).toEqual({
    title: 'Chen (Member) answered your question',
    body: 'Deleted messages come back',
    url: `/c/${community.slug}/${question.number}?post=${answer.postId}`,
    tag: taken.headers.topic,
  })
  expect(taken.headers).toMatchObject({ ttl: '86400', urgency: 'normal', 'content-encoding': 'aes128gcm' })
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(taken.headers.authorization ?? '') ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ aud: service.address })
  const raw = Buffer.from(key, 'base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: raw.subarray(1, 33).toString('base64url'), y: raw.subarray(33).toString('base64url') }
  const ours = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const }
  expect(verify('sha256', Buffer.from(`${head}.${claims}`), ours, Buffer.from(signature, 'base64url'))).toBe(true)
  expect((await settingsPage(amina)).pushKey).toBe(key)
  await pushesGoOut()
  expect(service.taken).toHaveLength(1)
})

test('two answers in one thread are one message with one tag; what was read here first is not pushed', async () => {
  const { amina, chen, bo, question, service, browser } = await anAskerWithADevice()
  await answered({ question }, chen)
  await answered({ question }, bo)
  minutesPass(2)
  await pushesGoOut()
  expect(service.taken).toHaveLength(1)
  expect(browser.open(service.taken[0] as Taken).body).toBe('Deleted messages come back · and one more')
  await answered({ question }, chen)
  await markThreadRead(amina, question.threadId)
  minutesPass(2)
  await pushesGoOut()
  expect(service.taken).toHaveLength(1)
})

test('two devices that hear of the same thread do so under tags that have nothing in common', async () => {
  const { amina, chen, question, service } = await anAskerWithADevice()
  await addDevice(amina, aBrowser(service.address).device, 'Firefox on Android')
  await answered({ question }, chen)
  minutesPass(2)
  await pushesGoOut()
  expect(new Set(service.taken.map(({ headers }) => headers.topic)).size).toBe(2)
})

test('read between the minute and the sending, it is not said either', async () => {
  const { amina, chen, question, service } = await anAskerWithADevice()
  await answered({ question }, chen)
  minutesPass(2)
  await tellWaiting()
  await markThreadRead(amina, question.threadId)
  await pushesGoOut()
  expect(service.taken).toEqual([])
})

test('of a private room only that there is something new', async () => {
  const { chen, question, service, browser } = await anAskerWithADevice({ access: 'invitation' })
  await answered({ question }, chen)
  minutesPass(2)
  await pushesGoOut()
  expect(browser.open(service.taken[0] as Taken)).toMatchObject({ title: 'Something new in A room', body: '' })
})

test('a device that is gone is forgotten; one whose service is busy is tried again', async () => {
  const { amina, chen, question, service } = await anAskerWithADevice({}, 503)
  await answered({ question }, chen)
  minutesPass(2)
  await expect(pushesGoOut()).rejects.toThrow('busy')
  expect(await devicesOf(amina)).toHaveLength(1)
  service.state.status = 410
  await pushesGoOut()
  expect(await devicesOf(amina)).toEqual([])
})

test('quiet hours, “nothing”, “only the digest” and an empty box hold for devices too', async () => {
  const { amina, chen, question, service } = await anAskerWithADevice()
  await trusted(chen)
  const settings = (given: Record<string, unknown>) =>
    keepSettings(amina, SettingsInput.parse({ mode: 'chosen', digest: 'never', timeZone: 'UTC', answers: ['inbox', 'push'], ...given }))
  for (const given of [{ mode: 'nothing' }, { mode: 'digest-only' }, { answers: ['inbox', 'mail'] }]) {
    await settings(given)
    await answered({ question }, chen)
    minutesPass(2)
    await pushesGoOut()
  }
  expect(service.taken).toEqual([])
  const tonight = new Date()
  tonight.setUTCHours(23, 0, 0, 0)
  await settings({ quietFrom: '22', quietUntil: '7' })
  setClock(tonight)
  await answered({ question }, chen)
  minutesPass(5)
  await pushesGoOut()
  expect(service.taken).toEqual([])
  minutesPass(8 * 60)
  await pushesGoOut()
  expect(service.taken).toHaveLength(1)
})

test('the same browser again is one device; whoever signs in there next takes it over; signing out ends it', async () => {
  const { amina, chen, browser } = await anAskerWithADevice()
  await Promise.all(Array.from({ length: 5 }, () => addDevice(amina, browser.device, 'Firefox on Linux')))
  expect(await devicesOf(amina)).toHaveLength(1)
  await addDevice(chen, browser.device, 'Firefox on Linux')
  expect([await devicesOf(amina), (await devicesOf(chen)).length]).toEqual([[], 1])
  expect((await settingsPage(chen)).devices).toMatchObject([{ device: 'Firefox on Linux', thisOne: true }])
  await endSession(chen.sessionId)
  expect(await devicesOf(chen)).toEqual([])
})

test('ten devices are enough; only their owner removes one, and nobody else reads where it is', async () => {
  const { amina, chen, service } = await anAskerWithADevice()
  for (let n = 0; n < 9; n++) await addDevice(amina, aBrowser(service.address).device, `Browser ${n}`)
  await expect(addDevice(amina, aBrowser(service.address).device, 'One more')).rejects.toThrow(Invalid)
  const [device] = await devicesOf(amina)
  await removeDevice(chen, device?.id ?? '')
  expect(await devicesOf(amina)).toHaveLength(10)
  expect(await transaction(chen, (tx) => tx.select().from(pushDevices).where(eq(pushDevices.personId, amina.personId)))).toEqual([])
  await removeDevice(amina, device?.id ?? '')
  await removeDevice(amina, device?.id ?? '')
  expect(await devicesOf(amina)).toHaveLength(9)
})

test('a device of this network is none, and no message is ever sent inside', async () => {
  const [jun, service] = [await aMember('Jun'), await aPushService()]
  const { device } = aBrowser(service.address)
  env.PARLEY_PUSH_INSIDE = undefined
  await expect(addDevice(jun, device, 'x')).rejects.toThrow(Invalid)
  await expect(addDevice(jun, { ...device, endpoint: 'https://metadata.internal/x' }, 'x')).rejects.toThrow(Invalid)
})
