import { inArray, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { vendors } from '~/db/schema'
import { mustBeFound } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { vendorColumns } from './facts'
import { isSlug } from './input'
import { questionsOfLate, responseTimes } from './response-times'

/** Side by side on a screen, and in a head. */
export const MOST_COMPARED = 4

/** Restrictions decided in the open rooms of a vendor within a year, and what became of those that somebody appealed: the public log, counted. */
type Moderated = { decided: number; upheld: number; overturned: number }
const moderated = sql<Moderated>`(select json_build_object('decided', count(*), 'upheld', count(*) filter (where d.became = 'upheld'), 'overturned', count(*) filter (where d.became = 'overturned'))
  from (select appealed_as(d.id) as became from communities c join decisions d on d.community_id = c.id
    where d.act in ('hide', 'lock', 'suspend') and d.decided_at > now() - interval '1 year' and c.host_vendor_id = ${vendors}.id and c.access = 'open' offset 0) d)`

/** The vendors that somebody would compare, in the order in which they were named; `leftOut` are those too many. */
export async function vendorsCompared(viewer: Viewer, named: string[]) {
  mustBeFound(viewer, 'vendor.view', null)
  const slugs = [...new Set(named.filter(isSlug))]
  const wanted = slugs.slice(0, MOST_COMPARED)
  if (wanted.length === 0) return { vendors: [], leftOut: 0 }
  const found = await db
    .select({ ...vendorColumns, questions: questionsOfLate, moderated })
    .from(vendors)
    .where(inArray(vendors.slug, wanted))
  return {
    vendors: found
      .map(({ questions, ...vendor }) => ({ ...vendor, responses: responseTimes(questions) }))
      .sort((one, other) => wanted.indexOf(one.slug) - wanted.indexOf(other.slug)),
    leftOut: slugs.length - wanted.length,
  }
}
