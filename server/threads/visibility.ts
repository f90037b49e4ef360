import { eq, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import { communities, threads } from '~/db/schema'
import type { Viewer } from '~/server/viewer'
import { openedAsSpam } from './facts'

/** Communities whose threads the viewer may read: the rule `community.read` of the policy, said in SQL. */
export function readableBy(viewer: Viewer): SQL {
  if (viewer.kind === 'system' || (viewer.kind === 'person' && viewer.isOperator)) return sql`true`
  const own = viewer.kind === 'person' ? [...viewer.memberOf, ...viewer.moderates] : []
  return or(eq(communities.access, 'open'), own.length > 0 ? inArray(communities.id, own) : undefined) as SQL
}

/** Every list of threads starts here. The query joins `communities`. */
export function visibleTo(viewer: Viewer): SQL {
  return sql`(${readableBy(viewer)} and ${notHiddenFrom(viewer)} and not ${openedAsSpam})`
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
