import { and, eq, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { communities, threads } from '~/db/schema'
import { isPlainText } from '~/server/platform/text'
import { readableBy, threadsById, visibleTo } from '~/server/threads'
import type { ThreadRow } from '~/server/threads/types'
import type { Viewer } from '~/server/viewer'

const ON_A_PAGE = 20
/** As many are ranked, the newest first, so that a common word costs no more than a rare one. */
const RANKED = 1_000
/** Beyond this the index hands over a sample. */
const MOST_MATCHES = 10_000
const LONGEST_QUERY = 200

export type Wanted = { q: string; community?: string | null; tag?: string | null; solved?: boolean; cursor?: string | null }
/** Words that matched are marked; text is text, never HTML. */
export type Piece = { text: string; found: boolean }
export type Result = ThreadRow & { titlePieces: Piece[]; snippet: Piece[] }

export async function searchPage(viewer: Viewer, wanted: Wanted) {
  const q = wanted.q.trim().slice(0, LONGEST_QUERY)
  const rooms = await db
    .select({ slug: communities.slug, name: communities.name })
    .from(communities)
    .where(readableBy(viewer))
    .orderBy(sql`${communities.threadCount} desc`)
    .limit(50)
  const empty = { q, rooms, results: [] as Result[], next: null as string | null }
  if (q === '' || !isPlainText(q)) return empty
  const offset = Math.min(Number(/^\d{1,3}$/.exec(wanted.cursor ?? '')?.[0] ?? 0), RANKED)
  const found = await ranked(viewer, { ...wanted, q }, offset)
  const shown = found.slice(0, ON_A_PAGE)
  const rows = await threadsById(
    viewer,
    shown.map((hit) => hit.id),
  )
  const results = shown.flatMap((hit): Result[] => {
    const row = rows.get(hit.id)
    return row ? [{ ...row, titlePieces: pieces(hit.title), snippet: pieces(plain(hit.snippet)) }] : []
  })
  return { ...empty, results, next: found.length > ON_A_PAGE ? String(offset + ON_A_PAGE) : null }
}

type Hit = { id: string; title: string; snippet: string }

// Marks that nobody can type: the text type refuses them.
const START = '\u0002'
const STOP = '\u0003'

async function ranked(viewer: Viewer, wanted: Wanted, offset: number): Promise<Hit[]> {
  const query = sql`(websearch_to_tsquery('english', ${wanted.q}) || websearch_to_tsquery('simple', ${wanted.q}))`
  const filters = and(
    wanted.community ? eq(communities.slug, wanted.community) : undefined,
    wanted.tag ? sql`${wanted.tag} = any(d.tag_names)` : undefined,
    wanted.solved ? sql`d.solved` : undefined,
    readableBy(viewer),
  )
  const marks = `StartSel=${START}, StopSel=${STOP}`
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('gin_fuzzy_search_limit', ${String(MOST_MATCHES)}, true)`)
    return tx.execute<Hit>(sql`
      with asked as materialized (select ${query} as query),
      candidates as materialized (select d.thread_id, d.lexemes, d.created_at from search_documents d join ${communities} on ${communities.id} = d.community_id
        where d.lexemes @@ (select query from asked) and ${filters} order by d.created_at desc limit ${RANKED}),
      best as materialized (select c.thread_id, ts_rank_cd(c.lexemes, (select query from asked), 1) as rank, c.created_at
        from candidates c join ${threads} on ${threads.id} = c.thread_id join ${communities} on ${communities.id} = ${threads.communityId}
        where ${visibleTo(viewer)} order by rank desc, c.created_at desc, c.thread_id limit ${ON_A_PAGE + 1} offset ${offset})
      select b.thread_id as id,
        ts_headline('english', t.title, (select query from asked), ${`${marks}, HighlightAll=true`}) as title,
        ts_headline('english', left(regexp_replace(o.html, '<[^>]*>', ' ', 'g'), 6000), (select query from asked), ${`${marks}, MaxWords=32, MinWords=16, MaxFragments=2, FragmentDelimiter=" … "`}) as snippet
      from best b join threads t on t.id = b.thread_id join posts o on o.thread_id = t.id and o.kind = 'opening'
      order by b.rank desc, b.created_at desc, b.thread_id`)
  })
}

function pieces(marked: string): Piece[] {
  return marked.split(START).flatMap((part, index) => {
    const [found = '', after = ''] = index === 0 ? ['', part] : part.split(STOP)
    return [
      { text: found, found: true },
      { text: after, found: false },
    ].filter((piece) => piece.text !== '')
  })
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", nbsp: ' ' }

const plain = (html: string) => html.replace(/&(#?\w{1,6});/g, (whole, name: string) => ENTITIES[name] ?? whole).replace(/\s+/g, ' ')
