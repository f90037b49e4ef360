import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { decisions, flags } from './moderation'

/** Somebody contests a decision, once, in their own words; somebody else than who made it decides, once, and says why. */
export const appeals = pgTable(
  'appeals',
  {
    id: id(),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decisions.id),
    /** Null: without an account, by the link in the mail that told of the decision. */
    personId: uuid('person_id').references(() => people.id),
    /** Null: somebody who reported without an account. */
    handleId: uuid('handle_id').references(() => handles.id),
    /** What somebody without an account had reported. */
    flagId: uuid('flag_id').references(() => flags.id),
    /** Whom it concerns, or whoever flagged what was left as it is. */
    standing: text('standing', { enum: ['target', 'reporter'] }).notNull(),
    words: text('words').notNull(),
    /** What the words were, where their writer was erased: the public chain holds on to it. */
    wordsHash: text('words_hash'),
    dueAt: at('due_at').notNull(),
    outcome: text('outcome', { enum: ['upheld', 'overturned'] }),
    reasons: text('reasons').notNull().default(''),
    decidedBy: uuid('decided_by').references(() => people.id),
    decidedAt: at('decided_at'),
    /** What was decided instead; null where nothing was left to lift. */
    insteadDecisionId: uuid('instead_decision_id').references(() => decisions.id),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('appeals_once').on(t.decisionId, t.personId),
    uniqueIndex('appeals_once_a_report').on(t.decisionId, t.flagId),
    uniqueIndex('appeals_once_by_author')
      .on(t.decisionId)
      .where(sql`person_id is null and flag_id is null`),
    check(
      'appeals_by_link_say_by_whom',
      sql`case when ${t.personId} is not null then ${t.handleId} is not null and ${t.flagId} is null
        when ${t.standing} = 'target' then ${t.handleId} is not null and ${t.flagId} is null
        else ${t.handleId} is null and ${t.flagId} is not null end`,
    ),
    index('appeals_waiting')
      .on(t.dueAt, t.id)
      .where(sql`${t.outcome} is null`), // the queues
    index('appeals_decided')
      .on(t.decidedAt.desc())
      .where(sql`${t.outcome} is not null`), // counted on the transparency page
    index('appeals_instead').on(t.insteadDecisionId),
    check('appeals_words', sql`(${t.wordsHash} is not null) = (${t.words} = '')`),
    check(
      'appeals_are_decided_whole',
      sql`case when ${t.outcome} is null then ${t.reasons} = '' and ${t.decidedBy} is null and ${t.decidedAt} is null and ${t.insteadDecisionId} is null
        else ${t.reasons} ~ '\\S' and ${t.decidedBy} is not null and ${t.decidedAt} is not null and (${t.outcome} = 'overturned' or ${t.insteadDecisionId} is null) end`,
    ),
  ],
)

/** Where the outcome is told to somebody without an account; gone once it is. */
export const appealAddresses = pgTable('appeal_addresses', {
  appealId: uuid('appeal_id')
    .primaryKey()
    .references(() => appeals.id),
  email: text('email').notNull(),
})
