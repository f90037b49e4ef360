import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { AUDIT_ACTS, AUDIT_OBJECTS, DIRECTIONS, FIELD_CLASSES, FIELD_KINDS, FIELD_OBJECTS, FIELD_SOURCES, STEWARDED } from '../kinds'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { accounts } from './identity'
import { relationships } from './relationships'
import { vendorId } from './of-vendor'

/** A field that a vendor keeps beside those of the portal: somebody owns it, and it says which decision reads it. */
export const vendorFields = pgTable(
  'vendor_fields',
  {
    id: id(),
    vendorId: vendorId(),
    object: text('object', { enum: FIELD_OBJECTS }).notNull(),
    name: text('name').notNull(),
    kind: text('kind', { enum: FIELD_KINDS }).notNull(),
    choices: jsonb('choices').$type<string[]>().notNull().default([]),
    /** The heading under which it stands. */
    fieldGroup: text('field_group').notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => people.id),
    decision: text('decision').notNull(),
    class: text('class', { enum: FIELD_CLASSES }).notNull(),
    sources: jsonb('sources').$type<(typeof FIELD_SOURCES)[number][]>().notNull(),
    retiredAt: at('retired_at'),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => people.id),
    createdAt: createdAt(),
  },
  (t) => [
    unique('vendor_fields_of_vendor').on(t.vendorId, t.id),
    uniqueIndex('vendor_fields_once').on(t.vendorId, t.object, sql`lower(${t.name})`), // the fields of an object; no two of one name
    check('vendor_fields_named', sql`char_length(btrim(${t.name})) between 1 and 60`),
    check('vendor_fields_decides', sql`char_length(btrim(${t.decision})) between 15 and 300`),
    check('vendor_fields_grouped', sql`char_length(btrim(${t.fieldGroup})) between 1 and 60`),
    check('vendor_fields_known', sql`${t.object} in ('account', 'relationship') and ${t.kind} in ('text', 'number', 'date', 'choice', 'yes-no')`),
    check('vendor_fields_class', sql`${t.class} in ('business', 'public', 'personal') and (${t.object} = 'account' or ${t.class} = 'business')`),
    check('vendor_fields_choices', sql`jsonb_array_length(${t.choices}) between (case ${t.kind} when 'choice' then 2 else 0 end) and (case ${t.kind} when 'choice' then 30 else 0 end)`),
    check('vendor_fields_written', sql`jsonb_array_length(${t.sources}) between 1 and 3 and ${t.sources} <@ '["staff", "import", "enriched"]'::jsonb`),
  ],
) // prettier-ignore

/** What such a field says, and every earlier thing that it said: added to, never changed. An empty value says that it was emptied. */
export const fieldValues = pgTable(
  'field_values',
  {
    id: id(),
    vendorId: vendorId(),
    fieldId: uuid('field_id').notNull(),
    accountId: uuid('account_id'),
    relationshipId: uuid('relationship_id').references(() => relationships.id),
    nth: integer('nth').notNull(),
    value: text('value').notNull(),
    source: text('source', { enum: FIELD_SOURCES }).notNull(),
    /** Nobody where a job wrote it. */
    saidBy: uuid('said_by').references(() => people.id),
    /** The earlier one that was brought back. */
    restores: integer('restores'),
    saidAt: at('said_at').notNull().defaultNow(),
  },
  (t) => [
    foreignKey({ columns: [t.vendorId, t.fieldId], foreignColumns: [vendorFields.vendorId, vendorFields.id], name: 'field_values_field' }),
    foreignKey({
      columns: [t.vendorId, t.accountId],
      foreignColumns: [accounts.vendorId, accounts.id],
      name: 'field_values_account',
    }).onDelete('cascade'),
    check('field_values_of_one', sql`num_nonnulls(${t.accountId}, ${t.relationshipId}) = 1`),
    check('field_values_bounds', sql`char_length(${t.value}) <= 500 and ${t.nth} >= 1 and ${t.restores} < ${t.nth}`),
    uniqueIndex('field_values_of_account')
      .on(t.accountId, t.fieldId, t.nth.desc())
      .where(sql`${t.accountId} is not null`), // what stands on an account
    uniqueIndex('field_values_of_relationship')
      .on(t.relationshipId, t.fieldId, t.nth.desc())
      .where(sql`${t.relationshipId} is not null`), // what stands on somebody’s record
    index('field_values_found').on(t.fieldId, sql`lower(${t.value})`), // where a field says something
  ],
)

/** Each change to what stands on a record, chained by vendor: written by triggers in the transaction of the change, and never touched again. */
export const auditEvents = pgTable(
  'audit_events',
  {
    vendorId: vendorId(),
    nth: bigint('nth', { mode: 'number' }).notNull(),
    at: at('at').notNull(),
    act: text('act', { enum: AUDIT_ACTS }).notNull(),
    object: text('object', { enum: AUDIT_OBJECTS }).notNull(),
    objectId: uuid('object_id').notNull(),
    /** Whose record it concerns, if anybody’s: they read it. */
    relationshipId: uuid('relationship_id'),
    /** A column, or the id of a field of the vendor’s own; empty where it is about the whole. */
    field: text('field').notNull(),
    actorKind: text('actor_kind', { enum: ['person', 'job', 'database'] }).notNull(),
    actorHandleId: uuid('actor_handle_id').references(() => handles.id),
    job: text('job').notNull(),
    oldHash: text('old_hash'),
    newHash: text('new_hash'),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.vendorId, t.nth] }), // the newest of a vendor, and the chain itself
    index('audit_events_of').on(t.vendorId, t.objectId, t.nth.desc()), // what happened to one thing
    index('audit_events_kind').on(t.vendorId, t.object, t.nth.desc()), // what happened to things of one kind
    index('audit_events_about')
      .on(t.relationshipId, t.nth.desc())
      .where(sql`${t.relationshipId} is not null`), // what happened on somebody’s record
  ],
)

/** What was there before and after, under the salt of its hashes. It goes with the person; the chain holds without it. */
export const auditValues = pgTable(
  'audit_values',
  {
    vendorId: uuid('vendor_id').notNull(),
    nth: bigint('nth', { mode: 'number' }).notNull(),
    salt: text('salt').notNull(),
    oldValue: text('old_value'),
    newValue: text('new_value'),
  },
  (t) => [
    primaryKey({ columns: [t.vendorId, t.nth] }),
    foreignKey({ columns: [t.vendorId, t.nth], foreignColumns: [auditEvents.vendorId, auditEvents.nth], name: 'audit_values_event' }),
  ],
)

/** How often a field was read, written and looked for on a day, and on how many records it said something when it was last counted. */
export const fieldDays = pgTable(
  'field_days',
  {
    vendorId: uuid('vendor_id').notNull(),
    fieldId: uuid('field_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    reads: integer('reads').notNull().default(0),
    writes: integer('writes').notNull().default(0),
    filters: integer('filters').notNull().default(0),
    filled: integer('filled'),
  },
  (t) => [
    primaryKey({ columns: [t.fieldId, t.day] }),
    foreignKey({ columns: [t.vendorId, t.fieldId], foreignColumns: [vendorFields.vendorId, vendorFields.id], name: 'field_days_field' }),
    check('field_days_count', sql`${t.reads} >= 0 and ${t.writes} >= 0 and ${t.filters} >= 0 and ${t.filled} >= 0`),
  ],
)

/** What the weekly check says against a field: nobody used it, or much of what it says is nothing. */
export const fieldFindings = pgTable(
  'field_findings',
  {
    vendorId: uuid('vendor_id').notNull(),
    fieldId: uuid('field_id').notNull(),
    foundOn: date('found_on', { mode: 'string' }).notNull(),
    unused: boolean('unused').notNull(),
    filled: integer('filled').notNull(),
    nonsense: integer('nonsense').notNull(),
    /** How often it was written by hand, ever: what it cost. */
    written: integer('written').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.fieldId, t.foundOn] }),
    foreignKey({
      columns: [t.vendorId, t.fieldId],
      foreignColumns: [vendorFields.vendorId, vendorFields.id],
      name: 'field_findings_field',
    }),
    check('field_findings_say', sql`${t.nonsense} between 0 and ${t.filled} and (${t.unused} or ${t.nonsense} > 0)`),
  ],
)

/** What a word means at this vendor, in one sentence; every earlier sentence stays. An empty one takes the word out. */
export const definitions = pgTable(
  'definitions',
  {
    id: id(),
    vendorId: vendorId(),
    term: text('term').notNull(),
    version: integer('version').notNull(),
    sentence: text('sentence').notNull(),
    saidBy: uuid('said_by')
      .notNull()
      .references(() => people.id),
    saidAt: at('said_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('definitions_version').on(t.vendorId, sql`lower(${t.term})`, t.version.desc()), // what a word means now, and meant before
    check('definitions_bounds', sql`char_length(btrim(${t.term})) between 1 and 60 and ${t.version} >= 1`),
    check(
      'definitions_one_sentence',
      sql`${t.sentence} = '' or (char_length(btrim(${t.sentence})) between 15 and 300 and ${t.sentence} !~ '[\n\r]')`,
    ),
  ],
)

/** Who looks after a kind of thing on the record: one for each. */
export const stewards = pgTable(
  'stewards',
  {
    id: id(),
    vendorId: vendorId(),
    object: text('object', { enum: STEWARDED }).notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    since: at('since').notNull().defaultNow(),
  },
  (t) => [
    unique('stewards_one').on(t.vendorId, t.object),
    check('stewards_known', sql`${t.object} in ('accounts', 'contacts', 'relationships', 'fields', 'glossary', 'integrations')`),
  ],
)

/** A system that the record is filled from or fills: whose it is, which way, what goes wrong with it, and when it last worked. */
export const integrations = pgTable(
  'integrations',
  {
    id: id(),
    vendorId: vendorId(),
    name: text('name').notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => people.id),
    direction: text('direction', { enum: DIRECTIONS }).notNull(),
    failureModes: text('failure_modes').notNull(),
    lastOkAt: at('last_ok_at'),
    endedAt: at('ended_at'),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => people.id),
    createdAt: createdAt(),
  },
  (t) => [
    unique('integrations_of_vendor').on(t.vendorId, t.id),
    uniqueIndex('integrations_once')
      .on(t.vendorId, sql`lower(${t.name})`)
      .where(sql`${t.endedAt} is null`), // the register of a vendor
    check(
      'integrations_bounds',
      sql`char_length(btrim(${t.name})) between 1 and 80 and char_length(btrim(${t.failureModes})) between 15 and 1000`,
    ),
    check('integrations_direction', sql`${t.direction} in ('in', 'out', 'both')`),
  ],
)

/** Which fields it writes, and for which of them the other side is the true one. A field has one true side: the portal, or one system. */
export const integrationFields = pgTable(
  'integration_fields',
  {
    vendorId: uuid('vendor_id').notNull(),
    integrationId: uuid('integration_id').notNull(),
    fieldId: uuid('field_id').notNull(),
    isTrue: boolean('is_true').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.integrationId, t.fieldId] }),
    foreignKey({
      columns: [t.vendorId, t.integrationId],
      foreignColumns: [integrations.vendorId, integrations.id],
      name: 'integration_fields_integration',
    }),
    foreignKey({
      columns: [t.vendorId, t.fieldId],
      foreignColumns: [vendorFields.vendorId, vendorFields.id],
      name: 'integration_fields_field',
    }),
    uniqueIndex('integration_fields_one_true_side')
      .on(t.fieldId)
      .where(sql`${t.isTrue}`),
    index('integration_fields_of').on(t.fieldId), // which systems write a field
  ],
)
