import { sql } from 'drizzle-orm'
import { check, date, foreignKey, index, integer, numeric, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { CURRENCIES, OUTCOMES, PLAN_SIDES } from '../kinds'
import { opportunities } from './buying'
import { at, id } from './columns'
import { byPerson, vendorId } from './of-vendor'

/**
 * How an opportunity ended and the customer's reason, once from each side: by somebody who speaks for the customer, or by staff as they were told
 * it. Neither is changed afterwards; who may write which stands in the migration.
 */
export const outcomes = pgTable(
  'outcomes',
  {
    id: id(),
    vendorId: vendorId(),
    opportunityId: uuid('opportunity_id').notNull(),
    side: text('side', { enum: PLAN_SIDES }).notNull(),
    outcome: text('outcome', { enum: OUTCOMES }).notNull(),
    reason: text('reason').notNull(),
    saidBy: byPerson('said_by'),
    saidAt: at('said_at').notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      columns: [t.vendorId, t.opportunityId],
      foreignColumns: [opportunities.vendorId, opportunities.id],
      name: 'outcomes_of_opportunity',
    }),
    check('outcomes_known', sql`${t.side} in ('ours', 'theirs') and ${t.outcome} in ('won', 'lost', 'no-decision')`),
    check('outcomes_reasoned', sql`char_length(btrim(${t.reason})) between 10 and 1000`),
    uniqueIndex('outcomes_once').on(t.opportunityId, t.side), // how an opportunity ended
  ],
)

/** What was signed. A change of it is a row of its own that replaces the one before it and says what changed. */
export const contracts = pgTable(
  'contracts',
  {
    id: id(),
    vendorId: vendorId(),
    accountId: uuid('account_id').notNull(),
    opportunityId: uuid('opportunity_id').notNull(),
    nth: integer('nth').notNull(),
    startsOn: date('starts_on', { mode: 'string' }).notNull(),
    endsOn: date('ends_on', { mode: 'string' }).notNull(),
    /** The last day on which either side can say that it does not go on. */
    noticeOn: date('notice_on', { mode: 'string' }).notNull(),
    amount: numeric('amount', { precision: 14, scale: 2 }).notNull(),
    currency: text('currency', { enum: CURRENCIES }).notNull(),
    /** What was agreed, a line each. */
    agreed: text('agreed').notNull(),
    signedBy: text('signed_by').notNull(),
    signedOn: date('signed_on', { mode: 'string' }).notNull(),
    changed: text('changed').notNull().default(''),
    recordedBy: byPerson('recorded_by'),
    recordedAt: at('recorded_at').notNull().defaultNow(),
  },
  (t) => [
    foreignKey({
      columns: [t.vendorId, t.accountId, t.opportunityId],
      foreignColumns: [opportunities.vendorId, opportunities.accountId, opportunities.id],
      name: 'contracts_of_opportunity',
    }),
    check('contracts_term', sql`${t.startsOn} <= ${t.noticeOn} and ${t.noticeOn} <= ${t.endsOn}`),
    check('contracts_value', sql`${t.amount} >= 0 and ${t.currency} ~ '^[A-Z]{3}$'`),
    check('contracts_agreed', sql`char_length(btrim(${t.agreed})) between 1 and 2000 and char_length(btrim(${t.signedBy})) between 1 and 120`),
    check('contracts_changed', sql`${t.nth} >= 1 and char_length(${t.changed}) <= 300 and (${t.nth} = 1 or char_length(btrim(${t.changed})) >= 10)`),
    uniqueIndex('contracts_in_order').on(t.opportunityId, t.nth.desc()), // the one that stands, and those before it
    index('contracts_by_notice').on(t.noticeOn), // what is soon to be renewed
    index('contracts_of_account').on(t.accountId, t.noticeOn), // what an account has, by its notice
  ],
) // prettier-ignore
