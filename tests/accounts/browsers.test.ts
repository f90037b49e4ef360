import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { knownBrowsers, totpSecrets } from '~/db/schema'
import {
  confirmEmail,
  disownBrowser,
  makeRecoveryCodes,
  notMePage,
  resetPassword,
  setUpApp,
  setUpPage,
  signIn,
  signUp,
  takeSecondStep,
} from '~/server/accounts'
import type { SignInInput } from '~/server/accounts/input'
import { visitor, type PersonViewer } from '~/server/viewer'
import { owner } from '../support/cast'
import { aPhone } from '../support/phone'
import { aPlace, eventsOf, fieldsOf, isSignedIn, linkMailedTo, mailsTo, personOf, sentBack, someone } from './support'

async function aSignedUp() {
  const given = someone('amina')
  const cookies = await signUp(visitor, given, aPlace())
  return { ...given, cookies, viewer: await personOf(cookies) }
}

async function withApp(viewer: PersonViewer) {
  const phone = aPhone((await setUpPage(viewer)).letters)
  await setUpApp(viewer, { code: phone() })
  return phone
}

async function throughBothSteps(given: SignInInput, code: string) {
  const halfway = await signIn(visitor, given, aPlace())
  expect(halfway.secondStep).toBe(true)
  return takeSecondStep(visitor, { code }, { ...aPlace(), cookies: sentBack(halfway.cookies) })
}

const alertsTo = async (address: string) => (await mailsTo(address)).filter((mail) => mail.subject.includes('not seen'))

test('a browser that was used before is signed in from without a word; another one is told of', async () => {
  const amina = await aSignedUp()
  const again = await signIn(visitor, amina, { ...aPlace(), cookies: sentBack(amina.cookies) })
  expect(await alertsTo(amina.email)).toHaveLength(0)
  await signIn(visitor, amina, { ...aPlace(), cookies: sentBack(again.cookies) })
  expect(await alertsTo(amina.email)).toHaveLength(0)

  await signIn(visitor, amina, aPlace())
  const [alert] = await alertsTo(amina.email)
  expect(alert?.textBody).toContain('Firefox, Linux')
  expect(alert?.textBody).not.toMatch(/\b10\.\d+\.\d+/)
  expect((await eventsOf(amina.viewer.personId)).filter((kind) => kind === 'browser.met')).toHaveLength(1)
})

test('an invented cookie is no known browser, and two people of one browser are not tied together', async () => {
  const amina = await aSignedUp()
  const browser = sentBack(amina.cookies[1] ?? '')
  await signIn(visitor, amina, { ...aPlace(), cookies: `${browser.slice(0, -4)}AAAA` })
  expect(await alertsTo(amina.email)).toHaveLength(1)

  const chen = someone('chen')
  const chens = await personOf(await signUp(visitor, chen, { ...aPlace(), cookies: browser }))
  const hashes = await owner.select().from(knownBrowsers)
  const of = (personId: string) => hashes.filter((one) => one.personId === personId).map((one) => one.browserHash)
  expect(of(chens.personId)).toHaveLength(1)
  expect(of(amina.viewer.personId)).not.toContain(of(chens.personId)[0])
})

test('“this was not me” ends every session and the password, once, and leads to a new one', async () => {
  const amina = await aSignedUp()
  const thief = await signIn(visitor, amina, aPlace())
  const link = await linkMailedTo(amina.email, 'not-me')
  expect(await notMePage(link)).toMatchObject({ usable: true, handle: amina.handle })
  expect(await isSignedIn(thief.cookies)).toBe(true)

  const reset = await disownBrowser(link)
  expect(await isSignedIn(thief.cookies)).toBe(false)
  expect(await isSignedIn(amina.cookies)).toBe(false)
  expect(await fieldsOf(signIn(visitor, amina, aPlace()))).toEqual({ form: 'signIn.wrong' })
  expect(await fieldsOf(disownBrowser(link))).toEqual({ form: 'link.over' })
  expect(await notMePage(link)).toEqual({ usable: false, handle: null })

  await resetPassword(reset, 'another four words here')
  expect((await signIn(visitor, { ...amina, password: 'another four words here' }, aPlace())).secondStep).toBe(false)
  expect(await eventsOf(amina.viewer.personId)).toContain('browser.disowned')
  expect(await owner.select().from(knownBrowsers).where(eq(knownBrowsers.personId, amina.viewer.personId))).toHaveLength(2)
})

test('“this was not me” takes away the authenticator app that was set up since', async () => {
  const amina = await aSignedUp()
  const thief = await personOf((await signIn(visitor, amina, aPlace())).cookies)
  const link = await linkMailedTo(amina.email, 'not-me')
  await withApp(thief)
  await resetPassword(await disownBrowser(link), 'another four words here')
  expect((await signIn(visitor, { ...amina, password: 'another four words here' }, aPlace())).secondStep).toBe(false)
  expect(await eventsOf(thief.personId)).toContain('factor.removed')
})

test('an older app stays; recovery codes that were made since open nothing', async () => {
  const amina = await aSignedUp()
  await confirmEmail(await linkMailedTo(amina.email, 'confirm-email'))
  const phone = await withApp(amina.viewer)
  const older = { createdAt: new Date(Date.now() - 86_400_000) }
  await owner.update(totpSecrets).set(older).where(eq(totpSecrets.personId, amina.viewer.personId))
  const thief = await personOf(await throughBothSteps(amina, phone(1)))
  const [code = ''] = await makeRecoveryCodes(thief)
  const password = 'another four words here'
  await resetPassword(await disownBrowser(await linkMailedTo(amina.email, 'not-me')), password)
  expect(await fieldsOf(throughBothSteps({ ...amina, password }, code))).toEqual({ code: 'code.wrong' })
})

test('a link to disown opens nothing else, and no other link disowns', async () => {
  const amina = await aSignedUp()
  await signIn(visitor, amina, aPlace())
  const link = await linkMailedTo(amina.email, 'not-me')
  expect(await fieldsOf(resetPassword(link, 'another four words here'))).toEqual({ form: 'link.over' })
  expect(await fieldsOf(disownBrowser(await linkMailedTo(amina.email, 'confirm-email')))).toEqual({ form: 'link.over' })
})
