import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, id } from './columns'

/** The one log. Append-only, partitioned by month of occurred_at (see the migration). Payloads: ids, enums and counts. */
export const interactions = pgTable(
  'interactions',
  {
    id: uuid('id').notNull(),
    occurredAt: at('occurred_at').notNull(),
    kind: text('kind').notNull(),
    actorKind: text('actor_kind', { enum: ['person', 'system'] }).notNull(),
    actorHandleId: uuid('actor_handle_id'),
    communityId: uuid('community_id'),
    vendorId: uuid('vendor_id'),
    payload: jsonb('payload').$type<Record<string, string | number | boolean | null | string[]>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.occurredAt, t.id] }), index('interactions_newest').on(t.id.desc())],
)

/** Written with the event, emptied by the relay. */
export const outbox = pgTable('outbox', {
  seq: bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  interactionId: uuid('interaction_id').notNull(),
  occurredAt: at('occurred_at').notNull(),
  kind: text('kind').notNull(),
  createdAt: createdAt(),
})

/** One (event, reaction) with its own attempts and its own next try. Rows go when done. */
export const deliveries = pgTable(
  'deliveries',
  {
    interactionId: uuid('interaction_id').notNull(),
    occurredAt: at('occurred_at').notNull(),
    reaction: text('reaction').notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextAt: at('next_at').notNull().defaultNow(),
    lastError: text('last_error'),
    gaveUpAt: at('gave_up_at'),
  },
  (t) => [
    primaryKey({ columns: [t.interactionId, t.reaction] }),
    index('deliveries_next')
      .on(t.nextAt)
      .where(sql`${t.gaveUpAt} is null`),
  ],
)

export const outgoingMails = pgTable(
  'outgoing_mails',
  {
    id: id(),
    toAddress: text('to_address').notNull(),
    personId: uuid('person_id'),
    subject: text('subject').notNull(),
    textBody: text('text_body').notNull(),
    htmlBody: text('html_body'),
    headers: jsonb('headers').$type<Record<string, string>>(),
    /** Written when it is handed over, by the writer of this name: what may not be read any more is never written. */
    writer: text('writer'),
    about: jsonb('about').$type<Record<string, string | string[]>>(),
    attempts: integer('attempts').notNull().default(0),
    sentAt: at('sent_at'),
    failedAt: at('failed_at'),
    /** Nothing was left to say, or nobody to say it to. */
    droppedAt: at('dropped_at'),
    createdAt: createdAt(),
  },
  (t) => [index('outgoing_mails_newest').on(t.createdAt.desc())],
)

/** A form that could not be taken (signed out meanwhile), kept for 24 hours. */
export const heldForms = pgTable(
  'held_forms',
  {
    tokenHash: text('token_hash').primaryKey(),
    path: text('path').notNull(),
    postedTo: text('posted_to').notNull().default(''),
    fields: jsonb('fields').$type<Record<string, string | string[]>>().notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  (t) => [index('held_forms_expiry').on(t.expiresAt)],
)

/** Counters of the limits table: one row per limit, key and window. */
export const limitCounters = pgTable(
  'limit_counters',
  {
    limitName: text('limit_name').notNull(),
    key: text('key').notNull(),
    windowStart: at('window_start').notNull(),
    used: integer('used').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.limitName, t.key, t.windowStart] }), index('limit_counters_window').on(t.windowStart)],
)

/** How far the numbering of each live room has come. */
export const liveRooms = pgTable('live_rooms', {
  room: text('room').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
})

/** What happened in a room of late, numbered without gaps, for pages that were away. */
export const liveEvents = pgTable(
  'live_events',
  {
    room: text('room').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    event: text('event').notNull(),
    interactionId: uuid('interaction_id').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.room, t.seq] }),
    uniqueIndex('live_events_once').on(t.room, t.interactionId, t.event), // a reaction that runs twice is one number
    index('live_events_age').on(t.createdAt), // what is old is forgotten
  ],
)

/** Keys that the portal made for itself at its first start. */
export const portalSecrets = pgTable('portal_secrets', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
  createdAt: createdAt(),
})

/** What operators have switched on for the whole portal: a row while it holds, with who and when. */
export const portalSettings = pgTable('portal_settings', {
  name: text('name', { enum: ['second-step-for-roles'] }).primaryKey(),
  setBy: uuid('set_by'),
  setAt: at('set_at').notNull().defaultNow(),
})
