import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'

/** What somebody is told. One row per person and event, whatever happens twice. */
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
    readAt: at('read_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('notifications_once').on(t.personId, t.interactionId),
    index('notifications_inbox').on(t.personId, t.createdAt.desc(), t.id.desc()),
  ],
)
