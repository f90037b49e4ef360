import { randomInt } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { db } from '~/db/client'
import { accountEmails, handles, outgoingMails, passwords } from '~/db/schema'
import { personByHandle, signIn, signUp, viewerFromCookies } from '~/server/accounts'
import { SignUpInput } from '~/server/accounts/input'
import { Invalid, TooMany } from '~/server/errors'
import { visitor } from '~/server/viewer'
import { setClock } from '~/server/platform/clock'
import { aMember, unique } from '../support/cast'
import { aPlace, fieldsOf, mailsTo, PASSWORD, personOf, sentBack, someone } from './support'

/* Limits are counted by the quarter of an hour: a test does not stand across two. */
afterEach(() => setClock(null))

test('whoever signs up is signed in, unconfirmed, and has a mail with a link', async () => {
  const amina = someone('amina')
  const cookie = await signUp(visitor, amina, aPlace())

  const viewer = await personOf(cookie)
  expect(viewer).toMatchObject({ handle: amina.handle, displayName: 'Amina', confirmed: false, isOperator: false })
  const [mail] = await mailsTo(amina.email)
  expect(mail?.subject).toBe('Confirm your address')
  expect(mail?.textBody).toMatch(/\/confirm-email\/[\w-]{43}\n/)
})

test('the password is kept only as Argon2id of the stated cost', async () => {
  const amina = someone('amina')
  const { personId } = await personOf(await signUp(visitor, amina, aPlace()))
  const [kept] = await db.select().from(passwords).where(eq(passwords.personId, personId))
  expect(kept?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('a known address gets the same answer, and only its owner learns more', async () => {
  const amina = await aMember('Amina')
  const [owned] = await db.select().from(accountEmails).where(eq(accountEmails.personId, amina.personId))
  const address = owned?.address ?? ''

  const cookie = await signUp(visitor, someone('mallory', address.toUpperCase()), aPlace())
  const mallory = await personOf(cookie)
  expect(mallory.confirmed).toBe(false)
  expect(mallory.personId).not.toBe(amina.personId)
  const mails = await db.select().from(outgoingMails).where(eq(outgoingMails.toAddress, address))
  expect(mails.map((mail) => mail.subject)).toEqual(['You already have an account'])
  expect(mails[0]?.textBody).not.toContain('/confirm-email/')
})

test('signing in afterwards does not tell a known address from an unknown one either', async () => {
  const amina = await aMember('Amina', { email: `${unique('amina')}@people.example` })
  const [owned] = await db.select().from(accountEmails).where(eq(accountEmails.personId, amina.personId))
  const mallory = someone('mallory', owned?.address)
  await signUp(visitor, mallory, aPlace())
  expect((await personOf((await signIn(visitor, mallory, aPlace())).cookies)).handle).toBe(mallory.handle)
})

test('a handle is unique however it is capitalised', async () => {
  const first = someone('chen')
  await signUp(visitor, first, aPlace())
  const again = signUp(visitor, { ...someone('other'), handle: first.handle.toUpperCase() }, aPlace())
  expect(await fieldsOf(again)).toEqual({ handle: 'taken' })
  expect((await personByHandle(first.handle.toUpperCase()))?.handle).toBe(first.handle)
})

test('two who want one handle at once: one gets it, the other is told', async () => {
  const wanted = unique('twin').slice(0, 20)
  const tries = await Promise.allSettled([1, 2].map(() => signUp(visitor, { ...someone('twin'), handle: wanted }, aPlace())))
  expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  const lost = tries.find((one) => one.status === 'rejected')
  expect((lost?.reason as Invalid).fields).toEqual({ handle: 'taken' })
})

test.each(['admin', 'Parley', 'moderator', '_me_', '---'])('the handle %s is kept free', async (handle) => {
  expect(await fieldsOf(signUp(visitor, { ...someone('x'), handle }, aPlace()))).toEqual({
    handle: expect.stringMatching(/^(handle.reserved|tooShort:3)$/) as string,
  })
})

test.each([
  ['ab', 'tooShort:3'],
  ['a'.repeat(21), 'tooLong:20'],
  ['with space', 'handle.letters'],
  ['ämïnä', 'handle.letters'],
  ['', 'required'],
])('the handle %j is refused', (handle, key) => {
  expect(issues({ handle })).toContain(key)
})

test.each([
  ['', 'required'],
  ['nobody', 'notEmail'],
  ['a@b', 'notEmail'],
  ['a@b.example, c@d.example', 'notEmail'],
  [`${'a'.repeat(250)}@b.example`, 'tooLong:254'],
  ['a\u0000@b.example', 'notText'],
])('the address %j is refused', (email, key) => {
  expect(issues({ email })).toContain(key)
})

test.each([
  ['short', 'tooShort:10'],
  ['x'.repeat(201), 'tooLong:200'],
  ['lone\ud800surrogate', 'notText'],
])('the password %j is refused', (password, key) => {
  expect(issues({ password })).toContain(key)
})

test('a password is what was typed, spaces and all', () => {
  expect(SignUpInput.parse({ ...someone('a'), password: '  ten spaces  ' }).password).toBe('  ten spaces  ')
  expect(issues({ password: 'ü'.repeat(200) })).toEqual([])
})

test.each([
  'password123',
  'Sunshine2024!',
  '1234567890',
  'aaaaaaaaaaaa',
  'qwertyuiop',
  'abcabcabcabc',
  'passwordpassword',
  '!!letmein!!11',
])('the password %s would be guessed first', async (password) => {
  expect(await fieldsOf(signUp(visitor, { ...someone('a'), password }, aPlace()))).toEqual({ password: 'password.common' })
})

test('what is wrong with handle and password is said at once', async () => {
  const both = signUp(visitor, { ...someone('a'), handle: 'admin', password: 'password123' }, aPlace())
  expect(await fieldsOf(both)).toEqual({ handle: 'handle.reserved', password: 'password.common' })
})

test('a password may not hold the handle or the address', async () => {
  const amina = someone('amina')
  expect(await fieldsOf(signUp(visitor, { ...amina, password: `my ${amina.handle} is fine` }, aPlace()))).toEqual({
    password: 'password.yours',
  })
  const other = someone('other', `longlocalpart@${unique('host')}.example`)
  expect(await fieldsOf(signUp(visitor, { ...other, password: 'x-LongLocalPart-x' }, aPlace()))).toEqual({ password: 'password.yours' })
})

test('one network makes twenty accounts an hour, and a /64 is one network', async () => {
  setClock(new Date())
  const network = `2001:db8:${randomInt(65_536).toString(16)}:1`
  const tries = Array.from({ length: 20 }, (_, n) =>
    signUp(visitor, { ...someone('m'), handle: 'admin' }, { from: `${network}::${n + 1}`, device: 'Test' }),
  )
  for (const one of await Promise.allSettled(tries)) expect((one as PromiseRejectedResult).reason).toBeInstanceOf(Invalid)
  await expect(signUp(visitor, someone('m'), { from: `${network}:9:9:9:9`, device: 'Test' })).rejects.toThrow(TooMany)
})

test('one address gets five mails an hour, known or not', async () => {
  setClock(new Date())
  const email = `${unique('full')}@people.example`
  for (let n = 0; n < 5; n += 1) await signUp(visitor, someone('f', email), aPlace())
  await expect(signUp(visitor, someone('f', email), aPlace())).rejects.toThrow(TooMany)
  expect(await mailsTo(email)).toHaveLength(5)
})

test('signing up leaves its events and no words in them', async () => {
  const amina = someone('amina')
  const { personId } = await personOf(await signUp(visitor, amina, aPlace()))
  const log = await db.execute<{ kind: string; payload: unknown }>(
    sql`select kind, payload from interactions where payload->>'personId' = ${personId} order by id`,
  )
  expect(log.map((event) => event.kind)).toEqual(['person.signed-up', 'session.started'])
  expect(JSON.stringify(log)).not.toContain(amina.handle)
})

test('a new session never takes the old cookie over', async () => {
  const bo = await aMember('Bo')
  const cookie = await signUp(bo, someone('second'), aPlace())
  const again = await viewerFromCookies(sentBack(cookie))
  expect(again.viewer).toMatchObject({ kind: 'person' })
  const rows = await db.select().from(handles).where(eq(handles.handle, bo.handle))
  expect(rows).toHaveLength(1)
})

function issues(change: Partial<Record<'email' | 'handle' | 'password', string>>): string[] {
  const given = SignUpInput.safeParse({ email: 'a@b.example', handle: 'abc', password: PASSWORD, ...change })
  return given.success ? [] : given.error.issues.map((issue) => issue.message)
}
