import { and, desc, eq, or, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newTimelessId } from '~/db/ids'
import { products, recommendations, referenceContacts, referenceRequests, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can, mustBeFound } from '~/server/policy'
import { recommendationPage } from '~/server/recommendations'
import { systemViewer, type PersonViewer, type Viewer } from '~/server/viewer'
import { writer } from '~/server/threads'
import type { AcceptReferenceInput, AskReferenceInput } from './input'

const MOST_SHOWN = 100
/** Of fewer a vendor hears only that they are few. */
export const FEWEST_COUNTED = 5
/** What is decided about a request is told by the portal: its author may be unnamed. */
const portal = systemViewer('references')

/** The form for asking, or how the viewer's request of before stands. */
export async function askReferencePage(viewer: Viewer, recommendationId: string) {
  const { id, vendor, product, headline, by, named } = await recommendationPage(viewer, recommendationId)
  return transaction(viewer, async (tx) => {
    const facts = await willingFacts(tx, recommendationId)
    authorize(viewer, 'reference.ask', facts, reasonFor(viewer, facts))
    const [asked] = await tx
      .select({ state: referenceRequests.state })
      .from(referenceRequests)
      .where(and(eq(referenceRequests.recommendationId, recommendationId), eq(referenceRequests.askedBy, writer(viewer).handleId)))
    return { id, vendor, product, headline, by, named, state: asked?.state ?? null }
  })
}

/** Once for each recommendation. What is said of how to be reached, the other reads only after accepting. */
export async function askForReference(viewer: Viewer, recommendationId: string, { words, contact }: AskReferenceInput) {
  const asker = writer(viewer)
  await recommendationPage(viewer, recommendationId)
  await transaction(viewer, async (tx) => {
    const facts = await willingFacts(tx, recommendationId)
    authorize(viewer, 'reference.ask', facts, reasonFor(viewer, facts))
  })
  await countAgainst('reference', asker.personId)
  return transaction(viewer, async (tx) => {
    const { vendorId, handleId: askedOf, ...facts } = await willingFacts(tx, recommendationId)
    authorize(viewer, 'reference.ask', { vendorId, handleId: askedOf, ...facts }, reasonFor(viewer, { handleId: askedOf, ...facts }))
    const [made] = await tx
      .insert(referenceRequests)
      .values({ id: newTimelessId(), recommendationId, vendorId, askedBy: asker.handleId, askedOf, words, createdAt: now() })
      .onConflictDoNothing()
      .returning({ referenceId: referenceRequests.id })
    if (!made) throw new Conflict('reference.already')
    await tx.insert(referenceContacts).values({ requestId: made.referenceId, handleId: asker.handleId, contact })
    await record(tx, viewer, 'reference.asked', { ...made, recommendationId, handleId: askedOf })
    return made
  })
}

/** What whoever is asked reads before they answer. */
export async function referenceAnswerPage(viewer: Viewer, id: string) {
  const asked = await transaction(viewer, (tx) => foundReference(viewer, tx, id))
  authorize(viewer, 'reference.decide', asked)
  if (asked.state !== 'waiting') throw new Conflict('reference.decided')
  const names = await handlesShown([asked.askedBy])
  const { referenceId, words, createdAt, recommendationId } = asked
  return { referenceId, words, createdAt, recommendationId, by: names.get(asked.askedBy) ?? null }
}

/** From now on the two read how the other can be reached. Twice is once. */
export async function acceptReference(viewer: Viewer, id: string, { contact }: AcceptReferenceInput) {
  await transaction(viewer, async (tx) => {
    const asked = await decided(viewer, tx, id, 'accepted')
    if (!asked) return
    await tx.insert(referenceContacts).values({ requestId: id, handleId: asked.askedOf, contact })
    await record(tx, portal, 'reference.accepted', { referenceId: id, recommendationId: asked.recommendationId, handleId: asked.askedBy })
  })
}

export async function declineReference(viewer: Viewer, id: string) {
  await transaction(viewer, async (tx) => {
    const asked = await decided(viewer, tx, id, 'declined')
    if (!asked) return
    await record(tx, portal, 'reference.declined', { referenceId: id, recommendationId: asked.recommendationId, handleId: asked.askedBy })
  })
}

/** Before it is answered. Twice is once. */
export async function withdrawReference(viewer: Viewer, id: string) {
  await transaction(viewer, async (tx) => {
    const asked = await foundReference(viewer, tx, id)
    authorize(viewer, 'reference.withdraw', asked)
    if (!(await settled(tx, asked, 'withdrawn'))) return
    await record(tx, viewer, 'reference.withdrawn', { referenceId: id, recommendationId: asked.recommendationId })
  })
}

/** What the viewer is asked, and what they have asked: each with the way to reach the other, once it is accepted. */
export async function myReferences(viewer: PersonViewer) {
  authorize(viewer, 'reference.list', null)
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({
        referenceId: referenceRequests.id,
        recommendationId: recommendations.id,
        headline: recommendations.headline,
        named: recommendations.named,
        vendor: vendors.name,
        product: products.name,
        askedBy: referenceRequests.askedBy,
        askedOf: referenceRequests.askedOf,
        words: referenceRequests.words,
        state: referenceRequests.state,
        createdAt: referenceRequests.createdAt,
        contact: sql<
          string | null
        >`(select c.contact from reference_contacts c where c.request_id = ${referenceRequests.id} and c.handle_id <> ${viewer.handleId}::uuid)`,
        ownContact: sql<
          string | null
        >`(select c.contact from reference_contacts c where c.request_id = ${referenceRequests.id} and c.handle_id = ${viewer.handleId}::uuid)`,
      })
      .from(referenceRequests)
      .innerJoin(vendors, eq(vendors.id, referenceRequests.vendorId))
      .leftJoin(recommendations, eq(recommendations.id, referenceRequests.recommendationId))
      .leftJoin(products, eq(products.id, recommendations.productId))
      .where(or(eq(referenceRequests.askedOf, viewer.handleId), eq(referenceRequests.askedBy, viewer.handleId)))
      .orderBy(desc(referenceRequests.createdAt), desc(referenceRequests.id))
      .limit(MOST_SHOWN),
  )
  const mine = (askedOf: string) => askedOf === viewer.handleId
  const names = await handlesShown(rows.map((row) => (mine(row.askedOf) ? row.askedBy : row.named ? row.askedOf : null)))
  const shown = rows.map(({ askedBy, askedOf, named, ...row }) => ({
    ...row,
    who: names.get(mine(askedOf) ? askedBy : named ? askedOf : '') ?? null,
    ofMe: mine(askedOf),
    may: {
      decide: row.state === 'waiting' && can(viewer, 'reference.decide', { askedBy, askedOf }),
      withdraw: row.state === 'waiting' && can(viewer, 'reference.withdraw', { askedBy, askedOf }),
    },
  }))
  return { ofMe: shown.filter(({ ofMe }) => ofMe), byMe: shown.filter(({ ofMe }) => !ofMe) }
}

/** For a vendor's staff, and never who. Below five each is null. */
export async function referenceCounts(viewer: Viewer, vendorId: string) {
  if (!can(viewer, 'reference.count', { vendorId })) return null
  const [row] = await transaction(viewer, (tx) =>
    tx.execute<{ asked: number; accepted: number }>(sql`select asked, accepted from references_counted(${vendorId}::uuid)`),
  )
  const told = (count = 0) => (count === 0 || count >= FEWEST_COUNTED ? count : null)
  return { asked: told(row?.asked), accepted: told(row?.accepted) }
}

async function willingFacts(tx: Tx, recommendationId: string) {
  const [found] = isId(recommendationId)
    ? await tx
        .select({
          vendorId: recommendations.vendorId,
          handleId: recommendations.handleId,
          hidden: sql<boolean>`${recommendations.hiddenByDecisionId} is not null`,
          willing: sql<boolean>`${recommendations.willingAsReference} and ${recommendations.conflict} is null and ${recommendations.withdrawnAt} is null`,
        })
        .from(recommendations)
        .where(eq(recommendations.id, recommendationId))
    : []
  if (!found) throw new NotFound()
  return found
}

function reasonFor(viewer: Viewer, { handleId, willing }: { handleId: string; willing: boolean }): string {
  if (viewer.kind === 'person' && viewer.handleId === handleId) return 'reference.own'
  if (!willing) return 'reference.notWilling'
  return viewer.kind === 'person' && viewer.staffOf.length > 0 ? 'reference.staff' : 'forbidden'
}

async function foundReference(viewer: Viewer, tx: Tx, id: string) {
  const { id: referenceId, recommendationId, askedBy, askedOf, words, state, createdAt } = referenceRequests
  const [found] = isId(id)
    ? await tx
        .select({ referenceId, recommendationId, askedBy, askedOf, words, state, createdAt })
        .from(referenceRequests)
        .where(eq(referenceRequests.id, id))
    : []
  if (!found) throw new NotFound()
  mustBeFound(viewer, 'reference.view', found)
  return found
}

async function decided(viewer: Viewer, tx: Tx, id: string, state: 'accepted' | 'declined') {
  const asked = await foundReference(viewer, tx, id)
  authorize(viewer, 'reference.decide', asked)
  if (await settled(tx, asked, state)) return asked
  const [stands] = await tx.select({ state: referenceRequests.state }).from(referenceRequests).where(eq(referenceRequests.id, id))
  if (stands?.state !== state) throw new Conflict('reference.decided')
  return null
}

async function settled(tx: Tx, { referenceId }: { referenceId: string }, state: 'accepted' | 'declined' | 'withdrawn') {
  const changed = await tx
    .update(referenceRequests)
    .set({ state, decidedAt: now() })
    .where(and(eq(referenceRequests.id, referenceId), eq(referenceRequests.state, 'waiting')))
    .returning({ id: referenceRequests.id })
  return changed.length > 0
}
