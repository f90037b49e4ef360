import { and, sql, type SQL } from 'drizzle-orm'
import { db } from '~/db/client'
import { communities, threads } from '~/db/schema'
import { readableBy, visibleTo } from '~/server/threads'
import type { Viewer } from '~/server/viewer'
import type { Term } from './understanding'

/** So many threads are weighed, those that hold the rarest of the words. */
const WEIGHED = 600
/** Where every word is everywhere, the index hands over a sample of about this size. */
const SAMPLED = 1500
/** The same, where an answer is waited for while typing. */
const SAMPLED_ROUGHLY = 400
/** So many are compared in all: the branches come in the order of what they promise, and the rest are not looked up. */
const COMPARED = 1200
const COMPARED_ROUGHLY = 800
/**
 * A lexeme that nothing holds. Where every list of a query is long, the index takes a sample of each, and samples of two lists
 * hardly ever meet: a query of which one list is empty is answered whole.
 */
const NOTHING = `'=nothing'`
/** How often a word stands there, by the weight of the place (answer, question, tag, title): for words without order that is what ts_rank_cd counts. */
const WEIGHTS = `'{0.2, 0.4, 0.7, 1}'`
/** A word counts less where only one that begins with it stands, and one that it may have been meant to be. */
const OFTEN = sql.raw(
  `ts_rank_cd(${WEIGHTS}, d.lexemes, own) + 0.8 * coalesce(ts_rank_cd(${WEIGHTS}, d.lexemes, begun), 0) + 0.7 * coalesce(ts_rank_cd(${WEIGHTS}, d.lexemes, near), 0)`,
)
/** A word found often says more than once, but less and less, and less in a long text: BM25. */
const LENGTH_MATTERS = sql.raw('(0.6 + 0.4 * length(d.lexemes) / 300.0)')

export type Wanted = {
  terms: Term[]
  /** The title itself, if that is what was typed. */
  typed: string
  /** tsquery of filters that the index knows, such as `=kind:question`. */
  filter?: string | null
  /** What must or must not stand there word by word. */
  exactly?: SQL
  /** Further conditions on `threads`. */
  where?: SQL
  /** Threads here come somewhat earlier. */
  near?: { communityId: string } | null
  /** So many threads that hold the most of the words, first those that hold them in the title, are weighed word by word; all that are found, if not said. */
  weighed?: number
  /** How much of what was asked must be found: a share of all the words' worth. */
  atLeast: number
  /** Where the marks of what was found are wanted: a snippet is drawn from the whole text, and costs as much as finding it. */
  marked?: 'title' | 'text'
  limit: number
  after?: { rank: string; threadId: string } | null
}
/** Title and snippet carry the marks, where they were wanted. */
export type Ranked = { threadId: string; rank: string; share: number; title: string; snippet: string }

const quoted = (lexeme: string) => `'${lexeme.replace(/'/g, "''").replace(/\\/g, '\\\\')}'`
const anyOf = (lexemes: string[]) => lexemes.map(quoted).join(' | ')
const allOf = (term: Term) => [...term.own, ...term.begun, ...term.near]
const titled = (lexemes: string[]) => lexemes.map((lexeme) => `^${lexeme}`)
const whole = (query: string) => `(${query}) | ${NOTHING}`

/** The best threads for these words, that the viewer may see. Each word counts by how rare it is; a thread called exactly so comes first. */
export async function rankedThreads(viewer: Viewer, wanted: Wanted): Promise<Ranked[]> {
  const { terms, filter, near, after } = wanted
  if (terms.length === 0) return []
  const worth = terms.reduce((sum, term) => sum + term.worth, 0)
  const sampled = wanted.weighed ? SAMPLED_ROUGHLY : SAMPLED
  const branches = branchesOf(terms).map((branch) => (filter ? whole(`(${branch}) & ${filter}`) : branch))
  // The words go in as data, so that the statement is the same for any words and its plan is made once.
  const rows = await db.execute<{ id: string; rank: string; share: number; title?: string; snippet?: string }>(sql`
    with asked as materialized (select set_config('gin_fuzzy_search_limit', ${String(sampled)}, true) as sampled, quote_literal('=title:' || md5(search_text(${wanted.typed})))::tsquery as called),
    terms as materialized (select worth, own::tsquery, begun::tsquery, near::tsquery, whole::tsquery, titled::tsquery
      from json_to_recordset(${JSON.stringify(terms.map(queriesOf))}::json) as t(worth float8, own text, begun text, near text, whole text, titled text)),
    branches as materialized (select called as query from asked union all
      select query::tsquery from json_array_elements_text(${JSON.stringify(branches)}::json) as b(query) where (select sampled <> '' from asked)),
    candidates as materialized (${wanted.weighed ? roughly(viewer, wanted.weighed, wanted.atLeast * worth) : ALL}),
    weighed as (
      select c.thread_id, round((w.found * ${near ? sql`case when d.community_id = ${near.communityId}::uuid then 1.3 else 1 end` : sql`1`} * case when d.solved then 1.05 else 1 end
          + case when d.called then 1000 else 0 end)::numeric * 1e6) as rank, w.share / ${worth}::float8 as share
      from candidates c
        cross join lateral (select s.community_id, s.solved, s.lexemes @@ (select called from asked) as called, ts_filter(s.lexemes, '{a,b,c,d}') as lexemes
          from search_documents s where s.thread_id = c.thread_id ${filter ? sql`and s.lexemes @@ ${filter}::tsquery` : sql``}
            ${wanted.exactly ? sql`and s.lexemes @@ ${wanted.exactly}` : sql``} offset 0) d
        cross join lateral (select true from ${threads} join ${communities} on ${communities.id} = ${threads.communityId}
          where ${threads.id} = c.thread_id and ${and(visibleTo(viewer), wanted.where)} offset 0) may_be_seen
        cross join lateral (select sum(t.worth * t.often / (t.often + ${LENGTH_MATTERS})) as found, sum(t.worth) as share
          from (select worth, ${OFTEN} as often from terms where d.lexemes @@ whole offset 0) t) w),
    best as materialized (
      select thread_id, rank, share from weighed
      where share >= ${wanted.atLeast} ${after ? sql`and (rank, thread_id) < (${after.rank}::numeric, ${after.threadId}::uuid)` : sql``}
      order by rank desc, thread_id desc limit ${wanted.limit})
    select b.thread_id as id, b.rank::text as rank, b.share ${wanted.marked ? sql`, ${marked(terms, wanted.marked)}` : sql``} from best b
      ${wanted.marked ? sql`join threads t on t.id = b.thread_id` : sql``} ${wanted.marked === 'text' ? sql`join posts o on o.thread_id = t.id and o.kind = 'opening'` : sql``}
    order by b.rank desc, b.thread_id desc`)
  return rows.map(({ id, rank, share, title, snippet }) => ({ threadId: id, rank, share, title: title ?? '', snippet: snippet ?? '' }))
}

const queriesOf = ({ worth, own, begun, near }: Term) => ({
  worth,
  own: anyOf(own),
  begun: begun.length > 0 ? anyOf(begun) : null,
  near: near.length > 0 ? anyOf(near) : null,
  whole: anyOf([...own, ...begun, ...near]),
  titled: anyOf(titled([...own, ...begun, ...near])),
})

const ALL = sql.raw(`select distinct thread_id from (select f.thread_id from branches b
  cross join lateral (select d.thread_id from search_documents d where d.lexemes @@ b.query limit ${SAMPLED}::int) f limit ${COMPARED}::int) found`)

/** Whether a word stands there is known at once; how often it does costs ten times as much. */
const roughly = (viewer: Viewer, many: number, atLeast: number) => sql`select thread_id from (
  select f.thread_id, f.worth from branches b
  cross join lateral (select d.thread_id, r.worth + case when d.lexemes @@ (select called from asked) then 1000 else 0 end as worth
    from search_documents d
      cross join lateral (select sum(worth) filter (where d.lexemes @@ whole) as held,
        sum(case when d.lexemes @@ titled then worth when d.lexemes @@ whole then worth * 0.6 end) as worth from terms offset 0) r
    where d.lexemes @@ b.query and d.community_id in (select id from ${communities} where ${readableBy(viewer)}) and r.held >= ${atLeast}::float8
    limit ${SAMPLED_ROUGHLY}::int) f
  limit ${COMPARED_ROUGHLY}::int) found
  group by thread_id order by max(worth) desc, thread_id desc limit ${many}`

/** Where to look, from the rarest on, until enough is found; then where two of the others meet in one title. */
function branchesOf(terms: Term[]): string[] {
  const saying = terms.filter((term) => !term.common)
  const places = (saying.length > 0 ? saying : terms).flatMap((term) => [
    { term, lexemes: allOf(term), many: Math.max(1, term.inThreads) },
    { term, lexemes: titled(allOf(term)), many: Math.max(1, term.inTitles) },
  ])
  const taken: typeof places = []
  let many = 0
  for (const place of places.sort((one, other) => one.many - other.many)) {
    if (taken.length > 0 && many + place.many > WEIGHED) break
    taken.push(place)
    many += place.many
  }
  if (many <= WEIGHED && taken.length === places.length) return [anyOf(taken.flatMap((place) => place.lexemes))]
  // Of common words each meeting is found thousands of times, and tells little.
  const left = [...new Set(places.slice(taken.length).map((place) => place.term))].slice(0, saying.length > 0 ? 4 : 3)
  const pairs = left.flatMap((one, index) => left.slice(index + 1).map((other) => whole(together([one, other], titled))))
  const found = anyOf(taken.flatMap((place) => place.lexemes))
  const all = [...new Set(places.map((place) => place.term))]
  const everywhere = all.length > 1 ? [whole(together(all))] : []
  // One word alone that stands in thousands of titles says less than two that meet there.
  return many > WEIGHED
    ? [...(all.length > 1 ? [whole(together(all, titled))] : []), ...pairs, found, ...everywhere]
    : [found, ...pairs, ...everywhere]
}

const together = (terms: Term[], where = (lexemes: string[]) => lexemes) =>
  terms.map((term) => `(${anyOf(where(allOf(term)))})`).join(' & ')

/** Marks that nobody can type: the text type refuses them. */
export const START = '\u0002'
export const STOP = '\u0003'

function marked(terms: Term[], where: 'title' | 'text'): SQL {
  const query = sql`${anyOf(terms.flatMap((term) => [...allOf(term), term.word]))}::tsquery`
  const marks = `StartSel=${START}, StopSel=${STOP}`
  const title = sql`ts_headline('english', t.title, ${query}, ${`${marks}, HighlightAll=true`}) as title`
  if (where === 'title') return title
  return sql`${title},
    ts_headline('english', left(regexp_replace(o.html, '<[^>]*>', ' ', 'g'), 4000), ${query}, ${`${marks}, MaxWords=32, MinWords=16, MaxFragments=2, FragmentDelimiter=" … "`}) as snippet`
}
