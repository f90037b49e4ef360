import { eq, inArray } from 'drizzle-orm'
import { db } from '~/db/client'
import { handles, products, quotedRecommendations, vendors } from '~/db/schema'
import type { ReviewFormatName } from './reviews'
import { FLAVORS_OF_CACAO } from './review-sets'
import { ranked, sumOf } from './stored-rows'

/** Under the names that each data set uses, counted from what the database holds. */
export async function countReviewFacts(format: ReviewFormatName, sources: string[]): Promise<Record<string, unknown>> {
  if (format === 'canonical' || sources.length === 0) return {}
  const stored = await storedReviews(sources)
  return format === 'fine-foods' ? fineFoods(stored) : flavorsOfCacao(stored)
}

type Stored = Awaited<ReturnType<typeof storedReviews>>

const storedReviews = (sources: string[]) =>
  db
    .select({
      id: quotedRecommendations.sourceId,
      vendorId: quotedRecommendations.vendorId,
      vendor: vendors.name,
      productId: quotedRecommendations.productId,
      product: products.name,
      author: handles.displayName,
      rating: quotedRecommendations.rating,
      title: quotedRecommendations.title,
      body: quotedRecommendations.body,
      meta: quotedRecommendations.sourceMeta,
      writtenAt: quotedRecommendations.writtenAt,
    })
    .from(quotedRecommendations)
    .innerJoin(vendors, eq(vendors.id, quotedRecommendations.vendorId))
    .innerJoin(products, eq(products.id, quotedRecommendations.productId))
    .innerJoin(handles, eq(handles.id, quotedRecommendations.handleId))
    .where(inArray(quotedRecommendations.source, sources))

const rounded = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits
const meanOf = (rows: Stored, digits: number) => rounded(sumOf(rows, ({ rating }) => rating) / rows.length, digits)
const different = <Item>(rows: Stored, of: (row: Stored[number]) => Item) => new Set(rows.map(of)).size
const histogram = (values: string[]) => Object.fromEntries(ranked(values))

function flavorsOfCacao(rows: Stored): Record<string, unknown> {
  const sellers = ranked(rows.map(({ vendor }) => vendor))
  const means = sellers
    .flatMap(([vendor, count]) =>
      count < 10
        ? []
        : [
            [
              vendor,
              count,
              meanOf(
                rows.filter((row) => row.vendor === vendor),
                4,
              ),
            ] as const,
          ],
    )
    .toSorted(([, , one], [, , other]) => other - one)
  const countries = rows.map(({ meta }) => meta.CompanyLocation ?? '')
  return {
    rows: rows.length,
    columns: FLAVORS_OF_CACAO.columns,
    'vendors(companies)': different(rows, ({ vendorId }) => vendorId),
    vendor_countries: new Set(countries).size,
    distinct_bar_names: different(rows, ({ product }) => product),
    'distinct_vendor+bar_pairs': different(rows, ({ productId }) => productId),
    sum_rating: sumOf(rows, ({ rating }) => rating),
    mean_rating: meanOf(rows, 4),
    rating_histogram: histogram(rows.map(({ rating }) => (Number.isInteger(rating) ? `${rating}.0` : String(rating)))),
    review_years: histogram(rows.map(({ writtenAt }) => String(writtenAt.getUTCFullYear()))),
    vendors_with_most_ratings: sellers.slice(0, 6),
    'best_vendor_mean_with_10+_ratings': means.slice(0, 5),
    'bean_type_unknown(text nan or blank)': rows.filter(({ meta }) => ['', 'nan'].includes((meta.BeanType ?? '').trim())).length,
    origin_blank: rows.filter(({ meta }) => (meta.BroadBeanOrigin ?? '').trim() === '').length,
    vendor_countries_top: ranked(countries).slice(0, 6),
  }
}

function fineFoods(rows: Stored): Record<string, unknown> {
  const times = rows.map(({ writtenAt }) => writtenAt.toISOString().slice(0, 10)).sort()
  const sold = ranked(rows.map(({ product }) => product))
  const most = sold[0]?.[0] ?? ''
  const first = rows.find(({ id }) => id === '0')
  return {
    rows: rows.length,
    sum_score: sumOf(rows, ({ rating }) => rating),
    mean_score: meanOf(rows, 4),
    score_histogram: histogram(rows.map(({ rating }) => String(rating))),
    distinct_products: different(rows, ({ productId }) => productId),
    distinct_users: different(rows, ({ author }) => author),
    first_time_utc: times[0],
    last_time_utc: times.at(-1),
    products_with_most_reviews: sold.slice(0, 5),
    users_with_most_reviews: ranked(rows.map(({ author }) => author)).slice(0, 5),
    user_product_pairs_seen_more_than_once: rows.length - different(rows, ({ author, productId }) => `${author} ${productId}`),
    identical_texts: rows.length - different(rows, ({ body }) => body),
    first_row: first ? [String(first.writtenAt.getTime() / 1000), first.product, first.author, String(first.rating), first.title] : null,
    mean_score_of_most_reviewed_product: [
      most,
      meanOf(
        rows.filter(({ product }) => product === most),
        3,
      ),
    ],
  }
}
