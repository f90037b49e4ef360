import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles } from './accounts'
import { at, createdAt, id } from './columns'
import { posts, threads } from './threads'
import { vendors } from './vendors'

/** A question that its asker and one vendor continue by themselves. Row-level security shows it to those two sides alone. */
export const cases = pgTable(
  'cases',
  {
    id: id(),
    threadId: uuid('thread_id')
      .notNull()
      .references(() => threads.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    /** The asker. */
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    openedBy: uuid('opened_by')
      .notNull()
      .references(() => handles.id),
    state: text('state', { enum: ['waiting-vendor', 'waiting-asker', 'closed'] }).notNull(),
    /** Since when it stands like that. */
    waitingSince: at('waiting_since').notNull(),
    /** The asker wrote in it: until then it is an offer. */
    continuedAt: at('continued_at'),
    closedBy: uuid('closed_by').references(() => handles.id),
    /** A colleague has it; others may take it over. */
    assignedTo: uuid('assigned_to').references(() => handles.id),
    /** What the customer needs is an idea in a room of the same vendor. */
    ideaThreadId: uuid('idea_thread_id').references(() => threads.id),
    lastAt: at('last_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('cases_once').on(t.threadId, t.vendorId, t.handleId), // one a question, vendor and asker; the line under the public question
    index('cases_of_vendor').on(t.vendorId, t.state, t.waitingSince, t.id), // the staff's lists, the longest waiting first
    index('cases_of_asker').on(t.handleId, t.lastAt.desc(), t.id.desc()), // the asker's own list
    check('cases_closed_by', sql`(${t.state} = 'closed') = (${t.closedBy} is not null)`),
  ],
)

/** What both sides write. Never changed: each side keeps what it was told. */
export const caseMessages = pgTable(
  'case_messages',
  {
    id: id(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    side: text('side', { enum: ['asker', 'vendor'] }).notNull(),
    markdown: text('markdown').notNull(),
    html: text('html').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('case_messages_of').on(t.caseId, t.createdAt.desc(), t.id.desc())], // the case, from its newest message back
)

/** Internal: the asker sees how many there are, not what they say. */
export const caseNotes = pgTable(
  'case_notes',
  {
    id: id(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    body: text('body').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('case_notes_of').on(t.caseId, t.createdAt.desc())],
)

/** What staff would answer in public. Nobody but the asker publishes it. */
export const caseAnswers = pgTable(
  'case_answers',
  {
    id: id(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    markdown: text('markdown').notNull(),
    html: text('html').notNull(),
    state: text('state', { enum: ['proposed', 'published', 'declined', 'withdrawn'] })
      .notNull()
      .default('proposed'),
    decidedAt: at('decided_at'),
    postId: uuid('post_id').references(() => posts.id),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('case_answers_proposed')
      .on(t.caseId)
      .where(sql`${t.state} = 'proposed'`), // one waits at a time
    index('case_answers_of').on(t.caseId, t.createdAt.desc()), // those of a case
    check('case_answers_posted', sql`(${t.state} = 'published') = (${t.postId} is not null)`),
  ],
)
