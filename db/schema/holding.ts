import { sql } from 'drizzle-orm'
import { check, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { APPROVALS, POST_CHECKS } from '../kinds'
import { handles } from './accounts'
import { at, createdAt, id } from './columns'
import { communities } from './communities'
import { decisions } from './moderation'
import { posts } from './threads'

/** What the moderators of a room want to read before others do. */
export const roomChecks = pgTable(
  'room_checks',
  {
    communityId: uuid('community_id')
      .primaryKey()
      .references(() => communities.id),
    words: text('words').array().notNull(),
    /** Each with everything below it. */
    domains: text('domains').array().notNull(),
    approval: text('approval', { enum: APPROVALS }).notNull().default('none'),
    changedBy: uuid('changed_by')
      .notNull()
      .references(() => handles.id),
    changedAt: at('changed_at').notNull(),
  },
  (t) => [check('room_checks_are_bounded', sql`cardinality(${t.words}) <= 200 and cardinality(${t.domains}) <= 200`)],
)

/** Written, and hidden by a check until a moderator has looked at it. The opening of a thread stands for the thread. */
export const heldPosts = pgTable(
  'held_posts',
  {
    id: id(),
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id),
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    /** The decision of the check. */
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decisions.id),
    heldBy: text('held_by', { enum: POST_CHECKS }).notNull(),
    state: text('state', { enum: ['waiting', 'released', 'rejected'] })
      .notNull()
      .default('waiting'),
    settledByDecisionId: uuid('settled_by_decision_id').references(() => decisions.id),
    createdAt: createdAt(),
  },
  (t) => [
    check('held_posts_are_settled_by_decisions', sql`(${t.state} = 'waiting') = (${t.settledByDecisionId} is null)`),
    uniqueIndex('held_posts_once').on(t.postId), // a post is held once, when it is written
  ],
)
