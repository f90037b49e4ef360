import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { newId } from '~/db/ids'
import { interactions, posts, products, threads, vendors, vendorStaff } from '~/db/schema'
import { Forbidden, Invalid, NotFound } from '~/server/errors'
import {
  appointStaff,
  changeVendor,
  createProduct,
  createVendor,
  directoryPage,
  dismissStaff,
  nameDefaultOwner,
  vendorBySlug,
  vendorOfCommunity,
  vendorPage,
  vendorToManage,
} from '~/server/vendors'
import { verdictsOf } from '~/server/recommendations'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, anOperator, aPortalModerator, aProduct, aVendor, owner, refreshed, unique } from '../support/cast'

const eventsOf = async (vendorId: string) =>
  (
    await db.select({ kind: interactions.kind }).from(interactions).where(eq(interactions.vendorId, vendorId)).orderBy(asc(interactions.id))
  ).map(({ kind }) => kind)
const ownerOf = async (vendorId: string) =>
  (await db.select({ id: vendors.defaultOwnerId }).from(vendors).where(eq(vendors.id, vendorId)))[0]?.id

test('operators add vendors and products, each at an address of its own; others do not', async () => {
  const [olu, amina] = [await anOperator(), await aMember()]
  const given = { name: 'Tern Works', slug: unique('tern'), summary: 'Makes a mail client.', website: undefined }
  const { vendorId, slug } = await createVendor(olu, given)
  await expect(createVendor(olu, given)).rejects.toThrow(Invalid)
  await expect(createVendor(amina, { ...given, slug: unique('tern') })).rejects.toThrow(Forbidden)
  const product = { productName: 'Tern Mail', productSlug: 'tern-mail', productSummary: 'Mail.' }
  await createProduct(olu, slug, product)
  await expect(createProduct(olu, slug, product)).rejects.toThrow(Invalid)
  await expect(createProduct(amina, slug, { ...product, productSlug: 'other' })).rejects.toThrow(Forbidden)
  await changeVendor(olu, slug, { ...given, name: 'Tern' })
  await expect(changeVendor(amina, slug, given)).rejects.toThrow(Forbidden)
  expect(await vendorPage(visitor, slug)).toMatchObject({ name: 'Tern', products: [{ slug: 'tern-mail' }], staff: [], responses: null })
  expect(await eventsOf(vendorId)).toEqual(['vendor.created', 'product.created', 'vendor.changed'])
  await expect(vendorBySlug(visitor, 'no-such-vendor')).rejects.toThrow(NotFound)
})

test('staff are appointed by handle; several roles are one line in the directory', async () => {
  const [olu, dara, vendor] = [await anOperator(), await aMember('Dara'), await aVendor()]
  await expect(appointStaff(dara, vendor.slug, { handle: dara.handle, role: 'support' })).rejects.toThrow(Forbidden)
  await expect(appointStaff(olu, vendor.slug, { handle: 'nobody-has-this', role: 'support' })).rejects.toThrow(Invalid)
  await appointStaff(olu, vendor.slug, { handle: dara.handle, role: 'support', askAbout: 'Folders' })
  await appointStaff(olu, vendor.slug, { handle: dara.handle, role: 'support', askAbout: 'Lost and found mail' })
  await appointStaff(olu, vendor.slug, { handle: dara.handle, role: 'advisor' })
  const { staff } = await vendorPage(visitor, vendor.slug)
  expect(staff).toMatchObject([
    { roles: ['support', 'advisor'], askAbout: 'Lost and found mail', who: { seat: { kind: 'staff', vendorName: vendor.name } } },
  ])
  expect(await eventsOf(vendor.id)).toEqual(['staff.appointed', 'staff.appointed'])
})

test('dismissal ends every role at once, keeps the row with its day, and hands relationships over', async () => {
  const [olu, dara, sam, vendor] = [await anOperator(), await aMember('Dara'), await aMember('Sam'), await aVendor()]
  await appointStaff(olu, vendor.slug, { handle: dara.handle, role: 'support' })
  await appointStaff(olu, vendor.slug, { handle: dara.handle, role: 'admin' })
  await appointStaff(olu, vendor.slug, { handle: sam.handle, role: 'advisor' })
  expect(await ownerOf(vendor.id)).toBe(dara.personId)
  await dismissStaff(olu, vendor.slug, { handle: dara.handle })
  await dismissStaff(olu, vendor.slug, { handle: dara.handle })
  const gone = await refreshed(dara)
  expect(gone.staffOf).toEqual([])
  expect(gone.everStaffOf).toContain(vendor.id)
  expect(await ownerOf(vendor.id)).toBe(sam.personId)
  const rows = await db.select({ endedAt: vendorStaff.endedAt }).from(vendorStaff).where(eq(vendorStaff.personId, dara.personId))
  expect(rows.every(({ endedAt }) => endedAt !== null)).toBe(true)
  expect((await eventsOf(vendor.id)).filter((kind) => kind === 'staff.dismissed')).toHaveLength(1)
  await expect(dismissStaff(sam, vendor.slug, { handle: sam.handle })).rejects.toThrow(Forbidden)
})

test('only somebody who serves there owns relationships by default', async () => {
  const [olu, dara, sam, vendor] = [await anOperator(), await aMember('Dara'), await aMember('Sam'), await aVendor()]
  await appointStaff(olu, vendor.slug, { handle: dara.handle, role: 'support' })
  await expect(nameDefaultOwner(olu, vendor.slug, { handle: sam.handle })).rejects.toThrow(Invalid)
  await appointStaff(olu, vendor.slug, { handle: sam.handle, role: 'success' })
  await nameDefaultOwner(olu, vendor.slug, { handle: sam.handle })
  await expect(nameDefaultOwner(dara, vendor.slug, { handle: dara.handle })).rejects.toThrow(Forbidden)
  expect(await ownerOf(vendor.id)).toBe(sam.personId)
})

test('an independent moderator takes no vendor’s seat', async () => {
  const [olu, bo, vendor] = [await anOperator(), await aPortalModerator(), await aVendor()]
  await expect(appointStaff(olu, vendor.slug, { handle: bo.handle, role: 'support' })).rejects.toMatchObject({
    fields: { handle: 'staff.moderator' },
  })
})

test('response times are counted from open rooms, from five answers on', async () => {
  const [vendor, amina, chen] = [await aVendor(), await aMember(), await aMember('Chen')]
  const open = await aCommunity({ hostVendorId: vendor.id })
  const closed = await aCommunity({ hostVendorId: vendor.id, access: 'invitation' })
  for (const hours of [1, 2, 3, 4]) await aQuestionAnsweredAfter(hours, open.id, amina, chen)
  for (const hours of [100, 100]) await aQuestionAnsweredAfter(hours, closed.id, amina, chen)
  expect((await vendorPage(visitor, vendor.slug)).responses).toBeNull()
  await aQuestionAnsweredAfter(10, open.id, amina, chen)
  await aQuestionAnsweredAfter(null, open.id, amina, chen)
  expect((await vendorPage(visitor, vendor.slug)).responses).toMatchObject({ medianHours: 3, nineInTenHours: 10, answered: 5, asked: 6 })
})

test('a vendor’s private rooms are on its page for their members alone', async () => {
  const [vendor, chen] = [await aVendor(), await aMember('Chen')]
  const room = await aCommunity({ hostVendorId: vendor.id, access: 'invitation', members: [chen] })
  expect((await vendorPage(visitor, vendor.slug)).communities).toEqual([])
  expect((await vendorPage(await refreshed(chen), vendor.slug)).communities).toMatchObject([{ slug: room.slug }])
})

test('whose room it is: the host’s, else the product’s maker’s, else nobody’s', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  expect(await vendorOfCommunity((await aCommunity({ hostVendorId: vendor.id })).id)).toBe(vendor.id)
  expect(await vendorOfCommunity((await aCommunity({ productId: product.id })).id)).toBe(vendor.id)
  expect(await vendorOfCommunity((await aCommunity()).id)).toBeNull()
})

test('the directory lists products, and the operator’s screen is the operators’', async () => {
  const vendor = await aVendor(unique('zilver'))
  const product = await aProduct(vendor)
  expect((await directoryPage({ search: vendor.name })).vendors.find(({ slug }) => slug === vendor.slug)?.products).toEqual([
    { productId: product.id, slug: product.slug, name: product.name, summary: '', categories: [] },
  ])
  await expect(vendorToManage(await aMember(), vendor.slug)).rejects.toThrow(Forbidden)
})

test('of many products two hundred are listed, the oldest, with their scores; how many more there are is said', async () => {
  const vendor = await aVendor(unique('Marlow'))
  const began = Date.now() - 9 * 86_400_000
  await owner.insert(products).values(
    Array.from({ length: 203 }, (_, at) => ({
      ...{ id: newId(), vendorId: vendor.id, slug: `part-${at}`, name: `Part ${at}`, createdAt: new Date(began + at * 1000) },
    })),
  )
  const page = await vendorPage(visitor, vendor.slug)
  expect([page.products.length, page.productCount, page.products.at(-1)?.slug]).toEqual([200, 203, 'part-199'])
  const scored = Object.keys((await verdictsOf(visitor, vendor.id)).products)
  expect([scored.length, scored.includes('part-199'), scored.includes('part-200')]).toEqual([200, true, false])
})

async function aQuestionAnsweredAfter(hours: number | null, communityId: string, asker: PersonViewer, answerer: PersonViewer) {
  const askedAt = new Date(Date.now() - 20 * 86_400_000)
  const threadId = newId()
  const words = { markdown: 'x', html: '<p>x</p>' }
  await owner.insert(threads).values({
    id: threadId,
    communityId,
    kind: 'question',
    title: 'Why?',
    handleId: asker.handleId,
    createdAt: askedAt,
    answerCount: hours === null ? 0 : 1,
  })
  await owner.insert(posts).values({ id: newId(), threadId, kind: 'opening', handleId: asker.handleId, ...words, createdAt: askedAt })
  if (hours !== null)
    await owner.insert(posts).values({
      id: newId(),
      threadId,
      kind: 'answer',
      handleId: answerer.handleId,
      ...words,
      createdAt: new Date(askedAt.getTime() + hours * 3_600_000),
    })
}
