import { inArray, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { vendors } from '~/db/schema'
import { mustBeFound } from '~/server/policy'
import { systemViewer, type Viewer } from '~/server/viewer'
import { vendorColumns } from './facts'
import { isSlug } from './input'
import { questionsOfLate, responseTimes } from './response-times'

/** Side by side on a screen, and in a head. */
export const MOST_COMPARED = 4

/** Restrictions decided in the open rooms of a vendor within a year, and what became of those that somebody appealed: the public log, counted. */
type Moderated = { decided: number; upheld: number; overturned: number }
const moderated = sql<Moderated>`(select json_build_object('decided', count(*), 'upheld', count(*) filter (where a.outcome = 'upheld'), 'overturned', count(*) filter (where a.outcome = 'overturned'))
  from communities c join decisions d on d.community_id = c.id and d.act in ('hide', 'lock', 'suspend') and d.decided_at > now() - interval '1 year'
    left join lateral (select outcome from appeals p where p.decision_id = d.id and p.outcome is not null order by p.outcome limit 1) a on true
  where c.host_vendor_id = ${vendors}.id and c.access = 'open')`

/** The vendors that somebody would compare, in the order in which they were named; `leftOut` are those too many. */
export async function vendorsCompared(viewer: Viewer, named: string[]) {
  mustBeFound(viewer, 'vendor.view', null)
  const slugs = [...new Set(named.filter(isSlug))]
  const wanted = slugs.slice(0, MOST_COMPARED)
  if (wanted.length === 0) return { vendors: [], leftOut: 0 }
  // The system counts what the viewer may not read row by row: who appealed.
  const found = await transaction(systemViewer('transparency'), (tx) =>
    tx
      .select({ ...vendorColumns, questions: questionsOfLate, moderated })
      .from(vendors)
      .where(inArray(vendors.slug, wanted)),
  )
  return {
    vendors: found
      .map(({ questions, ...vendor }) => ({ ...vendor, responses: responseTimes(questions) }))
      .sort((one, other) => wanted.indexOf(one.slug) - wanted.indexOf(other.slug)),
    leftOut: slugs.length - wanted.length,
  }
}
