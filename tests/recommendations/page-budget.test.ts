import { expect, test } from 'vitest'
import { closeDatabase } from '~/db/client'
import { recommendPage, verdictsOf } from '~/server/recommendations'
import { vendorPage } from '~/server/vendors'
import { visitor, type Viewer } from '~/server/viewer'
import { aMember, aProduct, aVendor } from '../support/cast'
import { manyRecommendations } from './scene'

const watched = globalThis as typeof globalThis & { parleyQueryWatcher?: (connection: number, query: string) => void }
async function queriesOf(work: () => Promise<unknown>) {
  let queries = 0
  await closeDatabase(1)
  watched.parleyQueryWatcher = (_, query) => void (/set_config|^(begin|commit)/.test(query) ? null : (queries += 1))
  await work()
  watched.parleyQueryWatcher = undefined
  await closeDatabase(1)
  return queries
}

test('a vendor’s page takes as many queries for thirty recommendations as for one, named or not, and eight at most', async () => {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const page = (viewer: Viewer) =>
    queriesOf(async () => {
      await vendorPage(viewer, vendor.slug)
      await verdictsOf(viewer, vendor.id)
    })
  const many = (count: number, named: boolean) =>
    manyRecommendations(
      vendor.id,
      product.id,
      Array.from({ length: count }, () => 4),
      { named },
    )
  const amina = await aMember('Amina')
  await many(1, true)
  const [one, oneSignedIn] = [await page(visitor), await page(amina)]
  await many(15, true)
  await many(15, false)
  expect([await page(visitor), await page(amina)]).toEqual([one, oneSignedIn])
  expect(Math.max(one, oneSignedIn)).toBeLessThanOrEqual(8)
})

test('the form to write takes no more queries for many products than for one', async () => {
  const [vendor, amina] = [await aVendor(), await aMember('Amina')]
  await aProduct(vendor)
  const form = () => queriesOf(() => recommendPage(amina, vendor.slug))
  const one = await form()
  for (const name of ['Two', 'Three', 'Four']) await aProduct(vendor, name)
  expect(await form()).toBe(one)
  expect(one).toBeLessThanOrEqual(4)
})
