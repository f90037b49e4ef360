import { and, asc, eq, sql, type SQL } from 'drizzle-orm'
import { db } from '~/db/client'
import { isId } from '~/db/ids'
import { categories, vendors } from '~/db/schema'
import { isPlainText } from '~/server/platform/text'
import { productCount, productsSold } from './facts'
import { isSlug } from './input'

const VENDORS_A_PAGE = 50
const LONGEST_NAME_SOUGHT = 80

const columns = {
  vendorId: vendors.id,
  slug: vendors.slug,
  name: vendors.name,
  summary: vendors.summary,
  products: productsSold,
  productCount,
  staffCount: sql<number>`(select count(distinct s.person_id)::int from vendor_staff s where s.vendor_id = ${vendors}.id and s.ended_at is null and s.listed)`,
  recommendationCount: sql<number>`(select coalesce(sum(s.count), 0)::int from recommendation_standings s where s.vendor_id = ${vendors}.id and s.standing in ('scored', 'partner', 'conflict'))`,
}

/** Vendors with their products, and how many people there answer. */
export async function vendorDirectory({ limit = 200 }: { limit?: number } = {}) {
  return db.select(columns).from(vendors).orderBy(asc(vendors.name), asc(vendors.id)).limit(limit)
}

/** A page of the directory by name: all, or those of a category, or of which the name, or that of a product, has words that begin so. `after` is the last vendor of the page before. */
export async function directoryPage({
  search = '',
  after = null,
  category = '',
}: { search?: string; after?: string | null; category?: string } = {}) {
  const sought = isPlainText(search) ? search.trim().slice(0, LONGEST_NAME_SOUGHT) : ''
  const within = category ? await categoryCalled(category) : null
  if (category && !within) return { search: sought, category: null, vendors: [], next: null }
  const found = await db
    .select(columns)
    .from(vendors)
    .where(and(named(sought), within ? inCategory(within.categoryId) : undefined, isId(after ?? '') ? later(after ?? '') : undefined))
    .orderBy(asc(vendors.name), asc(vendors.id))
    .limit(VENDORS_A_PAGE + 1)
  const page = found.slice(0, VENDORS_A_PAGE)
  return { search: sought, category: within, vendors: page, next: found.length > VENDORS_A_PAGE ? (page.at(-1)?.vendorId ?? null) : null }
}

async function categoryCalled(slug: string) {
  if (!isSlug(slug)) return null
  const [found] = await db
    .select({ categoryId: categories.id, slug: categories.slug, name: categories.name })
    .from(categories)
    .where(eq(categories.slug, slug))
  return found ?? null
}

const inCategory = (categoryId: string) =>
  sql`${vendors.id} in (select s.vendor_id from product_categories s where s.category_id = ${categoryId}::uuid)`

function named(sought: string): SQL | undefined {
  if (!sought) return undefined
  const keys = sql`array(select left(w, 24) from unnest(string_to_array(search_text(${sought}), ' ')) w where w <> '')`
  return sql`${vendors.id} in (select v.id from vendors v where search_name_keys(v.name) @> ${keys}
    union select p.vendor_id from products p where search_name_keys(p.name) @> ${keys}) and search_text(${sought}) <> ''`
}

const later = (after: string) => sql`(${vendors.name}, ${vendors.id}) > (select l.name, l.id from vendors l where l.id = ${after}::uuid)`
