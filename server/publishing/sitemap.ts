import { and, asc, desc, eq, gt, lte } from 'drizzle-orm'
import { create } from 'xmlbuilder2'
import { db } from '~/db/client'
import { communities, recommendations, threads, vendors } from '~/db/schema'
import { knownTo } from '~/server/communities'
import { NotFound } from '~/server/errors'
import { dayOf, visibleTo as recommendationsVisibleTo } from '~/server/recommendations'
import { visibleTo } from '~/server/threads'
import { visitor } from '~/server/viewer'
import { absolute } from './address'

/** Thread numbers in one file, and at most so many recommendations: sitemaps.org allows 50,000 addresses a file. */
const NUMBERS_A_FILE = 10_000
const MOST_OF_A_KIND = 20_000

type Listed = { path: string; changedAt?: Date | null }
/** What only the addresses of pages know. */
export type Addresses = {
  thread: (slug: string, number: number, title: string) => string
  community: (slug: string) => string
  vendor: (slug: string) => string
  recommendation: (id: string) => string
  fixed: string[]
}

/** Everything that is nobody's own is to be found; what belongs to a person, or is done rather than read, is not. */
export function robotsFile(): string {
  const closed = ['/me/', '/search', '/operate', '/relationships/', '/moderation/people/', '/flags/', '/posts/', '/dev/']
  return ['User-agent: *', ...closed.map((path) => `Disallow: ${path}`), `Sitemap: ${absolute('/sitemap.xml')}`, ''].join('\n')
}

/** One file for the pages that are few, and one for each ten thousand thread numbers. */
export async function sitemapIndex(): Promise<string> {
  const [last] = await db.select({ number: threads.number }).from(threads).orderBy(desc(threads.number)).limit(1)
  const files = Math.ceil((last?.number ?? 0) / NUMBERS_A_FILE)
  const index = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '' }).ele(
    'http://www.sitemaps.org/schemas/sitemap/0.9',
    'sitemapindex',
  )
  for (const name of ['pages', ...Array.from({ length: files }, (_, file) => `threads-${file + 1}`)])
    index
      .ele('sitemap')
      .ele('loc')
      .txt(absolute(`/sitemaps/${name}.xml`))
  return index.end()
}

/** A file of the index by its name, `pages.xml` or `threads-3.xml`. Lists what a visitor may read. */
export async function sitemap(name: string, addresses: Addresses): Promise<string> {
  if (name === 'pages.xml') return written(await pages(addresses))
  const file = Number(/^threads-([1-9]\d{0,5})\.xml$/.exec(name)?.[1] ?? 0)
  if (file === 0) throw new NotFound()
  return written(await threadsOf(file, addresses))
}

async function pages({ fixed, community, vendor, recommendation }: Addresses): Promise<Listed[]> {
  const [rooms, sellers, verdicts] = await Promise.all([
    db.select({ slug: communities.slug }).from(communities).where(knownTo(visitor)).orderBy(asc(communities.slug)).limit(MOST_OF_A_KIND),
    db.select({ slug: vendors.slug }).from(vendors).orderBy(asc(vendors.slug)).limit(MOST_OF_A_KIND),
    db
      .select({
        id: recommendations.id,
        named: recommendations.named,
        createdAt: recommendations.createdAt,
        editedAt: recommendations.editedAt,
      })
      .from(recommendations)
      .where(recommendationsVisibleTo(visitor))
      .orderBy(desc(recommendations.createdAt))
      .limit(MOST_OF_A_KIND),
  ])
  return [
    ...fixed.map((path) => ({ path })),
    ...rooms.map(({ slug }) => ({ path: community(slug) })),
    ...sellers.map(({ slug }) => ({ path: vendor(slug) })),
    ...verdicts.map(({ id, named, createdAt, editedAt }) => {
      const changedAt = editedAt ?? createdAt
      return { path: recommendation(id), changedAt: named ? changedAt : dayOf(changedAt) }
    }),
  ]
}

async function threadsOf(file: number, { thread }: Addresses): Promise<Listed[]> {
  const rows = await db
    .select({ slug: communities.slug, number: threads.number, title: threads.title, activeAt: threads.activeAt })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(and(gt(threads.number, (file - 1) * NUMBERS_A_FILE), lte(threads.number, file * NUMBERS_A_FILE), visibleTo(visitor)))
    .orderBy(asc(threads.number))
    .limit(NUMBERS_A_FILE)
  return rows.map(({ slug, number, title, activeAt }) => ({ path: thread(slug, number, title), changedAt: activeAt }))
}

function written(listed: Listed[]): string {
  const set = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '' }).ele(
    'http://www.sitemaps.org/schemas/sitemap/0.9',
    'urlset',
  )
  for (const { path, changedAt } of listed) {
    const url = set.ele('url')
    url.ele('loc').txt(absolute(path))
    if (changedAt) url.ele('lastmod').txt(changedAt.toISOString())
  }
  return set.end()
}
