import { sql } from 'drizzle-orm'
import { check, index, pgTable, smallint, text, unique, uuid } from 'drizzle-orm/pg-core'
import { REACHES } from '../kinds'
import { people } from './accounts'
import { at, id } from './columns'
import { byPerson, vendorId } from './of-vendor'
import { vendors } from './vendors'

/** How often in thirty days a vendor may reach somebody by itself, as they said: one vendor, or (without one) every other. */
export const contactBudgets = pgTable(
  'contact_budgets',
  {
    id: id(),
    personId: byPerson('person_id'),
    vendorId: uuid('vendor_id').references(() => vendors.id),
    most: smallint('most').notNull(),
    saidAt: at('said_at').notNull(),
  },
  (t) => [
    unique('contact_budgets_once').on(t.personId, t.vendorId).nullsNotDistinct(),
    check('contact_budgets_bounds', sql`${t.most} between 0 and 30`),
  ],
)

/** Each time a vendor reached somebody by itself, whoever of its staff or whatever of its rules did. Written by what reaches them, in its transaction. */
export const contactUses = pgTable(
  'contact_uses',
  {
    id: id(),
    vendorId: vendorId(),
    personId: byPerson('person_id'),
    kind: text('kind', { enum: REACHES }).notNull(),
    byId: uuid('by_id').references(() => people.id),
    at: at('at').notNull(),
  },
  (t) => [
    index('contact_uses_to_forget').on(t.at), // what is counted no more
    index('contact_uses_of').on(t.personId, t.vendorId, t.at.desc()), // what is left
    check('contact_uses_known', sql`${t.kind} in ('fields', 'plan', 'state', 'case')`),
  ],
)
