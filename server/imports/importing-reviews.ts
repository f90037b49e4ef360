import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { record } from '~/server/events'
import { authorize } from '~/server/policy'
import type { SystemViewer } from '~/server/viewer'
import { ImportError } from './import-error'
import { countReviewFacts } from './review-facts'
import { REVIEW_FORMATS, type ReviewFormatName } from './reviews'
import type { QuotedReview, ReviewOptions } from './reviews-read'
import { csvRows } from './source-file'
import type { SourceRow } from './source-row'
import { noReviewsWritten, writeReviews, type ReviewsWritten } from './writing-reviews'

const REVIEWS_AT_ONCE = 500
/** More broken rows are counted and not told one by one. */
const MOST_TOLD = 100

export interface ReviewImport extends ReviewOptions {
  format: ReviewFormatName
  dryRun?: boolean
  /** Told within the transaction of each batch; what it throws undoes the batch and ends the run. */
  onBatch?: (batch: number) => void
}

export interface ReviewReport {
  file: string
  dryRun: boolean
  /** In a dry run: what would be. */
  written: ReviewsWritten
  unchanged: number
  broken: { count: number; rows: { row: number; reason: string }[] }
  /** Counted from the database; absent in a dry run and where a format brings none. */
  facts?: Record<string, unknown>
}

class Undone extends Error {}

/**
 * Brings reviews in as what was said elsewhere, in batches. The file is read as a whole first, so that one that breaks off or is no such file writes
 * nothing. Each review has a key: a run that was broken off goes on where it ended, and a second one changes nothing.
 */
export async function importReviews(viewer: SystemViewer, directory: string, wanted: ReviewImport): Promise<ReviewReport> {
  authorize(viewer, 'recommendation.import', undefined)
  const { rows, broken, sources, facts } = await check(directory, wanted)
  const written = noReviewsWritten()
  const write = async (tx: Tx, some: QuotedReview[]) => {
    const added = await writeReviews(tx, some)
    for (const kind of Object.keys(written) as (keyof ReviewsWritten)[]) written[kind] += added[kind]
    return added
  }
  if (wanted.dryRun) await asIf(viewer, directory, wanted, write)
  else await inEarnest(viewer, directory, wanted, write)
  return {
    file: REVIEW_FORMATS[wanted.format].file,
    dryRun: wanted.dryRun ?? false,
    written,
    unchanged: rows - written.recommendations,
    broken,
    ...(wanted.dryRun ? {} : { facts: { ...(await countReviewFacts(wanted.format, sources)), ...facts } }),
  }
}

type Write = (tx: Tx, some: QuotedReview[]) => Promise<ReviewsWritten>

/** The very same writes, taken back at the end: what it counts is what would be. */
async function asIf(viewer: SystemViewer, directory: string, wanted: ReviewImport, write: Write) {
  await transaction(viewer, async (tx) => {
    await takeTurn(tx)
    for await (const some of batches(directory, wanted)) await write(tx, some)
    throw new Undone()
  }).catch((error) => {
    if (!(error instanceof Undone)) throw error
  })
}

async function inEarnest(viewer: SystemViewer, directory: string, wanted: ReviewImport, write: Write) {
  let batch = 0
  for await (const some of batches(directory, wanted)) {
    await transaction(viewer, async (tx) => {
      await takeTurn(tx)
      const { recommendations, vendors, products } = await write(tx, some)
      if (recommendations > 0) await record(tx, viewer, 'recommendation.imported', { recommendations, vendors, products })
      wanted.onBatch?.((batch += 1))
    })
  }
}

/** Two imports go batch by batch, never at once. */
async function takeTurn(tx: Tx) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('import of reviews', 0))`)
}

async function* batches(directory: string, wanted: ReviewImport): AsyncGenerator<QuotedReview[]> {
  let some: QuotedReview[] = []
  for await (const { review } of reviews(directory, wanted)) {
    if (!review) continue
    some.push(review)
    if (some.length === REVIEWS_AT_ONCE) {
      yield some
      some = []
    }
  }
  if (some.length > 0) yield some
}

/** The whole file once: how many rows can be brought in, what is wrong with the others, and the sites that they come from. */
async function check(directory: string, wanted: ReviewImport) {
  const counting = REVIEW_FORMATS[wanted.format].counting?.()
  const sources = new Set<string>()
  const broken: ReviewReport['broken'] = { count: 0, rows: [] }
  let rows = 0
  for await (const { review, row, reason } of reviews(directory, wanted)) {
    if (review) {
      rows += 1
      sources.add(review.source)
      counting?.see(row)
    } else {
      broken.count += 1
      if (broken.rows.length < MOST_TOLD) broken.rows.push({ row: row.number, reason })
    }
  }
  return { rows, broken, sources: [...sources], facts: counting?.facts() ?? {} }
}

type Read = { row: SourceRow; review: QuotedReview; reason?: undefined } | { row: SourceRow; review?: undefined; reason: string }

/** Row by row. One that cannot be read, or repeats another, is broken; the others are not. */
async function* reviews(directory: string, wanted: ReviewImport): AsyncGenerator<Read> {
  const { file, columns, read } = REVIEW_FORMATS[wanted.format]
  const ids = new Set<string>()
  for await (const row of csvRows(directory, file, columns)) {
    try {
      const review = read(row, wanted)
      const key = `${review.source} ${review.sourceId}`
      if (ids.has(key)) row.refuse('duplicate', { name: review.source, value: review.sourceId.slice(0, 40) })
      ids.add(key)
      yield { row, review }
    } catch (error) {
      if (!(error instanceof ImportError)) throw error
      yield { row, reason: error.reason }
    }
  }
}
