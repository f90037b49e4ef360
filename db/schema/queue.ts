import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core'
import { handles } from './accounts'
import { POST_CHECKS } from '../kinds'
import { at, createdAt, id } from './columns'
import { communities } from './communities'
import { decisions, SUBJECT_KINDS } from './moderation'
import { vendors } from './vendors'

/** One row for each thing with open flags or held back by a check, kept by triggers on them: however many flags, one item that waits. */
export const queueItems = pgTable(
  'queue_items',
  {
    subjectKind: text('subject_kind', { enum: SUBJECT_KINDS }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    communityId: uuid('community_id').references(() => communities.id),
    vendorId: uuid('vendor_id').references(() => vendors.id),
    /** Whose it is. */
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    score: real('score').notNull(),
    flags: integer('flags').notNull(),
    reasons: text('reasons').array().notNull(),
    /** The check that holds it back; nobody has flagged it then, for nobody has seen it. */
    heldBy: text('held_by', { enum: POST_CHECKS }),
    oldestAt: at('oldest_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.subjectKind, t.subjectId] }),
    index('queue_items_room').on(t.communityId, t.score.desc(), t.subjectId.desc()), // a community's queue, the heaviest first
    index('queue_items_portal')
      .on(t.score.desc(), t.subjectId.desc())
      .where(sql`subject_kind = 'recommendation'`), // the portal's queue
    index('queue_items_longest').on(t.communityId, t.oldestAt), // since when a community's queue waits
    index('queue_items_portal_longest')
      .on(t.oldestAt)
      .where(sql`subject_kind = 'recommendation'`), // since when the portal's does
    index('queue_items_whose').on(t.handleId, t.communityId), // what else waits of the same person
  ],
)

/** Who is at an item; soft, and over when the item is settled. */
export const queueClaims = pgTable(
  'queue_claims',
  {
    subjectKind: text('subject_kind', { enum: SUBJECT_KINDS }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    claimedAt: at('claimed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.subjectKind, t.subjectId] }),
    foreignKey({
      name: 'queue_claims_item',
      columns: [t.subjectKind, t.subjectId],
      foreignColumns: [queueItems.subjectKind, queueItems.subjectId],
    }).onDelete('cascade'),
  ],
)

/** What moderators say to each other about a thing. */
export const moderationNotes = pgTable(
  'moderation_notes',
  {
    id: id(),
    subjectKind: text('subject_kind', { enum: SUBJECT_KINDS }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    communityId: uuid('community_id').references(() => communities.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    body: text('body').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    check('moderation_notes_place', sql`(${t.subjectKind} = 'recommendation') = (${t.communityId} is null)`),
    index('moderation_notes_of').on(t.subjectKind, t.subjectId, t.createdAt.desc()), // the notes of an item
  ],
)

/** Decisions that were made with one press, and may be taken back with one. */
export const decisionBatches = pgTable('decision_batches', {
  id: id(),
  /** Whose things they were about. */
  handleId: uuid('handle_id')
    .notNull()
    .references(() => handles.id),
  decidedBy: uuid('decided_by')
    .notNull()
    .references(() => handles.id),
  communityId: uuid('community_id').references(() => communities.id),
  createdAt: createdAt(),
  undoneAt: at('undone_at'),
})

export const decisionBatchItems = pgTable(
  'decision_batch_items',
  {
    batchId: uuid('batch_id')
      .notNull()
      .references(() => decisionBatches.id),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decisions.id),
  },
  (t) => [primaryKey({ columns: [t.batchId, t.decisionId] })],
)
