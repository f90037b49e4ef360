import { sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { DISPUTE_RULES } from '../kinds'
import { handles } from './accounts'
import { at, createdAt, id } from './columns'
import { decisions } from './moderation'
import { recommendations } from './recommendations'
import { vendors } from './vendors'

/** A vendor contests a recommendation about it, by one rule and once for each. It stays where it is, marked, until somebody without ties has decided. */
export const disputes = pgTable(
  'disputes',
  {
    id: id(),
    recommendationId: uuid('recommendation_id')
      .notNull()
      .references(() => recommendations.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    /** Of the staff who disputes. */
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    rule: text('rule', { enum: DISPUTE_RULES }).notNull(),
    dueAt: at('due_at').notNull(),
    /** Upheld: the recommendation was hidden. Dropped: the vendor took it back. Withdrawn: the author took the recommendation back. */
    outcome: text('outcome', { enum: ['upheld', 'declined', 'dropped', 'withdrawn'] }),
    decisionId: uuid('decision_id').references(() => decisions.id),
    endedAt: at('ended_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('disputes_open')
      .on(t.recommendationId)
      .where(sql`${t.outcome} is null`), // the mark beside it
    uniqueIndex('disputes_once').on(t.recommendationId, t.rule),
    index('disputes_waiting')
      .on(t.dueAt, t.id)
      .where(sql`${t.outcome} is null`), // the queue
    index('disputes_vendor').on(t.vendorId, t.outcome), // counted on the vendor's page
    index('disputes_decision').on(t.decisionId),
    check(
      'disputes_end_whole',
      sql`(${t.outcome} is null) = (${t.endedAt} is null) and (${t.decisionId} is not null) = coalesce(${t.outcome} in ('upheld', 'declined'), false)`,
    ),
  ],
)

/** What the vendor says, read by the author too; and how the author shows that they used it, read by those who decide alone. */
export const disputeWords = pgTable(
  'dispute_words',
  {
    disputeId: uuid('dispute_id')
      .notNull()
      .references(() => disputes.id),
    side: text('side', { enum: ['vendor', 'author'] }).notNull(),
    words: text('words').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.disputeId, t.side] })],
)
