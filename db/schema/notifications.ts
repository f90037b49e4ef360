import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { threads } from './threads'

/** What somebody is told. One row per person and event, whatever happens twice; what belongs together is one group, led by its newest row. */
export const notifications = pgTable(
  'notifications',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    interactionId: uuid('interaction_id').notNull(),
    kind: text('kind').notNull(),
    why: text('why').notNull(),
    actorHandleId: uuid('actor_handle_id').references(() => handles.id),
    objectKind: text('object_kind').notNull(),
    objectId: uuid('object_id').notNull(),
    threadId: uuid('thread_id'),
    groupId: uuid('group_id').notNull(),
    leads: boolean('leads').notNull().default(true),
    /** False: wanted by another channel only; neither listed nor counted. */
    shown: boolean('shown').notNull().default(true),
    readAt: at('read_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('notifications_once').on(t.personId, t.interactionId),
    index('notifications_inbox')
      .on(t.personId, t.createdAt.desc(), t.id.desc())
      .where(sql`${t.leads} and ${t.shown}`), // the inbox, page by page
    index('notifications_unread')
      .on(t.personId)
      .where(sql`${t.leads} and ${t.shown} and ${t.readAt} is null`), // the counter on every page
    index('notifications_thread')
      .on(t.personId, t.threadId)
      .where(sql`${t.readAt} is null`), // opening a thread; which group an event joins
    index('notifications_group').on(t.groupId), // who else is in a group
  ],
)

/** Threads that a person wants to hear nothing of, whatever they have to do with them. */
export const threadMutes = pgTable(
  'thread_mutes',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    threadId: uuid('thread_id')
      .notNull()
      .references(() => threads.id),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.threadId] })],
)
