import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { accountEmails, halfSignIns, recoveryCodes, sessions, totpSecrets } from '~/db/schema'
import {
  confirmEmail,
  makeRecoveryCodes,
  proveAgain,
  resetPassword,
  resetSecondStep,
  askForReset,
  setUpApp,
  setUpPage,
  signIn,
  signUp,
  takeSecondStep,
  turnOffApp,
} from '~/server/accounts'
import { appAddress, base32, codeOf, stepAt, stepOf } from '~/server/accounts/totp'
import { Forbidden, ProveFirst, TooMany } from '~/server/errors'
import { unseal } from '~/server/platform/sealing'
import { systemViewer, visitor, type PersonViewer } from '~/server/viewer'
import { setClock } from '~/server/platform/clock'
import { owner, refreshed } from '../support/cast'
import { aPhone } from '../support/phone'
import { aPlace, eventsOf, fieldsOf, isSignedIn, linkMailedTo, mailsTo, PASSWORD, personOf, someone } from './support'

async function aSecured() {
  const given = someone('amina')
  const viewer = await personOf(await signUp(visitor, given, aPlace()))
  const phone = aPhone((await setUpPage(viewer)).letters)
  await setUpApp(viewer, { code: phone(-1) })
  return { ...given, phone, viewer: { ...viewer, hasApp: true, hasSecondStep: true } }
}

async function halfway(amina: { email: string }, password = PASSWORD) {
  const { cookies, secondStep } = await signIn(visitor, { email: amina.email, password }, aPlace())
  expect(secondStep).toBe(true)
  return cookies[0] ?? ''
}

const go = (half: string, code: string) => takeSecondStep(visitor, { code }, { ...aPlace(), cookies: half.split(';')[0] })

/* Limits are counted by the quarter of an hour: a test does not stand across two. */
afterEach(() => setClock(null))

test('the codes are those of RFC 6238', () => {
  const secret = Buffer.from('12345678901234567890')
  expect(codeOf(secret, stepAt(new Date(59_000)))).toBe('287082')
  expect(codeOf(secret, stepAt(new Date(1_111_111_109_000)))).toBe('081804')
  expect(codeOf(secret, stepAt(new Date(20_000_000_000_000)))).toBe('353130')
  expect(base32(secret)).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
  expect(appAddress(secret, 'Parley', 'amina')).toBe('otpauth://totp/Parley:amina?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Parley')
})

test('a clock may be half a minute off, and no more', () => {
  const secret = Buffer.from('12345678901234567890')
  const noon = new Date('2027-01-01T12:00:00Z')
  const step = stepAt(noon)
  expect([-2, -1, 0, 1, 2].map((drift) => stepOf(secret, codeOf(secret, step + drift), noon))).toEqual([
    null,
    step - 1,
    step,
    step + 1,
    null,
  ])
})

test('with a second step, the password alone signs nobody in', async () => {
  const amina = await aSecured()
  const half = await halfway(amina)
  expect(await isSignedIn(half)).toBe(false)
  expect(await fieldsOf(go(half, '000000'))).toEqual({ code: 'code.wrong' })
  const cookies = await go(half, amina.phone())
  expect((await personOf(cookies)).handle).toBe(amina.handle)
  expect(cookies.at(-1)).toContain('Max-Age=0')
  expect(await eventsOf(amina.viewer.personId)).toContain('factor.added')
  expect((await mailsTo(amina.email)).map((mail) => mail.subject)).toContain('A second step at sign-in was set up')
})

test('a code counts once, also when ten come at once', async () => {
  const amina = await aSecured()
  const code = amina.phone()
  const halves = await Promise.all(Array.from({ length: 5 }, () => halfway(amina)))
  const tries = await Promise.allSettled(halves.map((half) => go(half, code)))
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  expect(await fieldsOf(go(await halfway(amina), code))).toEqual({ code: 'code.wrong' })
})

test('what stands between the steps lasts ten minutes, opens one session, and ends with a new password', async () => {
  const amina = await aSecured()
  const late = await halfway(amina)
  await owner
    .update(halfSignIns)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(halfSignIns.personId, amina.viewer.personId))
  expect(await fieldsOf(go(late, amina.phone()))).toEqual({ code: 'secondStep.over' })
  expect(await fieldsOf(go('parley_half=invented', amina.phone()))).toEqual({ code: 'secondStep.over' })

  const half = await halfway(amina)
  await go(half, amina.phone())
  expect(await fieldsOf(go(half, amina.phone(1)))).toEqual({ code: 'secondStep.over' })

  await confirmEmail(await linkMailedTo(amina.email, 'confirm-email'))
  const waiting = await halfway(amina)
  await askForReset(amina.email, aPlace().from)
  await resetPassword(await linkMailedTo(amina.email, 'reset-password'), 'another four words here')
  expect(await fieldsOf(go(waiting, amina.phone(1)))).toEqual({ code: 'secondStep.over' })
  expect((await signIn(visitor, { email: amina.email, password: 'another four words here' }, aPlace())).secondStep).toBe(true)
})

test('guessing ends after ten tries, for the right code too', async () => {
  setClock(new Date())
  const amina = await aSecured()
  const half = await halfway(amina)
  for (let n = 0; n < 10; n += 1) expect(await fieldsOf(go(half, '000000'))).toEqual({ code: 'code.wrong' })
  await expect(go(half, amina.phone())).rejects.toThrow(TooMany)
})

test('the secret lies sealed, and every look at the page offers the same one until it is taken', async () => {
  const amina = await aSecured()
  const [kept] = await owner.select().from(totpSecrets).where(eq(totpSecrets.personId, amina.viewer.personId))
  const offered = await setUpPage(amina.viewer)
  expect((await setUpPage(amina.viewer)).letters).toBe(offered.letters)
  expect(offered.replaces).toBe(true)
  await expect(unseal('totp', newId(), kept?.sealedSecret ?? '')).rejects.toThrow()
  expect(offered.picture).toMatch(/^data:image\/svg\+xml;base64,/)

  const newPhone = aPhone(offered.letters)
  expect(await fieldsOf(setUpApp(amina.viewer, { code: '123456' }))).toEqual({ code: 'code.wrong' })
  await setUpApp(amina.viewer, { code: newPhone(-1) })
  expect(await fieldsOf(go(await halfway(amina), amina.phone()))).toEqual({ code: 'code.wrong' })
  expect(await isSignedIn((await go(await halfway(amina), newPhone()))[0] ?? '')).toBe(true)
})

test('setting it up ends every other session', async () => {
  const given = someone('amina')
  const elsewhere = await signUp(visitor, given, aPlace())
  const viewer = await personOf((await signIn(visitor, given, aPlace())).cookies)
  await setUpApp(viewer, { code: aPhone((await setUpPage(viewer)).letters)() })
  expect(await isSignedIn(elsewhere)).toBe(false)
})

test('ten recovery codes, each once, however they are typed; new ones replace them', async () => {
  const amina = await aSecured()
  const codes = await makeRecoveryCodes(amina.viewer)
  expect(new Set(codes).size).toBe(10)
  const kept = await owner.select().from(recoveryCodes).where(eq(recoveryCodes.personId, amina.viewer.personId))
  expect(kept.map((one) => one.codeHash).join()).not.toContain(codes[0]?.replaceAll('-', ''))

  const [first = '', second = ''] = codes
  expect(await isSignedIn((await go(await halfway(amina), ` ${first.toUpperCase().replaceAll('-', ' ')}`))[0] ?? '')).toBe(true)
  expect(await fieldsOf(go(await halfway(amina), first))).toEqual({ code: 'code.wrong' })
  expect((await mailsTo(amina.email)).map((mail) => mail.textBody).join()).toContain('9 are left')
  expect(await eventsOf(amina.viewer.personId)).toContain('recovery-code.used')

  const halves = await Promise.all([halfway(amina), halfway(amina), halfway(amina)])
  const tries = await Promise.allSettled(halves.map((half) => go(half, second)))
  expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)

  await makeRecoveryCodes(amina.viewer)
  expect(await fieldsOf(go(await halfway(amina), codes[2] ?? ''))).toEqual({ code: 'code.wrong' })
})

test('whoever has no second step gets no recovery codes', async () => {
  const viewer = await personOf(await signUp(visitor, someone('amina'), aPlace()))
  expect(await fieldsOf(makeRecoveryCodes(viewer))).toEqual({ form: 'recovery.noSecondStep' })
})

test('turning it off takes codes and app away, and tells the owner', async () => {
  const amina = await aSecured()
  const codes = await makeRecoveryCodes(amina.viewer)
  await turnOffApp(amina.viewer)
  await turnOffApp(amina.viewer)
  expect((await signIn(visitor, { email: amina.email, password: PASSWORD }, aPlace())).secondStep).toBe(false)
  expect(await owner.select().from(recoveryCodes).where(eq(recoveryCodes.personId, amina.viewer.personId))).toEqual([])
  expect(codes).toHaveLength(10)
  expect((await eventsOf(amina.viewer.personId)).filter((kind) => kind === 'factor.removed')).toHaveLength(1)
  expect((await mailsTo(amina.email)).map((mail) => mail.subject)).toContain('The second step at sign-in was turned off')
})

test('the command line takes away every second step of somebody who lost them, and nobody else can', async () => {
  const amina = await aSecured()
  await expect(resetSecondStep(amina.viewer, amina.handle)).rejects.toThrow(Forbidden)
  expect(await resetSecondStep(systemViewer('command-line'), amina.handle)).toBe(true)
  expect(await resetSecondStep(systemViewer('command-line'), amina.handle)).toBe(false)
  expect((await signIn(visitor, { email: amina.email, password: PASSWORD }, aPlace())).secondStep).toBe(false)
})

test('fifteen minutes after signing in one shows again who one is before anything about factors', async () => {
  const amina = await aSecured()
  const aged = async (): Promise<PersonViewer> => {
    const viewer = await refreshed(amina.viewer)
    await owner
      .update(sessions)
      .set({ provedAt: new Date(Date.now() - 16 * 60_000) })
      .where(eq(sessions.id, viewer.sessionId))
    return { ...viewer, proved: false }
  }
  const viewer = await aged()
  for (const act of [
    () => setUpPage(viewer),
    () => setUpApp(viewer, { code: amina.phone() }),
    () => turnOffApp(viewer),
    () => makeRecoveryCodes(viewer),
  ])
    await expect(act()).rejects.toThrow(ProveFirst)

  expect(await fieldsOf(proveAgain(viewer, {}))).toEqual({ code: 'required' })
  expect(await fieldsOf(proveAgain(viewer, { password: 'not my password' }))).toEqual({ password: 'password.notYours' })
  expect(await fieldsOf(proveAgain(viewer, { code: '000000' }))).toEqual({ code: 'code.wrong' })
  await proveAgain(viewer, { password: PASSWORD })
  const [session] = await owner.select().from(sessions).where(eq(sessions.id, viewer.sessionId))
  expect(Date.now() - (session?.provedAt.getTime() ?? 0)).toBeLessThan(60_000)
  await proveAgain(await aged(), { code: amina.phone() })
})

test('guessing the password of a browser left open ends too', async () => {
  setClock(new Date())
  const amina = await aSecured()
  for (let n = 0; n < 10; n += 1) await fieldsOf(proveAgain(amina.viewer, { password: 'a guess' }))
  await expect(proveAgain(amina.viewer, { password: PASSWORD })).rejects.toThrow(TooMany)
  expect(await owner.select().from(accountEmails).where(eq(accountEmails.personId, amina.viewer.personId))).toHaveLength(1)
})
