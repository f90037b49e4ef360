import { sql } from 'drizzle-orm'
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { ACCOUNT_TASKS, type HEALTH_MEASURES, type HEALTH_REASONS, type LEVEL_ACTS } from '../kinds'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { communities } from './communities'
import { accounts } from './identity'
import { byPerson, vendorId } from './of-vendor'

/** How one measure stood: 0 to 100, of how many, how old the newest of it was. Null where there was nothing of it. */
export type MeasureStood = { share: number; of: number; days: number } | null
/** Why a number is what it is: what it is about, if it still is, and the two figures that the reason names. */
export type ReasonStood = { kind: (typeof HEALTH_REASONS)[number]; about: string | null; figures: number[] }

/** How an account stood on one day, by the formula of that day. Written by the nightly weighing alone, and never changed. */
export const healthSnapshots = pgTable(
  'health_snapshots',
  {
    vendorId: vendorId(),
    accountId: uuid('account_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    formula: smallint('formula').notNull(),
    /** Null: not enough evidence. */
    score: smallint('score'),
    coverage: numeric('coverage', { precision: 4, scale: 3, mode: 'number' }).notNull(),
    measures: jsonb('measures').$type<Record<(typeof HEALTH_MEASURES)[number], MeasureStood>>().notNull(),
    reasons: jsonb('reasons').$type<ReasonStood[]>().notNull(),
    weighedAt: at('weighed_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.day] }), // how it stood, and how it moved
    foreignKey({ columns: [t.vendorId, t.accountId], foreignColumns: [accounts.vendorId, accounts.id], name: 'health_snapshots_account' }).onDelete('cascade'),
    check('health_snapshots_bounds', sql`${t.score} between 0 and 100 and ${t.coverage} between 0 and 1`),
    check('health_snapshots_evidenced', sql`${t.score} is null or ${t.coverage} >= 0.5`),
    index('health_snapshots_of_vendor').on(t.vendorId, t.day, t.score), // the worst of a day
    index('health_snapshots_day').on(t.day), // what is forgotten
  ],
) // prettier-ignore

/** What somebody of the vendor's has to do for an account. What the nightly weighing asks for has no words of its own. */
export const accountTasks = pgTable(
  'account_tasks',
  {
    id: id(),
    vendorId: vendorId(),
    accountId: uuid('account_id').notNull(),
    kind: text('kind', { enum: ACCOUNT_TASKS }).notNull(),
    what: text('what').notNull().default(''),
    ownerId: byPerson('owner_id'),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    createdBy: uuid('created_by').references(() => people.id),
    createdAt: createdAt(),
    doneBy: uuid('done_by').references(() => people.id),
    doneAt: at('done_at'),
  },
  (t) => [
    foreignKey({ columns: [t.vendorId, t.accountId], foreignColumns: [accounts.vendorId, accounts.id], name: 'account_tasks_account' }).onDelete('cascade'),
    check('account_tasks_known', sql`${t.kind} in ('by-hand', 'new-champion') and char_length(${t.what}) <= 200 and (${t.kind} <> 'by-hand' or char_length(btrim(${t.what})) >= 1)`),
    check('account_tasks_begun', sql`(${t.kind} = 'by-hand') = (${t.createdBy} is not null)`),
    check('account_tasks_done', sql`(${t.doneAt} is null) = (${t.doneBy} is null)`),
    uniqueIndex('account_tasks_asked_once').on(t.accountId, t.kind).where(sql`${t.kind} <> 'by-hand' and ${t.doneAt} is null`), // asked for once
    index('account_tasks_of').on(t.accountId, t.dueOn), // on the page of the account
    index('account_tasks_owner').on(t.ownerId, t.dueOn).where(sql`${t.doneAt} is null`), // who has what to do
  ],
) // prettier-ignore

/** How one reached a step, in the community where they did: an act of that weight, or so many active days in periods that followed each other. */
export type LevelReason =
  | { kind: 'act'; act: (typeof LEVEL_ACTS)[number]; weight: number; day: string }
  | { kind: 'presence'; period: 'week' | 'month' | 'quarter'; days: number; running: number; step: number }

/** What an act weighs in a community, and how often levels are looked at again. A version is never changed, and holds from a day that is still to come. */
export const levelWeights = pgTable(
  'level_weights',
  {
    id: id(),
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    version: smallint('version').notNull(),
    effectiveOn: date('effective_on', { mode: 'string' }).notNull(),
    weights: jsonb('weights').$type<Record<(typeof LEVEL_ACTS)[number], number>>().notNull(),
    reviewMonths: smallint('review_months').notNull(),
    setBy: byPerson('set_by'),
    setAt: at('set_at').notNull(),
  },
  (t) => [
    uniqueIndex('level_weights_version').on(t.communityId, t.version.desc()), // those that hold, and those before them
    check('level_weights_known', sql`${t.reviewMonths} in (1, 3, 12) and ${t.effectiveOn} > (${t.setAt} at time zone 'UTC')::date`),
  ],
) // prettier-ignore

/** How far somebody is at home in a community: 1 to 12, three steps to a level. It rises at once, and falls at a review. Theirs alone to read. */
export const memberLevels = pgTable(
  'member_levels',
  {
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    step: smallint('step').notNull(),
    reachedOn: date('reached_on', { mode: 'string' }).notNull(),
    reviewedOn: date('reviewed_on', { mode: 'string' }).notNull(),
    reasons: jsonb('reasons').$type<LevelReason[]>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.communityId, t.handleId] }),
    check('member_levels_steps', sql`${t.step} between 1 and 12`),
    index('member_levels_of').on(t.handleId), // what goes with a person
    index('member_levels_due').on(t.communityId, t.reviewedOn), // those to look at again
  ],
) // prettier-ignore

/** How a community was doing on a day: numbers, and nobody by name. Whoever serves its vendor counts nowhere. */
export const communityFigures = pgTable(
  'community_figures',
  {
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    day: date('day', { mode: 'string' }).notNull(),
    members: integer('members').notNull(),
    participants: integer('participants').notNull(),
    contributions: integer('contributions').notNull(),
    /** Of the contributions, those of the most active tenth of the members: 0 to 1. */
    busiestTenth: numeric('busiest_tenth', { precision: 4, scale: 3, mode: 'number' }),
    /** Half of those who came more than once come back sooner than this. */
    medianGapDays: numeric('median_gap_days', { precision: 6, scale: 1, mode: 'number' }),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.day] })],
)
