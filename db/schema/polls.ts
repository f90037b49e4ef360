import { index, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts'
import { at, createdAt, id } from './columns'
import { threads } from './threads'

/** A question with answers to choose from, in a thread; its author's, until somebody votes. */
export const polls = pgTable('polls', {
  threadId: uuid('thread_id')
    .primaryKey()
    .references(() => threads.id),
  question: text('question').notNull(),
  /** How many answers one person may choose. */
  most: smallint('most').notNull(),
  closesAt: at('closes_at').notNull(),
  createdAt: createdAt(),
})

export const pollChoices = pgTable(
  'poll_choices',
  {
    id: id(),
    threadId: uuid('thread_id')
      .notNull()
      .references(() => polls.threadId),
    position: smallint('position').notNull(),
    label: text('label').notNull(),
  },
  (t) => [index('poll_choices_thread').on(t.threadId, t.position)], // the answers of a poll
)

/** What a person chose, read by that person alone: others see counts. One row a person is one vote a person. */
export const pollBallots = pgTable(
  'poll_ballots',
  {
    threadId: uuid('thread_id')
      .notNull()
      .references(() => polls.threadId),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    choiceIds: uuid('choice_ids').array().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.personId] })],
)
