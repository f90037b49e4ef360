import { and, desc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import { interactions, notifications, outgoingMails, vendorClaims, vendors, vendorStaff } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound, TooMany } from '~/server/errors'
import type { Happened } from '~/server/events'
import { env } from '~/server/platform/env'
import { reactor } from '~/server/reactions'
import { beginClaim, claimPage, dismissStaff, forgetClaims, proveClaim, vendorPage } from '~/server/vendors'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aMember, anOperator, aPortalModerator, aStaffMember, aVendor, owner, refreshed, unique } from '../support/cast'
import { aNameServer } from '../support/name-server'

let names: Awaited<ReturnType<typeof aNameServer>>
beforeAll(async () => {
  names = await aNameServer({})
  env.PARLEY_NAME_SERVERS = [names.address]
})
afterAll(async () => {
  env.PARLEY_NAME_SERVERS = []
  await names.end()
})

/** A vendor that nobody looks after, whose website operators have written down. */
async function anOrphan(website?: string | null) {
  const { id, slug } = await aVendor()
  const domain = `${unique('wren')}.example`
  await owner
    .update(vendors)
    .set({ website: website === undefined ? `https://www.${domain}/about` : website })
    .where(eq(vendors.id, id))
  return { id, slug, domain }
}
const staffOf = async (vendorId: string) => owner.select().from(vendorStaff).where(eq(vendorStaff.vendorId, vendorId))
const lastMailTo = async (address: string) =>
  (await owner.select().from(outgoingMails).where(eq(outgoingMails.toAddress, address)).orderBy(desc(outgoingMails.id)).limit(1))[0]
const codeIn = (text = '') => /\b[0-9a-f]{40}\b/.exec(text)?.[0] ?? ''
const eventsOf = async (vendorId: string) =>
  (await db.select().from(interactions).where(eq(interactions.vendorId, vendorId)).orderBy(interactions.id)) as unknown as Happened[]
/** A TXT record with the code, as its owner would write it. */
async function writtenDown(by: PersonViewer, { slug, domain }: { slug: string; domain: string }) {
  const { code } = await beginClaim(by, slug, { way: 'record' })
  names.records[`_parley.${domain}`] = ['v=spf1 -all', `parley-claim=${code}`]
  return code ?? ''
}

test('whoever writes the code into the names of its domain is its first staff; operators are told, and it is in the log', async () => {
  const [wren, iris, olu] = [await anOrphan(), await aMember('Iris'), await anOperator()]
  expect((await vendorPage(visitor, wren.slug)).may.claim).toBe(true)
  expect(await claimPage(iris, wren.slug)).toMatchObject({
    domain: wren.domain,
    staffed: false,
    begun: null,
    recordName: `_parley.${wren.domain}`,
  })
  const { code } = await beginClaim(iris, wren.slug, { way: 'record' })
  expect(code).toMatch(/^[0-9a-f]{40}$/)
  await expect(proveClaim(iris, wren.slug, {})).rejects.toEqual(new Invalid({ form: 'claim.noRecord' }))
  names.records[`_parley.${wren.domain}`] = [`parley-claim=${code}`]
  await proveClaim(iris, wren.slug, {})

  expect(await staffOf(wren.id)).toMatchObject([{ personId: iris.personId, role: 'admin', endedAt: null }])
  expect((await refreshed(iris)).staffOf).toMatchObject([{ vendorId: wren.id }])
  const events = await eventsOf(wren.id)
  expect(events.map(({ kind }) => kind)).toEqual(['vendor.claimed', 'staff.appointed'])
  for (const event of events) for (const name of reactor.reactionsTo(event.kind)) await reactor.react(name, event)
  const told = and(eq(notifications.objectId, wren.id), eq(notifications.personId, olu.personId))
  expect(await owner.select().from(notifications).where(told)).toMatchObject([{ kind: 'vendor.claimed', actorHandleId: iris.handleId }])
  expect((await vendorPage(visitor, wren.slug)).may.claim).toBe(false)
})

test('a code goes to the postmaster of the domain or to the address there with which somebody signs in, and to no other', async () => {
  const wren = await anOrphan()
  const [iris, sol] = [await aMember('Iris'), await aMember('Sol', { email: `sol@${wren.domain}` })]
  expect(await beginClaim(iris, wren.slug, { way: 'postmaster' })).toEqual({ code: null, mailedTo: `postmaster@${wren.domain}` })
  await expect(beginClaim(iris, wren.slug, { way: 'own' })).rejects.toEqual(new Invalid({ way: 'claim.noAddress' }))
  const below = await aMember('Below', { email: `below@customers.${wren.domain}` })
  await expect(beginClaim(below, wren.slug, { way: 'own' })).rejects.toEqual(new Invalid({ way: 'claim.noAddress' }))
  expect(await beginClaim(sol, wren.slug, { way: 'own' })).toEqual({ code: null, mailedTo: `sol@${wren.domain}` })

  const mail = await lastMailTo(`sol@${wren.domain}`)
  expect(mail?.textBody).toContain(`@${sol.handle} would like to look after`)
  await expect(proveClaim(sol, wren.slug, {})).rejects.toEqual(new Invalid({ code: 'required' }))
  await expect(proveClaim(sol, wren.slug, { code: 'f'.repeat(40) })).rejects.toEqual(new Invalid({ code: 'claim.wrongCode' }))
  // The code of another does not serve.
  const postmaster = codeIn((await lastMailTo(`postmaster@${wren.domain}`))?.textBody)
  await expect(proveClaim(sol, wren.slug, { code: postmaster })).rejects.toEqual(new Invalid({ code: 'claim.wrongCode' }))
  await proveClaim(sol, wren.slug, { code: ` ${codeIn(mail?.textBody).toUpperCase()} ` })
  expect(await staffOf(wren.id)).toMatchObject([{ personId: sol.personId }])
})

test('a code is kept as a hash, ends after a week, and with another one or another website', async () => {
  const [wren, iris] = [await anOrphan(), await aMember('Iris')]
  const code = await writtenDown(iris, wren)
  const [kept] = await owner.select().from(vendorClaims).where(eq(vendorClaims.vendorId, wren.id))
  expect(JSON.stringify(kept)).not.toContain(code)
  const move = (set: Partial<typeof vendorClaims.$inferInsert>) =>
    owner.update(vendorClaims).set(set).where(eq(vendorClaims.vendorId, wren.id))
  await move({ expiresAt: new Date(Date.now() - 1000) })
  await expect(proveClaim(iris, wren.slug, {})).rejects.toEqual(new Conflict('claim.notBegun'))
  expect(kept?.expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 7 * 86_400_000)

  await beginClaim(iris, wren.slug, { way: 'record' })
  await expect(proveClaim(iris, wren.slug, {})).rejects.toEqual(new Invalid({ form: 'claim.noRecord' }))
  await writtenDown(iris, wren)
  await owner.update(vendors).set({ website: 'https://elsewhere.example' }).where(eq(vendors.id, wren.id))
  await expect(proveClaim(iris, wren.slug, {})).rejects.toEqual(new Conflict('claim.notBegun'))
  expect(await staffOf(wren.id)).toEqual([])
})

test('what stands in the names serves whoever asked for it, and nobody who reads it there', async () => {
  const [wren, iris, mallory] = [await anOrphan(), await aMember('Iris'), await aMember('Mallory')]
  await beginClaim(mallory, wren.slug, { way: 'record' })
  await writtenDown(iris, wren)
  await expect(proveClaim(mallory, wren.slug, {})).rejects.toThrow(Invalid)
  await proveClaim(iris, wren.slug, {})
  expect(await staffOf(wren.id)).toMatchObject([{ personId: iris.personId }])
})

test('of ten at once one is the first; a vendor that has staff is claimed by nobody, and names those to write to', async () => {
  const wren = await anOrphan()
  const people = await Promise.all(Array.from({ length: 5 }, (_, at) => aMember(`Iris${at}`)))
  const codes = await Promise.all(people.map(async (person) => (await beginClaim(person, wren.slug, { way: 'record' })).code))
  names.records[`_parley.${wren.domain}`] = codes.map((code) => `parley-claim=${code}`)
  const tries = await Promise.allSettled([...people, ...people].map((person) => proveClaim(person, wren.slug, {})))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const [first, ...others] = await staffOf(wren.id)
  expect(others).toEqual([])
  const late = people.find(({ personId }) => personId !== first?.personId) as PersonViewer
  await expect(beginClaim(late, wren.slug, { way: 'record' })).rejects.toEqual(new Conflict('claim.staffed'))
  await expect(proveClaim(late, wren.slug, {})).rejects.toEqual(new Conflict('claim.staffed'))
  const winner = people.find(({ personId }) => personId === first?.personId) as PersonViewer
  expect((await claimPage(late, wren.slug)).staff).toMatchObject([{ handle: winner.handle }])

  await dismissStaff(await anOperator(), wren.slug, { handle: winner.handle })
  await expect(beginClaim(await refreshed(winner), wren.slug, { way: 'record' })).rejects.toEqual(new Forbidden('claim.served'))
})

test('where anybody can have an address, where there is none, or only a number, nothing can be shown', async () => {
  const iris = await aMember('Iris')
  for (const website of [
    null,
    'https://gmail.com/tern',
    'https://www.mail.gmx.de',
    'http://127.0.0.1/',
    'http://localhost:3000/',
    'https://iris@evil.example@gmail.com',
    'https://wren',
  ]) {
    const wren = await anOrphan(website)
    expect((await vendorPage(visitor, wren.slug)).may.claim).toBe(false)
    expect((await claimPage(iris, wren.slug)).domain).toBeNull()
    await expect(beginClaim(iris, wren.slug, { way: 'postmaster' })).rejects.toEqual(new Conflict('claim.noDomain'))
  }
})

test('who is not confirmed, moderates, runs the portal or is nobody does not claim; five times a day is enough', async () => {
  const wren = await anOrphan()
  for (const person of [await aMember('Iris', { confirmed: false }), await aPortalModerator(), await anOperator()])
    await expect(beginClaim(person, wren.slug, { way: 'record' })).rejects.toThrow(Forbidden)
  await expect(claimPage(visitor, wren.slug)).rejects.toThrow(Forbidden)
  const iris = await aMember('Iris')
  await expect(beginClaim(iris, 'no-such-vendor', { way: 'record' })).rejects.toThrow(NotFound)
  for (let at = 0; at < 5; at += 1) await beginClaim(iris, wren.slug, { way: 'record' })
  await expect(beginClaim(iris, wren.slug, { way: 'record' })).rejects.toThrow(TooMany)
})

test('a claim is read by whoever makes it alone, and forgotten when it came to nothing', async () => {
  const [wren, iris, sam] = [await anOrphan(), await aMember('Iris'), await aStaffMember(await aVendor('Orbit'), 'Sam')]
  await beginClaim(iris, wren.slug, { way: 'record' })
  const seenBy = (person: PersonViewer) =>
    transaction(person, (tx) => tx.select().from(vendorClaims).where(eq(vendorClaims.vendorId, wren.id)))
  expect([await seenBy(iris), await seenBy(sam)]).toMatchObject([[{}], []])
  await expect(
    transaction(sam, (tx) =>
      tx.execute(sql`insert into vendor_claims (vendor_id, person_id, domain, way, code_hash, expires_at)
      values (${wren.id}, ${iris.personId}, 'x', 'mail', 'x', now())`),
    ),
  ).rejects.toThrow()
  await forgetClaims()
  expect(await seenBy(iris)).toHaveLength(1)
  await owner
    .update(vendorClaims)
    .set({ expiresAt: new Date(0) })
    .where(eq(vendorClaims.vendorId, wren.id))
  await forgetClaims()
  expect(await seenBy(iris)).toEqual([])
})
