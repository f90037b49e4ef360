import { transaction } from '~/db/client'
import { recommendationReplies } from '~/db/schema'
import { Conflict } from '~/server/errors'
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
