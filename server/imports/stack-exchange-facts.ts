import type { ImportedLink } from './imported'
import type { Place } from './import-keys'
import { grouped, ranked, type Reader, storedAuthors, storedPosts, storedThreads, type StoredPost, sumOf } from './stored-rows'

/** The facts of a Stack Exchange dump under the names its data set uses, counted from what the database holds. */
export async function countStackExchangeFacts(reader: Reader, place: Place): Promise<Record<string, unknown>> {
  const threads = await storedThreads(reader, place)
  const posts = await storedPosts(reader, place)
  const authors = await storedAuthors(reader, place)
  const written = posts.filter(({ kind }) => kind !== 'comment')
  const openings = posts.filter(({ kind }) => kind === 'opening')
  const answers = posts.filter(({ kind }) => kind === 'answer')
  const comments = posts.filter(({ kind }) => kind === 'comment')
  const answersOf = grouped(answers, ({ threadId }) => threadId)
  const count = (threadId: string) => answersOf.get(threadId)?.length ?? 0
  const titles = new Map(threads.map(({ sourceId, title }) => [sourceId, title]))
  const names = new Map(authors.map(({ sourceId, name }) => [sourceId, name]))
  const times = written.map(({ createdAt }) => createdAt.getTime())
  const tags = threads.flatMap((thread) => thread.tags)
  const links = written.flatMap(({ meta }) => (meta.links as ImportedLink[] | undefined) ?? [])

  return {
    questions: threads.length,
    answers: answers.length,
    questions_with_accepted_answer: threads.filter(({ meta }) => meta.acceptedAnswer).length,
    accepted_answer_ids_present_in_file: threads.filter(({ acceptedAnswer }) => acceptedAnswer).length,
    questions_without_any_answer: threads.filter(({ sourceId }) => count(sourceId) === 0).length,
    questions_where_AnswerCount_equals_real_answers: threads.filter(({ sourceId, meta }) => meta.answersCounted === count(sourceId)).length,
    'closed_questions(ClosedDate)': threads.filter(({ meta }) => meta.closedAt).length,
    sum_score_questions: sumOf(openings, score),
    sum_score_answers: sumOf(answers, score),
    sum_view_count_questions: sumOf(threads, ({ meta }) => Number(meta.views)),
    posts_without_OwnerUserId: written.filter(({ author }) => author.startsWith('name:')).length,
    first_post: times.length > 0 ? stamp(Math.min(...times)) : null,
    last_post: times.length > 0 ? stamp(Math.max(...times)) : null,
    distinct_tags_on_questions: new Set(tags).size,
    top_tags_on_questions: ranked(tags).slice(0, 12),
    users: authors.filter(({ sourceId }) => sourceId.startsWith('id:')).length,
    'top_authors(user id, name, questions+answers)': ranked(written.map(({ author }) => author))
      .filter(([author]) => author.startsWith('id:'))
      .slice(0, 5)
      .map(([author, number]) => [author.slice(3), names.get(author), number]),
    comments: comments.length,
    sum_comment_score: sumOf(comments, score),
    comments_without_UserId: comments.filter(({ author }) => author.startsWith('name:')).length,
    'question+answer posts where Score == up votes - down votes': written.filter((post) => post.meta.score === score(post)).length,
    'question+answer posts': written.length,
    'post_links_by_type(1 linked,3 duplicate)': {
      '1': links.filter(({ kind }) => kind === 'linked').length,
      '3': links.filter(({ kind }) => kind === 'duplicate').length,
    },
    'top_scored_questions(id,score,answers,title)': openings
      .toSorted(byScore)
      .slice(0, 5)
      .map((post) => [post.sourceId, score(post), count(post.sourceId), titles.get(post.sourceId)]),
    'top_scored_answers(id,question id,score)': answers
      .toSorted(byScore)
      .slice(0, 3)
      .map((post) => [post.sourceId, post.threadId, score(post)]),
  }
}

function score({ up, down }: StoredPost) {
  return up - down
}

function byScore(one: StoredPost, other: StoredPost) {
  return score(other) - score(one) || Number(one.sourceId) - Number(other.sourceId)
}

function stamp(time: number) {
  return new Date(time).toISOString().slice(0, -1)
}
