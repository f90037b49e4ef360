import { sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { communities } from '~/db/schema'
import { readableBy } from '~/server/threads'
import type { Viewer } from '~/server/viewer'
import { errorsBetween, keysOf } from './words'

/** What a typed word is looked for as. */
export type Term = {
  word: string
  /** Lexemes that are the word itself. */
  own: string[]
  /** Words that begin with it, when it is the last and still being typed. */
  begun: string[]
  /** Words that it may have been meant to be. */
  near: string[]
  /** What it was taken for, where nobody writes it as it was typed. */
  takenFor: string[]
  /** Says nothing by itself: the, how, is. */
  common: boolean
  /** How much finding it says: rare words say more. */
  worth: number
  /** In how many threads and titles its lexemes stand, whoever may read them. */
  inThreads: number
  inTitles: number
}

const FEWEST_LETTERS_BEGUN = 3
const MOST_BEGUN = 6
const MOST_NEAR = 3
/** A known word is taken for a slip of another only where that other is so much more usual. */
const MORE_USUAL = 12

type Known = { place: number; way: 'own' | 'near' | 'begun'; word: string; stem: string | null; seen: number; held: number; titles: number }

/**
 * Each word with what it may mean among the words of rooms that the viewer may read. A room that they may not read neither
 * makes a word known nor offers another for it, so nobody learns its words by trying.
 */
export async function understood(viewer: Viewer, words: string[], { begun = false } = {}): Promise<Term[]> {
  if (words.length === 0) return []
  const last = words.at(-1) ?? ''
  const beginning = begun && last.length >= FEWEST_LETTERS_BEGUN && !/\d/.test(last) ? last : null
  const asked = sql.join(
    words.map((word, place) => sql`(${place}::int, ${word}::text, string_to_array(${keysOf(word).join(' ')}, ' '))`),
    sql`, `,
  )
  const rows = await db.execute<{ stems: string; total: number; known: Known[] }>(sql`
    with readable as materialized (select id, thread_count from ${communities} where ${readableBy(viewer)}),
    asked as materialized (select place, word, coalesce((ts_lexize('english_stem', word))[1], '') as stem, keys
      from (values ${asked}) as v(place, word, keys)),
    met as (
      select a.place, 'own' as way, w.* from asked a join search_words w on w.word = a.word or w.word = a.stem
      union all select a.place, 'near', w.* from asked a join search_words w on cardinality(a.keys) > 1 and w.keys && a.keys
      union all (select a.place, 'begun', w.* from asked a join search_words w on w.word > ${beginning ?? ''} and w.word < ${`${beginning ?? ''}\u{10fffd}`}
        where ${beginning !== null} and a.word = ${beginning ?? ''} limit 1000)),
    summed as (
      select place, way, word, sum(threads)::int as held, sum(titles)::int as titles,
        coalesce(sum(threads) filter (where community_id in (select id from readable)), 0)::int as seen
      from met group by 1, 2, 3)
    select (select json_agg(stem order by place) from asked) as stems, (select coalesce(sum(thread_count), 0)::int from readable) as total,
      (select coalesce(json_agg(json_build_object('place', place, 'way', way, 'word', word, 'seen', seen, 'held', held, 'titles', titles,
        'stem', (ts_lexize('english_stem', word))[1])), '[]') from summed where seen > 0) as known`)
  const { stems, total, known } = rows[0] as unknown as { stems: string[]; total: number; known: Known[] }
  return words.map((word, place) =>
    termOf(
      word,
      stems[place] ?? '',
      known.filter((row) => row.place === place),
      total,
    ),
  )
}

function termOf(word: string, stem: string, known: Known[], total: number): Term {
  const own = known.filter((row) => row.way === 'own')
  const standing = Math.max(0, ...own.map((row) => row.seen))
  const near = known
    .filter((row) => row.way === 'near' && row.word !== word && row.stem !== stem && row.word !== stem)
    .map((row) => ({ ...row, errors: errorsBetween(word, row.word) }))
    .filter((row) => row.errors === 1 && (standing === 0 || row.seen > standing * MORE_USUAL))
    .sort((one, other) => other.seen - one.seen)
    .slice(0, MOST_NEAR)
  const begun = known
    .filter((row) => row.way === 'begun' && row.stem !== stem)
    .sort((one, other) => other.seen - one.seen)
    .slice(0, MOST_BEGUN)
  const ownLexemes = stem ? [stem] : [word]
  const used = [...own.filter((row) => ownLexemes.includes(row.word)), ...near, ...begun]
  const seen = used.reduce((sum, row) => sum + row.seen, 0)
  const count = (of: 'held' | 'titles') => used.reduce((sum, row) => sum + row[of], 0)
  return {
    word,
    own: ownLexemes,
    begun: lexemesOf(begun),
    near: lexemesOf(near),
    takenFor:
      standing === 0 && begun.length === 0
        ? near
            .filter((row) => row.stem !== row.word || near.every((other) => other.stem !== row.word || other === row))
            .map((row) => row.word)
        : [],
    common: stem === '',
    worth: Math.log(1 + (Math.max(total, seen) - seen + 0.5) / (seen + 0.5)),
    inThreads: count('held'),
    inTitles: count('titles'),
  }
}

const lexemesOf = (rows: Known[]) => [...new Set(rows.map((row) => row.stem ?? row.word))]
