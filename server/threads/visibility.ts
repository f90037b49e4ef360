import { eq, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import { threads } from '~/db/schema'
import { visibleTo as communitiesReadBy } from '~/server/communities'
import type { Viewer } from '~/server/viewer'
import { openedAsSpam } from './facts'

/** Whose threads the viewer may read at all: one rule, kept by the communities. */
export { visibleTo as readableBy } from '~/server/communities'

/** Every list of threads starts here; what was merged stands in another. The query joins `communities`. */
export function visibleTo(viewer: Viewer): SQL {
  return sql`(${communitiesReadBy(viewer)} and ${notHiddenFrom(viewer)} and ${threads.standsInId} is null and not ${openedAsSpam})`
}

function notHiddenFrom(viewer: Viewer): SQL {
  if (viewer.kind !== 'person') return isNull(threads.hiddenByDecisionId)
  if (viewer.isOperator && !viewer.suspended) return sql`true`
  const moderated = viewer.suspended ? [] : viewer.moderates
  return or(
    isNull(threads.hiddenByDecisionId),
    eq(threads.handleId, viewer.handleId),
    moderated.length > 0 ? inArray(threads.communityId, moderated) : undefined,
  ) as SQL
}
