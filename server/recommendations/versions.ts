import { desc, eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { recommendationReplyVersions, recommendationVersions } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { can } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { recommendationPage } from './reading'

const MOST = 50
type Said = { headline: string; use_case: string; what_is_good: string; what_is_not: string; for_whom: string; verdict: 1 | 2 | 3 | 4 | 5 }

/** What was said before: the vendor's answer for everybody, the recommendation for its author and for independent moderators. */
export async function versionsPage(viewer: Viewer, id: string) {
  const { vendor, vendorId, product, headline, mine, named, may } = await recommendationPage(viewer, id)
  const [own, replies] = await transaction(viewer, (tx) =>
    Promise.all([
      // Row-level security leaves out what is not for the viewer.
      tx
        .select({ id: recommendationVersions.id, said: recommendationVersions.said, until: recommendationVersions.until })
        .from(recommendationVersions)
        .where(eq(recommendationVersions.recommendationId, id))
        .orderBy(desc(recommendationVersions.until), desc(recommendationVersions.id))
        .limit(MOST),
      tx
        .select({
          id: recommendationReplyVersions.id,
          handleId: recommendationReplyVersions.handleId,
          html: recommendationReplyVersions.html,
          until: recommendationReplyVersions.until,
        })
        .from(recommendationReplyVersions)
        .where(eq(recommendationReplyVersions.recommendationId, id))
        .orderBy(desc(recommendationReplyVersions.until), desc(recommendationReplyVersions.id))
        .limit(MOST),
    ]),
  )
  const names = await handlesShown(
    replies.map(({ handleId }) => handleId),
    { vendorId },
  )
  const versions = own.map(({ said, ...version }) => {
    const { headline, use_case: useCase, what_is_good: whatIsGood, what_is_not: whatIsNot, for_whom: forWhom, verdict } = said as Said
    return { ...version, headline, useCase, whatIsGood, whatIsNot, forWhom, verdict }
  })
  const handleId = mine && viewer.kind === 'person' ? viewer.handleId : ''
  return {
    ...{ id, vendor, product, headline, named },
    versions: can(viewer, 'recommendation.read-versions', { vendorId, handleId, hidden: may.moderate && !mine }) ? versions : [],
    replies: replies.map(({ handleId: by, ...version }) => ({ ...version, by: names.get(by) ?? null })),
  }
}
