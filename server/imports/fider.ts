import { say } from '~/words'
import type { ImportedAuthor, ImportedIdea, ImportedThread, ImportSet } from './imported'
import { csvRows } from './source-file'
import { firstOfItsId, type SourceRow } from './source-row'

const FILE = 'posts.csv'
const COLUMNS = [
  ...['number', 'title', 'description', 'created_at', 'created_by', 'votes_count', 'comments_count', 'status'],
  ...['responded_by', 'responded_at', 'response', 'original_number', 'original_title', 'tags'],
]
const STATUSES: Record<string, ImportedIdea['status'] | 'duplicate' | 'deleted'> = {
  open: 'open',
  planned: 'planned',
  started: 'started',
  completed: 'shipped',
  declined: 'declined',
  duplicate: 'duplicate',
  deleted: 'deleted',
}

/** The ideas of a Fider site as its CSV export writes them. */
export async function readFider(directory: string, options: { site?: string } = {}): Promise<ImportSet> {
  const site = options.site ? new URL(options.site).origin : null
  const authors = new Map<string, ImportedAuthor>()
  const threads = new Map<string, ImportedThread>()
  const numbers = new Map<string, true>()
  const left = { duplicate: 0, deleted: 0, comment: 0 }
  for await (const row of csvRows(directory, FILE, COLUMNS)) {
    const number = firstOfItsId(numbers, row, 'number')
    numbers.set(number, true)
    const status = STATUSES[row.required('status').toLowerCase()] ?? row.refuse('unknownStatus', { value: row.text('status').slice(0, 40) })
    left.comment += row.count('comments_count')
    if (status === 'duplicate' || status === 'deleted') left[status] += 1
    else threads.set(number, ideaFrom(row, number, status, site, authors))
  }
  return {
    format: 'fider',
    source: site ? new URL(site).host : 'fider',
    sourceUrl: site,
    licence: '',
    authors,
    threads: [...threads.values()].sort((one, other) => one.opening.createdAt.getTime() - other.opening.createdAt.getTime()),
    notImported: [
      { kind: 'duplicate', count: left.duplicate, reason: say('import.left.duplicateIdea') },
      { kind: 'deleted', count: left.deleted, reason: say('import.left.deletedIdea') },
      { kind: 'comment', count: left.comment, reason: say('import.left.ideaComment') },
    ].filter(({ count }) => count > 0),
    countsFromFiles: {},
  }
}

function ideaFrom(
  row: SourceRow,
  number: string,
  status: ImportedIdea['status'],
  site: string | null,
  authors: Map<string, ImportedAuthor>,
): ImportedThread {
  const createdAt = row.date('created_at')
  const author = row.line('created_by')
  if (!authors.has(author)) authors.set(author, { sourceId: author, displayName: author, aboutHtml: '', sourceUrl: null, createdAt: null })
  const response = row.text('response').trim()
  const title = row.line('title')
  return {
    sourceId: number,
    title,
    idea: { status, at: row.optionalDate('responded_at') ?? createdAt, response: response || null },
    opening: {
      sourceId: number,
      authorId: author,
      body: { markdown: row.text('description').trim() || title },
      createdAt,
      editedAt: null,
      tally: { up: row.integer('votes_count'), down: 0 },
      spam: false,
      sourceUrl: site ? `${site}/posts/${number}` : null,
      licence: '',
      meta: {},
      comments: [],
    },
    answers: [],
    accepted: null,
    tags: row
      .text('tags')
      .split(/[,;]/u)
      .map((tag) => tag.trim())
      .filter(Boolean),
    locked: false,
    activeAt: row.optionalDate('responded_at') ?? createdAt,
    meta: {},
  }
}
