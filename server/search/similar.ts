import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { communities, posts, threads } from '~/db/schema'
import { statusesOf, type IdeaStatus } from '~/server/ideas'
import { isPlainText } from '~/server/platform/text'
import { threadsById } from '~/server/threads'
import type { ThreadRow, ThreadState } from '~/server/threads/types'
import type { Viewer } from '~/server/viewer'
import { pieces, plain, type Piece } from './pieces'
import { rankedThreads, type Ranked } from './ranking'
import { understood } from './understanding'
import { wordsOf } from './words'

/** Of all that the words are worth, so much has to be found in a question that is called similar. */
const LEAST_ALIKE = 0.25
const SHOWN = 5
/** Of the threads that hold the words, so many are compared word by word: the few that are shown are among them. */
const WEIGHED = 150
/** Of an accepted answer, so much says whether it helps. */
const EXCERPT = 320

export type Similar = {
  number: number
  slug: string
  communityName: string
  title: string
  titlePieces: Piece[]
  kind: ThreadRow['kind']
  state: ThreadState
  answerCount: number
  /** How the accepted answer begins. */
  answer: string | null
}

type Around = { communityId?: string; filter?: string; except?: string; limit?: number; marked?: 'title' }

/** The threads most like a question that is being typed, the likest first. */
export async function likest(
  viewer: Viewer,
  title: string,
  { communityId, filter, except, limit = SHOWN, marked }: Around = {},
): Promise<Ranked[]> {
  const terms = await understood(viewer, wordsOf(title), { begun: true })
  return rankedThreads(viewer, {
    terms: terms.some((term) => !term.common) ? terms.filter((term) => !term.common) : terms,
    typed: title,
    filter,
    near: communityId ? { communityId } : null,
    where: except ? ne(threads.id, except) : undefined,
    atLeast: LEAST_ALIKE,
    weighed: WEIGHED,
    marked,
    limit,
  })
}

/** What may already answer a question that is being typed in a room: solved ones first, each with its accepted answer. */
export async function similarQuestions(viewer: Viewer, slug: string, title: string): Promise<Similar[]> {
  if (!isPlainText(title) || wordsOf(title).length === 0) return []
  const [room] = await db.select({ id: communities.id }).from(communities).where(eq(communities.slug, slug))
  const found = await likest(viewer, title.slice(0, 300), { communityId: room?.id, marked: 'title' })
  const ids = found.map((hit) => hit.threadId)
  const [rows, answers] = await Promise.all([threadsById(viewer, ids), acceptedIn(ids)])
  return found
    .flatMap((hit): Similar[] => {
      const row = rows.get(hit.threadId)
      if (!row) return []
      const { number, slug, communityName, title, kind, state, answerCount } = row
      return [
        {
          number,
          slug,
          communityName,
          title,
          kind,
          state,
          answerCount,
          titlePieces: pieces(hit.title),
          answer: answers.get(hit.threadId) ?? null,
        },
      ]
    })
    .sort((one, other) => Number(other.state === 'solved') - Number(one.state === 'solved'))
}

export type SimilarIdea = { number: number; slug: string; title: string; titlePieces: Piece[]; score: number; status: IdeaStatus }

/** What has been proposed in a room already, the likest first. */
export async function similarIdeas(viewer: Viewer, slug: string, title: string): Promise<SimilarIdea[]> {
  if (!isPlainText(title) || wordsOf(title).length === 0) return []
  const [room] = await db.select({ id: communities.id }).from(communities).where(eq(communities.slug, slug))
  if (!room) return []
  const found = await likest(viewer, title.slice(0, 300), {
    communityId: room.id,
    filter: `'=kind:idea' & '=in:${room.id}'`,
    marked: 'title',
  })
  const ids = found.map((hit) => hit.threadId)
  const [rows, statuses] = await Promise.all([threadsById(viewer, ids), statusesOf(ids)])
  return found.flatMap((hit): SimilarIdea[] => {
    const row = rows.get(hit.threadId)
    const status = statuses.get(hit.threadId)
    return row && status
      ? [{ number: row.number, slug: row.slug, title: row.title, titlePieces: pieces(hit.title), score: row.score, status }]
      : []
  })
}

async function acceptedIn(threadIds: string[]): Promise<Map<string, string>> {
  if (threadIds.length === 0) return new Map()
  const rows = await db
    .select({ threadId: threads.id, html: sql<string>`left(${posts.html}, ${EXCERPT * 8})` })
    .from(threads)
    .innerJoin(posts, eq(posts.id, threads.acceptedPostId))
    .where(and(inArray(threads.id, threadIds), isNull(posts.hiddenByDecisionId)))
  return new Map(rows.map(({ threadId, html }) => [threadId, excerptOf(html)]))
}

function excerptOf(html: string): string {
  const text = plain(html.replace(/<[^>]*>?/g, ' ')).trim()
  return text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT).replace(/\s+\S*$/, '')} …`
}
