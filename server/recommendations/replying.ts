import { eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { recommendationReplies } from '~/db/schema'
import { Conflict, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { renderMarkdown } from '~/server/platform/markdown'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { foundRecommendation, writer } from './facts'
import type { ReplyInput } from './input'

/** The vendor answers once, in public, under the name of the one who writes. */
export async function replyToRecommendation(viewer: Viewer, id: string, input: ReplyInput) {
  const staff = writer(viewer)
  await countAgainst('comment', staff.personId)
  return transaction(viewer, async (tx) => {
    const found = await foundRecommendation(viewer, tx, id)
    authorize(viewer, 'recommendation.reply', found, found.hidden ? 'recommendation.hidden' : 'recommendation.staffReply')
    const { recommendationId, vendorId, productId, named } = found
    const written = await tx
      .insert(recommendationReplies)
      .values({
        recommendationId,
        vendorId,
        handleId: staff.handleId,
        role: staff.staffOf.find((seat) => seat.vendorId === vendorId)?.role ?? '',
        markdown: input.body,
        html: renderMarkdown(input.body),
        createdAt: now(),
      })
      .onConflictDoNothing()
      .returning({ recommendationId: recommendationReplies.recommendationId })
    if (written.length === 0) throw new Conflict('recommendation.replied')
    await record(tx, viewer, 'recommendation.replied', { recommendationId, vendorId, productId, signedKind: named ? 'handle' : 'unnamed' })
    return found
  })
}

/** The one answer, put better. What it said before stays beside it. */
export async function editReply(viewer: Viewer, id: string, input: ReplyInput) {
  const staff = writer(viewer)
  await countAgainst('comment', staff.personId)
  return transaction(viewer, async (tx) => {
    const found = await foundRecommendation(viewer, tx, id)
    authorize(viewer, 'recommendation.reply', found, found.hidden ? 'recommendation.hidden' : 'recommendation.staffReply')
    const [before] = await tx
      .select({ markdown: recommendationReplies.markdown })
      .from(recommendationReplies)
      .where(eq(recommendationReplies.recommendationId, id))
      .for('no key update')
    if (!before) throw new NotFound()
    // Saving what stands there already is no edit.
    if (before.markdown === input.body) return found
    await tx
      .update(recommendationReplies)
      .set({
        handleId: staff.handleId,
        role: staff.staffOf.find((seat) => seat.vendorId === found.vendorId)?.role ?? '',
        markdown: input.body,
        html: renderMarkdown(input.body),
        editedAt: now(),
      })
      .where(eq(recommendationReplies.recommendationId, id))
    const { recommendationId, vendorId, productId, named } = found
    await record(tx, viewer, 'recommendation.reply-edited', {
      recommendationId,
      vendorId,
      productId,
      signedKind: named ? 'handle' : 'unnamed',
    })
    return found
  })
}
