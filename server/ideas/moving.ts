import { and, eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { ideas, ideaSteps } from '~/db/schema'
import { Conflict, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { renderMarkdown } from '~/server/platform/markdown'
import { authorize } from '~/server/policy'
import { stirThread, writer } from '~/server/threads'
import type { Viewer } from '~/server/viewer'
import { foundIdea, ideaNumbered, idsOf } from './facts'
import type { MoveIdeaInput } from './input'
import { NEEDS_RESPONSE, STEPS } from './rules'

/**
 * The vendor concerned, or the moderators of an independent room, say how an idea stands and why. The same status again is
 * another word on it, and needs one. Every step is kept.
 */
export async function moveIdea(viewer: Viewer, threadId: string, { status, from, response }: MoveIdeaInput) {
  return transaction(viewer, async (tx) => {
    const idea = await foundIdea(viewer, threadId, tx)
    authorize(viewer, 'idea.move', idea, idea.hidden ? 'thread.removed' : 'idea.notYoursToMove')
    if (idea.status !== from) throw new Conflict('idea.movedMeanwhile')
    if (status !== from && !STEPS[from].includes(status)) throw new Invalid({ status: 'idea.noSuchStep' })
    if (!response && (status === from || NEEDS_RESPONSE.includes(status))) throw new Invalid({ response: 'idea.sayWhy' })
    const at = now()
    const stepId = newId()
    const mover = writer(viewer)
    const forVendor = mover.staffOf.some((seat) => seat.vendorId === idea.vendorId)
    await tx.insert(ideaSteps).values({
      ...{ id: stepId, threadId, status, before: from, createdAt: at },
      markdown: response ?? '',
      html: response ? renderMarkdown(response) : '',
      by: mover.handleId,
      vendorId: forVendor ? idea.vendorId : null,
    })
    // Of ten who say the same at once one finds it as it was; the others are told how it stands now.
    const moved = await tx
      .update(ideas)
      .set(status === from ? { status } : { status, statusAt: at })
      .where(and(eq(ideas.threadId, threadId), eq(ideas.status, from)))
      .returning({ threadId: ideas.threadId })
    if (moved.length === 0) throw new Conflict('idea.movedMeanwhile')
    await stirThread(tx, threadId, at)
    await record(tx, viewer, 'idea.moved', { ...idsOf(idea), stepId, statusKind: status })
    return idea
  })
}

/** What the form needs to know: how it stands, and how it may stand next. */
export async function movePage(viewer: Viewer, number: string) {
  const idea = await ideaNumbered(viewer, number)
  authorize(viewer, 'idea.move', idea, 'idea.notYoursToMove')
  const { slug, title, status, hosted } = idea
  return { slug, number: idea.number, title, status, hosted, steps: [...STEPS[status]] }
}
