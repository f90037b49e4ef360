import { eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { cases, communities, handles, threads, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import type { CaseFacts } from '~/server/facts'
import { authorize, can, mustBeFound } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'

export type CaseState = (typeof cases.$inferSelect)['state']
export type KnownCase = CaseFacts & {
  caseId: string
  threadId: string
  /** Where the question stands today, if it was merged. */
  standsIn: string
  number: number
  slug: string
  title: string
  hidden: boolean
  state: CaseState
  openedBy: string
  createdAt: Date
  waitingSince: Date
  closedBy: string | null
  /** Only while they serve the vendor. */
  assignedTo: string | null
  ideaThreadId: string | null
  vendorSlug: string
  vendorName: string
  askerId: string | null
}

const standing = alias(threads, 'standing')

/** Whoever has a case has it while they serve its vendor. */
const assignedAmongStaff = sql<string | null>`(select h.id from handles h join vendor_staff s on s.person_id = h.person_id
  and s.vendor_id = ${cases.vendorId} and s.ended_at is null where h.id = ${cases.assignedTo} limit 1)`

export const caseColumns = {
  caseId: cases.id,
  threadId: cases.threadId,
  standsIn: standing.id,
  number: standing.number,
  slug: communities.slug,
  communityId: standing.communityId,
  access: communities.access,
  title: threads.title,
  hidden: sql<boolean>`${threads.hiddenByDecisionId} is not null`,
  vendorId: cases.vendorId,
  handleId: cases.handleId,
  askedBy: threads.handleId,
  state: cases.state,
  openedBy: cases.openedBy,
  createdAt: cases.createdAt,
  continuedAt: cases.continuedAt,
  waitingSince: cases.waitingSince,
  closedBy: cases.closedBy,
  assignedTo: assignedAmongStaff,
  ideaThreadId: cases.ideaThreadId,
  vendorSlug: vendors.slug,
  vendorName: vendors.name,
  askerId: handles.personId,
}

/** Cases with their question as it stands; row-level security leaves those of the viewer. */
export const casesFrom = <More extends object>(tx: Pick<Tx, 'select'>, more: More) =>
  tx
    .select({ ...caseColumns, ...more } as typeof caseColumns & More)
    .from(cases)
    .innerJoin(threads, eq(threads.id, cases.threadId))
    .innerJoin(standing, eq(standing.id, sql`coalesce(${threads.standsInId}, ${threads.id})`))
    .innerJoin(communities, eq(communities.id, standing.communityId))
    .innerJoin(vendors, eq(vendors.id, cases.vendorId))
    .innerJoin(handles, eq(handles.id, cases.handleId))

/** What the policy may know of a case, for the two sides whom row-level security lets see it. */
export async function caseFacts(viewer: Viewer, id: string): Promise<KnownCase | null> {
  return isId(id) ? transaction(viewer, (tx) => caseIn(tx, id)) : null
}

async function caseIn(tx: Tx, id: string): Promise<KnownCase | null> {
  const [found] = await casesFrom(tx, {}).where(eq(cases.id, id))
  return found ?? null
}

/** The case, or NotFound. */
export async function foundCase(tx: Tx, viewer: Viewer, id: string): Promise<KnownCase> {
  const found = isId(id) ? await caseIn(tx, id) : null
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'case.view', found)
  return found
}

/** The same, held until the end of the transaction: what is said in a case is said one after another. */
export async function heldCase(tx: Tx, viewer: Viewer, id: string): Promise<KnownCase> {
  if (!isId(id)) throw new NotFound()
  await tx.select({ id: cases.id }).from(cases).where(eq(cases.id, id)).for('update')
  return foundCase(tx, viewer, id)
}

/** Or Forbidden, with the reason. */
export const mayWrite = (viewer: PersonViewer, it: KnownCase) =>
  authorize(viewer, 'case.write', it, !asks(viewer, it) && offerWaits(it) ? 'case.offerWaits' : 'case.notNow')

/** For its asker to take up, whose question it still is. */
export const offerWaits = ({ continuedAt, askedBy, handleId }: KnownCase) => continuedAt === null && askedBy === handleId

/** What every event of a case carries of it. */
export const idsOf = ({ caseId, threadId, standsIn, vendorId, handleId }: KnownCase) => ({
  ...{ caseId, threadId, vendorId, handleId },
  ...(standsIn === threadId ? {} : { standsInId: standsIn }),
})

export const asks = (viewer: PersonViewer, it: { handleId: string }) => viewer.handleId === it.handleId

/** Whether the question itself is open to the viewer; without that neither its words nor its title are. */
export const questionIsOpen = (viewer: Viewer, { communityId, access, askedBy, hidden }: KnownCase) =>
  can(viewer, 'thread.view', { communityId, access, handleId: askedBy, hidden, locked: false })
