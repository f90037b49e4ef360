import { sql } from 'drizzle-orm'
import { bigint, boolean, check, date, index, integer, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { TERMS } from '../kinds'
import { handles, people } from './accounts'
import { negotiations } from './agreements'
import { at, createdAt, id } from './columns'
import { vendors } from './vendors'

/** A person's own key, under which their vault is sealed; itself wrapped under a key of the portal that is not in the database. Goes with an erasure. */
export const personKeys = pgTable('person_keys', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id),
  masterKeyId: text('master_key_id').notNull(),
  wrapped: text('wrapped').notNull(),
  createdAt: createdAt(),
  wrappedAt: at('wrapped_at').notNull().defaultNow(),
})

/** A person's own data, one typed field at a time. Row-level security: the owner, or staff under a live grant for the purpose they named. */
export const vaultAttributes = pgTable(
  'vault_attributes',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    key: text('key').notNull(),
    /** Written before there were seals; a job seals it. */
    value: text('value'),
    sealed: text('sealed'),
    /** Of a field that a person added and named: its kind, its name, and whether it may be granted for the purpose “relationship” alone. */
    kind: text('kind', { enum: ['text', 'number', 'date', 'url'] }),
    sealedLabel: text('sealed_label'),
    sensitive: boolean('sensitive'),
    source: text('source', { enum: ['self', 'import'] })
      .notNull()
      .default('self'),
    confirmedAt: at('confirmed_at').notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('vault_attributes_key').on(t.personId, t.key),
    index('vault_attributes_confirmed').on(t.confirmedAt), // what is old
    index('vault_attributes_unsealed')
      .on(t.id)
      .where(sql`${t.value} is not null`), // the job that seals
    check(
      'vault_attributes_own',
      sql`num_nonnulls(${t.kind}, ${t.sealedLabel}, ${t.sensitive}) = case when ${t.key} like 'own-%' then 3 else 0 end and (${t.kind} is null or ${t.kind} in ('text', 'number', 'date', 'url'))`,
    ),
    check('vault_attributes_one_value', sql`num_nonnulls(${t.value}, ${t.sealed}) = 1`),
  ],
)

/** What a field said before. For its owner alone, sealed as the field is; no more than the newest few. */
export const vaultHistory = pgTable(
  'vault_history',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    key: text('key').notNull(),
    sealed: text('sealed').notNull(),
    source: text('source', { enum: ['self', 'import'] }).notNull(),
    confirmedAt: at('confirmed_at').notNull(),
    replacedAt: at('replaced_at').notNull().defaultNow(),
  },
  (t) => [index('vault_history_field').on(t.personId, t.key, t.replacedAt.desc())],
)

/** When somebody was last asked whether what is old still holds: once a year at most, over all their fields. */
export const vaultReminders = pgTable('vault_reminders', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id),
  remindedAt: at('reminded_at').notNull(),
})

/** A person lets one vendor read named attributes, for one purpose, until a date. Never edited: narrowed or ended by a new row or ended_at. */
export const grants = pgTable(
  'grants',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    purpose: text('purpose', { enum: ['answer', 'relationship', 'offer', 'research'] }).notNull(),
    startsAt: at('starts_at').notNull().defaultNow(),
    endsAt: at('ends_at').notNull(),
    revokedAt: at('revoked_at'),
    /** The agreement under which it stands; none for what was given before there were any. */
    agreementId: uuid('agreement_id').references(() => negotiations.id),
    terms: text('terms', { enum: [...TERMS, 'BEFORE-TERMS'] })
      .notNull()
      .default('BEFORE-TERMS'),
    createdAt: createdAt(),
  },
  (t) => [
    index('grants_person').on(t.personId, t.createdAt.desc()),
    index('grants_vendor').on(t.vendorId, t.personId, t.purpose),
    index('grants_agreement').on(t.agreementId), // what ends with an agreement
    check('grants_terms', sql`(${t.agreementId} is null) = (${t.terms} = 'BEFORE-TERMS')`),
    check('grants_bounded', sql`${t.endsAt} > ${t.startsAt} and ${t.endsAt} <= ${t.startsAt} + interval '24 months'`),
  ],
)

export const grantAttributes = pgTable(
  'grant_attributes',
  {
    grantId: uuid('grant_id')
      .notNull()
      .references(() => grants.id),
    key: text('key').notNull(),
  },
  (t) => [primaryKey({ columns: [t.grantId, t.key] })],
)

/** Who read which attribute, when, under which grant, for what. Repeats within an hour are one row with a count. */
export const accessRecords = pgTable(
  'access_records',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    grantId: uuid('grant_id')
      .notNull()
      .references(() => grants.id),
    key: text('key').notNull(),
    purpose: text('purpose').notNull(),
    readBy: uuid('read_by')
      .notNull()
      .references(() => people.id),
    readerHandleId: uuid('reader_handle_id')
      .notNull()
      .references(() => handles.id),
    hour: at('hour').notNull(),
    reads: integer('reads').notNull().default(1),
    lastReadAt: at('last_read_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('access_records_hour').on(t.grantId, t.key, t.readBy, t.hour),
    index('access_records_person').on(t.personId, t.lastReadAt.desc()), // the owner's page
    index('access_records_vendor').on(t.vendorId, t.personId, t.lastReadAt.desc()),
  ],
)

/** Who asked for a purpose that no live grant covers, and was shown nothing. Repeats within an hour are one row with a count. */
export const accessRefusals = pgTable(
  'access_refusals',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    purpose: text('purpose', { enum: ['answer', 'relationship', 'offer', 'research'] }).notNull(),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => people.id),
    askerHandleId: uuid('asker_handle_id')
      .notNull()
      .references(() => handles.id),
    hour: at('hour').notNull(),
    asks: integer('asks').notNull().default(1),
    lastAskedAt: at('last_asked_at').notNull().defaultNow(),
    /** What it had been read under, where that has ended. */
    grantId: uuid('grant_id').references(() => grants.id),
  },
  (t) => [
    index('access_refusals_grant').on(t.grantId), // the first refusal after an ending
    unique('access_refusals_hour_unique').on(t.personId, t.vendorId, t.purpose, t.askedBy, t.hour, t.grantId).nullsNotDistinct(),
    index('access_refusals_person').on(t.personId, t.lastAskedAt.desc()), // the owner's page
  ],
)

/** A vendor's staff ask one person for named fields, for one purpose, in one sentence. One stands at a time. */
export const grantRequests = pgTable(
  'grant_requests',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    purpose: text('purpose', { enum: ['answer', 'relationship', 'offer', 'research'] }).notNull(),
    why: text('why').notNull(),
    state: text('state', { enum: ['asked', 'deferred', 'given', 'refused'] })
      .notNull()
      .default('asked'),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => people.id),
    askerHandleId: uuid('asker_handle_id')
      .notNull()
      .references(() => handles.id),
    createdAt: createdAt(),
    answeredAt: at('answered_at'),
    askAgainAt: at('ask_again_at'),
  },
  (t) => [
    uniqueIndex('grant_requests_standing')
      .on(t.personId, t.vendorId)
      .where(sql`${t.state} in ('asked', 'deferred')`),
    index('grant_requests_person').on(t.personId, t.createdAt.desc()), // the owner's page
    check(
      'grant_requests_state',
      sql`${t.state} in ('asked', 'deferred', 'given', 'refused') and (${t.state} = 'asked') = (${t.answeredAt} is null)`,
    ),
    check('grant_requests_why', sql`char_length(${t.why}) between 1 and 200`),
  ],
)

/** What each field was answered. Staff see no row of what was refused. */
export const grantRequestFields = pgTable(
  'grant_request_fields',
  {
    requestId: uuid('request_id')
      .notNull()
      .references(() => grantRequests.id),
    key: text('key').notNull(),
    answer: text('answer', { enum: ['given', 'refused'] }),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.key] })],
)

/** What one vendor never asks one person for again, until that person says otherwise. */
export const neverAsked = pgTable(
  'never_asked',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    key: text('key').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.vendorId, t.key] })],
)

/** Each reading, each refusal and each ending of a grant, one after the other: whoever changes a row, or takes a link out, is found. */
export const accessChain = pgTable(
  'access_chain',
  {
    nth: bigint('nth', { mode: 'number' }).primaryKey(),
    /** Outlives the row. */
    rowId: uuid('row_id').notNull(),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    content: text('content').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
    linkedAt: at('linked_at').notNull(),
  },
  (t) => [
    uniqueIndex('access_chain_row').on(t.rowId), // the proof of one row
    index('access_chain_day').on(t.linkedAt), // the root of a day
  ],
)

/** The root over all links of one day (UTC), signed by the portal. Public: it says nothing of anybody. */
export const accessRoots = pgTable('access_roots', {
  day: date('day').primaryKey(),
  firstNth: bigint('first_nth', { mode: 'number' }).notNull(),
  links: integer('links').notNull(),
  root: text('root').notNull(),
  /** A compact JWS over day, links and root. */
  signed: text('signed').notNull(),
  madeAt: at('made_at').notNull().defaultNow(),
})

/** A field that a vendor could read was put right, or taken out: its copies are to follow, by a day. Says which field, and never what it said. */
export const corrections = pgTable(
  'corrections',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    key: text('key').notNull(),
    kind: text('kind', { enum: ['changed', 'removed'] }).notNull(),
    createdAt: createdAt(),
    dueAt: at('due_at').notNull(),
    doneAt: at('done_at'),
    doneBy: uuid('done_by').references(() => people.id),
  },
  (t) => [
    uniqueIndex('corrections_open')
      .on(t.vendorId, t.personId, t.key)
      .where(sql`${t.doneAt} is null`),
    index('corrections_owed')
      .on(t.vendorId, t.dueAt, t.id)
      .where(sql`${t.doneAt} is null`), // the staff's list
    index('corrections_person').on(t.personId, t.createdAt.desc()), // the owner's page
    check('corrections_done', sql`(${t.doneAt} is null) = (${t.doneBy} is null)`),
  ],
)
