import type { Place } from './import-keys'
import { grouped, ranked, type Reader, storedPosts, storedThreads, sumOf } from './stored-rows'

const HOUR = 3_600_000
const DAY_HOURS = 24

/** The facts of a Thunderbird export under the names its data set uses, counted from what the database holds. */
export async function countThunderbirdFacts(reader: Reader, place: Place): Promise<Record<string, unknown>> {
  const threads = await storedThreads(reader, place)
  const posts = await storedPosts(reader, place)
  const answers = posts.filter(({ kind }) => kind === 'answer')
  const threadOf = new Map(threads.map((thread) => [thread.sourceId, thread]))
  const answersOf = grouped(answers, ({ threadId }) => threadId)
  const answerById = new Map(answers.map((answer) => [answer.sourceId, answer]))
  const replies = (sourceId: string) => answersOf.get(sourceId)?.length ?? 0
  const accepted = threads.filter(({ acceptedAnswer }) => acceptedAnswer)
  const hoursToReply = threads
    .flatMap(({ sourceId, createdAt }) => {
      const first = answersOf.get(sourceId)?.[0]
      return first ? [(first.createdAt.getTime() - createdAt.getTime()) / HOUR] : []
    })
    .sort((one, other) => one - other)
  const byVotes = threads.toSorted((one, other) => other.up - one.up || byNumber(one, other))
  const byLength = threads.toSorted((one, other) => replies(other.sourceId) - replies(one.sourceId) || byNumber(one, other))
  const byHelp = answers.toSorted((one, other) => other.up - one.up || byNumber(one, other))

  return {
    questions: threads.length,
    'answers(replies)': answers.length,
    distinct_question_ids: threadOf.size,
    distinct_answer_ids: answerById.size,
    questions_without_reply: threads.filter(({ sourceId }) => replies(sourceId) === 0).length,
    answer_ids_listed_in_questions: sumOf(threads, ({ meta }) => Number(meta.answersListed)),
    first_question_created: threads[0] ? stamp(threads[0].createdAt) : null,
    last_question_created: threads.length > 0 ? stamp(threads[threads.length - 1]!.createdAt) : null,
    distinct_creators: new Set(posts.map(({ author }) => author)).size,
    distinct_askers: new Set(threads.map(({ author }) => author)).size,
    distinct_repliers: new Set(answers.map(({ author }) => author)).size,
    replies_written_by_the_asker: answers.filter(({ author, threadId }) => threadOf.get(threadId)?.author === author).length,
    sum_num_helpful: sumOf(answers, ({ up }) => up),
    sum_num_unhelpful: sumOf(answers, ({ down }) => down),
    spam_answers: answers.filter(({ spam }) => spam).length,
    questions_per_locale: ranked(threads.map(({ meta }) => String(meta.locale))),
    questions_per_topic: ranked(threads.map(({ meta }) => String(meta.topic))),
    top_tags: ranked(threads.flatMap(({ tags }) => tags)).slice(0, 12),
    top_repliers: ranked(answers.map(({ author }) => author)).slice(0, 5),
    'longest_threads(question id, replies, title)': byLength.slice(0, 3).map(({ sourceId, title }) => [sourceId, replies(sourceId), title]),
    'most_helpful_replies(id, question id, creator, helpful, unhelpful)': byHelp
      .slice(0, 3)
      .map(({ sourceId, threadId, author, up, down }) => [sourceId, threadId, author, up, down]),
    questions_is_solved: threads.filter(({ meta }) => meta.solved).length,
    questions_with_solution_id: threads.filter(({ meta }) => meta.solution).length,
    solution_ids_present_in_answers_file: accepted.length,
    'solutions_chosen_by_the_asker(solved_by == creator)': accepted.filter(({ acceptedBy, author }) => acceptedBy === author).length,
    questions_is_spam: posts.filter(({ kind, spam }) => kind === 'opening' && spam).length,
    questions_is_locked: threads.filter(({ locked }) => locked).length,
    questions_is_archived: threads.filter(({ meta }) => meta.archived).length,
    "sum_num_votes('I have this problem too')": sumOf(threads, ({ up }) => up),
    sum_num_answers: sumOf(threads, ({ meta }) => Number(meta.answersCounted)),
    'questions_where_num_answers == replies in file': threads.filter(({ sourceId, meta }) => meta.answersCounted === replies(sourceId))
      .length,
    authors_of_most_accepted_solutions: ranked(accepted.map(({ acceptedAnswer }) => answerById.get(acceptedAnswer!)?.author ?? '')).slice(
      0,
      5,
    ),
    'most_voted_questions(id, votes, solved, title)': byVotes
      .slice(0, 3)
      .map(({ sourceId, up, meta, title }) => [sourceId, up, String(meta.solved), title]),
    questions_with_a_reply: hoursToReply.length,
    median_hours_to_first_reply: median(hoursToReply),
    first_reply_within_24h: hoursToReply.filter((hours) => hours <= DAY_HOURS).length,
    'e-mail_addresses_replaced':
      sumOf(posts, (post) => post.mailAddressesReplaced) +
      sumOf(threads, ({ title }) => title.match(/user-[0-9a-f]{10}@mail\.example/gu)?.length ?? 0),
  }
}

function byNumber(one: { sourceId: string }, other: { sourceId: string }) {
  return Number(one.sourceId) - Number(other.sourceId)
}

function stamp(date: Date) {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} +0000`
}

function median(sorted: number[]) {
  if (sorted.length === 0) return null
  const middle = sorted.length / 2
  const value = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
  return Math.round(value * 1000) / 1000
}
