import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgTable, primaryKey, real, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts'
import { at, createdAt, id } from './columns'
import { vendorId } from './of-vendor'

// Which records of a vendor may be one, and which were made one. A record is a contact or a company, by its kind.

export const RECORD_KINDS = ['contact', 'organization'] as const

/** Under which keys a record is looked for when another is compared with it: two that share none are not compared. */
export const likenessBlocks = pgTable(
  'likeness_blocks',
  {
    vendorId: vendorId(),
    recordId: uuid('record_id').notNull(),
    kind: text('kind', { enum: RECORD_KINDS }).notNull(),
    block: text('block').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.recordId, t.block] }),
    check('likeness_blocks_known', sql`${t.kind} in ('contact', 'organization') and length(${t.block}) between 3 and 200`),
    index('likeness_blocks_shared').on(t.vendorId, t.kind, t.block), // who stands in one
  ],
)

export const PAIR_STATES = ['proposed', 'refused', 'merged'] as const
/** Why two are taken for one: what is compared, and how much of it agrees, from 0 to 1. */
export type Likeness = Record<string, number>

/** Two records that may be one. Whoever refuses says why, and is not asked again while both are known by the same. */
export const duplicatePairs = pgTable(
  'duplicate_pairs',
  {
    id: id(),
    vendorId: vendorId(),
    kind: text('kind', { enum: RECORD_KINDS }).notNull(),
    aId: uuid('a_id').notNull(),
    bId: uuid('b_id').notNull(),
    score: real('score').notNull(),
    reasons: jsonb('reasons').$type<Likeness>().notNull(),
    state: text('state', { enum: PAIR_STATES }).notNull().default('proposed'),
    /** By what both were known when somebody refused. */
    keysThen: text('keys_then').notNull().default(''),
    why: text('why').notNull().default(''),
    decidedBy: uuid('decided_by').references(() => people.id),
    decidedAt: at('decided_at'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('duplicate_pairs_once').on(t.aId, t.bId),
    check('duplicate_pairs_in_order', sql`${t.aId} < ${t.bId}`),
    check('duplicate_pairs_known', sql`${t.kind} in ('contact', 'organization') and ${t.state} in ('proposed', 'refused', 'merged')`),
    check('duplicate_pairs_scored', sql`${t.score} between 0 and 1`),
    check('duplicate_pairs_refused_why', sql`${t.state} <> 'refused' or (${t.why} <> '' and ${t.decidedAt} is not null)`),
    index('duplicate_pairs_open')
      .on(t.vendorId, t.score.desc(), t.id.desc())
      .where(sql`${t.state} = 'proposed'`), // what is proposed, the likeliest first
    index('duplicate_pairs_b').on(t.bId), // what is proposed of one record
  ],
)

/** What a merge changed of the record that stands: each field as it was, and as the merge left it. */
export type Taken = Record<string, { was: unknown; became: unknown }>

/** Every merge with both records as they were. Nothing else is rewritten by one, so that taking it apart gives both back. */
export const recordMerges = pgTable(
  'record_merges',
  {
    id: id(),
    vendorId: vendorId(),
    kind: text('kind', { enum: RECORD_KINDS }).notNull(),
    survivorId: uuid('survivor_id').notNull(),
    loserId: uuid('loser_id').notNull(),
    survivorWas: jsonb('survivor_was').$type<Record<string, unknown>>().notNull(),
    loserWas: jsonb('loser_was').$type<Record<string, unknown>>().notNull(),
    taken: jsonb('taken').$type<Taken>().notNull(),
    /** Accounts that had only the record that is no more, and went over. */
    movedAccountId: uuid('moved_account_id'),
    why: text('why').notNull().default(''),
    mergedBy: uuid('merged_by').references(() => people.id),
    mergedAt: at('merged_at').notNull().defaultNow(),
    undoneBy: uuid('undone_by').references(() => people.id),
    undoneAt: at('undone_at'),
  },
  (t) => [
    check('record_merges_of_two', sql`${t.survivorId} <> ${t.loserId}`),
    check('record_merges_known', sql`${t.kind} in ('contact', 'organization')`),
    uniqueIndex('record_merges_standing')
      .on(t.loserId)
      .where(sql`${t.undoneAt} is null`), // what is merged is merged once
    index('record_merges_of_vendor').on(t.vendorId, t.mergedAt.desc(), t.id.desc()), // the list of merges
    index('record_merges_of_survivor').on(t.survivorId),
  ],
)
