import { sql, type SQL } from 'drizzle-orm'
import { db } from '~/db/client'
import { communities } from '~/db/schema'
import { readableBy } from '~/server/threads'
import type { Viewer } from '~/server/viewer'
import { errorsBetween, keysOf, searchText, wordsOf } from './words'

/** People, vendors and rooms are looked for by their names; a longer question is not a name. */
const MOST_WORDS_OF_A_NAME = 5
const MET = 60

export type Named = { kind: 'person' | 'vendor' | 'room'; key: string; name: string; about: string }

/** People, vendors (also by their products) and rooms whose names are like what was typed; the best first. */
export async function namedLike(
  viewer: Viewer,
  typed: string,
  limit: number,
  kinds: Named['kind'][] = ['room', 'vendor', 'person'],
): Promise<Named[]> {
  const words = wordsOf(typed).filter((word) => word.length > 1)
  if (words.length === 0 || words.length > MOST_WORDS_OF_A_NAME || kinds.length === 0) return []
  // Every word is met by some word of the name: of many that share one word, none is cut before it was looked at.
  const met = (names: SQL) =>
    sql.join(
      words.map((word) => sql`search_name_keys(${names}) && string_to_array(${keysOf(word).join(' ')}, ' ')`),
      sql` and `,
    )
  // Met first and cut afterwards: for a word that it takes for common, the planner would read everybody until enough are met.
  const sources = {
    person: sql`(with met as materialized (select h.handle, h.display_name from handles h where h.handle is not null and h.kind = 'member'
        and ${met(sql`h.display_name || ' ' || coalesce(h.handle, '')`)})
      select 'person' as kind, handle as key, display_name as name, '@' || handle as about, display_name || ' ' || handle as names from met limit ${MET})`,
    vendor: sql`(select 'vendor', v.slug, v.name, v.summary, v.name from vendors v where ${met(sql`v.name`)} limit ${MET})
      union all (select 'vendor', v.slug, v.name, p.name, p.name from products p join vendors v on v.id = p.vendor_id where ${met(sql`p.name`)} limit ${MET})`,
    room: sql`(select 'room', ${communities.slug}, ${communities.name}, ${communities.summary}, ${communities.name} from ${communities}
      where ${readableBy(viewer)} and ${met(sql`${communities.name}`)} limit ${MET})`,
  }
  const rows = await db.execute<Named & { names: string }>(
    sql`select kind, key, name, about, names from (${sql.join(
      kinds.map((kind) => sources[kind]),
      sql` union all `,
    )}) as found(kind, key, name, about, names)`,
  )
  const best = new Map<string, { likeness: number; named: Named }>()
  for (const { names, ...named } of rows) {
    const likeness = likenessOf(names, words, typed)
    const key = `${named.kind} ${named.key}`
    if (likeness > (best.get(key)?.likeness ?? 0)) best.set(key, { likeness, named })
  }
  return [...best.values()]
    .sort((one, other) => other.likeness - one.likeness || one.named.name.localeCompare(other.named.name))
    .slice(0, limit)
    .map(({ named }) => named)
}

/** 0 unless every word is found in the name; most for the name itself. */
function likenessOf(names: string, words: string[], typed: string): number {
  const parts = searchText(names).split(' ')
  const fits = words.map((word) =>
    Math.max(
      ...parts.map((part) =>
        part === word ? 1 : part.startsWith(word) ? 0.7 : word.length > 3 && errorsBetween(part, word) === 1 ? 0.5 : 0,
      ),
    ),
  )
  if (fits.includes(0)) return 0
  return fits.reduce((sum, fit) => sum + fit, 0) / parts.length + (searchText(names) === searchText(typed) ? 1 : 0)
}
