import type { SourceRow } from './source-row'

/** Names, numbers and licences stand in lines of a page, and in the keys of indexes. */
export const LONGEST_LINE = 200
export const LONGEST_TITLE = 500
export const LONGEST_ADDRESS = 2_000
/** Far above what a review is; a longer one is a broken file. */
export const LONGEST_PART = 20_000

/** What a review is read into, wherever it was written. */
export interface QuotedReview {
  /** The site that it comes from and its number there: its key. */
  source: string
  sourceId: string
  sourceUrl: string | null
  licence: string
  vendor: string
  product: string
  reviewer: { sourceId: string; name: string }
  rating: number
  scale: number
  title: string
  body: string
  good: string
  bad: string
  advice: string
  reply: string
  writtenAt: Date
  /** Only the year is known of some. */
  datedBy: 'day' | 'year'
  about: Record<string, string>
  meta: Record<string, string>
}

export interface ReviewOptions {
  /** Whose products these are, where the file does not say. */
  vendor?: string
  /** The site, if another than the format’s own. */
  site?: string
}

export interface ReviewFormat {
  file: string
  columns: string[]
  /** Refuses a row with its reason: that row is left out and reported. */
  read: (row: SourceRow, options: ReviewOptions) => QuotedReview
  /** Facts about rows of which what they count is not kept. */
  counting?: () => { see: (row: SourceRow) => void; facts: () => Record<string, unknown> }
}
