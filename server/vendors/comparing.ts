import { inArray } from 'drizzle-orm'
import { db } from '~/db/client'
import { vendors } from '~/db/schema'
import { mustBeFound } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { vendorColumns } from './facts'
import { isSlug } from './input'
import { moderated } from './moderated'
import { questionsOfLate, responseTimes } from './response-times'

/** Side by side on a screen, and in a head. */
export const MOST_COMPARED = 4

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
