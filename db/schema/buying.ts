import { sql } from 'drizzle-orm'
import { check, date, foreignKey, index, integer, numeric, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { CURRENCIES, MOTIONS, PLAN_SIDES } from '../kinds'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { accounts } from './identity'
import { byPerson, vendorId } from './of-vendor'

/** Whether a vendor works with opportunities at all: the last row says so, and without one it does not. */
export const buyingSwitches = pgTable(
  'buying_switches',
  {
    id: id(),
    vendorId: vendorId(),
    nth: integer('nth').notNull(),
    turned: text('turned', { enum: ['on', 'off'] }).notNull(),
    reason: text('reason').notNull(),
    turnedBy: byPerson('turned_by'),
    turnedAt: at('turned_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('buying_switches_of').on(t.vendorId, t.nth.desc()), // how it stands
    // On, off, on: the odd ones turn it on.
    check('buying_switches_in_turn', sql`${t.nth} >= 1 and ${t.turned} = (case ${t.nth} % 2 when 1 then 'on' else 'off' end)`),
    check('buying_switches_reasoned', sql`char_length(btrim(${t.reason})) between 15 and 300`),
  ],
)

/** A stage is something that the customer does, in one sentence. At most five stand for a motion. */
export const stages = pgTable(
  'stages',
  {
    id: id(),
    vendorId: vendorId(),
    motion: text('motion', { enum: MOTIONS }).notNull(),
    position: integer('position').notNull(),
    sentence: text('sentence').notNull(),
    retiredAt: at('retired_at'),
    createdBy: byPerson('created_by'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('stages_of_vendor').on(t.vendorId, t.id),
    uniqueIndex('stages_in_order')
      .on(t.vendorId, t.motion, t.position)
      .where(sql`${t.retiredAt} is null`), // the stages of a motion; none at the place of another
    check('stages_known', sql`${t.motion} in ('new', 'expansion', 'renewal')`),
    check('stages_few', sql`${t.position} between 1 and 5`),
    check('stages_one_sentence', sql`char_length(${t.sentence}) between 15 and 160 and ${t.sentence} ~ '^[^\\n\\r]*[^.!?\\s][.!?]$' and ${t.sentence} !~ '[.!?]\\s'`),
  ],
) // prettier-ignore

/** What an account may buy. There is none without an account, and it is of the same vendor. */
export const opportunities = pgTable(
  'opportunities',
  {
    id: id(),
    vendorId: vendorId(),
    accountId: uuid('account_id').notNull(),
    motion: text('motion', { enum: MOTIONS }).notNull(),
    name: text('name').notNull(),
    amount: numeric('amount', { precision: 14, scale: 2 }).notNull(),
    currency: text('currency', { enum: CURRENCIES }).notNull(),
    /** Whose contract it renews, and the last day of the term that does. */
    renewsId: uuid('renews_id'),
    renewsTerm: date('renews_term', { mode: 'string' }),
    createdBy: byPerson('created_by'),
    createdAt: createdAt(),
  },
  (t) => [
    unique('opportunities_of_vendor').on(t.vendorId, t.id),
    unique('opportunities_of_its_account').on(t.vendorId, t.accountId, t.id),
    foreignKey({ columns: [t.vendorId, t.accountId], foreignColumns: [accounts.vendorId, accounts.id], name: 'opportunities_account' }),
    check('opportunities_known', sql`${t.motion} in ('new', 'expansion', 'renewal') and ${t.currency} ~ '^[A-Z]{3}$' and ${t.amount} >= 0`),
    check('opportunities_named', sql`char_length(btrim(${t.name})) between 1 and 120`),
    foreignKey({ columns: [t.vendorId, t.accountId, t.renewsId], foreignColumns: [t.vendorId, t.accountId, t.id], name: 'opportunities_renews' }),
    check('opportunities_renew', sql`(${t.renewsId} is null) = (${t.renewsTerm} is null) and (${t.renewsId} is null or ${t.motion} = 'renewal')`),
    uniqueIndex('opportunities_renew_once').on(t.renewsId, t.renewsTerm).where(sql`${t.renewsId} is not null`), // one for a term
    index('opportunities_of_account').on(t.accountId, t.id), // on the page of the account
  ],
) // prettier-ignore

/** By when it is expected. A moved date is a row that says why; the one before it stays. */
export const closeDates = pgTable(
  'close_dates',
  {
    id: id(),
    vendorId: vendorId(),
    opportunityId: uuid('opportunity_id').notNull(),
    nth: integer('nth').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    reason: text('reason').notNull().default(''),
    saidBy: byPerson('said_by'),
    saidAt: at('said_at').notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      columns: [t.vendorId, t.opportunityId],
      foreignColumns: [opportunities.vendorId, opportunities.id],
      name: 'close_dates_of_opportunity',
    }),
    uniqueIndex('close_dates_of').on(t.opportunityId, t.nth.desc()), // the day that stands, and those before it
    check('close_dates_reasoned', sql`${t.nth} >= 1 and char_length(${t.reason}) <= 300 and (${t.nth} = 1 or char_length(btrim(${t.reason})) >= 10)`),
  ],
) // prettier-ignore

/**
 * What each side does, by when. One that carries a stage is a commitment of the customer: the stage is entered when it is done, at that time, by
 * that person, with that evidence. There is no other record of stages, so nothing else can set one. Who may do which: see the migration.
 */
export const planSteps = pgTable(
  'plan_steps',
  {
    id: id(),
    vendorId: vendorId(),
    opportunityId: uuid('opportunity_id').notNull(),
    side: text('side', { enum: PLAN_SIDES }).notNull(),
    stageId: uuid('stage_id'),
    /** Which of the commitments it is. */
    place: integer('place'),
    /** Of a stage, its sentence as it was then. */
    what: text('what').notNull(),
    dueOn: date('due_on', { mode: 'string' }),
    createdBy: byPerson('created_by'),
    createdAt: createdAt(),
    doneBy: uuid('done_by').references(() => people.id),
    doneAt: at('done_at'),
    evidence: text('evidence').notNull().default(''),
    link: text('link').notNull().default(''),
  },
  (t) => [
    foreignKey({
      columns: [t.vendorId, t.opportunityId],
      foreignColumns: [opportunities.vendorId, opportunities.id],
      name: 'plan_steps_of_opportunity',
    }),
    foreignKey({ columns: [t.vendorId, t.stageId], foreignColumns: [stages.vendorId, stages.id], name: 'plan_steps_stage' }),
    check('plan_steps_known', sql`${t.side} in ('ours', 'theirs') and char_length(btrim(${t.what})) between 1 and 200`),
    check('plan_steps_commitments_are_theirs', sql`(${t.stageId} is null) = (${t.place} is null) and (${t.stageId} is null or ${t.side} = 'theirs')`),
    check('plan_steps_done_by_somebody', sql`(${t.doneAt} is null) = (${t.doneBy} is null)`),
    check('plan_steps_commitments_are_shown', sql`${t.doneAt} is null or ${t.stageId} is null or char_length(btrim(${t.evidence})) >= 10 or ${t.link} <> ''`),
    check('plan_steps_bounds', sql`char_length(${t.evidence}) <= 1000 and char_length(${t.link}) <= 500 and ${t.link} ~ '^(https?://.+)?$'`),
    uniqueIndex('plan_steps_one_of_a_stage')
      .on(t.opportunityId, t.stageId)
      .where(sql`${t.stageId} is not null`), // which stages are entered
    index('plan_steps_of').on(t.opportunityId, t.dueOn), // the plan
  ],
) // prettier-ignore

/** Who speaks for the customer on a plan: named by the vendor, and there once they say so themselves. Never somebody who serves the vendor. */
export const planPeople = pgTable(
  'plan_people',
  {
    id: id(),
    vendorId: vendorId(),
    opportunityId: uuid('opportunity_id').notNull(),
    personId: byPerson('person_id'),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    /** For whom they speak, as it was called when they were asked: the account itself is not theirs to read. */
    company: text('company').notNull(),
    invitedBy: byPerson('invited_by'),
    invitedAt: at('invited_at').notNull().defaultNow(),
    acceptedAt: at('accepted_at'),
    endedAt: at('ended_at'),
  },
  (t) => [
    foreignKey({
      columns: [t.vendorId, t.opportunityId],
      foreignColumns: [opportunities.vendorId, opportunities.id],
      name: 'plan_people_of_opportunity',
    }),
    check('plan_people_company', sql`char_length(${t.company}) between 1 and 300`),
    uniqueIndex('plan_people_once')
      .on(t.opportunityId, t.personId)
      .where(sql`${t.endedAt} is null`), // who is on a plan
    index('plan_people_of').on(t.personId, t.invitedAt.desc()), // the person's own list
  ],
)
