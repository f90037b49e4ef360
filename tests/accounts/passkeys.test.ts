import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { action as challengeAction } from '~/app/routes/accounts/passkey-challenge'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { passkeyChallenges, passkeys, passwords, people, portalSettings, sessions } from '~/db/schema'
import {
  accountPage,
  addPasskey,
  askForPasskey,
  askToProve,
  askToSignIn,
  disownBrowser,
  forgetChallenges,
  passkeyPage,
  proveAgain,
  removePasskey,
  renamePasskey,
  resetSecondStep,
  signInWithPasskey,
  signUp,
  viewerFromCookies,
} from '~/server/accounts'
import { NewPasskeyInput, PasskeySignInInput } from '~/server/accounts/input'
import { passkeyPlace } from '~/server/accounts/passkey-place'
import { Conflict, Invalid, NotFound, ProveFirst } from '~/server/errors'
import { readEnvironment } from '~/server/platform/env'
import { can } from '~/server/policy'
import { systemViewer, visitor, type PersonViewer } from '~/server/viewer'
import { anAuthenticator } from '../support/authenticator'
import { aCommunity, owner, refreshed } from '../support/cast'
import { aPlace, eventsOf, fieldsOf, linkMailedTo, mailsTo, personOf, sentBack, someone } from './support'

afterEach(() => owner.delete(portalSettings))

type Device = ReturnType<typeof anAuthenticator>
type Wrong = Parameters<Device['make']>[1]

async function amina() {
  const given = someone('amina')
  return { ...given, viewer: await personOf(await signUp(visitor, given, aPlace())) }
}

/** Adds a passkey as the page does. */
async function keep(viewer: PersonViewer, device: Device, wrong?: Wrong) {
  const { options, cookie } = await askForPasskey(viewer)
  await addPasskey(viewer, { name: 'My laptop', credential: device.make(options, wrong) }, sentBack(cookie))
}

/** Signs in as the page does; returns the new cookies. */
async function enter(device: Device, wrong?: Wrong) {
  const { options, cookie } = await askToSignIn(aPlace().from)
  return signInWithPasskey(visitor, { credential: device.sign(options, wrong) }, { ...aPlace(), cookies: sentBack(cookie) })
}

async function withPasskey() {
  const her = await amina()
  const device = anAuthenticator()
  await keep(her.viewer, device)
  const [kept] = await owner.select().from(passkeys).where(eq(passkeys.personId, her.viewer.personId))
  if (!kept) throw new Error('No passkey was kept')
  return { ...her, device, kept }
}

const refused = { form: 'passkey.wrong' }

test('a passkey is added, named, told of by mail, and signs in', async () => {
  const { viewer, email, device } = await withPasskey()
  expect(await accountPage(viewer)).toMatchObject({ passkeys: [{ name: 'My laptop', usedAt: null }], passkeysFor: 'localhost' })
  expect((await mailsTo(email))[0]).toMatchObject({ subject: 'A passkey was added' })

  const again = await personOf(await enter(device))

  expect(again).toMatchObject({ personId: viewer.personId, proved: true, hasApp: false, hasSecondStep: true })
  const { passkeys: [used] = [], sessions: open } = await accountPage(again)
  expect(used?.usedAt).toBeInstanceOf(Date)
  expect(open.map(({ startedBy }) => startedBy).sort()).toEqual(['passkey', 'password'])
  expect(await eventsOf(viewer.personId)).toEqual(['person.signed-up', 'session.started', 'factor.added', 'browser.met', 'session.started'])
})

test('whoever asks to sign in is told of no account and no passkey', async () => {
  await withPasskey()
  const { options } = await askToSignIn(aPlace().from)
  expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
  expect(options.allowCredentials).toBeUndefined()
})

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'nothing'])('there is no challenge for %s', async (kind) => {
  const request = new Request(`http://localhost:3000/passkeys/${kind}/challenge`, { method: 'POST', body: new URLSearchParams() })
  const context = { viewer: visitor, cspNonce: '', ...aPlace() }
  await expect(challengeAction({ request, params: { kind }, context })).rejects.toMatchObject({ init: { status: 404 } })
})

test('what a device keeps a passkey under says nothing of the person, and is always the same', async () => {
  const { viewer, handle } = await amina()
  const [first, second] = [await askForPasskey(viewer), await askForPasskey(viewer)]
  expect(first.options).toMatchObject({ rp: { id: 'localhost', name: 'Parley' }, user: { name: handle }, attestation: 'none' })
  expect(first.options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' })
  expect(first.options.user.id).toBe(second.options.user.id)
  expect(Buffer.from(first.options.user.id, 'base64url').toString('hex')).not.toContain(viewer.personId.replaceAll('-', ''))
  expect(first.options.challenge).not.toBe(second.options.challenge)
})

test('adding and removing wait until the person has shown again who they are', async () => {
  const { viewer, kept } = await withPasskey()
  const unproved = { ...viewer, proved: false }
  await expect(askForPasskey(unproved)).rejects.toThrow(ProveFirst)
  await expect(removePasskey(unproved, kept.id)).rejects.toThrow(ProveFirst)
})

test('a challenge is good for one try, in the browser that it was made for, for its own act, for five minutes', async () => {
  const { viewer, device } = await withPasskey()
  const place = { ...aPlace() }
  const { options, cookie } = await askToSignIn(place.from)
  const other = await askToSignIn(place.from)
  const go = (credential: ReturnType<Device['sign']>, cookies: string | null) =>
    fieldsOf(signInWithPasskey(visitor, { credential }, { ...place, cookies }))

  expect(await go(device.sign(options), null)).toEqual(refused)
  expect(await go(device.sign(options), sentBack(other.cookie))).toEqual(refused)
  const signed = device.sign(options)
  await signInWithPasskey(visitor, { credential: signed }, { ...place, cookies: sentBack(cookie) })
  expect(await go(signed, sentBack(cookie))).toEqual(refused)

  const failed = await askToSignIn(place.from)
  expect(await go(device.sign(failed.options, { challenge: 'AAAA' }), sentBack(failed.cookie))).toEqual(refused)
  expect(await go(device.sign(failed.options), sentBack(failed.cookie))).toEqual(refused)

  const toProve = await askToProve(viewer)
  expect(await go(device.sign(toProve.options), sentBack(toProve.cookie))).toEqual(refused)

  const late = await askToSignIn(place.from)
  await owner.update(passkeyChallenges).set({ expiresAt: new Date(Date.now() - 1000) })
  expect(await go(device.sign(late.options), sentBack(late.cookie))).toEqual(refused)
  await forgetChallenges()
})

test('of two who hand in one signature at once, one signs in', async () => {
  const { device } = await withPasskey()
  const { options, cookie } = await askToSignIn(aPlace().from)
  const credential = device.sign(options)
  const place = { ...aPlace(), cookies: sentBack(cookie) }
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => signInWithPasskey(visitor, { credential }, place)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test.each([
  ['made for another site', { origin: 'https://evil.test' }],
  ['made at another port', { origin: 'http://localhost:9' }],
  ['for another name', { name: 'evil.test' }],
  ['by somebody whom the device did not ask', { knowsOwner: false }],
  ['in the name of somebody else', { userHandle: Buffer.alloc(32).toString('base64url') }],
  ['as if it were new', { type: 'webauthn.create' }],
])('a signature %s opens nothing', async (_, wrong) => {
  const { device } = await withPasskey()
  expect(await fieldsOf(enter(device, wrong))).toEqual(refused)
})

test.each([
  ['made for another site', { origin: 'https://evil.test' }],
  ['for another name', { name: 'evil.test' }],
  ['without asking who', { knowsOwner: false }],
  ['as if it were old', { type: 'webauthn.get' }],
])('a passkey %s is not kept', async (_, wrong) => {
  const { viewer } = await amina()
  expect(await fieldsOf(keep(viewer, anAuthenticator(), wrong))).toEqual({ form: 'passkey.notMade' })
  expect((await accountPage(viewer)).passkeys).toEqual([])
})

test('a count that falls back is a copy’s, and is refused; a device that counts nothing may', async () => {
  const { device, kept } = await withPasskey()
  await enter(device, { count: 7 })
  for (const count of [7, 6, 0]) expect(await fieldsOf(enter(device, { count }))).toEqual(refused)
  await enter(device, { count: 8 })
  expect(await owner.select({ count: passkeys.signCount }).from(passkeys).where(eq(passkeys.id, kept.id))).toEqual([{ count: 8 }])

  const her = await amina()
  const everywhere = anAuthenticator({ counts: false })
  await keep(her.viewer, everywhere)
  await enter(everywhere)
  await enter(everywhere)
})

test('one passkey belongs to one person', async () => {
  const { device } = await withPasskey()
  const { viewer: jun } = await amina()
  expect(await fieldsOf(keep(jun, device))).toEqual({ form: 'passkey.notMade' })
})

test('a passkey that is unknown, or whose person is gone, opens nothing', async () => {
  expect(await fieldsOf(enter(anAuthenticator()))).toEqual(refused)
  const { viewer, device } = await withPasskey()
  await owner.update(people).set({ status: 'erased' }).where(eq(people.id, viewer.personId))
  expect(await fieldsOf(enter(device))).toEqual(refused)
})

test('ten passkeys added at once are ten, and the twenty-first is refused', async () => {
  const { viewer } = await amina()
  await Promise.all(Array.from({ length: 10 }, () => keep(viewer, anAuthenticator())))
  await Promise.allSettled(Array.from({ length: 12 }, () => keep(viewer, anAuthenticator())))
  expect((await accountPage(viewer)).passkeys).toHaveLength(20)
  expect(await fieldsOf(keep(viewer, anAuthenticator()))).toEqual({ form: 'passkey.most:20' })
})

test('only its owner sees, names and removes a passkey', async () => {
  const { viewer, kept, email } = await withPasskey()
  const { viewer: jun } = await amina()
  await expect(passkeyPage(jun, kept.id)).rejects.toThrow(NotFound)
  await expect(renamePasskey(jun, kept.id, { name: 'Mine' })).rejects.toThrow(NotFound)
  await expect(removePasskey(jun, kept.id)).rejects.toThrow(NotFound)
  await expect(passkeyPage(viewer, 'not-an-id')).rejects.toThrow(NotFound)

  await renamePasskey(viewer, kept.id, { name: 'The old laptop' })
  expect(await passkeyPage(viewer, kept.id)).toMatchObject({ name: 'The old laptop' })
  await removePasskey(viewer, kept.id)
  await expect(removePasskey(viewer, kept.id)).rejects.toThrow(NotFound)

  expect((await mailsTo(email))[0]).toMatchObject({ subject: 'A passkey was removed' })
  expect((await eventsOf(viewer.personId)).slice(-3)).toEqual(['factor.added', 'passkey.renamed', 'factor.removed'])
})

test('a removed passkey opens nothing, and the sessions that it began have ended', async () => {
  const { viewer, device, kept } = await withPasskey()
  const cookies = await enter(device)
  await removePasskey(viewer, kept.id)
  await expect(personOf(cookies)).rejects.toThrow()
  expect(await fieldsOf(enter(device))).toEqual(refused)
  expect(await owner.select().from(sessions).where(eq(sessions.personId, viewer.personId))).toHaveLength(1)
})

test('the last way in is not removed, however many try at once', async () => {
  const { viewer, kept } = await withPasskey()
  await owner.delete(passwords).where(eq(passwords.personId, viewer.personId))
  await expect(removePasskey(viewer, kept.id)).rejects.toThrow(Conflict)
  await keep(viewer, anAuthenticator())
  const both = (await accountPage(viewer)).passkeys
  await Promise.allSettled(both.map(({ id }) => removePasskey(viewer, id)))
  expect((await accountPage(viewer)).passkeys).toHaveLength(1)
})

test('a passkey shows again who one is, and only one’s own does', async () => {
  const { viewer, device } = await withPasskey()
  const long = { provedAt: new Date(Date.now() - 3_600_000) }
  await owner.update(sessions).set(long).where(eq(sessions.id, viewer.sessionId))
  const { device: juns } = await withPasskey()
  const asked = await askToProve(viewer)
  expect(await fieldsOf(proveAgain(viewer, { credential: juns.sign(asked.options) }, sentBack(asked.cookie)))).toEqual(refused)
  const again = await askToProve(viewer)
  await proveAgain(viewer, { credential: device.sign(again.options) }, sentBack(again.cookie))
  const [session] = await owner.select().from(sessions).where(eq(sessions.id, viewer.sessionId))
  expect(session?.provedAt.getTime()).toBeGreaterThan(Date.now() - 60_000)
})

test('where a role asks for two steps, a session begun with a passkey has taken both, in the database too; one by password has not', async () => {
  const { viewer, device, kept } = await withPasskey()
  await aCommunity({ moderators: [viewer] })
  await owner.insert(portalSettings).values({ name: 'second-step-for-roles' })
  const byPassword = await refreshed(viewer)
  expect(byPassword).toMatchObject({ hasSecondStep: false, moderates: [] })
  const byPasskey = await personOf(await enter(device))
  expect(byPasskey.moderates).toHaveLength(1)
  expect(can(byPasskey, 'queue.view', { communityId: byPasskey.moderates[0] ?? '', access: 'open' })).toBe(true)
  const waits = (asker: PersonViewer) =>
    transaction(asker, async (tx) => (await tx.execute<{ waits: boolean }>('select viewer_waits_for_second_step() as waits'))[0]?.waits)
  expect([await waits(byPassword), await waits(byPasskey)]).toEqual([true, false])
  await expect(removePasskey(byPasskey, kept.id)).rejects.toThrow(Conflict)
})

test('“it was not me” takes away the passkey that it is about, those added since, and the password', async () => {
  const { viewer, email, device } = await withPasskey()
  await owner
    .update(passkeys)
    .set({ createdAt: new Date(Date.now() - 86_400_000) })
    .where(eq(passkeys.personId, viewer.personId))
  const thief = anAuthenticator()
  await keep(viewer, thief)
  await disownBrowser(await linkMailedTo(email, 'not-me'))
  expect(await fieldsOf(enter(thief))).toEqual(refused)
  expect((await personOf(await enter(device))).personId).toBe(viewer.personId)
  expect(await owner.select().from(passwords).where(eq(passwords.personId, viewer.personId))).toEqual([])
})

test('“it was not me” takes away what was added since, also when the passkey that it is about is gone by then', async () => {
  const { viewer, email, kept } = await withPasskey()
  const link = await linkMailedTo(email, 'not-me')
  const second = anAuthenticator()
  await keep(viewer, second)
  await removePasskey(viewer, kept.id)
  await disownBrowser(link)
  expect(await fieldsOf(enter(second))).toEqual(refused)
})

test('the command line removes passkeys with everything else', async () => {
  const { viewer, handle, device } = await withPasskey()
  expect(await resetSecondStep(systemViewer('test'), handle)).toBe(true)
  expect(await fieldsOf(enter(device))).toEqual(refused)
  expect((await viewerFromCookies(undefined)).viewer.kind).toBe('visitor')
  expect(await eventsOf(viewer.personId)).toContain('session.ended')
})

test('passkeys are made for the name in the configured address, never for a number', () => {
  const placeOf = (PARLEY_ORIGIN: string) => passkeyPlace(readEnvironment({ PARLEY_ORIGIN }))
  expect(placeOf('https://talk.example.org,https://old.example.org')).toEqual({
    name: 'talk.example.org',
    origins: ['https://talk.example.org'],
  })
  expect(placeOf('http://127.0.0.1:4000,http://localhost:4000')).toEqual({ name: 'localhost', origins: ['http://localhost:4000'] })
  expect(placeOf('http://127.0.0.1:4000')).toBeNull()
  expect(placeOf('http://[::1]:4000')).toBeNull()
  expect(placeOf('')).toEqual({ name: 'localhost', origins: ['http://localhost:3000'] })
})

test('whatever else a form brings is refused in words', () => {
  const firstOf = (value: unknown) => PasskeySignInInput.safeParse({ credential: value }).error?.issues[0]?.message
  expect(firstOf(undefined)).toBe('passkey.none')
  expect(firstOf('')).toBe('passkey.none')
  for (const odd of ['{', 'null', '[]', '{"id":1}', '{"id":"a","rawId":"a","type":"public-key","response":{}}', 'x'.repeat(30_000)])
    expect(firstOf(odd)).toBe('passkey.wrong')
  expect(NewPasskeyInput.safeParse({ name: '', credential: '{}' }).success).toBe(false)
})

test('malformed bytes are refused as a wrong passkey is', async () => {
  const { viewer, device } = await withPasskey()
  const { options, cookie } = await askToSignIn(aPlace().from)
  const signed = device.sign(options)
  const broken = { ...signed, response: { ...signed.response, authenticatorData: 'AA', signature: '%%%' } }
  const place = { ...aPlace(), cookies: sentBack(cookie) }
  await expect(signInWithPasskey(visitor, { credential: broken }, place)).rejects.toThrow(Invalid)
  const asked = await askForPasskey(viewer)
  const made = anAuthenticator().make(asked.options)
  const odd = { ...made, response: { ...made.response, attestationObject: newId() } }
  expect(await fieldsOf(addPasskey(viewer, { name: 'Odd', credential: odd }, sentBack(asked.cookie)))).toEqual({ form: 'passkey.notMade' })
})
