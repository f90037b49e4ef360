import { inArray, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { communities, posts, threads } from '~/db/schema'
import type { DraftKind } from '~/server/drafts/types'
import type { Viewer } from '~/server/viewer'
import { readableBy, visibleTo } from './visibility'

export type WritingPlace = { subjectId: string; communityId: string; slug: string; number: number | null; title: string }

/** Where what somebody writes belongs, of those rooms, threads and posts that they may still read: one query for all of them. */
export async function placesOfWriting(
  viewer: Viewer,
  wanted: { kind: DraftKind; subjectId: string }[],
): Promise<Map<string, WritingPlace>> {
  const of = (...kinds: DraftKind[]) => wanted.filter(({ kind }) => kinds.includes(kind)).map(({ subjectId }) => subjectId)
  const [rooms, questions, written] = [of('ask', 'idea'), of('answer'), of('comment', 'edit', 'suggestion')]
  if (rooms.length + questions.length + written.length === 0) return new Map()
  const found = await db.execute<WritingPlace>(sql`
    select ${communities.id} as "subjectId", ${communities.id} as "communityId", ${communities.slug}, null::int as number, ${communities.name} as title
      from ${communities} where ${rooms.length > 0 ? inArray(communities.id, rooms) : sql`false`} and ${readableBy(viewer)}
    union all select ${threads.id}, ${communities.id}, ${communities.slug}, ${threads.number}, ${threads.title}
      from ${threads} join ${communities} on ${communities.id} = ${threads.communityId}
      where ${questions.length > 0 ? inArray(threads.id, questions) : sql`false`} and ${visibleTo(viewer)}
    union all select ${posts.id}, ${communities.id}, ${communities.slug}, ${threads.number}, ${threads.title}
      from ${posts} join ${threads} on ${threads.id} = ${posts.threadId} join ${communities} on ${communities.id} = ${threads.communityId}
      where ${written.length > 0 ? inArray(posts.id, written) : sql`false`} and ${posts.hiddenByDecisionId} is null and ${visibleTo(viewer)}`)
  return new Map(found.map((place) => [place.subjectId, { ...place, number: place.number === null ? null : Number(place.number) }]))
}
