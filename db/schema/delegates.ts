import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgTable, text, uniqueIndex, uuid, type AnyPgColumn } from 'drizzle-orm/pg-core'
import { DELEGATE_SCOPES, DELEGATE_WRITES } from '../kinds'
import { people } from './accounts'
import { at, createdAt, id } from './columns'

/**
 * An agent or assistant that a person lets act in their name, within bounds and for a time. Its token is kept as a hash alone.
 * One that was handed on by another (RFC 8693) has that one as its parent, and ends with it.
 */
export const delegates = pgTable(
  'delegates',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    parentId: uuid('parent_id').references((): AnyPgColumn => delegates.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    scopes: text('scopes', { enum: DELEGATE_SCOPES }).array().notNull(),
    /** The fields of the vault it may read. */
    fields: text('fields').array().notNull(),
    /** What it may do without being confirmed. */
    preapproved: text('preapproved', { enum: DELEGATE_WRITES }).array().notNull(),
    tokenHash: text('token_hash').notNull(),
    expiresAt: at('expires_at').notNull(),
    endedAt: at('ended_at'),
    lastUsedAt: at('last_used_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('delegates_token').on(t.tokenHash),
    index('delegates_person').on(t.personId, t.createdAt.desc()), // the person’s own page
    index('delegates_parent').on(t.parentId), // what ends with another
    check(
      'delegates_bounded',
      sql`${t.expiresAt} > ${t.createdAt} and ${t.expiresAt} <= ${t.createdAt} + interval '91 days' and cardinality(${t.scopes}) > 0 and char_length(${t.name}) between 1 and 80 and ${t.preapproved} <@ ${t.scopes}`,
    ),
  ],
)

/** What a delegate did, tried or asked for. The person reads it; what was read is named, and its value is not. */
export const delegateUses = pgTable(
  'delegate_uses',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    delegateId: uuid('delegate_id')
      .notNull()
      .references(() => delegates.id, { onDelete: 'cascade' }),
    tool: text('tool', { enum: ['read_vault', 'list_grants', 'find_answers', 'draft_grant', 'ask_question', 'hand_on'] }).notNull(),
    fields: text('fields').array().notNull(),
    outcome: text('outcome', { enum: ['done', 'waiting', 'refused'] }).notNull(),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [index('delegate_uses_person').on(t.personId, t.at.desc(), t.id.desc())], // what was done in my name
)

/** What a delegate would like to do in the person's name. Nothing of it happens before they say so. */
export const delegateWishes = pgTable(
  'delegate_wishes',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    delegateId: uuid('delegate_id')
      .notNull()
      .references(() => delegates.id, { onDelete: 'cascade' }),
    scope: text('scope', { enum: DELEGATE_WRITES }).notNull(),
    wanted: jsonb('wanted').notNull(),
    why: text('why').notNull(),
    expiresAt: at('expires_at').notNull(),
    outcome: text('outcome', { enum: ['confirmed', 'declined'] }),
    decidedAt: at('decided_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('delegate_wishes_open')
      .on(t.personId, t.createdAt.desc())
      .where(sql`${t.outcome} is null`), // what waits for me
    index('delegate_wishes_over').on(t.expiresAt), // what is forgotten by the clock
    check('delegate_wishes_decided', sql`(${t.outcome} is null) = (${t.decidedAt} is null)`),
  ],
)
