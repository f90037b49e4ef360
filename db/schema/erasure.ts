import { sql } from 'drizzle-orm'
import { check, date, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { RESIDUES } from '../kinds'
import { people } from './accounts'
import { at, createdAt, id } from './columns'
import { relationships } from './relationships'
import { vendors } from './vendors'

/** Somebody asks to be forgotten. Called back until it is carried out; afterwards the statement of what remains is all that is left of it. */
export const erasures = pgTable(
  'erasures',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    /** What becomes of what they wrote: it stays without a name, under one that they choose, or goes where nobody replied. */
    posts: text('posts', { enum: ['nameless', 'credited', 'removed'] }).notNull(),
    /** Under which name what stays is shown. */
    shownAs: text('shown_as').notNull(),
    createdAt: createdAt(),
    /** When it is carried out. */
    dueAt: at('due_at').notNull(),
    calledBackAt: at('called_back_at'),
    carriedOutAt: at('carried_out_at'),
    /** The statement, signed by the portal, for whoever holds the link that was mailed. */
    statement: text('statement'),
    tokenHash: text('token_hash'),
    /** The mail with the link; forgotten once it was handed over. */
    mailId: uuid('mail_id'),
  },
  (t) => [
    uniqueIndex('erasures_one_waits')
      .on(t.personId)
      .where(sql`${t.calledBackAt} is null and ${t.carriedOutAt} is null`),
    index('erasures_person').on(t.personId, t.createdAt.desc()),
    index('erasures_due')
      .on(t.dueAt)
      .where(sql`${t.calledBackAt} is null and ${t.carriedOutAt} is null`), // the job
    uniqueIndex('erasures_token').on(t.tokenHash), // the statement
    check('erasures_named', sql`char_length(${t.shownAs}) between 1 and 60`),
    check('erasures_once', sql`${t.calledBackAt} is null or ${t.carriedOutAt} is null`),
    check('erasures_in_time', sql`${t.dueAt} <= ${t.createdAt} + interval '1 month'`),
  ],
)

/** What the law or somebody's claim keeps, how much of it there is, on which ground, and until when. */
export const erasureResidues = pgTable(
  'erasure_residues',
  {
    erasureId: uuid('erasure_id')
      .notNull()
      .references(() => erasures.id),
    kind: text('kind', { enum: RESIDUES }).notNull(),
    ground: text('ground', { enum: ['A17-3-a', 'A17-3-b', 'A17-3-e'] }).notNull(),
    rows: integer('rows').notNull(),
    until: date('until').notNull(),
    endedAt: at('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.erasureId, t.kind] }),
    index('erasure_residues_due')
      .on(t.until)
      .where(sql`${t.endedAt} is null`), // the job
    check('erasure_residues_some', sql`${t.rows} > 0`),
  ],
)

/** Each vendor that read something or holds a record is told to delete its copies, and says that it has (Article 19). */
export const erasureNotices = pgTable(
  'erasure_notices',
  {
    id: id(),
    erasureId: uuid('erasure_id')
      .notNull()
      .references(() => erasures.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    /** The record that the vendor holds, if any: its copies carry that number. */
    relationshipId: uuid('relationship_id').references(() => relationships.id),
    createdAt: createdAt(),
    dueAt: at('due_at').notNull(),
    acknowledgedAt: at('acknowledged_at'),
    acknowledgedBy: uuid('acknowledged_by').references(() => people.id),
  },
  (t) => [
    uniqueIndex('erasure_notices_vendor').on(t.erasureId, t.vendorId),
    index('erasure_notices_open').on(t.vendorId, t.dueAt), // the staff's list
  ],
)

/** Handles that nobody takes again, hashed: what was written under them is somebody's past. */
export const retiredHandles = pgTable('retired_handles', { hash: text('hash').primaryKey() })
