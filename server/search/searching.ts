import { and, gte, lt, sql, type SQL } from 'drizzle-orm'
import { db } from '~/db/client'
import { communities, threads } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { isPlainText } from '~/server/platform/text'
import { readableBy, threadsById } from '~/server/threads'
import type { ThreadRow } from '~/server/threads/types'
import type { Viewer } from '~/server/viewer'
import { namedLike, type Named } from './named'
import { pieces, plain, type Piece } from './pieces'
import { rankedThreads } from './ranking'
import { understood } from './understanding'
import { wordsOf } from './words'

const ON_A_PAGE = 20
const NAMES_ON_A_PAGE = 6
/** One who looks for people alone sees more of them. */
const NAMES_ALONE = 40
/** Of all that the words are worth, so much has to be found. */
const LEAST_FOUND = 0.5
const LONGEST_QUERY = 200
/** As many rooms and products as a list to choose from holds. */
const MOST_CHOICES = 100
const DAY = 86_400_000

export const KINDS = ['question', 'idea', 'discussion', 'announcement', 'person', 'vendor'] as const
export type Kind = (typeof KINDS)[number]

export type Wanted = {
  q: string
  kind?: string | null
  community?: string | null
  tag?: string | null
  product?: string | null
  author?: string | null
  solved?: boolean
  /** Days, as 2026-02-28; both included. */
  after?: string | null
  before?: string | null
  votes?: string | null
  cursor?: string | null
}
export type Result = ThreadRow & { titlePieces: Piece[]; snippet: Piece[] }
export type Taken = { typed: string; takenFor: string[] }

export async function searchPage(viewer: Viewer, wanted: Wanted) {
  const q = wanted.q.trim().slice(0, LONGEST_QUERY)
  const choices = await choicesFor(viewer, wanted)
  const empty = {
    q,
    rooms: choices.rooms,
    products: choices.products,
    results: [] as Result[],
    names: [] as Named[],
    taken: [] as Taken[],
    next: null as string | null,
  }
  if (q === '' || !isPlainText(q)) return empty
  const kind = KINDS.find((one) => one === wanted.kind) ?? null
  if (kind === 'person' || kind === 'vendor') return { ...empty, names: await namedLike(viewer, q, NAMES_ALONE, [kind]) }

  const { exactly, rest } = apart(q)
  const filter = filterOf(wanted, kind, choices)
  if (filter === 'nothing') return empty
  const [terms, names] = await Promise.all([
    understood(viewer, wordsOf(rest)),
    isPlain(wanted) ? namedLike(viewer, q, NAMES_ON_A_PAGE) : Promise.resolve([]),
  ])
  const saying = terms.some((term) => !term.common) ? terms.filter((term) => !term.common) : terms
  const found = await rankedThreads(viewer, {
    terms: saying,
    typed: rest,
    filter,
    exactly,
    where: and(...conditionsOf(wanted)),
    atLeast: LEAST_FOUND,
    marked: 'text',
    limit: ON_A_PAGE + 1,
    after: cursorOf(wanted.cursor),
  })
  const shown = found.slice(0, ON_A_PAGE)
  const rows = await threadsById(
    viewer,
    shown.map((hit) => hit.threadId),
  )
  const results = shown.flatMap((hit): Result[] => {
    const row = rows.get(hit.threadId)
    return row ? [{ ...row, titlePieces: pieces(hit.title), snippet: pieces(plain(hit.snippet)) }] : []
  })
  const last = shown.at(-1)
  const taken = saying.filter((term) => term.takenFor.length > 0).map((term) => ({ typed: term.word, takenFor: term.takenFor }))
  return { ...empty, results, names, taken, next: found.length > ON_A_PAGE && last ? `${last.rank}.${last.threadId}` : null }
}

type Choices = {
  rooms: { id: string; slug: string; name: string }[]
  products: { id: string; name: string }[]
  author: string | null
}

/** What can be chosen from, what was chosen first however many there are, and the handle of the author that was named. */
async function choicesFor(viewer: Viewer, { community, product, author }: Wanted): Promise<Choices> {
  const handle = author && isPlainText(author) ? author.trim().replace(/^@/, '').toLowerCase() : ''
  const [slug, productId] = [community, product].map((chosen) => (chosen && isPlainText(chosen) ? chosen : ''))
  const [row] = await db.execute<Choices>(sql`select
    (select coalesce(json_agg(r), '[]') from (select id, slug, name from ${communities} where ${readableBy(viewer)}
      order by slug = ${slug} desc, thread_count desc, name limit ${MOST_CHOICES}) r) as rooms,
    (select coalesce(json_agg(p), '[]') from (select id, name from products order by id::text = ${productId} desc, name limit ${MOST_CHOICES}) p) as products,
    (select id from handles where lower(handle) = ${handle}) as author`)
  return row as unknown as Choices
}

const isPlain = ({ kind, community, tag, product, author, solved, after, before, votes, cursor }: Wanted) =>
  ![kind, community, tag, product, author, solved, after, before, votes, cursor].some(Boolean)

const only = (mark: string) => `'=${mark.replace(/'/g, "''").replace(/\\/g, '\\\\')}'`

/** What the index itself filters by; `nothing` where what was chosen is not there for the viewer. */
function filterOf(
  { community, tag, product, author, solved, after, before }: Wanted,
  kind: Kind | null,
  { rooms, products, author: handleId }: Choices,
): string | null {
  const room = rooms.find(({ slug }) => slug === community)
  const made = products.find(({ id }) => id === product)
  if ((community && !room) || (product && !made) || (author && !handleId)) return 'nothing'
  const marks = [
    kind && only(`kind:${kind}`),
    room && only(`in:${room.id}`),
    tag && isPlainText(tag) && only(`tag:${tag.trim().toLowerCase()}`),
    made && only(`product:${made.id}`),
    author && handleId && only(`by:${handleId}`),
    solved && only('solved'),
    timesOf(dayOf(after), dayOf(before)),
  ].filter(Boolean)
  return marks.length > 0 ? marks.join(' & ') : null
}

const dayOf = (typed: string | null | undefined) => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(typed ?? '') ? new Date(`${typed}T00:00:00Z`) : null
  return day && !Number.isNaN(day.getTime()) ? day : null
}

/** The months or years that the days lie in; the days themselves are left to the threads. */
function timesOf(after: Date | null, before: Date | null): string | null {
  if (!after) return null
  const until = before && before < now() ? before : now()
  if (until < after) return null
  const years = Array.from({ length: until.getUTCFullYear() - after.getUTCFullYear() + 1 }, (_, index) => after.getUTCFullYear() + index)
  if (years.length > 30) return null
  const months = years
    .flatMap((year) => Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`))
    .filter((month) => month >= after.toISOString().slice(0, 7) && month <= until.toISOString().slice(0, 7))
  const marks = months.length <= 24 ? months.map((month) => only(`month:${month}`)) : years.map((year) => only(`year:${year}`))
  return `(${marks.join(' | ')})`
}

function conditionsOf({ after, before, votes }: Wanted): SQL[] {
  const [from, to] = [dayOf(after), dayOf(before)]
  const fewest = /^\d{1,6}$/.test(votes ?? '') ? Number(votes) : 0
  return [
    ...(from ? [gte(threads.createdAt, from)] : []),
    ...(to ? [lt(threads.createdAt, new Date(to.getTime() + DAY))] : []),
    ...(fewest > 0 ? [gte(threads.score, fewest)] : []),
  ]
}

/** What stands in quotation marks has to be there just so, and what follows a minus must not be there. */
function apart(q: string): { exactly: SQL | undefined; rest: string } {
  const phrases = [...q.matchAll(/["“”„]([^"“”„]+)["“”]/g)].map(([, phrase]) => phrase ?? '').filter((phrase) => wordsOf(phrase).length > 0)
  const unquoted = q.replace(/["“”„]([^"“”„]+)["“”]/g, ' $1 ')
  const unwanted = [...unquoted.matchAll(/(?:^|\s)-([\p{L}\p{N}]\S*)/gu)].map(([, word]) => word ?? '')
  const rest = unquoted.replace(/(?:^|\s)-[\p{L}\p{N}]\S*/gu, ' ').trim()
  const queries = [
    ...phrases.map((phrase) => sql`phraseto_tsquery('simple', search_text(${phrase}))`),
    ...unwanted.map((word) => sql`!!plainto_tsquery('simple', search_text(${word}))`),
  ]
  return { exactly: queries.length > 0 ? sql`(${sql.join(queries, sql` && `)})` : undefined, rest }
}

function cursorOf(cursor: string | null | undefined) {
  const [, rank, threadId] = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? '') ?? []
  return rank && threadId ? { rank, threadId } : null
}
