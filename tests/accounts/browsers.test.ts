import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { knownBrowsers } from '~/db/schema'
import { disownBrowser, notMePage, resetPassword, signIn, signUp } from '~/server/accounts'
import { visitor } from '~/server/viewer'
import { owner } from '../support/cast'
import { aPlace, eventsOf, fieldsOf, isSignedIn, linkMailedTo, mailsTo, personOf, sentBack, someone } from './support'

async function aSignedUp() {
  const given = someone('amina')
  const cookies = await signUp(visitor, given, aPlace())
  return { ...given, cookies, viewer: await personOf(cookies) }
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

test('a link to disown opens nothing else, and no other link disowns', async () => {
  const amina = await aSignedUp()
  await signIn(visitor, amina, aPlace())
  const link = await linkMailedTo(amina.email, 'not-me')
  expect(await fieldsOf(resetPassword(link, 'another four words here'))).toEqual({ form: 'link.over' })
  expect(await fieldsOf(disownBrowser(await linkMailedTo(amina.email, 'confirm-email')))).toEqual({ form: 'link.over' })
})
