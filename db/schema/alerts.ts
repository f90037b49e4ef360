import { sql } from 'drizzle-orm'
import { boolean, check, date, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts'
import { createdAt } from './columns'
import { vendors } from './vendors'

/** Of which readings somebody wants to be told. Without a row, of what the defaults say. */
export const alertRules = pgTable(
  'alert_rules',
  {
    personId: uuid('person_id')
      .primaryKey()
      .references(() => people.id),
    /** A vendor reads for the first time. */
    first: boolean('first').notNull().default(true),
    /** A field is read that finds or names a human, or that its owner called sensitive. */
    sensitive: boolean('sensitive').notNull().default(true),
    /** Somebody asked for what no grant covers. */
    refused: boolean('refused').notNull().default(true),
    /** One vendor reads more than this in a day; null: it may. */
    mostADay: integer('most_a_day').default(50),
  },
  (t) => [check('alert_rules_most', sql`${t.mostADay} between 1 and 1000`)],
)

/** Of whom somebody was told, and why: one a vendor and day, whatever else it did on that day. */
export const alerts = pgTable(
  'alerts',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    day: date('day').notNull(),
    reason: text('reason', { enum: ['first', 'sensitive', 'often', 'refused'] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.vendorId, t.day] }),
    check('alerts_reason', sql`${t.reason} in ('first', 'sensitive', 'often', 'refused')`),
  ],
)
