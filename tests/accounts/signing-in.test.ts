import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { action as signOutAction } from '~/app/routes/accounts/sign-out'
import { db } from '~/db/client'
import { sessions } from '~/db/schema'
import { accountPage, confirmEmail, signIn, signOut, signOutElsewhere, signUp } from '~/server/accounts'
import { TooMany } from '~/server/errors'
import { visitor } from '~/server/viewer'
import { setClock } from '~/server/platform/clock'
import { owner, unique } from '../support/cast'
import { aPlace, eventsOf, fieldsOf, isSignedIn, linkMailedTo, PASSWORD, personOf, sentBack, someone } from './support'

async function aSignedUp(name = 'amina') {
  const given = someone(name)
  const cookie = await signUp(visitor, given, aPlace())
  await confirmEmail(await linkMailedTo(given.email, 'confirm-email'))
  return { ...given, cookie, viewer: await personOf(cookie) }
}

/* Limits are counted by the quarter of an hour: a test does not stand across two. */
afterEach(() => setClock(null))

test('address and password sign in, however the address is capitalised', async () => {
  const amina = await aSignedUp()
  const cookie = (await signIn(visitor, { email: amina.email.toUpperCase(), password: PASSWORD }, aPlace())).cookies
  expect((await personOf(cookie)).personId).toBe(amina.viewer.personId)
})

test('an unknown address and a wrong password are one answer, in about the same time', async () => {
  const amina = await aSignedUp()
  const measured = async (email: string) => {
    const began = performance.now()
    const answer = await fieldsOf(signIn(visitor, { email, password: 'not the password' }, aPlace()))
    return { answer, ms: performance.now() - began }
  }
  await measured(`${unique('warm')}@mail.example`)
  const known = await measured(amina.email)
  const unknown = await measured(`${unique('nobody')}@mail.example`)
  expect(known.answer).toEqual({ form: 'signIn.wrong' })
  expect(unknown.answer).toEqual(known.answer)
  expect(unknown.ms).toBeGreaterThan(known.ms / 4)
})

test.each([` ${PASSWORD}`, PASSWORD.toUpperCase(), PASSWORD.slice(0, -1), `${PASSWORD} `])('%j is not the password', async (password) => {
  const amina = await aSignedUp()
  expect(await fieldsOf(signIn(visitor, { email: amina.email, password }, aPlace()))).toEqual({ form: 'signIn.wrong' })
})

test('the session that the browser had ends when a new one begins', async () => {
  const amina = await aSignedUp()
  const cookie = (await signIn(amina.viewer, amina, { ...aPlace(), cookies: sentBack(amina.cookie) })).cookies
  expect(await isSignedIn(amina.cookie)).toBe(false)
  expect(await isSignedIn(cookie)).toBe(true)
  expect(await eventsOf(amina.viewer.personId)).toEqual([
    'person.signed-up',
    'session.started',
    'email.confirmed',
    'session.ended',
    'session.started',
  ])
})

test('what the cookie carries is not in the database', async () => {
  const amina = await aSignedUp()
  const token = sentBack(amina.cookie[0] ?? '').split('=')[1] ?? ''
  expect(token.length).toBeGreaterThanOrEqual(43)
  expect(await db.select().from(sessions).where(eq(sessions.id, token))).toEqual([])
  for (const cookie of amina.cookie) {
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/i)
  }
})

test('signing out ends this session alone', async () => {
  const amina = await aSignedUp()
  const other = (await signIn(visitor, amina, aPlace())).cookies
  const blank = await signOut(amina.viewer)
  expect(blank).toMatch(/Max-Age=0/)
  expect(await isSignedIn(amina.cookie)).toBe(false)
  expect(await isSignedIn(other)).toBe(true)
})

test('what was typed before signing in waits for nobody who sits down after', async () => {
  const { viewer } = await aSignedUp()
  const request = new Request('http://localhost:3000/sign-out', {
    method: 'POST',
    body: new URLSearchParams(),
    headers: { cookie: 'parley_held=abc' },
  })
  const answer = await signOutAction({ request, params: {}, context: { viewer, cspNonce: '', ...aPlace() } })
  const cookies = answer instanceof Response ? answer.headers.getSetCookie() : []
  expect(cookies.filter((cookie) => cookie.includes('Max-Age=0')).map((cookie) => cookie.split('=')[0])).toContain('parley_held')
})

test('“end all others” keeps this one, and twice is once', async () => {
  const amina = await aSignedUp()
  const others = [(await signIn(visitor, amina, aPlace())).cookies, (await signIn(visitor, amina, aPlace())).cookies]
  expect((await accountPage(amina.viewer)).sessions).toHaveLength(3)
  await signOutElsewhere(amina.viewer)
  await signOutElsewhere(amina.viewer)
  expect(await Promise.all(others.map(isSignedIn))).toEqual([false, false])
  expect(await isSignedIn(amina.cookie)).toBe(true)
  const { sessions: left } = await accountPage(amina.viewer)
  expect(left).toMatchObject([{ current: true, device: 'Firefox, Linux' }])
  expect((await eventsOf(amina.viewer.personId)).filter((kind) => kind === 'session.ended')).toHaveLength(1)
})

test('“end all others” ends nobody else’s', async () => {
  const amina = await aSignedUp()
  const chen = await aSignedUp('chen')
  await signOutElsewhere(amina.viewer)
  expect(await isSignedIn(chen.cookie)).toBe(true)
})

test('ten wrong guesses close an address for a while, known or not; a right one starts again', async () => {
  setClock(new Date())
  const amina = await aSignedUp()
  const guess = (email: string) => signIn(visitor, { email, password: 'a wrong guess' }, aPlace())
  for (let n = 0; n < 9; n += 1) await fieldsOf(guess(amina.email))
  await signIn(visitor, amina, aPlace())
  for (let n = 0; n < 10; n += 1) await fieldsOf(guess(amina.email))
  await expect(signIn(visitor, amina, aPlace())).rejects.toThrow(TooMany)

  const nobody = `${unique('nobody')}@mail.example`
  for (let n = 0; n < 10; n += 1) await fieldsOf(guess(nobody))
  await expect(guess(nobody)).rejects.toThrow(TooMany)
})

test('one network tries sixty times, whatever the addresses', async () => {
  setClock(new Date())
  const place = aPlace()
  const tries = await Promise.allSettled(
    Array.from({ length: 60 }, () => signIn(visitor, { email: `${unique('n')}@mail.example`, password: 'guess' }, place)),
  )
  expect(tries.every((one) => one.status === 'rejected')).toBe(true)
  await expect(signIn(visitor, { email: `${unique('n')}@mail.example`, password: 'guess' }, place)).rejects.toThrow(TooMany)
})

test('a session that is unused or too old is over', async () => {
  const amina = await aSignedUp()
  const old = (await signIn(visitor, amina, aPlace())).cookies
  await owner
    .update(sessions)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(sessions.id, amina.viewer.sessionId))
  expect(await isSignedIn(amina.cookie)).toBe(false)
  const { sessionId } = await personOf(old)
  await owner
    .update(sessions)
    .set({ createdAt: new Date(Date.now() - 91 * 86_400_000) })
    .where(eq(sessions.id, sessionId))
  expect(await isSignedIn(old)).toBe(false)
})
