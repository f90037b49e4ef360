import { ideas } from '~/db/schema'
import { openThread } from '~/server/threads'
import type { AskInput } from '~/server/threads/input'
import type { Viewer } from '~/server/viewer'
import { trendOf } from './rules'

/** An idea in a room: what should be otherwise, and which problem that solves. */
export function proposeIdea(viewer: Viewer, communitySlug: string, input: AskInput) {
  return openThread(viewer, communitySlug, 'idea', input, (tx, { threadId, communityId, createdAt }) =>
    tx.insert(ideas).values({
      threadId,
      communityId,
      status: 'open',
      statusAt: createdAt,
      trend: trendOf({ votes: 0, comments: 0, hours: 0 }),
    }),
  )
}
