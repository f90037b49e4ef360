import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles, people, sessions } from './accounts'
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
    index('notifications_case')
      .on(t.personId, t.objectId)
      .where(sql`${t.objectKind} = 'case' and ${t.readAt} is null`), // opening a private case; which line a message joins
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
    /** Only mail is stopped; the inbox goes on. */
    mailOnly: boolean('mail_only').notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.threadId] })],
)

/** How a person wants to hear of things. No row: as the portal proposes. */
export const notificationSettings = pgTable('notification_settings', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id, { onDelete: 'cascade' }),
  mode: text('mode', { enum: ['chosen', 'digest-only', 'nothing'] })
    .notNull()
    .default('chosen'),
  digest: text('digest', { enum: ['never', 'daily', 'weekly', 'monthly'] })
    .notNull()
    .default('never'),
  /** When the digest was asked for: it never reaches further back. Proof of consent, too. */
  digestSince: at('digest_since'),
  /** Hours of the person's own day, 0 to 23; null: no quiet hours. */
  quietFrom: smallint('quiet_from'),
  quietUntil: smallint('quiet_until'),
  changedAt: at('changed_at').notNull().defaultNow(),
})

/** The event × channel matrix, where somebody chose. */
export const notificationChoices = pgTable(
  'notification_choices',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    topic: text('topic').notNull(),
    channel: text('channel').notNull(),
    wanted: boolean('wanted').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.topic, t.channel] })],
)

/** Notifications that wait to be told outside the site, in case they are read here first. */
export const notificationsWaiting = pgTable(
  'notifications_waiting',
  {
    notificationId: uuid('notification_id').notNull(),
    channel: text('channel', { enum: ['mail', 'push'] })
      .notNull()
      .default('mail'),
    personId: uuid('person_id').notNull(),
    groupId: uuid('group_id').notNull(),
    dueAt: at('due_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.notificationId, t.channel] }), index('notifications_waiting_due').on(t.dueAt)],
)

/** When somebody last opened a thread: a digest brings nothing that was read. */
export const threadReads = pgTable(
  'thread_reads',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    threadId: uuid('thread_id')
      .notNull()
      .references(() => threads.id),
    readAt: at('read_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.threadId] })],
)

/** One digest a person and period, whatever runs twice; also those that had nothing to say. */
export const digests = pgTable(
  'digests',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    period: text('period').notNull(),
    mailId: uuid('mail_id'),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.period] })],
)

/** Mail servers said that an address takes no mail. */
export const addressTroubles = pgTable('address_troubles', {
  addressNorm: text('address_norm').primaryKey(),
  score: smallint('score').notNull().default(0),
  lastAt: at('last_at').notNull(),
  reason: text('reason', { enum: ['soft', 'hard', 'complaint'] }).notNull(),
  suppressedAt: at('suppressed_at'),
})

/** Mails that came in, by the hash of their Message-ID: a mail that is delivered twice is one. */
export const inboundMails = pgTable('inbound_mails', {
  messageHash: text('message_hash').primaryKey(),
  outcome: text('outcome').notNull(),
  createdAt: createdAt(),
})

/** Browsers that take messages while the portal is closed. Each hears for as long as the session that added it lasts. */
export const pushDevices = pgTable(
  'push_devices',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    endpoint: text('endpoint').notNull().unique(),
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    device: text('device').notNull().default(''),
    createdAt: createdAt(),
  },
  (t) => [
    index('push_devices_person').on(t.personId, t.createdAt.desc()), // to whom a push goes; one's own list
    index('push_devices_session').on(t.sessionId), // ended with its session
  ],
)
