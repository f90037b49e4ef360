import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { db } from '~/db/client'
import { quotedRecommendations, vendors } from '~/db/schema'
import { importReviews } from '~/server/imports'
import { quotedOf } from '~/server/recommendations'
import { foldedLine } from '~/server/platform/text'
import { Forbidden } from '~/server/errors'
import { systemViewer, type SystemViewer } from '~/server/viewer'
import { aMember, aProduct, aStaffMember, aVendor, anOperator, unique } from '../support/cast'

const SEED = 'db/seed/data'
const viewer = systemViewer('import')
const app = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => {} })
afterAll(() => app.end({ timeout: 2 }))

const SETS = [
  ['chocolate-bars', 'flavors-of-cacao'],
  ['fine-foods-1k', 'fine-foods'],
] as const

test.each(SETS)(
  '%s: the database holds exactly what the file says; a dry run says so before and writes nothing, and a second run changes nothing',
  async (set, format) => {
    const wanted = { format, site: unique('site'), vendor: unique('Grocer') }
    const directory = join(SEED, set)
    const before = await rowCounts()
    const dry = await importReviews(viewer, directory, { ...wanted, dryRun: true })
    expect(await rowCounts()).toEqual(before)
    expect(dry.facts).toBeUndefined()

    const first = await importReviews(viewer, directory, wanted)
    expect(first.written).toEqual(dry.written)
    expect(first.broken).toEqual({ count: 0, rows: [] })
    expect(first.facts).toEqual(await expectedFacts(set))

    const after = await rowCounts()
    const second = await importReviews(viewer, directory, wanted)
    expect(second.written).toEqual({ recommendations: 0, people: 0, products: 0, vendors: 0 })
    expect(second.unchanged).toBe(first.written.recommendations)
    expect(await rowCounts()).toEqual(after)
  },
  120_000,
)

test('broken off in any batch and started again, it ends in the same state', async () => {
  const directory = join(SEED, 'fine-foods-1k')
  const [whole, broken] = [unique('site'), unique('site')]
  const vendor = unique('Grocer')
  await importReviews(viewer, directory, { format: 'fine-foods', site: whole, vendor })
  for (const last of [1, 2]) {
    const onBatch = (batch: number) => {
      if (batch >= last) throw new Error('the power went')
    }
    await expect(importReviews(viewer, directory, { format: 'fine-foods', site: broken, vendor, onBatch })).rejects.toThrow(
      'the power went',
    )
  }
  expect((await contentOf(broken)).length).toBe(500)
  const { written, unchanged } = await importReviews(viewer, directory, { format: 'fine-foods', site: broken, vendor })
  expect([written.recommendations, unchanged]).toEqual([500, 500])
  expect(await contentOf(broken)).toEqual(await contentOf(whole))
}, 120_000)

test('two runs at once end as one', async () => {
  const site = unique('site')
  const wanted = { format: 'fine-foods', site, vendor: unique('Grocer') } as const
  const runs = await Promise.all([1, 2].map(() => importReviews(viewer, join(SEED, 'fine-foods-1k'), wanted)))
  expect(runs.reduce((sum, { written }) => sum + written.recommendations, 0)).toBe(1000)
  expect((await contentOf(site)).length).toBe(1000)
}, 120_000)

const COLUMNS =
  'external_id,source_site,source_url,vendor_name,product_name,rating,rating_scale,title,pros,cons,reviewer_display,company_name,industry,submitted_at,licence,status,vendor_reply'
const line = (id: string, { site, vendor, ...other }: { site: string; vendor: string } & Record<string, string>) => {
  const said: Record<string, string> = {
    ...{ source_url: `https://${site}/r/${id}`, product_name: 'Tern Mail', rating: '4', rating_scale: '5', title: 'Solid', pros: 'Fast' },
    ...{
      cons: 'Rules',
      reviewer_display: '@next',
      company_name: 'Museum',
      industry: 'Culture',
      submitted_at: '2024-03-01',
      licence: 'CC BY 4.0',
    },
    ...{ status: 'published', vendor_reply: '', ...other, external_id: id, source_site: site, vendor_name: vendor },
  }
  return COLUMNS.split(',')
    .map((name) => `"${said[name] ?? ''}"`)
    .join(',')
}

async function aFile(...lines: string[]) {
  const directory = await mkdtemp(join(tmpdir(), 'parley-reviews-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  await writeFile(join(directory, 'reviews.csv'), [COLUMNS, ...lines].join('\n'))
  return directory
}

test('a broken row is left out and told with its reason; the others come in', async () => {
  const it = { site: unique('site'), vendor: unique('Tern') }
  const directory = await aFile(
    line('1', it),
    line('2', { ...it, rating: 'many' }),
    line('3', { ...it, rating: '6' }),
    line('4', { ...it, licence: '' }),
    line('5', { ...it, source_url: 'javascript:alert(1)' }),
    line('6', { ...it, submitted_at: '2024-02-31' }),
    line('7', { ...it, status: 'rejected' }),
    line('1', it),
    line('8', it),
  )
  const { written, broken } = await importReviews(viewer, directory, { format: 'canonical' })
  expect(written).toEqual({ recommendations: 2, people: 1, products: 1, vendors: 1 })
  expect(broken.count).toBe(7)
  expect(broken.rows.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 7, 8])
  expect(broken.rows.map(({ reason }) => reason).join('\n')).toMatch(
    /rating should be a number.*“many”.\nrating should be from 0 to 5.*\nlicence is missing.\nsource_url should be a web address.*\nsubmitted_at should be a date.*\nIt is not published.*\n.*1 was there before./,
  )
})

test('each row is read within its bounds: what is too long, of no scale or dated ahead is told in the check run, and the others come in', async () => {
  const it = { site: unique('site'), vendor: unique('Tern') }
  const long = 'x'.repeat(201)
  const ahead = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
  const directory = await aFile(
    line('1', { ...it, rating: '0', rating_scale: '0' }),
    line('2', { ...it, submitted_at: ahead }),
    line(long, it),
    line('4', { ...it, vendor: long }),
    line('5', { ...it, product_name: long }),
    line('6', { ...it, reviewer_display: long }),
    line('7', { ...it, licence: long }),
    line('8', { ...it, industry: long }),
    line('9', { ...it, title: 'x'.repeat(501) }),
    line('10', { ...it, source_url: `https://${it.site}/${'x'.repeat(2000)}` }),
    line('11', { ...it, title: 'x'.repeat(500), product_name: 'x'.repeat(200) }),
  )
  const check = await importReviews(viewer, directory, { format: 'canonical', dryRun: true })
  expect(check.written).toMatchObject({ recommendations: 1 })
  expect(check.broken.rows.map(({ row, reason }) => `${row}: ${reason}`)).toEqual([
    '1: rating_scale should be more than 0.',
    `2: submitted_at lies ahead: “${ahead}”.`,
    '3: external_id is longer than 200 characters.',
    '4: vendor_name is longer than 200 characters.',
    '5: product_name is longer than 200 characters.',
    '6: reviewer_display is longer than 200 characters.',
    '7: licence is longer than 200 characters.',
    '8: industry is longer than 200 characters.',
    '9: title is longer than 500 characters.',
    '10: source_url is longer than 2,000 characters.',
  ])
  expect((await importReviews(viewer, directory, { format: 'canonical' })).written.recommendations).toBe(1)
})

test('a file that breaks off, or is another one, brings nothing', async () => {
  const it = { site: unique('site'), vendor: unique('Tern') }
  const cut = await aFile(line('1', it), line('2', it).slice(0, -1))
  await expect(importReviews(viewer, cut, { format: 'canonical' })).rejects.toMatchObject({ reasonKey: 'truncated', row: 2 })
  const other = await aFile()
  await writeFile(join(other, 'reviews.csv'), 'a,b\n1,2\n')
  await expect(importReviews(viewer, other, { format: 'canonical' })).rejects.toThrow(
    /reviews\.csv: These columns are missing: external_id/,
  )
  await rm(join(other, 'reviews.csv'))
  await expect(importReviews(viewer, other, { format: 'canonical' })).rejects.toMatchObject({ reasonKey: 'missing' })
  expect(await db.select().from(vendors).where(eq(vendors.name, it.vendor))).toEqual([])
})

test('only the portal itself imports', async () => {
  const directory = await aFile()
  for (const person of [await anOperator(), await aStaffMember(await aVendor())])
    await expect(importReviews(person as unknown as SystemViewer, directory, { format: 'canonical' })).rejects.toThrow(Forbidden)
})

test('what is quoted stands under the vendor of that name with its source and licence, by a name that is no handle', async () => {
  const vendor = await aVendor(unique('Tern Works'))
  const product = await aProduct(vendor, 'Tern Mail')
  const site = unique('site')
  const directory = await aFile(line('1', { site, vendor: vendor.name, vendor_reply: 'Thank you.' }))
  expect((await importReviews(viewer, directory, { format: 'canonical' })).written).toMatchObject({ vendors: 0, products: 0 })
  const { quoted, older } = await quotedOf(vendor.id)
  expect(older).toBeNull()
  expect(quoted).toMatchObject([
    {
      product: { name: 'Tern Mail', slug: product.slug },
      by: { displayName: '@next', handle: null, placeholder: true },
      source: site,
      sourceUrl: `https://${site}/r/1`,
      licence: 'CC BY 4.0',
      about: { industry: 'Culture' },
      reply: 'Thank you.',
    },
  ])
  expect(JSON.stringify(quoted)).not.toContain('Museum')
})

test('nobody changes, hides or removes what is quoted, or adds to it: not its vendor’s staff, not an operator', async () => {
  const vendor = await aVendor(unique('Tern Works'))
  const site = unique('site')
  await importReviews(viewer, await aFile(line('1', { site, vendor: vendor.name })), { format: 'canonical' })
  const people = [await aStaffMember(vendor), await anOperator(), await aMember()]
  for (const { personId } of people) {
    const tried = (query: (tx: postgres.TransactionSql) => Promise<unknown>) =>
      expect(
        app.begin(async (tx) => {
          await tx`select set_config('parley.person_id', ${personId}, true)`
          await query(tx)
        }),
      ).rejects.toMatchObject({ code: '42501' })
    await tried((tx) => tx`update quoted_recommendations set rating = 5 where source = ${site}`)
    await tried((tx) => tx`delete from quoted_recommendations where source = ${site}`)
    await tried(
      (
        tx,
      ) => tx`insert into quoted_recommendations (id, vendor_id, product_id, handle_id, source, source_id, licence, rating, rating_scale, written_at)
        select gen_random_uuid(), vendor_id, product_id, handle_id, source, '2', licence, 5, 5, now() from quoted_recommendations where source = ${site}`,
    )
  }
  expect((await contentOf(site)).map(({ rating }) => rating)).toEqual([4])
})

test('pages of what is quoted follow one another', async () => {
  const vendor = await aVendor(unique('Tern Works'))
  const site = unique('site')
  const lines = Array.from({ length: 25 }, (_, n) => line(String(n), { site, vendor: vendor.name, title: `Number ${n}` }))
  await importReviews(viewer, await aFile(...lines), { format: 'canonical' })
  const first = await quotedOf(vendor.id)
  const second = await quotedOf(vendor.id, first.older)
  expect([first.quoted.length, second.quoted.length, second.older]).toEqual([20, 5, null])
  expect(new Set([...first.quoted, ...second.quoted].map(({ title }) => title)).size).toBe(25)
})

async function expectedFacts(set: string) {
  // What was replaced in the copy before it came here is no fact about the import.
  const { contact_strings_replaced: _, ...facts } = JSON.parse(await readFile(`${SEED}/${set}/facts.json`, 'utf8'), folded) as Facts
  return facts
}
type Facts = Record<string, unknown>

/** A title is one line: two spaces are one. */
const folded = (_: string, value: unknown) => (typeof value === 'string' ? foldedLine(value) : value)

const contentOf = (source: string) =>
  db
    .select({
      ...{ sourceId: quotedRecommendations.sourceId, vendorId: quotedRecommendations.vendorId, productId: quotedRecommendations.productId },
      ...{ rating: quotedRecommendations.rating, title: quotedRecommendations.title, body: quotedRecommendations.body },
      ...{ licence: quotedRecommendations.licence, evidence: quotedRecommendations.evidence, writtenAt: quotedRecommendations.writtenAt },
    })
    .from(quotedRecommendations)
    .where(eq(quotedRecommendations.source, source))
    .orderBy(quotedRecommendations.sourceId)

async function rowCounts() {
  const [row] = await db.execute<
    Record<string, number>
  >(sql`select (select count(*)::int from vendors) as vendors, (select count(*)::int from products) as products,
    (select count(*)::int from handles) as handles, (select count(*)::int from quoted_recommendations) as quoted, (select count(*)::int from interactions) as interactions,
    (select count(*)::int from outbox) as outbox, (select count(*)::int from recommendations) as recommendations`)
  return row
}
