import { foldedLine } from '~/server/platform/text'
import { say } from '~/words'
import type { ImportedAuthor, ImportedPost, ImportedThread, ImportSet } from './imported'
import { csvRows } from './source-file'
import { firstOfItsId, type SourceRow } from './source-row'

const SITE = 'https://support.mozilla.org'
const LICENCE = 'CC BY-SA 3.0'

/** Some people signed up with their address for a name. It stays the key, and is not shown. */
const MAIL_ADDRESS = /^([^@\s]+)@[^@\s]+\.[^@\s]+$/u

const QUESTION_COLUMNS = [
  ...['id', 'created', 'updated', 'locale', 'product', 'title', 'is_solved', 'solution', 'solved_by', 'is_spam', 'answers'],
  ...['topic', 'tags', 'creator', 'content', 'is_archived', 'is_locked', 'metadata', 'num_answers', 'num_votes'],
]
const ANSWER_COLUMNS = ['id', 'question_id', 'created', 'updated', 'content', 'creator', 'is_spam', 'num_helpful', 'num_unhelpful']

/** The questions and answers of support.mozilla.org as its weekly export writes them: two CSV files, complete or not at all. */
export async function readThunderbird(directory: string): Promise<ImportSet> {
  const authors = new Map<string, ImportedAuthor>()
  const threads = new Map<string, ImportedThread>()
  const answers = new Map<string, ImportedPost>()
  const left = { metadata: 0, answerWithoutQuestion: 0, acceptanceWithoutAnswer: 0 }

  for await (const row of csvRows(directory, 'questions.csv', QUESTION_COLUMNS)) {
    threads.set(firstOfItsId(threads, row, 'id'), questionFrom(row, authors))
    if (row.optional('metadata')) left.metadata += 1
  }
  for await (const row of csvRows(directory, 'answers.csv', ANSWER_COLUMNS)) {
    const id = firstOfItsId(answers, row, 'id')
    const thread = threads.get(row.id('question_id'))
    const answer = answerFrom(row, thread, authors)
    answers.set(id, answer)
    if (thread) thread.answers.push(answer)
    else left.answerWithoutQuestion += 1
  }
  for (const thread of threads.values()) {
    thread.answers.sort(byAge)
    thread.activeAt = thread.answers.at(-1)?.createdAt ?? thread.opening.createdAt
    const accepted = thread.answers.find(({ sourceId }) => sourceId === thread.accepted?.answerId)
    if (thread.accepted && !accepted) left.acceptanceWithoutAnswer += 1
    // The export does not say when: not before the answer was there.
    thread.accepted = accepted && thread.accepted ? { ...thread.accepted, at: accepted.createdAt } : null
  }

  return {
    format: 'thunderbird',
    source: new URL(SITE).host,
    sourceUrl: SITE,
    licence: LICENCE,
    authors,
    threads: [...threads.values()].sort((one, other) => byAge(one.opening, other.opening)),
    notImported: [
      { kind: 'metadata', count: left.metadata, reason: say('import.left.metadata') },
      { kind: 'answerWithoutQuestion', count: left.answerWithoutQuestion, reason: say('import.left.answerWithoutQuestion') },
      { kind: 'acceptanceWithoutAnswer', count: left.acceptanceWithoutAnswer, reason: say('import.left.acceptanceWithoutAnswer') },
    ].filter(({ count }) => count > 0),
    countsFromFiles: { answers_whose_question_is_missing: left.answerWithoutQuestion },
  }
}

function questionFrom(row: SourceRow, authors: Map<string, ImportedAuthor>): ImportedThread {
  const id = row.id('id')
  const createdAt = row.date('created')
  const solution = row.optionalId('solution')
  const solvedBy = foldedLine(row.text('solved_by'))
  return {
    sourceId: id,
    title: row.line('title'),
    opening: {
      sourceId: id,
      authorId: authorOf(row.line('creator'), authors),
      body: { html: row.text('content') },
      createdAt,
      editedAt: null,
      tally: { up: row.integer('num_votes'), down: 0 },
      spam: row.flag('is_spam'),
      sourceUrl: `${SITE}/questions/${id}`,
      licence: LICENCE,
      meta: {},
      comments: [],
    },
    answers: [],
    accepted: solution ? { answerId: solution, byAuthorId: solvedBy ? authorOf(solvedBy, authors) : null, at: createdAt } : null,
    tags: listed(row.text('tags')),
    locked: row.flag('is_locked'),
    activeAt: createdAt,
    meta: {
      locale: row.required('locale'),
      topic: row.text('topic'),
      product: row.required('product'),
      solved: row.flag('is_solved'),
      solution: solution ?? null,
      archived: row.flag('is_archived'),
      answersListed: listed(row.text('answers')).length,
      answersCounted: row.integer('num_answers'),
    },
  }
}

function answerFrom(row: SourceRow, thread: ImportedThread | undefined, authors: Map<string, ImportedAuthor>): ImportedPost {
  const createdAt = row.date('created')
  const updatedAt = row.date('updated')
  return {
    sourceId: row.id('id'),
    authorId: thread ? authorOf(row.line('creator'), authors) : row.line('creator'),
    body: { html: row.text('content') },
    createdAt,
    editedAt: updatedAt > createdAt ? updatedAt : null,
    tally: { up: row.integer('num_helpful'), down: row.integer('num_unhelpful') },
    spam: row.flag('is_spam'),
    sourceUrl: `${SITE}/questions/${row.id('question_id')}#answer-${row.id('id')}`,
    licence: LICENCE,
    meta: {},
    comments: [],
  }
}

function authorOf(name: string, authors: Map<string, ImportedAuthor>) {
  if (!authors.has(name)) {
    authors.set(name, {
      sourceId: name,
      displayName: name.replace(MAIL_ADDRESS, '$1@…'),
      aboutHtml: '',
      sourceUrl: MAIL_ADDRESS.test(name) ? null : `${SITE}/user/${encodeURIComponent(name)}/`,
      createdAt: null,
      ...(MAIL_ADDRESS.test(name) ? { address: { address: name } } : {}),
    })
  }
  return name
}

function listed(value: string) {
  return value
    .split(';')
    .map((item) => item.trim())
    .filter(Boolean)
}

function byAge(one: ImportedPost, other: ImportedPost) {
  return one.createdAt.getTime() - other.createdAt.getTime() || Number(one.sourceId) - Number(other.sourceId)
}
