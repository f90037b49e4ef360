import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import { interactions, namedVendors, organizations, affiliations, vendors } from '~/db/schema'
import { newId } from '~/db/ids'
import { Forbidden, Invalid, NotFound } from '~/server/errors'
import { decide } from '~/server/moderation'
import { namePage, nameVendor, peerRooms, requestList, requestOf, requestPage, requestRecommendations } from '~/server/peers'
import { askQuestion, threadPage } from '~/server/threads'
import { giveGrant, keepAttribute } from '~/server/vault'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, aPortalModerator, aProduct, aStaffMember, aVendor, owner, refreshed, trusted, unique } from '../support/cast'
import { aConfirmedCustomer } from '../recommendations/scene'

const wanted = {
  title: 'Whom would you use for invoices across the EU?',
  body: 'Two hundred people, four countries, and an auditor who asks.',
  tags: [],
  organisationSize: '51-250' as const,
  industry: 'health' as const,
  mustHaves: 'Peppol',
  budget: undefined,
}
const because = {
  body: 'It sends what the authorities accept, each month.',
  relation: 'customer' as const,
  incentive: 'none' as const,
  invitedBy: 'nobody' as const,
  organisationSize: null,
  industry: null,
}

/** Amina asks in a room of no vendor. */
async function aRequest() {
  const [room, amina] = await Promise.all([aCommunity(), aMember('Amina')])
  const asked = await requestRecommendations(amina, room.slug, wanted)
  const number = String(asked.number)
  const page = async (viewer: PersonViewer | typeof visitor = visitor) => {
    const thread = await threadPage(viewer, { slug: room.slug, number, order: 'helpful' })
    return { thread, request: await requestOf(viewer, thread) }
  }
  return { room, amina, asked, number, page }
}
const kindsOf = async (threadId: string) =>
  (
    await db
      .select({ kind: interactions.kind })
      .from(interactions)
      .where(sql`${interactions.payload} ->> 'threadId' = ${threadId}`)
      .orderBy(interactions.id)
  ).map(({ kind }) => kind)

test('a request is a question that says for whom; it leaves its event and stands in the list', async () => {
  const { room, amina, asked, page } = await aRequest()
  const { thread, request } = await page()
  expect(thread).toMatchObject({ kind: 'question', isRequest: true, vendorName: null })
  expect(request).toMatchObject({ organisationSize: '51-250', industry: 'health', mustHaves: 'Peppol', budget: '', tally: [] })
  expect(await kindsOf(asked.threadId)).toEqual(expect.arrayContaining(['question.asked', 'request.made']))
  const listed = async (sought: Parameters<typeof requestList>[1]) =>
    (await requestList(amina, sought)).requests.some(({ threadId }) => threadId === asked.threadId)
  expect(await listed({})).toBe(true)
  expect(await listed({ size: '51-250', industry: 'health' })).toBe(true)
  expect(await listed({ size: '1-10' })).toBe(false)
  expect(await listed({ industry: 'media' })).toBe(false)
  const question = await askQuestion(amina, room.slug, {
    title: 'Which port does it use at night?',
    body: 'I cannot find it anywhere.',
    tags: [],
  })
  const plain = await threadPage(visitor, { slug: room.slug, number: String(question.number), order: 'helpful' })
  expect([plain.isRequest, await requestOf(visitor, plain)]).toEqual([false, null])
})

test('peers are asked where no vendor has a say, and by those who may ask there', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const [hosted, about, closed, amina, ursel] = await Promise.all([
    aCommunity({ hostVendorId: vendor.id }),
    aCommunity({ productId: product.id }),
    aCommunity({ access: 'invitation' }),
    aMember('Amina'),
    aMember('Ursel', { confirmed: false }),
  ])
  for (const room of [hosted, about]) {
    await expect(requestRecommendations(amina, room.slug, wanted)).rejects.toThrow(Forbidden)
    await expect(requestPage(amina, room.slug)).rejects.toThrow(Forbidden)
    await expect(requestPage(visitor, room.slug)).rejects.toThrow(Forbidden)
  }
  await expect(requestRecommendations(amina, closed.slug, wanted)).rejects.toThrow(NotFound)
  const { room } = await aRequest()
  for (const person of [ursel, visitor]) await expect(requestRecommendations(person, room.slug, wanted)).rejects.toThrow(Forbidden)
  expect(await requestPage(visitor, room.slug)).toMatchObject({ signedIn: false })
  expect((await peerRooms(amina)).map(({ slug }) => slug)).not.toContain(hosted.slug)
})

test('what is asked in a closed room is listed for its members alone', async () => {
  const [amina, chen] = await Promise.all([aMember('Amina'), aMember('Chen')])
  const room = await aCommunity({ access: 'invitation', members: [amina] })
  const { threadId } = await requestRecommendations(await refreshed(amina), room.slug, wanted)
  const listed = async (viewer: PersonViewer | typeof visitor) =>
    (await requestList(viewer)).requests.some((it) => it.threadId === threadId)
  expect([await listed(await refreshed(amina)), await listed(chen), await listed(visitor)]).toEqual([true, false, false])
})

test('an answer names a vendor of the directory by its name or a product’s, or one that is not in it', async () => {
  const { number, asked, page } = await aRequest()
  const vendor = await aVendor(unique('Ätlas Invoices'))
  const product = await aProduct(vendor, unique('Atlas Peppol'))
  const [bo, chen, dara] = await Promise.all([aMember('Bo'), aMember('Chen'), aMember('Dara')])
  expect((await namePage(bo, number)).names.length).toBeGreaterThan(0)
  const one = await nameVendor(bo, number, { ...because, named: vendor.name.toUpperCase().replace('Ä', 'A') })
  const two = await nameVendor(chen, number, { ...because, named: product.name, organisationSize: '51-250', industry: 'health' })
  const three = await nameVendor(dara, number, { ...because, named: 'A neighbour’s script', relation: 'other' })
  const { thread, request } = await page()
  expect(thread.answers.map(({ postId }) => postId).toSorted()).toEqual([one.postId, two.postId, three.postId].toSorted())
  expect(request?.named).toMatchObject({
    [one.postId]: { vendorSlug: vendor.slug, product: null, relation: 'customer', evidence: 'self-declared', counted: true },
    [two.postId]: { vendorSlug: vendor.slug, product: product.name, organisationSize: '51-250' },
    [three.postId]: { vendorSlug: null, name: 'A neighbour’s script' },
  })
  expect(request?.tally).toEqual([
    { vendorSlug: vendor.slug, name: vendor.name, count: 2, alike: 1 },
    { vendorSlug: null, name: 'A neighbour’s script', count: 1, alike: 0 },
  ])
  expect((await kindsOf(asked.threadId)).filter((kind) => kind === 'vendor.named')).toHaveLength(3)
})

test('one person counts once for a vendor, ten at once as well', async () => {
  const { number, page } = await aRequest()
  const [vendor, chen] = await Promise.all([aVendor(unique('Once')), aMember('Chen').then((chen) => trusted(chen))])
  await Promise.all(Array.from({ length: 10 }, () => nameVendor(chen, number, { ...because, named: vendor.name })))
  expect((await page()).request?.tally).toMatchObject([{ vendorSlug: vendor.slug, count: 1 }])
})

test('whoever works for the vendor, has worked there or works for another says so, and is not counted; what else shows it is told to them alone', async () => {
  const { number, page } = await aRequest()
  const vendor = await aVendor(unique('Tied'))
  const [staff, rival, colleague, customer] = await Promise.all([
    aStaffMember(vendor),
    aStaffMember(await aVendor(unique('Rival')), 'Ines'),
    aMember('Kim'),
    aMember('Noor'),
  ])
  const organisationId = newId()
  await owner.insert(organizations).values({ id: organisationId, name: vendor.name })
  await owner
    .insert(affiliations)
    .values({ id: newId(), personId: colleague.personId, organizationId: organisationId, startedAt: new Date() })
  const tied = []
  for (const person of [staff, rival, colleague]) {
    await expect(nameVendor(person, number, { ...because, named: vendor.name })).rejects.toMatchObject({
      fields: { relation: 'request.tieUnsaid' },
    })
    tied.push((await nameVendor(person, number, { ...because, relation: 'tied', named: vendor.name })).postId)
  }
  const partner = await nameVendor(await aMember('Piet'), number, { ...because, relation: 'partner', named: vendor.name })
  const counted = await nameVendor(customer, number, { ...because, named: vendor.name })
  const { thread, request } = await page()
  expect(thread.answers).toHaveLength(5)
  for (const postId of [...tied, partner.postId]) expect(request?.named[postId]).toMatchObject({ counted: false })
  expect(request?.named[counted.postId]).toMatchObject({ counted: true })
  expect(request?.tally).toMatchObject([{ vendorSlug: vendor.slug, count: 1 }])
  expect(JSON.stringify(request)).not.toMatch(/employer|competitor/)
})

test('evidence and ties are what the records show, whatever is sent along', async () => {
  const { number, page } = await aRequest()
  const [vendor, chen] = await Promise.all([aVendor(unique('Shown')), aMember('Chen')])
  await aConfirmedCustomer(chen, vendor)
  const { postId } = await nameVendor(chen, number, { ...because, named: vendor.name })
  expect((await page()).request?.named[postId]).toMatchObject({ evidence: 'relationship' })
  const dara = await aStaffMember(vendor)
  const mine = await nameVendor(dara, number, { ...because, relation: 'tied', named: 'Nothing in particular' })
  const sent = {
    postId: mine.postId,
    handleId: dara.handleId,
    vendorId: vendor.id,
    named: vendor.name,
    relation: 'customer',
    incentive: 'none',
    invitedBy: 'nobody',
  } as const
  // Neither over what stands, nor under an answer of somebody else, nor in somebody else’s name.
  await expect(transaction(dara, (tx) => tx.insert(namedVendors).values({ ...sent, postId }))).rejects.toThrow()
  await expect(transaction(dara, (tx) => tx.insert(namedVendors).values({ ...sent, postId, handleId: chen.handleId }))).rejects.toThrow()
  await expect(
    transaction(dara, (tx) => tx.update(namedVendors).set({ relation: 'customer' }).where(eq(namedVendors.postId, mine.postId))),
  ).rejects.toThrow()
})

test('of two that are called the same, neither is guessed', async () => {
  const { number } = await aRequest()
  const name = unique('Twin')
  await owner.insert(vendors).values([
    { id: newId(), slug: unique('twin'), name },
    { id: newId(), slug: unique('twin'), name },
  ])
  await expect(nameVendor(await aMember('Chen'), number, { ...because, named: name })).rejects.toThrow(Invalid)
})

test('whoever asks names nobody, nor does a visitor; a plain question takes no names; what is hidden is not counted', async () => {
  const { room, amina, number, page } = await aRequest()
  await expect(nameVendor(amina, number, { ...because, named: 'Mine' })).rejects.toThrow(Forbidden)
  await expect(nameVendor(visitor, number, { ...because, named: 'Mine' })).rejects.toThrow(Forbidden)
  await expect(namePage(amina, '99999999')).rejects.toThrow(NotFound)
  const question = await askQuestion(amina, room.slug, {
    title: 'Which port does it use at night?',
    body: 'I cannot find it anywhere.',
    tags: [],
  })
  const [chen, bo] = await Promise.all([aMember('Chen'), aPortalModerator()])
  await expect(nameVendor(chen, String(question.number), { ...because, named: 'Mine' })).rejects.toThrow(NotFound)
  const { postId } = await nameVendor(chen, number, { ...because, named: 'Spam works' })
  await owner.execute(sql`update people set is_operator = true where id = ${bo.personId}::uuid`)
  await decide(await refreshed(bo), 'post', postId, {
    act: 'hide',
    rule: 'advertising',
    facts: 'It sells.',
    why: 'It answers nothing.',
    seen: '',
  })
  expect((await page()).request).toMatchObject({ tally: [], named: {} })
})

test('what stands in a vault labels nothing that others read: its owner is asked to say so, and a vendor learns nothing from the answer', async () => {
  const { number, page } = await aRequest()
  const [vendor, other, kim] = await Promise.all([aVendor(unique('Vaulted')), aVendor(unique('Elsewhere')), aMember('Kim')])
  await keepAttribute(kim, 'organisation', { value: vendor.name })
  const until = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
  await giveGrant(kim, { vendor: other.slug, purpose: 'relationship', attributes: ['organisation'], until })
  await expect(nameVendor(kim, number, { ...because, named: vendor.name })).rejects.toMatchObject({
    fields: { relation: 'request.tieUnsaid' },
  })
  expect((await page()).thread.answers).toEqual([])
  const rows = await owner.execute(
    sql`select column_name from information_schema.columns where table_name = 'named_vendors' and column_name = 'tie'`,
  )
  expect(rows).toHaveLength(0)
})

test('who serves a vendor has no say in what peers name, not as a moderator of the room either; a moderator who serves none has', async () => {
  const [vendor, noor, chen, bo] = await Promise.all([aVendor(unique('Own')), aMember('Noor'), aMember('Chen'), aMember('Bo')])
  const dara = await aStaffMember(vendor)
  const room = await aCommunity({ members: [noor], moderators: [dara, bo] })
  const { number, threadId, postId: opening } = await requestRecommendations(await refreshed(noor), room.slug, wanted)
  const { postId } = await nameVendor(chen, String(number), { ...because, named: 'Their rival' })
  const hide = { act: 'hide', rule: 'advertising', facts: 'It sells.', why: 'It answers nothing.', seen: '' } as const
  const staff = await refreshed(dara)
  for (const [kind, id] of [
    ['post', postId],
    ['post', opening],
    ['thread', threadId],
  ] as const)
    await expect(decide(staff, kind, id, hide)).rejects.toThrow(Forbidden)
  await expect(decide(staff, 'thread', threadId, { ...hide, act: 'lock' })).rejects.toThrow(Forbidden)
  expect((await threadPage(staff, { slug: room.slug, number: String(number), order: 'helpful' })).may.moderate).toBe(false)
  await expect(decide(await refreshed(bo), 'post', postId, hide)).resolves.toBeTruthy()
  // What is no request they moderate as before.
  const plain = await askQuestion(await refreshed(noor), room.slug, {
    title: 'Which port does it use at night?',
    body: 'I cannot find it.',
    tags: [],
  })
  await expect(decide(staff, 'thread', plain.threadId, hide)).resolves.toBeTruthy()
})
