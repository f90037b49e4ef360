import { and, desc, eq, sql } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { isId, newTimelessId } from '~/db/ids'
import { draws, drawnCustomers, products, vendors } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { authorize, can } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { vendorNamed } from './facts'
import type { DrawInput } from './input'
import { INVITED_DAYS } from './rules'

const MOST_SHOWN = 50
const PRODUCTS_TO_CHOOSE = 200

/** How a vendor has had its customers asked: how many, and how they were chosen. Its staff read too how many answered, once five did. */
export async function drawsPage(viewer: Viewer, vendorSlug: string) {
  const vendor = await vendorNamed(viewer, db, vendorSlug)
  const { vendorId } = vendor
  const mayDraw = can(viewer, 'customers.draw', vendor)
  const [rows, answered, sold] = await transaction(viewer, (tx) =>
    Promise.all([
      tx
        .select({
          drawId: draws.id,
          product: products.name,
          kind: draws.kind,
          among: draws.among,
          drawn: draws.drawn,
          incentive: draws.incentive,
          createdAt: draws.createdAt,
          endedAt: draws.endedAt,
        })
        .from(draws)
        .innerJoin(products, eq(products.id, draws.productId))
        .where(eq(draws.vendorId, vendorId))
        .orderBy(desc(draws.createdAt), desc(draws.id))
        .limit(MOST_SHOWN),
      mayDraw
        ? tx.execute<{ drawId: string; answered: number }>(sql`select draw_id as "drawId", answered from draws_answered(${vendorId}::uuid)`)
        : [],
      mayDraw
        ? tx
            .select({ slug: products.slug, name: products.name })
            .from(products)
            .where(eq(products.vendorId, vendorId))
            .orderBy(products.name, products.id)
            .limit(PRODUCTS_TO_CHOOSE)
        : [],
    ]),
  )
  const counts = new Map([...answered].map((row) => [row.drawId, row.answered]))
  return {
    vendor,
    products: sold,
    draws: rows.map((row) => ({ ...row, answered: counts.get(row.drawId) ?? null })),
    may: { draw: mayDraw },
  }
}

/** Once in 90 days for each product, and of five at least: fewer would be a choice, not a draw. */
export async function drawCustomers(viewer: Viewer, vendorSlug: string, { product, kind, size, incentive }: DrawInput) {
  return transaction(viewer, async (tx) => {
    const vendor = await vendorNamed(viewer, tx, vendorSlug)
    authorize(viewer, 'customers.draw', vendor)
    const { vendorId } = vendor
    const [sold] = await tx
      .select({ productId: products.id })
      .from(products)
      .where(and(eq(products.vendorId, vendorId), eq(products.slug, product)))
    if (!sold) throw new Invalid({ product: 'notChoice' })
    const drawId = newTimelessId()
    const wanted = kind === 'sample' ? (size ?? null) : null
    const [drawn] = await tx.execute<{ outcome: 'drawn' | 'early' | 'few' }>(
      sql`select draw_customers(${drawId}::uuid, ${sold.productId}::uuid, ${wanted}::int, ${incentive}) as outcome`,
    )
    if (drawn?.outcome !== 'drawn') throw new Conflict(drawn?.outcome === 'early' ? 'draw.early' : 'draw.few')
    await record(tx, viewer, 'customers.drawn', { drawId, vendorId, ...sold })
    return { drawId }
  })
}

/** Twice is once. */
export async function endDraw(viewer: Viewer, drawId: string) {
  return transaction(viewer, async (tx) => {
    const [found] = isId(drawId)
      ? await tx
          .select({ vendorId: draws.vendorId, productId: draws.productId, vendorSlug: vendors.slug })
          .from(draws)
          .innerJoin(vendors, eq(vendors.id, draws.vendorId))
          .where(eq(draws.id, drawId))
      : []
    if (!found) throw new NotFound()
    authorize(viewer, 'customers.draw', found)
    const { vendorSlug, ...of } = found
    const [ended] = await tx.execute<{ ended: boolean }>(sql`select end_draw(${drawId}::uuid) as ended`)
    if (ended?.ended) await record(tx, viewer, 'draw.ended', { drawId, ...of })
    return { vendorSlug }
  })
}

/** What the viewer was drawn for, newest first. Row-level security leaves out whatever is not theirs. */
export async function myInvitations(viewer: PersonViewer) {
  authorize(viewer, 'invitation.list', null)
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({
        drawId: draws.id,
        vendor: { slug: vendors.slug, name: vendors.name },
        product: { slug: products.slug, name: products.name },
        kind: draws.kind,
        incentive: draws.incentive,
        invitedAt: drawnCustomers.invitedAt,
        until: sql<Date>`${drawnCustomers.invitedAt} + make_interval(days => ${INVITED_DAYS})`.mapWith(drawnCustomers.invitedAt),
        open: sql<boolean>`${stands}`,
        written: sql<string | null>`(select r.id from recommendations r where r.product_id = ${draws.productId} and r.withdrawn_at is null
          and r.handle_id = ${viewer.handleId}::uuid limit 1)`,
      })
      .from(drawnCustomers)
      .innerJoin(draws, eq(draws.id, drawnCustomers.drawId))
      .innerJoin(products, eq(products.id, draws.productId))
      .innerJoin(vendors, eq(vendors.id, draws.vendorId))
      .where(sql`viewer_owns_handle(${drawnCustomers.handleId})`)
      .orderBy(desc(drawnCustomers.invitedAt), desc(drawnCustomers.drawId))
      .limit(MOST_SHOWN),
  )
  return { invitations: rows }
}

/** Not ended, not over, and its reader is a customer still. */
const stands = sql`(${draws.endedAt} is null and ${drawnCustomers.invitedAt} > now() - make_interval(days => ${INVITED_DAYS})
  and confirmed_state_id(${drawnCustomers.handleId}, ${draws.vendorId}, 'customer') is not null)`

/** Whether the viewer is asked still. */
export async function invitationStands(viewer: PersonViewer, drawId: string): Promise<boolean> {
  const found = await transaction(viewer, (tx) =>
    tx
      .select({ drawId: draws.id })
      .from(drawnCustomers)
      .innerJoin(draws, eq(draws.id, drawnCustomers.drawId))
      .where(and(eq(draws.id, drawId), sql`viewer_owns_handle(${drawnCustomers.handleId})`, stands)),
  )
  return found.length > 0
}

/** Whether whoever asks was drawn lately for a product, within a query of products. */
export const drawnFor = sql<boolean>`exists (select 1 from drawn_customers d where d.product_id = ${products}.id and viewer_owns_handle(d.handle_id)
  and d.invited_at > now() - make_interval(days => ${INVITED_DAYS}))`
