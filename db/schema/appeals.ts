import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { decisions } from './moderation'

/** Somebody contests a decision, once, in their own words; somebody else than who made it decides, once, and says why. */
export const appeals = pgTable(
  'appeals',
  {
    id: id(),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decisions.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    /** Whom it concerns, or whoever flagged what was left as it is. */
    standing: text('standing', { enum: ['target', 'reporter'] }).notNull(),
    words: text('words').notNull(),
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
    index('appeals_waiting')
      .on(t.dueAt, t.id)
      .where(sql`${t.outcome} is null`), // the queues
    index('appeals_decided')
      .on(t.decidedAt.desc())
      .where(sql`${t.outcome} is not null`), // counted on the transparency page
    index('appeals_instead').on(t.insteadDecisionId),
    check(
      'appeals_are_decided_whole',
      sql`case when ${t.outcome} is null then ${t.reasons} = '' and ${t.decidedBy} is null and ${t.decidedAt} is null and ${t.insteadDecisionId} is null
        else ${t.reasons} ~ '\\S' and ${t.decidedBy} is not null and ${t.decidedAt} is not null and (${t.outcome} = 'overturned' or ${t.insteadDecisionId} is null) end`,
    ),
  ],
)
