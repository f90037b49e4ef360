import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  accountEmails,
  passwords,
  people,
  providerArrivals,
  providerIdentities,
  providerVisits,
  sessions,
  signInProviders,
} from '~/db/schema'
import {
  accountPage,
  arrivalPage,
  arriveFromProvider,
  askForReset,
  askToChangeEmail,
  bindArrival,
  confirmEmail,
  confirmEmailChange,
  disownBrowser,
  endProvider,
  forgetVisits,
  goToProvider,
  joinAtArrival,
  keepProvider,
  providerOf,
  providersOffered,
  providersPage,
  resetPassword,
  setUpApp,
  setUpPage,
  signUp,
  takeSecondStep,
  unbindProvider,
  undoEmailChange,
} from '~/server/accounts'
import { loader as goLoader } from '~/app/routes/accounts/go-to-provider'
import { halfwayPerson } from '~/server/accounts/halfway'
import { ProviderInput } from '~/server/accounts/input'
import { Conflict, Forbidden, NotFound, ProveFirst } from '~/server/errors'
import { env } from '~/server/platform/env'
import { visitor, type PersonViewer } from '~/server/viewer'
import { anOperator, aMember, owner, refreshed, unique } from '../support/cast'
import { aPhone } from '../support/phone'
import { aProvider } from '../support/provider'
import { aPlace, eventsOf, fieldsOf, isSignedIn, linkMailedTo, mailsTo, personOf, sentBack, someone } from './support'

const origin = 'http://localhost:3000'
const SECRET = 'a secret that nobody may see'
let provider: Awaited<ReturnType<typeof aProvider>>
let providerId = ''
const trial = env.PARLEY_LOOPBACK_PROVIDERS

const given = (issuer: string, more: Partial<ProviderInput> = {}): ProviderInput => ({
  name: 'Lindenhof',
  issuer,
  clientId: 'parley',
  clientSecret: SECRET,
  domains: ['lindenhof.example'],
  ...more,
})

beforeAll(async () => {
  env.PARLEY_LOOPBACK_PROVIDERS = true
  provider = await aProvider()
  await keepProvider(await anOperator(), given(provider.issuer))
  providerId = (await providersOffered()).find(({ name }) => name === 'Lindenhof')?.id ?? ''
})
afterAll(async () => {
  env.PARLEY_LOOPBACK_PROVIDERS = trial
  await provider.close()
})
beforeEach(() => {
  for (const name of Object.keys(provider.lie)) delete provider.lie[name as keyof typeof provider.lie]
})

type Back = { cookies?: string; viewer?: PersonViewer; query?: (query: string) => string }

/** There and back, as one browser does it. */
async function visit(claims: Record<string, unknown>, { cookies, viewer, query = (same) => same }: Back = {}) {
  const place = aPlace()
  const way = await goToProvider(providerId, { next: '/c/here', from: place.from, origin })
  if (!way) throw new Error('The provider did not answer')
  const arrived = await arriveFromProvider(viewer ?? visitor, query(provider.yes(way.to, claims)), {
    ...place,
    cookies: cookies ?? sentBack(way.cookie),
  })
  return { arrived, way, place }
}

/** Somebody who came as new and joined. */
async function aJoined(claims: Record<string, unknown> = {}, address?: string) {
  const subject = unique('subject')
  const handle = unique('new').slice(-20)
  const email = address ?? `${handle}@people.example`
  const { arrived, place } = await visit({ sub: subject, email, email_verified: true, ...claims })
  const door = sentBack(arrived?.cookies ?? [])
  const { cookies, next } = await joinAtArrival(visitor, { email, handle, displayName: 'Newcomer' }, { ...place, cookies: door })
  return { viewer: await personOf(cookies), cookies, subject, email, handle, next, door }
}

test('whoever is new chooses a handle and is in, without a password; the next time the provider’s word is enough', async () => {
  const { viewer, subject, next, handle } = await aJoined()
  expect(viewer).toMatchObject({ handle, confirmed: false })
  expect(next).toBe('/c/here')
  const { arrived } = await visit({ sub: subject })
  expect(arrived).toMatchObject({ kind: 'in', next: '/c/here' })
  const again = await personOf(arrived?.cookies ?? [])
  expect(again).toMatchObject({ personId: viewer.personId, hasSecondStep: false })
  const page = await accountPage(again)
  expect(page.providers).toMatchObject([{ id: providerId, name: 'Lindenhof' }])
  expect(page.sessions.map(({ startedBy }) => startedBy)).toEqual(['provider', 'provider'])
  expect(await eventsOf(viewer.personId)).toContain('provider.bound')
})

test('a verified address of the organisation’s own domain counts as confirmed; one of another, or one that was changed, does not', async () => {
  const word = unique('p').slice(-12)
  const join = async (email: string, claimed: Record<string, unknown>) => {
    const { arrived, place } = await visit({ sub: unique('s'), ...claimed })
    const door = sentBack(arrived?.cookies ?? [])
    const joined = await joinAtArrival(visitor, { email, handle: unique('h').slice(-20), displayName: '' }, { ...place, cookies: door })
    return (await personOf(joined.cookies)).confirmed
  }
  expect(await join(`${word}@lindenhof.example`, { email: `${word}@lindenhof.example`, email_verified: true })).toBe(true)
  expect(await join(`b${word}@lindenhof.example`, { email: `b${word}@lindenhof.example`, email_verified: false })).toBe(false)
  expect(await join(`c${word}@evil.example`, { email: `c${word}@evil.example`, email_verified: true })).toBe(false)
  expect(await join(`d${word}@lindenhof.example`, { email: `e${word}@lindenhof.example`, email_verified: true })).toBe(false)
})

test.each([true, false, undefined])('an address that has an account joins nobody to it, verified or not (%s)', async (verified) => {
  const amina = someone('amina', `${unique('amina')}@lindenhof.example`)
  const { personId } = await personOf(await signUp(visitor, amina, aPlace()))
  await owner.update(accountEmails).set({ confirmedAt: new Date() }).where(eq(accountEmails.personId, personId))
  const { arrived, place } = await visit({ sub: unique('s'), email: amina.email, email_verified: verified })
  expect(arrived?.kind).toBe('new-here')
  const door = sentBack(arrived?.cookies ?? [])
  expect(await isSignedIn(arrived?.cookies ?? [])).toBe(false)
  expect(await arrivalPage(door)).toMatchObject({ provider: 'Lindenhof', email: amina.email })
  const { cookies } = await joinAtArrival(
    visitor,
    { email: amina.email, handle: unique('x').slice(-20), displayName: '' },
    { ...place, cookies: door },
  )
  expect(await personOf(cookies)).toMatchObject({ confirmed: false })
  expect((await personOf(cookies)).personId).not.toBe(personId)
  expect((await mailsTo(amina.email))[0]?.subject).toBe('You already have an account')
})

test('whoever has an account signs in to it once, and then the provider’s word is enough', async () => {
  const amina = someone('amina')
  const viewer = await personOf(await signUp(visitor, amina, aPlace()))
  const subject = unique('s')
  const { arrived } = await visit({ sub: subject, email: 'somebody-else@lindenhof.example', email_verified: true })
  const door = sentBack(arrived?.cookies ?? [])
  await expect(bindArrival({ ...viewer, proved: false }, door)).rejects.toThrow(ProveFirst)
  await bindArrival(viewer, door)
  await expect(bindArrival(viewer, door)).rejects.toThrow(Conflict)
  expect((await mailsTo(amina.email))[0]?.subject).toBe('You can now sign in with Lindenhof')
  const back = await visit({ sub: subject })
  expect((await personOf(back.arrived?.cookies ?? [])).personId).toBe(viewer.personId)
})

test('one identity belongs to one person, and one person has one of a provider', async () => {
  const { viewer } = await aJoined()
  const { arrived } = await visit({ sub: unique('another') }, { viewer })
  await expect(bindArrival(viewer, sentBack(arrived?.cookies ?? []))).rejects.toThrow(Conflict)
})

test('the address at the provider may change: who somebody is stays', async () => {
  const { viewer, subject } = await aJoined()
  const { arrived } = await visit({ sub: subject, email: 'married@lindenhof.example', email_verified: true })
  expect((await personOf(arrived?.cookies ?? [])).personId).toBe(viewer.personId)
})

test('a second step that somebody has set up is asked for here too', async () => {
  const { viewer, subject } = await aJoined()
  const phone = aPhone((await setUpPage(viewer)).letters)
  await setUpApp(viewer, { code: phone(-1) })
  const { arrived } = await visit({ sub: subject })
  expect(arrived?.kind).toBe('second-step')
  expect(await isSignedIn(arrived?.cookies ?? [])).toBe(false)
  const cookies = await takeSecondStep(visitor, { code: phone() }, { ...aPlace(), cookies: sentBack(arrived?.cookies ?? []) })
  const again = await personOf(cookies)
  const [session] = await owner.select().from(sessions).where(eq(sessions.id, again.sessionId))
  expect(session?.startedBy).toBe('provider')
})

test('what comes back is good once, in the browser that set out', async () => {
  const { subject } = await aJoined()
  const { arrived, way, place } = await visit({ sub: subject })
  expect(arrived?.kind).toBe('in')
  expect(await arriveFromProvider(visitor, provider.yes(way.to), { ...place, cookies: sentBack(way.cookie) })).toBeNull()
  const other = await goToProvider(providerId, { next: '/', from: place.from, origin })
  expect((await visit({ sub: subject }, { cookies: sentBack(other?.cookie ?? '') })).arrived).toBeNull()
  expect((await visit({ sub: subject }, { cookies: '' })).arrived).toBeNull()
})

const flip = (token: string) => {
  const [head = '', , signature = ''] = token.split('.')
  return `${head}.${Buffer.from('{"sub":"forged"}').toString('base64url')}.${signature}`
}
const unsigned = (token: string) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1] ?? ''}.`
const past = Math.floor(Date.now() / 1000) - 3600

test.each<[string, Record<string, unknown>]>([
  ['with another nonce', { claims: { nonce: 'another' } }],
  ['for another audience', { claims: { aud: 'somebody-else' } }],
  ['of another issuer', { claims: { iss: 'https://evil.test' } }],
  ['that is over', { claims: { iat: past - 300, exp: past } }],
  ['without a subject', { claims: { sub: undefined } }],
  ['that was changed after it was signed', { token: flip }],
  ['with no algorithm', { token: unsigned }],
  ['with its signature cut off', { token: (token: string) => token.slice(0, token.lastIndexOf('.') + 1) }],
])('a token %s signs nobody in', async (_, lie) => {
  const { subject } = await aJoined()
  Object.assign(provider.lie, lie)
  expect((await visit({ sub: subject })).arrived).toBeNull()
})

test.each<[string, (query: string) => string]>([
  ['without a state', (query) => query.replace(/&state=[^&]*/, '')],
  ['with another state', (query) => query.replace(/state=[^&]*/, 'state=another')],
  ['from another issuer', (query) => query.replace(/iss=[^&]*/, 'iss=https%3A%2F%2Fevil.test')],
  ['without an issuer', (query) => query.replace(/&iss=[^&]*/, '')],
  ['with a code of its own', (query) => query.replace(/code=[^&]*/, 'code=stolen')],
  ['as an error with HTML in it', () => '?error=%3Cscript%3Ealert(1)%3C%2Fscript%3E&state=x'],
  ['with nothing', () => ''],
])('coming back %s signs nobody in', async (_, query) => {
  const { subject } = await aJoined()
  expect((await visit({ sub: subject }, { query })).arrived).toBeNull()
})

test('the way there carries PKCE, state and nonce, and leads back only to an origin of our own', async () => {
  const { from } = aPlace()
  const asked = async (where: string) =>
    new URL((await goToProvider(providerId, { next: '/', from, origin: where }))?.to ?? '').searchParams
  const query = await asked('https://evil.test')
  expect(query.get('redirect_uri')).toBe('http://localhost:3000/sign-in/returned')
  expect(query.get('code_challenge_method')).toBe('S256')
  for (const name of ['state', 'nonce', 'code_challenge']) expect(query.get(name)?.length, name).toBeGreaterThan(40)
  expect((await asked('http://127.0.0.1:3000')).get('redirect_uri')).toBe('http://127.0.0.1:3000/sign-in/returned')
})

test('unbinding ends its sessions and is told by mail; the last way in stays', async () => {
  const { viewer, subject, email } = await aJoined()
  await expect(unbindProvider(viewer, providerId)).rejects.toThrow(Conflict)
  await owner.insert(passwords).values({ personId: viewer.personId, hash: 'x' })
  await expect(unbindProvider({ ...viewer, proved: false }, providerId)).rejects.toThrow(ProveFirst)
  await unbindProvider(viewer, providerId)
  await expect(unbindProvider(viewer, providerId)).rejects.toThrow(NotFound)
  expect((await mailsTo(email))[0]?.subject).toBe('You no longer sign in with Lindenhof')
  expect((await visit({ sub: subject })).arrived?.kind).toBe('new-here')
})

test('“it was not me” takes away what was bound since', async () => {
  const amina = someone('amina')
  const viewer = await personOf(await signUp(visitor, amina, aPlace()))
  const subject = unique('thief')
  await bindArrival(viewer, sentBack((await visit({ sub: subject })).arrived?.cookies ?? []))
  await disownBrowser(await linkMailedTo(amina.email, 'not-me'))
  expect((await visit({ sub: subject })).arrived?.kind).toBe('new-here')
  expect((await eventsOf(viewer.personId)).filter((kind) => kind.startsWith('provider.'))).toEqual(['provider.bound', 'provider.unbound'])
})

test('“it was not me” takes away what was bound since, also when the provider that it is about is unbound by then', async () => {
  const amina = someone('amina')
  const viewer = await personOf(await signUp(visitor, amina, aPlace()))
  const subject = unique('thief')
  const bindIt = async () => bindArrival(viewer, sentBack((await visit({ sub: subject })).arrived?.cookies ?? []))
  await bindIt()
  const link = await linkMailedTo(amina.email, 'not-me')
  await unbindProvider(viewer, providerId)
  await bindIt()
  await disownBrowser(link)
  expect((await visit({ sub: subject })).arrived?.kind).toBe('new-here')
})

test('whoever claims an address by a provider is shut out when its owner chooses a password by mail', async () => {
  const { subject, email } = await aJoined()
  await askForReset(email, aPlace().from)
  await resetPassword(await linkMailedTo(email, 'reset-password'), 'another four words here')
  expect((await visit({ sub: subject })).arrived?.kind).toBe('new-here')
})

test('a vouched address that its owner left, and may still come back to, is only claimed', async () => {
  const amina = someone('amina', `${unique('amina')}@lindenhof.example`)
  const viewer = await personOf(await signUp(visitor, amina, aPlace()))
  await confirmEmail(await linkMailedTo(amina.email, 'confirm-email'))
  const email = `${unique('elsewhere')}@mail.example`
  await askToChangeEmail(viewer, { email })
  await confirmEmailChange(await linkMailedTo(email, 'change-email'))
  const undo = await linkMailedTo(amina.email, 'undo-email')
  expect((await aJoined({ email: amina.email }, amina.email)).viewer.confirmed).toBe(false)
  await undoEmailChange(undo)
  expect((await refreshed(viewer)).confirmed).toBe(true)
})

test('of five whom a provider vouches for with one address, one has it', async () => {
  const email = `${unique('shared')}@lindenhof.example`
  const joined = await Promise.allSettled(Array.from({ length: 5 }, () => aJoined({ email }, email)))
  expect(joined.filter(({ status }) => status === 'rejected')).toEqual([])
  const claims = await owner.select().from(accountEmails).where(eq(accountEmails.address, email))
  expect(claims.filter(({ confirmedAt }) => confirmedAt !== null)).toHaveLength(1)
})

test('only operators set providers up; the secret is sealed, and stands on no page', async () => {
  const [olu, jun] = [await anOperator(), await aMember('Jun')]
  await expect(keepProvider(jun, given(provider.issuer))).rejects.toThrow(Forbidden)
  await expect(providersPage(jun)).rejects.toThrow(Forbidden)
  await expect(endProvider(jun, providerId)).rejects.toThrow(Forbidden)
  expect(JSON.stringify([await providersPage(olu), await providersOffered()])).not.toContain(SECRET)
  const [row] = await owner.select().from(signInProviders).where(eq(signInProviders.id, providerId))
  expect(row?.sealedSecret).not.toContain(SECRET)
  await keepProvider(olu, given(provider.issuer, { clientSecret: '', name: 'Lindenhof' }))
  const [after] = await owner.select().from(signInProviders).where(eq(signInProviders.id, providerId))
  expect(after?.sealedSecret).toBe(row?.sealedSecret)
  expect(await fieldsOf(keepProvider(olu, given('https://nowhere.invalid', { clientSecret: '' })))).toEqual({ clientSecret: 'required' })
})

test.each([
  'http://example.org',
  'ftp://example.org',
  'https://10.0.0.1',
  'https://169.254.169.254',
  'https://[::1]',
  'https://[::ffff:127.0.0.1]',
  'https://2130706433',
  'https://0x7f.1',
  'https://user:word@example.org',
  'https://localhost.',
  'not an address',
])('an issuer at %s is not asked', async (issuer) => {
  expect(await fieldsOf(keepProvider(await anOperator(), given(issuer)))).toEqual({ issuer: 'provider.notFound' })
})

test('this machine is asked only in a trial, and an issuer has to be who it says', async () => {
  const olu = await anOperator()
  provider.lie.describedAs = 'https://evil.test'
  expect(await fieldsOf(keepProvider(olu, given(provider.issuer)))).toEqual({ issuer: 'provider.notFound' })
  delete provider.lie.describedAs
  env.PARLEY_LOOPBACK_PROVIDERS = false
  expect(await fieldsOf(keepProvider(olu, given(provider.issuer)))).toEqual({ issuer: 'provider.notFound' })
  expect(await goToProvider(providerId, { next: '/', from: aPlace().from, origin })).toBeNull()
  env.PARLEY_LOOPBACK_PROVIDERS = true
})

test('an ended provider signs nobody in, also whoever is on the way; set up again, it knows its people', async () => {
  const { subject, viewer } = await aJoined()
  const olu = await anOperator()
  const place = aPlace()
  const way = await goToProvider(providerId, { next: '/', from: place.from, origin })
  await endProvider(olu, providerId)
  await endProvider(olu, providerId)
  expect(await arriveFromProvider(visitor, provider.yes(way?.to ?? ''), { ...place, cookies: sentBack(way?.cookie ?? '') })).toBeNull()
  await expect(goToProvider(providerId, { next: '/', from: place.from, origin })).rejects.toThrow(NotFound)
  expect((await accountPage(viewer)).providers).toEqual([])
  await keepProvider(olu, given(provider.issuer))
  expect((await visit({ sub: subject })).arrived?.kind).toBe('in')
})

test('what was begun through a provider that ends is over as well; other sessions go on, and the operator’s own', async () => {
  const { viewer, cookies, subject } = await aJoined()
  const amina = someone('amina')
  const byPassword = await signUp(visitor, amina, aPlace())
  const bound = unique('subject')
  const hers = await personOf(byPassword)
  await bindArrival(hers, sentBack((await visit({ sub: bound })).arrived?.cookies ?? []))
  await setUpApp(hers, { code: aPhone((await setUpPage(hers)).letters)() })
  const half = sentBack((await visit({ sub: bound })).arrived?.cookies ?? [])
  expect(await halfwayPerson(half)).toMatchObject({ personId: hers.personId })
  const other = await aJoined()
  await owner.update(people).set({ isOperator: true }).where(eq(people.id, other.viewer.personId))
  await endProvider(await personOf(other.cookies), providerId)
  expect([await isSignedIn(cookies), await isSignedIn(byPassword), await isSignedIn(other.cookies)]).toEqual([false, true, true])
  expect(await halfwayPerson(half)).toBeNull()
  expect(await eventsOf(viewer.personId)).toContain('session.ended')
  await keepProvider(await anOperator(), given(provider.issuer))
  expect((await visit({ sub: subject })).arrived?.kind).toBe('in')
})

test('whoever is halfway in through a provider gets no further once it is unbound', async () => {
  const viewer = await personOf(await signUp(visitor, someone('amina'), aPlace()))
  const subject = unique('subject')
  await bindArrival(viewer, sentBack((await visit({ sub: subject })).arrived?.cookies ?? []))
  await setUpApp(viewer, { code: aPhone((await setUpPage(viewer)).letters)() })
  const half = sentBack((await visit({ sub: subject })).arrived?.cookies ?? [])
  await unbindProvider(viewer, providerId)
  expect(await halfwayPerson(half)).toBeNull()
})

test('whoever comes back signed in as somebody else stays who they are', async () => {
  const { subject, viewer } = await aJoined()
  const jun = await aMember('Jun')
  const { arrived } = await visit({ sub: subject }, { viewer: jun })
  expect(arrived?.kind).toBe('somebody-else')
  expect(arrived?.cookies.join()).not.toContain('parley_session')
  expect(await owner.select().from(sessions).where(eq(sessions.id, jun.sessionId))).toHaveLength(1)
  expect((await visit({ sub: subject }, { viewer })).arrived?.kind).toBe('in')
})

test('only a page of our own, or a typed address, sends a browser to a provider', async () => {
  const going = async (site: string | null) => {
    const headers = new Headers(site ? { 'sec-fetch-site': site } : {})
    const url = `${origin}/sign-in/with/${providerId}?next=/c/here`
    const context = { viewer: visitor, cspNonce: '', ...aPlace() }
    const answer = await goLoader({ request: new Request(url, { headers }), params: { id: providerId }, context }).catch(
      (thrown: unknown) => thrown,
    )
    return answer instanceof Response ? answer.headers.get('location') : null
  }
  for (const site of ['cross-site', 'same-site']) expect(await going(site)).toBe('/sign-in?next=%2Fc%2Fhere')
  for (const site of ['same-origin', 'none', null]) expect(await going(site)).toContain(provider.issuer)
})

test('whose addresses are whose is on no page; whoever types one is told where its people sign in', async () => {
  expect(await providersOffered()).toEqual(expect.arrayContaining([{ id: providerId, name: 'Lindenhof' }]))
  expect(JSON.stringify(await providersOffered())).not.toContain('lindenhof.example')
  expect(await providerOf(' Amina@Lindenhof.example ')).toMatchObject({ id: providerId, name: 'Lindenhof' })
  for (const address of ['amina@mail.example', 'lindenhof.example', '', 'a@'.repeat(3000)]) expect(await providerOf(address)).toBeNull()
})

test('providers are managed by whoever has just shown who they are', async () => {
  const stale = { ...(await anOperator()), proved: false }
  await expect(keepProvider(stale, given(provider.issuer))).rejects.toThrow(ProveFirst)
  await expect(endProvider(stale, providerId)).rejects.toThrow(ProveFirst)
})

test('of ten who join with one arrival, one does', async () => {
  const { arrived, place } = await visit({ sub: unique('s') })
  const door = { ...place, cookies: sentBack(arrived?.cookies ?? []) }
  const input = () => ({ email: `${unique('e')}@people.example`, handle: unique('t').slice(-20), displayName: '' })
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => joinAtArrival(visitor, input(), door)))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('what is over is forgotten', async () => {
  await visit({ sub: unique('s') })
  await goToProvider(providerId, { next: '/', from: aPlace().from, origin })
  const past = { expiresAt: new Date(Date.now() - 1000) }
  await owner.update(providerVisits).set(past)
  await owner.update(providerArrivals).set(past)
  await forgetVisits()
  expect(await owner.select().from(providerVisits)).toEqual([])
  expect(await owner.select().from(providerArrivals)).toEqual([])
  expect((await owner.select().from(providerIdentities)).length).toBeGreaterThan(0)
})

test('domains are read as they are typed, and nothing else is one', () => {
  const read = (domains: string) => ProviderInput.safeParse({ ...given('https://login.example.org'), domains })
  expect(read('Lindenhof.example, other.example').data?.domains).toEqual(['lindenhof.example', 'other.example'])
  expect(read('').data?.domains).toEqual([])
  expect(read('@lindenhof').error?.issues[0]?.message).toBe('provider.domains')
})
