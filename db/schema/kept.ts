import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles } from './accounts'
import { at, id } from './columns'
import { contacts } from './identity'
import { vendorId } from './of-vendor'

// What those whom a vendor keeps say of it themselves.

export const CORRECTED = ['name', 'city', 'title'] as const

/** What somebody put right of what a vendor keeps of them by itself: theirs stands, and what stood before is kept as contested. */
export const contactCorrections = pgTable(
  'contact_corrections',
  {
    id: id(),
    vendorId: vendorId(),
    contactId: uuid('contact_id').notNull(),
    field: text('field', { enum: CORRECTED }).notNull(),
    was: text('was').notNull(),
    wasFrom: text('was_from').notNull(),
    became: text('became').notNull(),
    saidAt: at('said_at').notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      columns: [t.vendorId, t.contactId],
      foreignColumns: [contacts.vendorId, contacts.id],
      name: 'contact_corrections_contact',
    }).onDelete('cascade'),
    check('contact_corrections_known', sql`${t.field} in ('name', 'city', 'title') and ${t.became} <> ''`),
    index('contact_corrections_of').on(t.contactId, t.saidAt.desc()), // beside the facts
  ],
)

/** Somebody says that they are whom a vendor keeps. Proven by their own confirmed address, said by nobody else, ended by them. */
export const contactLinks = pgTable(
  'contact_links',
  {
    id: id(),
    vendorId: vendorId(),
    contactId: uuid('contact_id').notNull(),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    startedAt: at('started_at').notNull().defaultNow(),
    endedAt: at('ended_at'),
  },
  (t) => [
    foreignKey({
      columns: [t.vendorId, t.contactId],
      foreignColumns: [contacts.vendorId, contacts.id],
      name: 'contact_links_contact',
    }).onDelete('cascade'),
    uniqueIndex('contact_links_one_person')
      .on(t.contactId)
      .where(sql`${t.endedAt} is null`),
    index('contact_links_of').on(t.vendorId, t.handleId), // on the record of a member
  ],
)
