import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { now } from '~/server/platform/clock'
import { foldedLine } from '~/server/platform/text'
import { ImportError } from './import-error'
import type { ImportedAuthor, ImportedThread, ImportSet } from './imported'
import { isThere } from './source-file'

const FILE = 'voted-issues.json'
/** The list is one page of a site: far below what memory holds. */
const LARGEST = 20_000_000
const ISSUE = /^<a href='(https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/issues\/(\d{1,12}))'>#\2<\/a>$/u
const AUTHOR = /^<a href='(https:\/\/github\.com\/([\w-]{1,60}))'>@\2<\/a>$/u

/** The issues of a project by their votes, as its own page lists them: votes, number, author and title, and no more. Each is an idea. */
export async function readVotedIssues(directory: string): Promise<ImportSet> {
  const rows = await listed(directory)
  const authors = new Map<string, ImportedAuthor>()
  const threads = new Map<string, ImportedThread>()
  // The list has no days. The ideas keep their order, as if the last had come a moment ago.
  const newest = now().getTime()
  const numbers: number[] = []
  for (const [index, row] of rows.entries()) {
    const { votes, number, url, author, authorUrl, title } = read(row, index + 1)
    if (threads.has(number)) throw new ImportError(FILE, index + 1, 'duplicate', { name: 'number', value: number })
    if (!authors.has(author))
      authors.set(author, { sourceId: author, displayName: author, aboutHtml: '', sourceUrl: authorUrl, createdAt: null })
    numbers.push(Number(number))
    threads.set(number, idea({ votes, number, url, author, title }))
  }
  const place = new Map(numbers.toSorted((one, other) => other - one).map((number, index) => [String(number), index]))
  for (const [number, thread] of threads) {
    const at = new Date(newest - (place.get(number) ?? 0) * 1000)
    thread.opening.createdAt = at
    thread.activeAt = at
  }
  const [first] = threads.values()
  const project = /^https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\//u.exec(first?.opening.sourceUrl ?? '')?.[1]
  return {
    format: 'voted-issues',
    source: project ? `github.com/${project}` : 'github.com',
    sourceUrl: project ? `https://github.com/${project}/issues` : null,
    licence: 'BSD-3-Clause',
    authors,
    threads: [...threads.values()].sort((one, other) => one.opening.createdAt.getTime() - other.opening.createdAt.getTime()),
    notImported: [],
    countsFromFiles: {},
  }
}

async function listed(directory: string): Promise<unknown[]> {
  if (!(await isThere(directory, FILE))) throw new ImportError(FILE, undefined, 'missing')
  const bytes = await readFile(join(directory, FILE))
  if (bytes.length > LARGEST) throw new ImportError(FILE, undefined, 'tooLong', { name: FILE, max: LARGEST })
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ImportError(FILE, undefined, 'encoding')
  }
  let whole: unknown
  try {
    whole = JSON.parse(text)
  } catch {
    throw new ImportError(FILE, undefined, 'malformed', { detail: 'JSON' })
  }
  const data = typeof whole === 'object' && whole !== null && 'data' in whole ? whole.data : undefined
  if (!Array.isArray(data)) throw new ImportError(FILE, undefined, 'missingColumns', { names: 'data' })
  return data
}

function read(row: unknown, number: number) {
  const refuse = (name: string): never => {
    throw new ImportError(FILE, number, 'missingValue', { name })
  }
  if (!Array.isArray(row) || row.length !== 4) throw new ImportError(FILE, number, 'columnCount')
  const [votes, issue, author, title] = row as unknown[]
  if (typeof votes !== 'number' || !Number.isSafeInteger(votes) || votes < 0)
    throw new ImportError(FILE, number, 'notNumber', { name: 'votes', value: JSON.stringify(votes ?? null).slice(0, 40) })
  const [, url = refuse('issue'), id = refuse('issue')] = ISSUE.exec(String(issue)) ?? []
  const [, authorUrl = refuse('author'), login = refuse('author')] = AUTHOR.exec(String(author)) ?? []
  const words = typeof title === 'string' ? foldedLine(title.normalize('NFC')) : ''
  return { votes, number: id, url, author: login, authorUrl, title: words || refuse('title') }
}

type Row = { votes: number; number: string; url: string; author: string; title: string }

function idea({ votes, number, url, author, title }: Row): ImportedThread {
  const at = new Date(0)
  return {
    sourceId: number,
    title,
    idea: { status: 'open', at, response: null },
    opening: {
      sourceId: number,
      authorId: author,
      body: { markdown: `[${url.replace('https://', '')}](${url})` },
      createdAt: at,
      editedAt: null,
      tally: { up: votes, down: 0 },
      spam: false,
      sourceUrl: url,
      licence: 'BSD-3-Clause',
      meta: {},
      comments: [],
    },
    answers: [],
    accepted: null,
    tags: [],
    locked: false,
    activeAt: at,
    meta: {},
  }
}
