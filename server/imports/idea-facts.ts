import { eq } from 'drizzle-orm'
import { ideas, importKeys } from '~/db/schema'
import type { Place } from './import-keys'
import { hasJunk, listed, type PetitionRow } from './petitions'
import { countStackExchangeFacts } from './stack-exchange-facts'
import { ranked, type Reader, storedPosts, storedThreads, sumOf, type StoredThread } from './stored-rows'

const KINDS = ['feature-request', 'bug', 'support', 'discussion']
/** How a site about a site says how an idea stands. */
const isStatus = (tag: string) => tag.startsWith('status-')

/** The facts of a dump that is read as a board of ideas: those of any dump, and what its tags and votes say. */
export async function countIdeaBoardFacts(reader: Reader, place: Place): Promise<Record<string, unknown>> {
  const threads = await storedThreads(reader, place)
  const tagged = (tag: string) => threads.filter(({ tags }) => tags.includes(tag))
  const requests = tagged('feature-request')
  const statusOf = ({ tags }: StoredThread) => tags.find(isStatus) ?? null
  const score = ({ up, down }: StoredThread) => up - down
  return {
    ...(await countStackExchangeFacts(reader, place)),
    as_idea_board: {
      ...Object.fromEntries(
        KINDS.map((kind) => [
          kind,
          {
            posts: tagged(kind).length,
            sum_score: sumOf(tagged(kind), score),
            up_votes: sumOf(tagged(kind), ({ up }) => up),
            down_votes: sumOf(tagged(kind), ({ down }) => down),
          },
        ]),
      ),
      status_tags_on_all_questions: Object.fromEntries(ranked(threads.flatMap(({ tags }) => tags.filter(isStatus)))),
      status_tags_on_feature_requests: Object.fromEntries(ranked(requests.map((one) => statusOf(one) ?? '(none)'))),
      'feature_requests_ranked_by_score(id,score,up,down,status,title)': requests
        .toSorted((one, other) => score(other) - score(one) || Number(one.sourceId) - Number(other.sourceId))
        .slice(0, 10)
        .map((one) => [one.sourceId, score(one), one.up, one.down, statusOf(one), one.title]),
    },
  }
}

export async function countVotedIssuesFacts(reader: Reader, place: Place): Promise<Record<string, unknown>> {
  const threads = await storedThreads(reader, place)
  const numbers = threads.map(({ sourceId }) => Number(sourceId)).sort((one, other) => one - other)
  const histogram = ranked(threads.map(({ up }) => String(up))).sort(([one], [other]) => Number(one) - Number(other))
  return {
    rows: threads.length,
    distinct_issue_numbers: new Set(numbers).size,
    sum_votes: sumOf(threads, ({ up }) => up),
    max_votes: Math.max(...threads.map(({ up }) => up)),
    distinct_authors: new Set(threads.map(({ author }) => author)).size,
    'top_by_votes(number, votes, author, title)': threads
      .toSorted((one, other) => other.up - one.up || Number(one.sourceId) - Number(other.sourceId))
      .slice(0, 5)
      .map(({ sourceId, up, author, title }) => [Number(sourceId), up, author, title]),
    votes_histogram: Object.fromEntries(histogram),
    authors_with_most_ideas: ranked(threads.map(({ author }) => author)).slice(0, 5),
    lowest_and_highest_number: [numbers[0], numbers.at(-1)],
  }
}

/** The rows that repeat a petition are kept with it, so that the facts about rows are counted from the database too. */
export async function countPetitionFacts(reader: Reader, place: Place): Promise<Record<string, unknown>> {
  const threads = await storedThreads(reader, place)
  const rows = threads.flatMap(({ meta }) => meta.rows as PetitionRow[])
  const signs = rows.map((row) => row.signs).sort((one, other) => one - other)
  const titles = new Set(rows.map(({ title }) => title))
  const repeated = threads.toSorted((one, other) => rowsOf(other).length - rowsOf(one).length)[0]
  return {
    rows: rows.length,
    distinct_ids: new Set(rows.map(({ id }) => id)).size,
    sum_signs: sumOf(rows, (row) => row.signs),
    min_signs: signs[0],
    median_signs: signs[Math.floor(signs.length / 2)],
    max_signs: signs.at(-1),
    petitions_with_at_least_100000_signs: signs.filter((many) => many >= 100_000).length,
    petitions_with_fewer_than_150_signs: signs.filter((many) => many < 150).length,
    'rows_with_statement(not null)': rows.filter(({ statement }) => statement).length,
    'rows_with_tags(not null)': rows.filter(({ tags }) => tags !== '').length,
    petitions_per_year: Object.fromEntries(ranked(rows.map(({ year }) => year)).sort(([one], [other]) => Number(one) - Number(other))),
    'top_tags(split on comma)': ranked(rows.flatMap(({ tags }) => listed(tags))).slice(0, 12),
    duplicate_titles: rows.length - titles.size,
    'distinct_urls(one petition each)': threads.length,
    rows_that_repeat_an_earlier_url: rows.length - threads.length,
    sum_signs_counting_each_url_once: sumOf(threads, ({ up }) => up),
    urls_whose_rows_disagree_on_signs: threads.filter((thread) => new Set(rowsOf(thread).map((row) => row.signs)).size > 1).length,
    'most_repeated_url(rows, title)': repeated ? [rowsOf(repeated).length, repeated.title] : null,
    'ids_with_junk_after_the_5-or-4-character_code': rows.filter(({ id }) => hasJunk(id)).length,
    'top_by_signs_counting_each_url_once(id of first row, signs, title)': threads
      .toSorted((one, other) => other.up - one.up)
      .slice(0, 5)
      .map((thread) => [rowsOf(thread)[0]?.id, thread.up, thread.title]),
  }
}

const rowsOf = ({ meta }: StoredThread) => meta.rows as PetitionRow[]

/** What an export of Fider has come to here: it brings no facts of its own. */
export async function countFiderFacts(reader: Reader, place: Place): Promise<Record<string, unknown>> {
  const threads = await storedThreads(reader, place)
  const posts = await storedPosts(reader, place)
  const stands = await reader
    .select({ status: ideas.status })
    .from(ideas)
    .innerJoin(importKeys, eq(importKeys.rowId, ideas.threadId))
    .where(eq(ideas.communityId, place.communityId))
  return {
    ideas: threads.length,
    sum_votes: sumOf(threads, ({ up }) => up),
    distinct_authors: new Set(posts.map(({ author }) => author)).size,
    statuses: Object.fromEntries(ranked(stands.map(({ status }) => status))),
  }
}
