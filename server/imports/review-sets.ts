import { htmlToMarkdown } from '~/server/platform/html-to-markdown'
import { say } from '~/words'
import { LONGEST_LINE, LONGEST_PART, LONGEST_TITLE, type QuotedReview, type ReviewFormat } from './reviews-read'
import type { SourceRow } from './source-row'

const EMPTY = { sourceUrl: null, title: '', body: '', good: '', bad: '', advice: '', reply: '', about: {} } as const

const VENDOR = 'Company(Maker-if known)'
const PRODUCT = 'SpecificBeanOrigin or BarName'
const KEPT = ['REF', 'CocoaPercent', 'CompanyLocation', 'BeanType', 'BroadBeanOrigin']

/** Chocolate bars by one society of tasters: no words, and of each tasting only the year. */
export const FLAVORS_OF_CACAO: ReviewFormat = {
  file: 'flavors_of_cacao.csv',
  columns: [VENDOR, PRODUCT, 'REF', 'ReviewDate', 'CocoaPercent', 'CompanyLocation', 'Rating', 'BeanType', 'BroadBeanOrigin'],
  read: (row, { site = 'flavorsofcacao.com' }) => ({
    ...EMPTY,
    source: site,
    sourceId: String(row.number),
    licence: 'CC0',
    vendor: row.line(VENDOR, LONGEST_LINE),
    product: row.line(PRODUCT, LONGEST_LINE),
    reviewer: { sourceId: 'flavors-of-cacao', name: 'Flavors of Cacao' },
    ...rated(row, 'Rating'),
    writtenAt: row.past('ReviewDate', yearOf(row)),
    datedBy: 'year',
    meta: Object.fromEntries(KEPT.map((name) => [name, row.optionalLine(name, LONGEST_LINE)])),
  }),
}

/** Reviews of groceries. The file names customers and products by their codes, and no vendor. */
export const FINE_FOODS: ReviewFormat = {
  file: 'reviews.csv',
  columns: ['Time', 'ProductId', 'UserId', 'Score', 'Summary', 'Text'],
  read: (row, { site = 'amazon.com', vendor }) => ({
    ...EMPTY,
    source: site,
    sourceId: row.line('', LONGEST_LINE),
    licence: 'CC0 1.0',
    vendor: vendor ?? row.refuse('missingValue', { name: say('vendors.title') }),
    product: row.line('ProductId', LONGEST_LINE),
    reviewer: { sourceId: row.line('UserId', LONGEST_LINE), name: row.line('UserId', LONGEST_LINE) },
    ...rated(row, 'Score'),
    title: row.optionalLine('Summary', LONGEST_TITLE),
    body: htmlToMarkdown(shortEnough(row, 'Text')),
    writtenAt: row.past('Time', new Date(row.integer('Time') * 1000)),
    datedBy: 'day',
    meta: {},
  }),
  counting: () => {
    let [breaks, longest] = [0, 0]
    return {
      see: (row) => {
        const text = row.text('Text')
        if (text.includes('<br />')) breaks += 1
        longest = Math.max(longest, text.length)
      },
      facts: () => ({ texts_containing_html_break: breaks, longest_text_chars: longest }),
    }
  },
}

function rated(row: SourceRow, name: string): Pick<QuotedReview, 'rating' | 'scale'> {
  const rating = row.decimal(name)
  return { rating: rating <= 5 ? rating : row.refuse('outOfScale', { name, max: 5, value: String(rating) }), scale: 5 }
}

function yearOf(row: SourceRow): Date {
  const year = row.integer('ReviewDate')
  if (year < 1990 || year > 2100) row.refuse('notDate', { name: 'ReviewDate', value: String(year) })
  return new Date(Date.UTC(year, 0, 1))
}

function shortEnough(row: SourceRow, name: string): string {
  const value = row.text(name)
  return value.length > LONGEST_PART ? row.refuse('tooLong', { name, max: LONGEST_PART }) : value
}
