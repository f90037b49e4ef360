import { and, asc, inArray } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { handles, products, quotedAuthors, quotedRecommendations, vendors } from '~/db/schema'
import { now } from '~/server/platform/clock'
import type { QuotedReview } from './reviews-read'

export interface ReviewsWritten {
  recommendations: number
  people: number
  products: number
  vendors: number
}

export const noReviewsWritten = (): ReviewsWritten => ({ recommendations: 0, people: 0, products: 0, vendors: 0 })

const SLUG_LENGTH = 60
/** Words that stand where a slug does. */
const TAKEN = ['new']

/** Writes those that are not here yet, with the vendors, products and people that they speak of. A vendor of the same name is the same vendor. */
export async function writeReviews(tx: Tx, reviews: QuotedReview[]): Promise<ReviewsWritten> {
  const known = await keysOf(tx, reviews)
  const fresh = reviews.filter(({ source, sourceId }) => !known.has(`${source} ${sourceId}`))
  if (fresh.length === 0) return noReviewsWritten()
  const sellers = await vendorsOf(tx, fresh)
  const sold = await productsOf(tx, fresh, sellers.ids)
  const people = await authorsOf(tx, fresh)
  await tx.insert(quotedRecommendations).values(
    fresh.map(({ vendor, product, reviewer, scale, good, bad, meta, ...review }) => {
      const vendorId = sellers.ids.get(vendor)!
      return {
        ...review,
        id: newId(),
        vendorId,
        productId: sold.ids.get(`${vendorId} ${product}`)!,
        handleId: people.ids.get(`${review.source} ${reviewer.sourceId}`)!,
        ratingScale: scale,
        whatIsGood: good,
        whatIsNot: bad,
        sourceMeta: meta,
        createdAt: now(),
      }
    }),
  )
  return { recommendations: fresh.length, people: people.written, products: sold.written, vendors: sellers.written }
}

async function keysOf(tx: Tx, reviews: QuotedReview[]) {
  const found = await tx
    .select({ source: quotedRecommendations.source, sourceId: quotedRecommendations.sourceId })
    .from(quotedRecommendations)
    .where(
      and(
        inArray(quotedRecommendations.source, [...new Set(reviews.map(({ source }) => source))]),
        inArray(
          quotedRecommendations.sourceId,
          reviews.map(({ sourceId }) => sourceId),
        ),
      ),
    )
  return new Set(found.map(({ source, sourceId }) => `${source} ${sourceId}`))
}

type Found = { ids: Map<string, string>; written: number }

async function vendorsOf(tx: Tx, reviews: QuotedReview[]): Promise<Found> {
  const names = [...new Set(reviews.map(({ vendor }) => vendor))]
  const rows = await tx
    .select({ id: vendors.id, name: vendors.name })
    .from(vendors)
    .where(inArray(vendors.name, names))
    .orderBy(asc(vendors.createdAt), asc(vendors.id))
  const ids = new Map(rows.toReversed().map(({ id, name }) => [name, id]))
  const missing = names.filter((name) => !ids.has(name))
  await eachWithSlug(missing, async (some) => {
    const made = await tx
      .insert(vendors)
      .values(some.map(({ name, slug }) => ({ id: newId(), name, slug, createdAt: now() })))
      .onConflictDoNothing()
      .returning({ id: vendors.id, name: vendors.name })
    for (const { id, name } of made) ids.set(name, id)
    return new Set(made.map(({ name }) => name))
  })
  return { ids, written: missing.length }
}

async function productsOf(tx: Tx, reviews: QuotedReview[], sellers: Map<string, string>): Promise<Found> {
  const wanted = new Map<string, Set<string>>()
  for (const { vendor, product } of reviews) {
    const vendorId = sellers.get(vendor)!
    wanted.set(vendorId, (wanted.get(vendorId) ?? new Set()).add(product))
  }
  const rows = await tx
    .select({ id: products.id, vendorId: products.vendorId, name: products.name })
    .from(products)
    .where(inArray(products.vendorId, [...wanted.keys()]))
    .orderBy(asc(products.createdAt), asc(products.id))
  const ids = new Map(rows.toReversed().map(({ id, vendorId, name }) => [`${vendorId} ${name}`, id]))
  let written = 0
  for (const [vendorId, names] of wanted) {
    const missing = [...names].filter((name) => !ids.has(`${vendorId} ${name}`))
    written += missing.length
    await eachWithSlug(missing, async (some) => {
      const made = await tx
        .insert(products)
        .values(some.map(({ name, slug }) => ({ id: newId(), vendorId, name, slug, createdAt: now() })))
        .onConflictDoNothing()
        .returning({ id: products.id, name: products.name })
      for (const { id, name } of made) ids.set(`${vendorId} ${name}`, id)
      return new Set(made.map(({ name }) => name))
    })
  }
  return { ids, written }
}

/** Whoever is quoted is a placeholder: a name, and no handle. */
async function authorsOf(tx: Tx, reviews: QuotedReview[]): Promise<Found> {
  const wanted = new Map(reviews.map(({ source, reviewer }) => [`${source} ${reviewer.sourceId}`, { source, ...reviewer }]))
  const rows = await tx
    .select()
    .from(quotedAuthors)
    .where(
      and(
        inArray(quotedAuthors.source, [...new Set(reviews.map(({ source }) => source))]),
        inArray(
          quotedAuthors.sourceId,
          [...wanted.values()].map(({ sourceId }) => sourceId),
        ),
      ),
    )
  const ids = new Map(rows.map(({ source, sourceId, handleId }) => [`${source} ${sourceId}`, handleId]))
  const fresh = [...wanted].flatMap(([key, author]) => (ids.has(key) ? [] : [{ key, handleId: newId(), ...author }]))
  if (fresh.length === 0) return { ids, written: 0 }
  await tx
    .insert(handles)
    .values(fresh.map(({ handleId, name, source }) => ({ id: handleId, kind: 'placeholder' as const, displayName: name, source })))
  await tx.insert(quotedAuthors).values(fresh.map(({ source, sourceId, handleId }) => ({ source, sourceId, handleId })))
  for (const { key, handleId } of fresh) ids.set(key, handleId)
  return { ids, written: fresh.length }
}

type Named = { name: string; slug: string }

/** A slug for each name: where two would have the same, the later gets a number. */
async function eachWithSlug(names: string[], write: (some: Named[]) => Promise<Set<string>>) {
  let left = names
  for (let attempt = 1; left.length > 0; attempt += 1) {
    const slugs = new Map<string, string>()
    for (const name of left) {
      const slug = attempt === 1 ? slugFrom(name) : `${slugFrom(name)}-${attempt}`
      if (!slugs.has(slug) && !TAKEN.includes(slug)) slugs.set(slug, name)
    }
    const written = slugs.size > 0 ? await write([...slugs].map(([slug, name]) => ({ slug, name }))) : new Set<string>()
    left = left.filter((name) => !written.has(name))
  }
}

function slugFrom(name: string) {
  const letters = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .slice(0, SLUG_LENGTH)
    .replace(/^-+|-+$/gu, '')
  return letters || 'unnamed'
}
