import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { accountTokens, passkeys } from '~/db/schema'
import {
  addPasskey,
  askForPasskey,
  askForReset,
  askToSignIn,
  changePassword,
  confirmEmail,
  removePasskey,
  resetPage,
  resetPassword,
  setUpApp,
  setUpPage,
  signIn,
  signInWithPasskey,
  signUp,
} from '~/server/accounts'
import { TooMany } from '~/server/errors'
import { visitor, type PersonViewer } from '~/server/viewer'
import { setClock } from '~/server/platform/clock'
import { anAuthenticator } from '../support/authenticator'
import { owner, refreshed, unique } from '../support/cast'
import { aPhone } from '../support/phone'
import { readBy } from '../support/reader'
import { aPlace, eventsOf, fieldsOf, isSignedIn, linkMailedTo, mailsTo, PASSWORD, personOf, sentBack, someone } from './support'

const BETTER = 'another four words here'

async function withPasskey(viewer: PersonViewer) {
  const device = anAuthenticator()
  const { options, cookie } = await askForPasskey(viewer)
  await addPasskey(viewer, { name: 'My laptop', credential: device.make(options) }, sentBack(cookie))
  return device
}

async function enter(device: ReturnType<typeof anAuthenticator>) {
  const { options, cookie } = await askToSignIn(aPlace().from)
  return signInWithPasskey(visitor, { credential: device.sign(options) }, { ...aPlace(), cookies: sentBack(cookie) })
}

async function aSignedUp({ confirmed = true } = {}) {
  const given = someone('amina')
  const cookie = await signUp(visitor, given, aPlace())
  if (confirmed) await confirmEmail(await linkMailedTo(given.email, 'confirm-email'))
  return { ...given, cookie, viewer: await personOf(cookie) }
}

/* Limits are counted by the quarter of an hour: a test does not stand across two. */
afterEach(() => setClock(null))

test('a mailed link sets a new password and ends every session', async () => {
  const amina = await aSignedUp()
  const elsewhere = (await signIn(visitor, amina, aPlace())).cookies
  await askForReset(amina.email.toUpperCase(), aPlace().from)
  const token = await linkMailedTo(amina.email, 'reset-password')
  expect(await resetPage(token)).toEqual({ usable: true, address: amina.email })
  await resetPassword(token, BETTER)

  expect(await isSignedIn(amina.cookie)).toBe(false)
  expect(await isSignedIn(elsewhere)).toBe(false)
  expect(await fieldsOf(signIn(visitor, amina, aPlace()))).toEqual({ form: 'signIn.wrong' })
  expect(
    await isSignedIn((await signIn(visitor, { ...amina, password: BETTER }, { ...aPlace(), cookies: sentBack(amina.cookie) })).cookies),
  ).toBe(true)
  expect((await mailsTo(amina.email)).map((mail) => mail.subject)).toContain('Your password was changed')
  expect((await eventsOf(amina.viewer.personId)).slice(-3)).toEqual(['password.changed', 'session.ended', 'session.started'])
})

test('the link works once, and takes the others with it', async () => {
  const amina = await aSignedUp()
  await askForReset(amina.email, aPlace().from)
  const first = await linkMailedTo(amina.email, 'reset-password')
  await askForReset(amina.email, aPlace().from)
  const second = await linkMailedTo(amina.email, 'reset-password')
  expect(first).not.toBe(second)
  await resetPassword(second, BETTER)
  for (const token of [first, second]) {
    expect(await resetPage(token)).toEqual({ usable: false, address: null })
    expect(await fieldsOf(resetPassword(token, 'yet another long one'))).toEqual({ form: 'link.over' })
  }
})

test('of two who use one link at once, one does', async () => {
  const amina = await aSignedUp()
  await askForReset(amina.email, aPlace().from)
  const token = await linkMailedTo(amina.email, 'reset-password')
  const tries = await Promise.allSettled([resetPassword(token, BETTER), resetPassword(token, 'the other four words')])
  expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('after an hour the link is over', async () => {
  const amina = await aSignedUp()
  await askForReset(amina.email, aPlace().from)
  const token = await linkMailedTo(amina.email, 'reset-password')
  const [kept] = await owner
    .select()
    .from(accountTokens)
    .where(eq(accountTokens.personId, amina.viewer.personId))
    .orderBy(accountTokens.createdAt)
    .offset(1)
  expect((kept?.expiresAt.getTime() ?? 0) - (kept?.createdAt.getTime() ?? 0)).toBe(3_600_000)
  await owner
    .update(accountTokens)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(accountTokens.personId, amina.viewer.personId))
  expect(await fieldsOf(resetPassword(token, BETTER))).toEqual({ form: 'link.over' })
})

test('a link to confirm does not reset, nor the other way round', async () => {
  const amina = await aSignedUp({ confirmed: false })
  const toConfirm = await linkMailedTo(amina.email, 'confirm-email')
  expect(await fieldsOf(resetPassword(toConfirm, BETTER))).toEqual({ form: 'link.over' })
  await askForReset(amina.email, aPlace().from)
  expect(await fieldsOf(confirmEmail(await linkMailedTo(amina.email, 'reset-password')))).toEqual({ form: 'link.over' })
})

test('nobody learns whether an address is known: same answer, no mail, no less time', async () => {
  setClock(new Date())
  const nobody = `${unique('nobody')}@mail.example`
  const began = performance.now()
  await expect(askForReset(nobody, aPlace().from)).resolves.toBeUndefined()
  expect(performance.now() - began).toBeGreaterThanOrEqual(245)
  expect(await mailsTo(nobody)).toEqual([])
  for (let n = 0; n < 4; n += 1) await askForReset(nobody, aPlace().from)
  await expect(askForReset(nobody, aPlace().from)).rejects.toThrow(TooMany)
})

test('a weak new password uses no link up', async () => {
  const amina = await aSignedUp()
  await askForReset(amina.email, aPlace().from)
  const token = await linkMailedTo(amina.email, 'reset-password')
  expect(await fieldsOf(resetPassword(token, 'password1234'))).toEqual({ password: 'password.common' })
  expect(await fieldsOf(resetPassword(token, `${amina.handle} again`))).toEqual({ password: 'password.yours' })
  await resetPassword(token, BETTER)
})

test('whoever resets by mail has proved the address', async () => {
  const amina = await aSignedUp({ confirmed: false })
  await askForReset(amina.email, aPlace().from)
  await resetPassword(await linkMailedTo(amina.email, 'reset-password'), BETTER)
  expect((await refreshed(amina.viewer)).confirmed).toBe(true)
})

test('whoever claimed the address before gets in by nothing that they set up, once its owner has chosen a password by mail', async () => {
  const amina = await aSignedUp({ confirmed: false })
  const key = await withPasskey(amina.viewer)
  await setUpApp(amina.viewer, { code: aPhone((await setUpPage(amina.viewer)).letters)() })
  await askForReset(amina.email, aPlace().from)
  const token = await linkMailedTo(amina.email, 'reset-password')
  await readBy('en-XA', () => resetPassword(token, BETTER))
  expect(await fieldsOf(enter(key))).toEqual({ form: 'passkey.wrong' })
  expect((await signIn(visitor, { ...amina, password: BETTER }, aPlace())).secondStep).toBe(false)
  expect(await eventsOf(amina.viewer.personId)).toContain('factor.removed')
  expect((await mailsTo(amina.email)).some(({ textBody }) => textBody.includes('removed: “My laptop” and “Authenticator app”.'))).toBe(true)
})

test('whoever had confirmed it keeps their passkeys, and the mail says which still open the account', async () => {
  const amina = await aSignedUp()
  const key = await withPasskey(amina.viewer)
  await askForReset(amina.email, aPlace().from)
  await resetPassword(await linkMailedTo(amina.email, 'reset-password'), BETTER)
  const told = async () => (await mailsTo(amina.email)).find(({ subject }) => subject === 'Your password was changed')?.textBody
  expect(await told()).toContain('“My laptop” still opens')
  const back = await personOf(await enter(key))
  const [kept] = await owner.select().from(passkeys).where(eq(passkeys.personId, back.personId))
  await removePasskey(back, kept?.id ?? '')
  await changePassword(back, { currentPassword: BETTER, password: 'the other four words' })
  expect(await told()).not.toContain('still open')
})

test('a change asks for the old password, keeps this session and ends the others', async () => {
  const amina = await aSignedUp()
  const elsewhere = (await signIn(visitor, amina, aPlace())).cookies
  expect(await fieldsOf(changePassword(amina.viewer, { currentPassword: 'not the password', password: BETTER }))).toEqual({
    currentPassword: 'password.notYours',
  })
  expect(await isSignedIn(elsewhere)).toBe(true)

  await changePassword(amina.viewer, { currentPassword: PASSWORD, password: BETTER })
  expect(await isSignedIn(amina.cookie)).toBe(true)
  expect(await isSignedIn(elsewhere)).toBe(false)
  expect(await isSignedIn((await signIn(visitor, { ...amina, password: BETTER }, aPlace())).cookies)).toBe(true)
  expect(await eventsOf(amina.viewer.personId)).toContain('password.changed')
})

test('guessing the old password in an open browser stops at the limit', async () => {
  setClock(new Date())
  const amina = await aSignedUp()
  const guess = () => changePassword(amina.viewer, { currentPassword: 'a wrong guess', password: BETTER })
  for (let n = 0; n < 10; n += 1) await fieldsOf(guess())
  await expect(guess()).rejects.toThrow(TooMany)
})

test('a change voids links that are on their way', async () => {
  const amina = await aSignedUp()
  await askForReset(amina.email, aPlace().from)
  const token = await linkMailedTo(amina.email, 'reset-password')
  await changePassword(amina.viewer, { currentPassword: PASSWORD, password: BETTER })
  expect(await resetPage(token)).toMatchObject({ usable: false })
})
