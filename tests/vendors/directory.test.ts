import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { vendors } from '~/db/schema'
import { directoryPage } from '~/server/vendors'
import { aProduct, aStaffMember, aVendor, owner, unique } from '../support/cast'

/** A word that no other test uses. */
const aWord = () =>
  unique('zz').replace(/[^a-z]/gu, '') + [...newId().slice(-8)].map((digit) => 'qwertyuiopasdfgh'[parseInt(digit, 16)]).join('')

async function namedSo(names: string[]) {
  await owner.insert(vendors).values(names.map((name) => ({ id: newId(), name, slug: unique('vendor') })))
}

test('a vendor is found by the beginning of a word of its name, or of a product’s name, whatever the case and the accents', async () => {
  const [name, sold] = [aWord(), aWord()]
  const vendor = await aVendor(`Ateliér ${name} Works`)
  await aProduct(vendor, `Post ${sold}`)
  await aStaffMember(vendor)
  for (const search of [name, name.toUpperCase(), name.slice(0, -2), `${name} atelier`, sold, `post ${sold}`]) {
    const { vendors: found } = await directoryPage({ search })
    expect(found, search).toMatchObject([
      { slug: vendor.slug, staffCount: 1, recommendationCount: 0, products: [{ name: `Post ${sold}` }] },
    ])
  }
  for (const search of [`${name} ${sold}`, `${name}x`, `${name} nowhere`])
    expect((await directoryPage({ search })).vendors, search).toEqual([])
})

test('what is no word finds nothing, and no control character reaches the database', async () => {
  await aVendor()
  for (const search of ['%', '--', '…', '( ) *']) expect((await directoryPage({ search })).vendors, search).toEqual([])
  expect((await directoryPage({ search: 'a\u0000b' })).search).toBe('')
  expect((await directoryPage({ search: 'x'.repeat(500) })).search).toHaveLength(80)
})

test('pages follow one another by name, each vendor once, those of one name too', async () => {
  const word = aWord()
  await namedSo([...Array.from({ length: 60 }, (_, n) => `${word} ${String(n).padStart(3, '0')}`), `${word} 030`, `${word} 030`])
  const first = await directoryPage({ search: word })
  const second = await directoryPage({ search: word, after: first.next })
  expect([first.vendors.length, second.vendors.length, second.next]).toEqual([50, 12, null])
  const all = [...first.vendors, ...second.vendors]
  expect(new Set(all.map(({ vendorId }) => vendorId)).size).toBe(62)
  expect(all.map((vendor) => vendor.name)).toEqual(all.map((vendor) => vendor.name).toSorted())
})

test('a page after what is no vendor is the first one, or none', async () => {
  const word = aWord()
  await namedSo([word])
  expect((await directoryPage({ search: word, after: 'nonsense' })).vendors).toHaveLength(1)
  expect((await directoryPage({ search: word, after: newId() })).vendors).toEqual([])
})
