import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { handles, vendors, vendorStaff } from '~/db/schema'
import { communityDirectory } from '~/server/communities'
import { NotFound } from '~/server/errors'
import { authorize, can, mustBeFound } from '~/server/policy'
import type { HandleInfo, Viewer } from '~/server/viewer'
import { vendorBySlug, vendorColumns } from './facts'
import { moderated } from './moderated'
import { questionsOfLate, responseTimes } from './response-times'

/** What a vendor's page shows, but for the recommendations. */
export async function vendorPage(viewer: Viewer, slug: string) {
  mustBeFound(viewer, 'vendor.view', null)
  const [found] = await db
    .select({ ...vendorColumns, questions: questionsOfLate, hasQuotes, hasDraws, moderated, claimable })
    .from(vendors)
    .where(eq(vendors.slug, slug))
  if (!found) throw new NotFound()
  const { questions, claimable: _, ...vendor } = found
  const { vendorId } = vendor
  const [staff, rooms] = await Promise.all([staffOf(vendor), communityDirectory(viewer, { hostVendorId: vendorId })])
  return {
    ...vendor,
    staff: staff.filter((member) => member.listed),
    communities: rooms,
    responses: responseTimes(questions),
    may: {
      recommend: viewer.kind !== 'person' || can(viewer, 'recommendation.write', { vendorId }),
      seePeople: can(viewer, 'relationship.view', { vendorId }),
      grant: viewer.kind === 'person' && !viewer.staffOf.some((seat) => seat.vendorId === vendorId),
      manage: can(viewer, 'vendor.manage', null),
      claim: staff.length === 0 && found.claimable && (viewer.kind !== 'person' || can(viewer, 'vendor.claim', { vendorId })),
      draw: can(viewer, 'customers.draw', { vendorId }),
      defineAskForm: can(viewer, 'ask-form.define', { vendorId }),
    },
  }
}

const hasQuotes = sql<boolean>`exists (select 1 from quoted_recommendations q where q.vendor_id = ${vendors}.id)`

const claimable = sql<boolean>`domain_to_prove(${vendors.website}) is not null`
const hasDraws = sql<boolean>`exists (select 1 from draws d where d.vendor_id = ${vendors}.id)`

type StaffShown = { who: HandleInfo; roles: string[]; askAbout: string; listed: boolean; since: Date; isDefaultOwner: boolean }

/** Who serves there now: one line a person, however many roles. */
async function staffOf({ vendorId, name }: { vendorId: string; name: string }): Promise<StaffShown[]> {
  const rows = await db
    .select({
      personId: vendorStaff.personId,
      handle: handles.handle,
      displayName: handles.displayName,
      role: vendorStaff.role,
      askAbout: vendorStaff.askAbout,
      listed: vendorStaff.listed,
      since: vendorStaff.startedAt,
      defaultOwnerId: vendors.defaultOwnerId,
    })
    .from(vendorStaff)
    .innerJoin(vendors, eq(vendors.id, vendorStaff.vendorId))
    .innerJoin(handles, eq(handles.personId, vendorStaff.personId))
    .where(and(eq(vendorStaff.vendorId, vendorId), isNull(vendorStaff.endedAt)))
    .orderBy(asc(vendorStaff.startedAt), asc(vendorStaff.id))
  const staff = new Map<string, StaffShown>()
  for (const row of rows) {
    const known = staff.get(row.personId)
    if (known) {
      if (!known.roles.includes(row.role)) known.roles.push(row.role)
      known.askAbout ||= row.askAbout
      known.listed ||= row.listed
    } else
      staff.set(row.personId, {
        who: {
          handle: row.handle,
          displayName: row.displayName,
          placeholder: false,
          seat: { kind: 'staff', vendorName: name, role: row.role },
        },
        roles: [row.role],
        askAbout: row.askAbout,
        listed: row.listed,
        since: row.since,
        isDefaultOwner: row.defaultOwnerId === row.personId,
      })
  }
  return [...staff.values()]
}

/** What the operator's screen of one vendor shows. */
export async function vendorToManage(viewer: Viewer, slug: string) {
  authorize(viewer, 'operate.view', null)
  const vendor = await vendorBySlug(viewer, slug)
  return { ...vendor, staff: await staffOf(vendor) }
}
