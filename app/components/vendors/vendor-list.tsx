import { Link } from '@remix-run/react'
import { Portrait } from '~/app/components/people'
import { Rows } from '~/app/components/ui'
import { paths } from '~/app/paths'
import { say } from '~/words'
import { CategoryLinks } from './category-links'

export type VendorRow = {
  slug: string
  name: string
  summary: string
  products: { slug: string; name: string; categories: { slug: string; name: string }[] }[]
  productCount: number
  staffCount: number
  recommendationCount: number
}

const PRODUCTS_NAMED = 6
const CATEGORIES_NAMED = 6

function categoriesOf({ products }: Pick<VendorRow, 'products'>) {
  const all = new Map(products.flatMap(({ categories }) => categories).map((category) => [category.slug, category]))
  return [...all.values()].slice(0, CATEGORIES_NAMED)
}

function offered({ products, productCount }: Pick<VendorRow, 'products' | 'productCount'>): string {
  const names = products
    .slice(0, PRODUCTS_NAMED)
    .map(({ name }) => name)
    .join(', ')
  const more = productCount - PRODUCTS_NAMED
  return more > 0 ? say('vendors.products.more', { names, count: more }) : names
}

/** Vendors with what they sell, how many of them answer here, and how much has been said of them. */
export function VendorList({
  vendors,
  level = 2,
  ticks = false,
}: {
  vendors: VendorRow[]
  level?: 2 | 3
  /** Each can be chosen, within a form. */
  ticks?: boolean
}) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <Rows label={say('vendors.title')}>
      {vendors.map((vendor) => (
        <li key={vendor.slug} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1 py-5 md:grid-cols-[auto_minmax(0,1fr)_auto]">
          <Portrait name={vendor.name} side="vendor" />
          <div className="grid gap-1">
            <Heading className="font-serif text-[1.0625rem] leading-6 font-semibold">
              <Link className="no-underline hover:underline" to={paths.vendor(vendor.slug)} prefetch="intent">
                <bdi>{vendor.name}</bdi>
              </Link>
            </Heading>
            <p className="max-w-[64ch] text-ink-soft" dir="auto">
              {vendor.summary}
            </p>
            {vendor.products.length > 0 ? (
              <p className="meta">
                <bdi>{offered(vendor)}</bdi>
              </p>
            ) : null}
            <CategoryLinks of={categoriesOf(vendor)} />
          </div>
          <p className="meta num col-start-2 flex flex-wrap gap-x-4 md:col-start-3 md:grid md:content-start md:text-end">
            <span>{say('vendors.staffCount', { count: vendor.staffCount })}</span>
            <span>{say('vendors.recommendationCount', { count: vendor.recommendationCount })}</span>
            {ticks ? (
              <label className="choice md:justify-self-end">
                <input type="checkbox" name="vendor" value={vendor.slug} aria-label={say('compare.tick.spoken', { name: vendor.name })} />
                <span>{say('compare.tick')}</span>
              </label>
            ) : null}
          </p>
        </li>
      ))}
    </Rows>
  )
}
