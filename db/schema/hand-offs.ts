import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { HAND_OFF_CAUSES, HAND_OFF_ENDS, HAND_OFF_TRIGGERS } from '../kinds'
import { people } from './accounts'
import { at, id } from './columns'
import { accounts } from './identity'
import { byPerson, vendorId } from './of-vendor'
import { businessCalendars } from './operations'
import { relationships } from './relationships'

/** To whom an account goes when something happens. A version is never changed; one that names nobody ends the rule. */
export const handOffRules = pgTable(
  'hand_off_rules',
  {
    id: id(),
    vendorId: vendorId(),
    trigger: text('trigger', { enum: HAND_OFF_TRIGGERS }).notNull(),
    version: integer('version').notNull(),
    toId: uuid('to_id').references(() => people.id),
    /** Open minutes until it is accepted or returned. */
    minutes: integer('minutes').notNull(),
    checklist: jsonb('checklist').$type<string[]>().notNull().default([]),
    setBy: byPerson('set_by'),
    setAt: at('set_at').notNull(),
  },
  (t) => [
    uniqueIndex('hand_off_rules_version').on(t.vendorId, t.trigger, t.version.desc()), // what holds now
    check('hand_off_rules_known', sql`${t.trigger} in ('first-opportunity', 'first-contract', 'renewal')`),
    check('hand_off_rules_bounds', sql`${t.minutes} between 1 and 60000 and jsonb_array_length(${t.checklist}) <= 12`),
  ],
)

/**
 * One owner hands a record over to another: an account, or a relationship. Until the coming one accepts, the old one owns it; the owner of
 * a record changes by nothing else. Who may end it how stands in the migration.
 */
export const handOffs = pgTable(
  'hand_offs',
  {
    id: id(),
    vendorId: vendorId(),
    accountId: uuid('account_id'),
    relationshipId: uuid('relationship_id').references(() => relationships.id, { onDelete: 'cascade' }),
    cause: text('cause', { enum: HAND_OFF_CAUSES }).notNull(),
    /** The opportunity or contract that caused it: each causes one. */
    causeId: uuid('cause_id'),
    ruleId: uuid('rule_id').references(() => handOffRules.id),
    fromId: uuid('from_id').references(() => people.id),
    toId: byPerson('to_id'),
    startedBy: uuid('started_by').references(() => people.id),
    why: text('why').notNull().default(''),
    /** The hours by which it is counted; none where the vendor has published none, and every hour counts. */
    calendarId: uuid('calendar_id').references(() => businessCalendars.id),
    minutes: integer('minutes').notNull(),
    startedAt: at('started_at').notNull(),
    dueAt: at('due_at').notNull(),
    warnedAt: at('warned_at'),
    missedAt: at('missed_at'),
    nextCheckAt: at('next_check_at').notNull(),
    outcome: text('outcome', { enum: HAND_OFF_ENDS }),
    reason: text('reason').notNull().default(''),
    endedBy: uuid('ended_by').references(() => people.id),
    endedAt: at('ended_at'),
  },
  (t) => [
    foreignKey({ columns: [t.vendorId, t.accountId], foreignColumns: [accounts.vendorId, accounts.id], name: 'hand_offs_account' }).onDelete(
      'cascade',
    ),
    check('hand_offs_of_one', sql`(${t.accountId} is null) <> (${t.relationshipId} is null)`),
    check('hand_offs_known', sql`${t.cause} in ('by-hand', 'first-opportunity', 'first-contract', 'renewal')`),
    check('hand_offs_caused', sql`(${t.cause} = 'by-hand') = (${t.causeId} is null) and (${t.cause} = 'by-hand') = (${t.startedBy} is not null)`),
    check('hand_offs_bounds', sql`${t.minutes} between 1 and 60000 and char_length(${t.why}) <= 1000`),
    check('hand_offs_forward', sql`${t.dueAt} >= ${t.startedAt} and ${t.endedAt} >= ${t.startedAt}`),
    check('hand_offs_elsewhere', sql`${t.fromId} is distinct from ${t.toId}`),
    check(
      'hand_offs_ended',
      sql`(${t.outcome} is null) = (${t.endedAt} is null) and (${t.outcome} is null) = (${t.endedBy} is null) and coalesce(${t.outcome}, 'accepted') in ('accepted', 'returned', 'withdrawn')`,
    ),
    check('hand_offs_returned_with_reason', sql`${t.outcome} is distinct from 'returned' or char_length(btrim(${t.reason})) between 10 and 1000`),
    uniqueIndex('hand_offs_one_of_account')
      .on(t.accountId)
      .where(sql`${t.endedAt} is null`), // the one that runs
    uniqueIndex('hand_offs_one_of_relationship')
      .on(t.relationshipId)
      .where(sql`${t.endedAt} is null`),
    uniqueIndex('hand_offs_caused_once')
      .on(t.causeId, t.cause)
      .where(sql`${t.causeId} is not null`),
    index('hand_offs_accounts').on(t.accountId, t.endedAt.desc()), // who took an account last
    index('hand_offs_relationships').on(t.relationshipId, t.endedAt.desc()),
    index('hand_offs_open')
      .on(t.vendorId, t.dueAt, t.id)
      .where(sql`${t.endedAt} is null`), // the vendor's list: what runs
    index('hand_offs_ended_last')
      .on(t.vendorId, t.endedAt.desc(), t.id.desc())
      .where(sql`${t.endedAt} is not null`), // and what has ended
    index('hand_offs_to_check')
      .on(t.nextCheckAt)
      .where(sql`${t.endedAt} is null and ${t.missedAt} is null`), // what the minute's job looks at
  ],
) // prettier-ignore

/** What is to be handed on, ticked by whoever of the staff did it. */
export const handOffSteps = pgTable(
  'hand_off_steps',
  {
    handOffId: uuid('hand_off_id')
      .notNull()
      .references(() => handOffs.id, { onDelete: 'cascade' }),
    nth: smallint('nth').notNull(),
    what: text('what').notNull(),
    doneBy: uuid('done_by').references(() => people.id),
    doneAt: at('done_at'),
  },
  (t) => [
    primaryKey({ columns: [t.handOffId, t.nth] }),
    check('hand_off_steps_bounds', sql`${t.nth} between 1 and 12 and char_length(btrim(${t.what})) between 1 and 160`),
    check('hand_off_steps_done', sql`(${t.doneBy} is null) = (${t.doneAt} is null)`),
  ],
)
