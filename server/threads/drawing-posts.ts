import { now } from '~/server/platform/clock'
import { can, canInTime } from '~/server/policy'
import type { HandleInfo, SeatInfo, Viewer } from '~/server/viewer'
import type { FoundComment, FoundPost } from './posts-read'
import { askerIsSilent, daysBefore, MARKING_REVERSIBLE_DAYS } from './rules'
import { nobody } from './thread-list'
import type { FoundThread } from './thread-page'
import type { CommentShown, PostShown } from './types'

/** Who serves the room is heard by everybody, blocked or not. */
const SERVING = new Set<SeatInfo['kind']>(['staff', 'moderator', 'operator'])

/** Posts as the viewer sees them: what they may read of each, and what they may do with it. */
export function drawing(viewer: Viewer, thread: FoundThread, names: Map<string, HandleInfo>, moderates: boolean, comments: FoundComment[]) {
  const under = new Map<string, FoundComment[]>()
  for (const comment of comments) under.set(comment.parentId ?? '', [...(under.get(comment.parentId ?? '') ?? []), comment])
  const me = viewer.kind === 'person' ? viewer.handleId : null
  const shown = (found: FoundPost) => found.hiddenBy === null || moderates || found.handleId === me
  const { communityId, access, locked } = thread
  const blocked = new Set(thread.blocked)
  const isBlocked = ({ handleId }: FoundPost) => blocked.has(handleId) && !SERVING.has(names.get(handleId)?.seat.kind ?? 'member')
  const factsOf = (found: FoundPost) => ({
    ...{ communityId, access, locked },
    handleId: found.handleId,
    askerHandleId: thread.handleId,
    hidden: found.hiddenBy !== null || thread.hidden,
    vendorId: thread.vendorId,
    fromCase: found.fromCase,
    isRequest: thread.isRequest,
  })
  const comment = (found: FoundComment): CommentShown => ({
    postId: found.postId,
    html: found.html,
    by: names.get(found.handleId) ?? nobody,
    createdAt: found.createdAt,
    edited: found.editCount > 0,
    mine: found.handleId === me,
    blocked: isBlocked(found),
    hiddenBy: found.hiddenBy,
    heldFor: found.heldFor,
    sourceUrl: found.sourceUrl,
    licence: found.licence,
    may: {
      edit: can(viewer, 'post.edit', factsOf(found)),
      flag: can(viewer, 'content.flag', factsOf(found)),
      report: viewer.kind === 'visitor' && can(viewer, 'content.report', factsOf(found)),
    },
  })
  const reversible = thread.acceptedAs === 'asker' || !thread.acceptedAt || thread.acceptedAt >= daysBefore(now(), MARKING_REVERSIBLE_DAYS)
  const markable = ({ createdAt }: FoundPost) =>
    !thread.acceptedPostId && !thread.markingReversed && askerIsSilent({ askerSaidAt: thread.askerSaidAt, answeredAt: createdAt }, now())
  return (found: FoundPost): PostShown => {
    const facts = factsOf(found)
    const readable = shown(found)
    const solves = found.kind === 'answer' && thread.kind === 'question'
    const mine = under.get(found.postId) ?? []
    return {
      postId: found.postId,
      html: readable ? found.html : null,
      by: readable ? (names.get(found.handleId) ?? nobody) : null,
      createdAt: found.createdAt,
      editCount: readable ? found.editCount : 0,
      score: found.score,
      myVote: Math.sign(found.myVote) as -1 | 0 | 1,
      mine: found.handleId === me,
      blocked: isBlocked(found),
      accepted: found.postId === thread.acceptedPostId,
      confirmed: readable && found.confirmedBy ? { by: names.get(found.confirmedBy) ?? nobody, at: found.confirmedAt } : null,
      waitingEdit: readable
        ? facts.handleId === me || moderates
          ? (found.waitingEdit ?? found.ownWaitingEdit)
          : found.ownWaitingEdit
        : null,
      hiddenBy: found.hiddenBy,
      heldFor: readable ? found.heldFor : null,
      fromCase: readable && found.fromCase,
      source: found.source,
      sourceUrl: readable ? found.sourceUrl : null,
      licence: readable ? found.licence : null,
      details: readable ? (found.details ?? []) : [],
      files: readable ? (found.files ?? []) : [],
      comments: mine.map(comment),
      moreComments: (mine[0]?.of ?? 0) - mine.length,
      may: {
        vote: found.kind !== 'asked' && can(viewer, 'post.vote', facts),
        comment: canInTime(viewer, 'post.comment', facts),
        edit: can(viewer, 'post.edit', facts),
        suggestEdit: can(viewer, 'edit.suggest', facts),
        accept: solves && can(viewer, 'answer.accept', facts) && (found.postId !== thread.acceptedPostId || reversible),
        mark:
          solves &&
          can(viewer, 'answer.mark', facts) &&
          (found.postId === thread.acceptedPostId ? thread.acceptedAs !== 'asker' : markable(found)),
        confirm: found.kind === 'answer' && thread.kind !== 'idea' && can(viewer, 'answer.confirm', facts),
        flag: can(viewer, 'content.flag', facts),
        report: viewer.kind === 'visitor' && can(viewer, 'content.report', facts),
      },
    }
  }
}
