import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts'
import { at, createdAt, id } from './columns'

/** Somebody's own data as one file: asked for, made by a job, theirs alone to fetch, and gone after a day. */
export const exports = pgTable(
  'exports',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    madeAt: at('made_at'),
    failedAt: at('failed_at'),
    bytes: bigint('bytes', { mode: 'number' }),
    /** How many pieces it is kept in. */
    pieces: integer('pieces').notNull().default(0),
    endsAt: at('ends_at').notNull(),
  },
  (t) => [
    index('exports_person').on(t.personId, t.createdAt.desc()), // the owner's page
    uniqueIndex('exports_one_waits')
      .on(t.personId)
      .where(sql`${t.madeAt} is null and ${t.failedAt} is null`),
    index('exports_ended').on(t.endsAt), // those to forget
    check('exports_bounded', sql`${t.endsAt} <= ${t.createdAt} + interval '25 hours' and (${t.madeAt} is null or ${t.bytes} > 0)`),
  ],
)
