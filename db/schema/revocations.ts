import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { grants } from './vault'
import { vendors } from './vendors'

/** A grant that was revoked or ran out, written by the database in the transaction in which it ended, and linked into the chain of readings. */
export const grantEndings = pgTable(
  'grant_endings',
  {
    id: id(),
    grantId: uuid('grant_id')
      .notNull()
      .unique()
      .references(() => grants.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    how: text('how', { enum: ['revoked', 'expired'] }).notNull(),
    endedAt: at('ended_at').notNull(),
    /** What the person and the portal sign together, with its place in the chain. Added once, a moment later. */
    signed: text('signed'),
    createdAt: createdAt(),
  },
  (t) => [
    index('grant_endings_unsigned')
      .on(t.createdAt)
      .where(sql`${t.signed} is null`), // the job that signs
    check('grant_endings_how', sql`${t.how} in ('revoked', 'expired')`),
  ],
)

/** What an ending asks of the vendor: to delete its copies by a day, and to say so. */
export const deletionTasks = pgTable(
  'deletion_tasks',
  {
    grantId: uuid('grant_id')
      .primaryKey()
      .references(() => grants.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    askedAt: at('asked_at').notNull().defaultNow(),
    dueAt: at('due_at').notNull(),
    doneAt: at('done_at'),
    doneByHandleId: uuid('done_by_handle_id').references(() => handles.id),
    words: text('words'),
  },
  (t) => [
    index('deletion_tasks_open')
      .on(t.vendorId, t.dueAt, t.grantId)
      .where(sql`${t.doneAt} is null`), // the staff's list, and the operators'
    index('deletion_tasks_record').on(t.vendorId, t.handleId, t.askedAt.desc()), // on the record of one person
    check(
      'deletion_tasks_done',
      sql`num_nonnulls(${t.doneAt}, ${t.doneByHandleId}, ${t.words}) in (0, 3) and coalesce(char_length(${t.words}) between 1 and 500, true)`,
    ),
  ],
)
