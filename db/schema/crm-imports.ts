import { sql } from 'drizzle-orm'
import { boolean, check, date, index, integer, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { BASES, IMPORT_ENDS, IMPORT_MAKES, IMPORT_STATES } from '../kinds'
import { people } from './accounts'
import { at, bytes, createdAt, id } from './columns'
import { byPerson, vendorId } from './of-vendor'

/** A customer database that a vendor brings along. What was made by it can be taken away as one. */
export const crmImports = pgTable(
  'crm_imports',
  {
    id: id(),
    vendorId: vendorId(),
    /** For everybody in it whose ground is not said in the files; nothing means quarantine. */
    basis: text('basis', { enum: BASES }),
    askBy: date('ask_by', { mode: 'string' }).notNull(),
    /** Who owns the accounts that it makes. */
    ownerId: byPerson('owner_id'),
    state: text('state', { enum: IMPORT_STATES }).notNull().default('checked'),
    startedBy: byPerson('started_by'),
    createdAt: createdAt(),
    broughtAt: at('brought_at'),
    undoneBy: uuid('undone_by').references(() => people.id),
    undoneAt: at('undone_at'),
    /** Files and rows are gone; what was made by it stays. */
    forgottenAt: at('forgotten_at'),
  },
  (t) => [
    check('crm_imports_known', sql`${t.state} in ('checked', 'running', 'broken', 'done', 'undone')`),
    check(
      'crm_imports_undone',
      sql`(${t.state} = 'undone') = (${t.undoneAt} is not null) and (${t.undoneAt} is null) = (${t.undoneBy} is null)`,
    ),
    index('crm_imports_of').on(t.vendorId, t.createdAt.desc(), t.id.desc()), // the vendor's list
    index('crm_imports_to_forget')
      .on(t.createdAt)
      .where(sql`${t.forgottenAt} is null`),
  ],
)

/** One file of it, as it came, until the import is in or taken out: then its content is gone. */
export const crmImportFiles = pgTable(
  'crm_import_files',
  {
    importId: uuid('import_id')
      .notNull()
      .references(() => crmImports.id, { onDelete: 'cascade' }),
    nth: smallint('nth').notNull(),
    name: text('name').notNull(),
    content: bytes('content').notNull(),
    /** What it was taken for, and column by column what becomes of it. */
    found: jsonb('found').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.nth] }),
    check(
      'crm_import_files_bounds',
      sql`${t.nth} between 1 and 12 and octet_length(${t.content}) <= 10000000 and char_length(${t.name}) between 1 and 120`,
    ),
  ],
)

/** What becomes of each row, and what became of it. It says why, and not what stands in it. */
export const crmImportRows = pgTable(
  'crm_import_rows',
  {
    importId: uuid('import_id')
      .notNull()
      .references(() => crmImports.id, { onDelete: 'cascade' }),
    fileNth: smallint('file_nth').notNull(),
    row: integer('row').notNull(),
    kind: text('kind'),
    fate: text('fate').notNull(),
    because: jsonb('because').$type<string[]>().notNull().default([]),
    /** The row that it repeats, and one that it may repeat. */
    of: jsonb('of').$type<{ file: number; row: number }>(),
    perhaps: jsonb('perhaps').$type<{ file: number; row: number; because: string }>(),
    ended: text('ended', { enum: IMPORT_ENDS }),
    recordId: uuid('record_id'),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.fileNth, t.row] }),
    index('crm_import_rows_of_fate').on(t.importId, t.fate, t.fileNth, t.row), // the rows of one fate
    check('crm_import_rows_known', sql`coalesce(${t.ended}, 'made') in ('made', 'known', 'joined', 'left')`),
  ],
)

/** What an import made, and as what: undone is only what nobody has touched since. */
export const crmImportMade = pgTable(
  'crm_import_made',
  {
    importId: uuid('import_id')
      .notNull()
      .references(() => crmImports.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: IMPORT_MAKES }).notNull(),
    rowId: uuid('row_id').notNull(),
    /** What it said before, where the import changed it: of a consent alone. */
    was: boolean('was'),
    /** Of the row as it was made. */
    print: text('print'),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.kind, t.rowId] }),
    check('crm_import_made_known', sql`${t.kind} in ('consent', 'work', 'edge', 'key', 'contact', 'account', 'organization')`),
  ],
) // prettier-ignore
