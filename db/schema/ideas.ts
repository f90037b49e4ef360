import { sql } from 'drizzle-orm'
import { bigint, boolean, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { handles } from './accounts'
import { at, createdAt, id } from './columns'
import { communities } from './communities'
import { relationships } from './relationships'
import { threads } from './threads'
import { vendors } from './vendors'

export const IDEA_STATUSES = ['open', 'under-review', 'planned', 'started', 'shipped', 'declined'] as const
const status = (name: string) => text(name, { enum: IDEA_STATUSES })

/** What is true of a thread because it is an idea. Its votes are those of its opening. */
export const ideas = pgTable(
  'ideas',
  {
    threadId: uuid('thread_id')
      .primaryKey()
      .references(() => threads.id),
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    status: status('status').notNull().default('open'),
    statusAt: at('status_at').notNull(),
    /** How much it is wanted of late, in millionths; weighed anew when something happens, and every hour. */
    trend: bigint('trend', { mode: 'number' }).notNull().default(0),
  },
  (t) => [
    index('ideas_trending').on(t.communityId, t.trend.desc(), t.threadId.desc()), // ideas of a community, trending
    index('ideas_status').on(t.communityId, t.status, t.statusAt.desc(), t.threadId.desc()), // by status; roadmap; changelog
    index('ideas_lately')
      .on(t.trend)
      .where(sql`${t.trend} > 0`), // those whose trend fades by the hour
  ],
)

/** Every step of an idea, with what was officially said to it. The newest is how it stands. */
export const ideaSteps = pgTable(
  'idea_steps',
  {
    id: id(),
    threadId: uuid('thread_id')
      .notNull()
      .references(() => threads.id),
    status: status('status').notNull(),
    before: status('before').notNull(),
    markdown: text('markdown').notNull().default(''),
    html: text('html').notNull().default(''),
    /** Null where it came with an import. */
    by: uuid('by').references(() => handles.id),
    /** For whom it was said; null: by the moderators of an independent room. */
    vendorId: uuid('vendor_id').references(() => vendors.id),
    createdAt: createdAt(),
  },
  (t) => [index('idea_steps_thread').on(t.threadId, t.createdAt.desc())], // the history of an idea; its last response
)

/** Why somebody wants it. With a name it is for the staff concerned and the moderators, unless the voter shows it to everybody. */
export const ideaWhys = pgTable(
  'idea_whys',
  {
    threadId: uuid('thread_id')
      .notNull()
      .references(() => threads.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    why: text('why').notNull(),
    shown: boolean('shown').notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.handleId] })],
)

/** A vote that staff entered for somebody who told them. The person is told, and their word ends it for good. */
export const ideaVotesOnBehalf = pgTable(
  'idea_votes_on_behalf',
  {
    threadId: uuid('thread_id')
      .notNull()
      .references(() => threads.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    relationshipId: uuid('relationship_id')
      .notNull()
      .references(() => relationships.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    enteredBy: uuid('entered_by')
      .notNull()
      .references(() => handles.id),
    /** What they said, where and when: both sides read it. */
    said: text('said').notNull(),
    /** False where the person had voted already, or has since. */
    counts: boolean('counts').notNull(),
    withdrawnAt: at('withdrawn_at'),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.handleId] })],
)

/** Who does not want to be named where ideas are credited. */
export const unnamedContributors = pgTable('unnamed_contributors', {
  handleId: uuid('handle_id')
    .primaryKey()
    .references(() => handles.id),
  createdAt: createdAt(),
})
