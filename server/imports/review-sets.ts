import { htmlToMarkdown } from '~/server/platform/html-to-markdown'
import { foldedLine } from '~/server/platform/text'
import { say } from '~/words'
import type { QuotedReview, ReviewFormat } from './reviews-read'
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
    vendor: row.line(VENDOR),
    product: row.line(PRODUCT),
    reviewer: { sourceId: 'flavors-of-cacao', name: 'Flavors of Cacao' },
    ...rated(row, 'Rating'),
    writtenAt: yearOf(row),
    datedBy: 'year',
    meta: Object.fromEntries(KEPT.map((name) => [name, row.text(name)])),
  }),
}

/** Reviews of groceries. The file names customers and products by their codes, and no vendor. */
export const FINE_FOODS: ReviewFormat = {
  file: 'reviews.csv',
  columns: ['Time', 'ProductId', 'UserId', 'Score', 'Summary', 'Text'],
  read: (row, { site = 'amazon.com', vendor }) => ({
    ...EMPTY,
    source: site,
    sourceId: row.required(''),
    licence: 'CC0 1.0',
    vendor: vendor ?? row.refuse('missingValue', { name: say('vendors.title') }),
    product: row.line('ProductId'),
    reviewer: { sourceId: row.line('UserId'), name: row.line('UserId') },
    ...rated(row, 'Score'),
    title: foldedLine(row.text('Summary')),
    body: htmlToMarkdown(row.text('Text')),
    writtenAt: new Date(row.integer('Time') * 1000),
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
