import { sql } from 'drizzle-orm'
import { check, date, foreignKey, index, jsonb, numeric, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { ACCOUNT_TASKS, type HEALTH_MEASURES, type HEALTH_REASONS } from '../kinds'
import { people } from './accounts'
import { at, createdAt, id } from './columns'
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
