import { FINE_FOODS, FLAVORS_OF_CACAO } from './review-sets'
import {
  LONGEST_ADDRESS,
  LONGEST_LINE,
  LONGEST_PART,
  LONGEST_TITLE,
  type QuotedReview,
  type ReviewFormat,
  type ReviewOptions,
} from './reviews-read'
import type { SourceRow } from './source-row'

const ABOUT = {
  role: 'reviewer_role',
  seniority: 'reviewer_seniority',
  size: 'company_size_band',
  industry: 'industry',
  country: 'country',
  used: 'use_duration',
  relationship: 'relationship',
  invited: 'invite_source',
  incentive: 'incentive',
} as const

/** Columns by their names, in any order; others are passed over. Whom the author works for is not kept. */
const CANONICAL: ReviewFormat = {
  file: 'reviews.csv',
  columns: [
    'external_id',
    'source_site',
    'vendor_name',
    'product_name',
    'rating',
    'rating_scale',
    'reviewer_display',
    'submitted_at',
    'licence',
  ],
  read: canonical,
}

export type ReviewFormatName = 'canonical' | 'flavors-of-cacao' | 'fine-foods'
export const REVIEW_FORMATS: Record<ReviewFormatName, ReviewFormat> = {
  canonical: CANONICAL,
  'flavors-of-cacao': FLAVORS_OF_CACAO,
  'fine-foods': FINE_FOODS,
}
export const isReviewFormat = (name: string): name is ReviewFormatName => Object.hasOwn(REVIEW_FORMATS, name)

function canonical(row: SourceRow, { vendor }: ReviewOptions): QuotedReview {
  const status = row.optional('status')
  if (status !== undefined && !['published', 'approved'].includes(status.toLowerCase())) row.refuse('notPublished')
  const scale = row.decimal('rating_scale')
  if (scale === 0) row.refuse('noScale', { name: 'rating_scale' })
  const rating = row.decimal('rating')
  if (rating > scale) row.refuse('outOfScale', { name: 'rating', max: scale, value: String(rating) })
  const name = row.line('reviewer_display', LONGEST_LINE)
  return {
    source: row.line('source_site', LONGEST_LINE),
    sourceId: row.line('external_id', LONGEST_LINE),
    sourceUrl: address(row, 'source_url'),
    licence: row.line('licence', LONGEST_LINE),
    vendor: vendor ?? row.line('vendor_name', LONGEST_LINE),
    product: row.line('product_name', LONGEST_LINE),
    reviewer: { sourceId: name, name },
    rating,
    scale,
    title: row.optionalLine('title', LONGEST_TITLE),
    body: part(row, 'problem_solved'),
    good: part(row, 'pros'),
    bad: part(row, 'cons'),
    advice: part(row, 'advice'),
    reply: part(row, 'vendor_reply'),
    writtenAt: row.past('submitted_at', row.dateOrDay('submitted_at')),
    datedBy: 'day',
    about: Object.fromEntries(
      Object.entries(ABOUT).flatMap(([key, column]) => {
        const said = row.optionalLine(column, LONGEST_LINE)
        return said ? [[key, said]] : []
      }),
    ),
    meta: {},
  }
}

function part(row: SourceRow, name: string) {
  const value = row.text(name).trim()
  return value.length > LONGEST_PART ? row.refuse('tooLong', { name, max: LONGEST_PART }) : value
}

function address(row: SourceRow, name: string): string | null {
  const value = row.optional(name)
  if (value === undefined) return null
  if (value.length > LONGEST_ADDRESS) row.refuse('tooLong', { name, max: LONGEST_ADDRESS })
  const allowed = URL.canParse(value) && ['https:', 'http:'].includes(new URL(value).protocol)
  return allowed ? value : row.refuse('notAddress', { name, value: value.slice(0, 40) })
}
