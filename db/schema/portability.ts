import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
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

/**
 * An export from another portal, or an earlier one from here, that its owner brought along: looked at first, then taken, and theirs from then on.
 * The file itself is kept in pieces under their own key.
 */
export const broughtArchives = pgTable(
  'brought_archives',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    createdAt: createdAt(),
    /** The seal of the file: the same file is brought once. Null while it arrives. */
    hash: text('hash'),
    bytes: bigint('bytes', { mode: 'number' }),
    /** From which portal, when it was made there, and how much of what is in it. */
    portal: text('portal'),
    madeAt: at('made_at'),
    contents: jsonb('contents').$type<BroughtContents>(),
    takenAt: at('taken_at'),
    /** What it takes to put the vault back as it was, sealed. */
    sealedUndo: text('sealed_undo'),
  },
  (t) => [
    uniqueIndex('brought_archives_once').on(t.personId, t.hash),
    index('brought_archives_waiting')
      .on(t.createdAt)
      .where(sql`${t.takenAt} is null`), // those to forget
    check('brought_archives_whole', sql`num_nonnulls(${t.hash}, ${t.bytes}, ${t.portal}, ${t.madeAt}, ${t.contents}) in (0, 5)`),
    check(
      'brought_archives_taken',
      sql`(${t.takenAt} is null) = (${t.sealedUndo} is null) and (${t.takenAt} is null or ${t.hash} is not null)`,
    ),
  ],
)

/** How much of each kind there is; of what was signed, how much holds by the keys that lie beside it. */
export type BroughtContents = {
  fields: number
  signed: number
  holding: number
  contributions: number
  readings: number
  files: number
}
