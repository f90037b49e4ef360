import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { INCENTIVES } from '../kinds'
import { handles } from './accounts'
import { at, createdAt, id } from './columns'
import { products, vendors } from './vendors'

/** A vendor had customers asked about a product, and the portal drew them. Everybody reads how many; written by the database alone. */
export const draws = pgTable(
  'draws',
  {
    id: id(),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    productId: uuid('product_id')
      .notNull()
      .references(() => products.id),
    kind: text('kind', { enum: ['everybody', 'sample'] }).notNull(),
    /** Of how many, and how many of them. */
    among: integer('among').notNull(),
    drawn: integer('drawn').notNull(),
    /** What the vendor gives for an answer, whatever it says. */
    incentive: text('incentive', { enum: INCENTIVES }).notNull(),
    endedAt: at('ended_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('draws_vendor').on(t.vendorId, t.createdAt.desc(), t.id.desc()), // how a vendor has had its customers asked
    index('draws_product').on(t.productId, t.createdAt), // when it was asked about last
    check('draws_of_enough', sql`${t.drawn} between 5 and ${t.among} and (${t.kind} = 'sample') = (${t.drawn} < ${t.among})`),
  ],
)

/** Who was drawn. Row-level security shows it to themselves alone, and never to the vendor. */
export const drawnCustomers = pgTable(
  'drawn_customers',
  {
    drawId: uuid('draw_id')
      .notNull()
      .references(() => draws.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    vendorId: uuid('vendor_id').notNull(),
    productId: uuid('product_id').notNull(),
    invitedAt: at('invited_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.drawId, t.handleId] }),
    index('drawn_customers_handle').on(t.handleId, t.invitedAt.desc()), // what somebody is asked; whether what they write was asked for
  ],
)
