import { sql } from 'drizzle-orm'
import { check, date, index, integer, jsonb, pgTable, primaryKey, smallint, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { communities } from './communities'

export const REPUTATION_CAUSES = [
  'answer-helpful',
  'question-helpful',
  'idea-wanted',
  'voted-down',
  'answer-accepted',
  'answer-marked',
  'answer-confirmed',
  'accepted-an-answer',
  'edit-accepted',
  'idea-shipped',
] as const

/**
 * The ledger: one row a cause, for ever. What is undone is taken back, and given again when it is done again. Only its owner
 * reads it (row-level security): who voted is nobody's business.
 */
export const reputationEntries = pgTable(
  'reputation_entries',
  {
    id: id(),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    cause: text('cause', { enum: REPUTATION_CAUSES }).notNull(),
    /** The post or the suggested edit that earned it, and the post it is about. */
    sourceId: uuid('source_id').notNull(),
    postId: uuid('post_id').notNull(),
    /** Who gave it; null where nobody in particular did. */
    byHandleId: uuid('by_handle_id').references(() => handles.id),
    points: smallint('points').notNull(),
    /** What of it counts: nothing once it is taken back, and of votes no more than a day brings. */
    counted: smallint('counted').notNull().default(0),
    earnedAt: at('earned_at').notNull(),
    takenBackAt: at('taken_back_at'),
    whyTaken: text('why_taken', { enum: ['undone', 'removed', 'voided'] }),
  },
  (t) => [
    unique('reputation_entries_once').on(t.sourceId, t.cause, t.handleId, t.byHandleId).nullsNotDistinct(),
    index('reputation_entries_post').on(t.postId), // what a post has earned
    index('reputation_entries_own').on(t.handleId, t.earnedAt.desc(), t.id.desc()), // one's own ledger; a day or a month of it
    index('reputation_entries_pair').on(t.byHandleId, t.handleId), // what one gave another
  ],
)

/** What the rows of a handle come to in a room: of all time, and by month. Written with them. */
export const reputationSums = pgTable(
  'reputation_sums',
  {
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    /** `all`, or a month: 2026-11. */
    period: text('period').notNull(),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    points: integer('points').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.communityId, t.period, t.handleId] }),
    index('reputation_sums_rank').on(t.communityId, t.period, t.points.desc(), t.handleId), // who helped most in a room
    index('reputation_sums_handle').on(t.handleId, t.period), // what somebody has, room by room
  ],
)

/** Who does not want to be ranked. */
export const unrankedHandles = pgTable('unranked_handles', {
  handleId: uuid('handle_id')
    .primaryKey()
    .references(() => handles.id),
  createdAt: createdAt(),
})

/** Days on which somebody read a thread, for as long as trust looks back; what is older is a number. */
export const readingDays = pgTable(
  'reading_days',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    day: date('day', { mode: 'string' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.day] })],
)

/** How far the portal trusts somebody, by what they read and whom they helped. */
export const trustLevels = pgTable('trust_levels', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id, { onDelete: 'cascade' }),
  level: smallint('level').notNull().default(0),
  since: at('since').notNull(),
  /** Since when what the level needs is not there any more. */
  shortSince: at('short_since'),
  /** Days of reading that were forgotten one by one. */
  earlierDays: integer('earlier_days').notNull().default(0),
  weighedAt: at('weighed_at').notNull(),
})

/** The figures that explain a sign; what came back stands where two give each other. */
export type SignalNumbers = {
  voters: number
  votes: number
  expected: number
  share: number
  accountDays: number
  spanMinutes: number
  back?: number
  backShare?: number
}

/** Why the nightly check took votes out: how many gave one how many votes, within how many minutes. */
export type StagedNumbers = { voters: number; votes: number; minutes: number }

/** Votes that look arranged, with the numbers that say so. For operators and independent moderators (row-level security); it punishes nobody. */
export const votingSignals = pgTable(
  'voting_signals',
  {
    id: id(),
    kind: text('kind', { enum: ['mutual', 'devoted', 'new-accounts'] }).notNull(),
    /** Whom the votes are for. */
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    voters: uuid('voters').array().notNull(),
    numbers: jsonb('numbers').$type<SignalNumbers>().notNull(),
    foundAt: at('found_at').notNull(),
    /** Null while it still looks so. */
    goneAt: at('gone_at'),
  },
  (t) => [
    unique('voting_signals_once').on(t.kind, t.handleId, t.voters),
    index('voting_signals_newest').on(t.foundAt.desc(), t.id.desc()), // the report
  ],
)

/**
 * One person's votes for another count no more: an operator said why, or the nightly check did with its numbers. An operator gave them
 * back, and said why.
 */
export const voteVoids = pgTable(
  'vote_voids',
  {
    id: id(),
    fromHandleId: uuid('from_handle_id')
      .notNull()
      .references(() => handles.id),
    toHandleId: uuid('to_handle_id')
      .notNull()
      .references(() => handles.id),
    reason: text('reason').notNull().default(''),
    /** Null: the nightly check. */
    voidedBy: uuid('voided_by').references(() => people.id),
    found: jsonb('found').$type<StagedNumbers>(),
    voidedAt: at('voided_at').notNull(),
    liftedBy: uuid('lifted_by').references(() => people.id),
    liftedAt: at('lifted_at'),
    whyLifted: text('why_lifted').notNull().default(''),
  },
  (t) => [
    uniqueIndex('vote_voids_live')
      .on(t.fromHandleId, t.toHandleId)
      .where(sql`${t.liftedAt} is null`),
    index('vote_voids_newest').on(t.voidedAt.desc(), t.id.desc()), // what was done about arranged votes
    index('vote_voids_between').on(t.fromHandleId, t.toHandleId), // whether an operator gave them back once
    check('vote_voids_why', sql`(${t.voidedBy} is null) = (${t.found} is not null) and (${t.voidedBy} is null or length(${t.reason}) > 0)`),
  ],
)
