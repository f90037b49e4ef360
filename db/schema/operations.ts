import { sql } from 'drizzle-orm'
import { check, date, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { at, id } from './columns'
import { byPerson, vendorId } from './of-vendor'

/** When a vendor is open. A version is never changed: what was counted by it can be counted again. */
export const businessCalendars = pgTable(
  'business_calendars',
  {
    id: id(),
    vendorId: vendorId(),
    version: integer('version').notNull(),
    /** By its IANA name. */
    zone: text('zone').notNull(),
    /** Seven days, Monday first; each a list of [from, to] in minutes since midnight. */
    hours: jsonb('hours').$type<[number, number][][]>().notNull(),
    holidays: date('holidays', { mode: 'string' }).array().notNull(),
    publishedBy: byPerson('published_by'),
    publishedAt: at('published_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('business_calendars_version').on(t.vendorId, t.version.desc()), // what holds now
    check('business_calendars_week', sql`jsonb_typeof(${t.hours}) = 'array' and jsonb_array_length(${t.hours}) = 7`),
    check('business_calendars_some_open', sql`jsonb_path_exists(${t.hours}, '$[*][*]')`),
    check('business_calendars_bounds', sql`cardinality(${t.holidays}) <= 100 and char_length(${t.zone}) between 1 and 60`),
  ],
)
