import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { FIELD_CLASSES, FIELD_KINDS, FIELD_OBJECTS, FIELD_SOURCES } from '../kinds'
import { people } from './accounts'
import { at, createdAt, id } from './columns'
import { accounts } from './identity'
import { relationships } from './relationships'
import { vendors } from './vendors'

const vendorId = () =>
  uuid('vendor_id')
    .notNull()
    .references(() => vendors.id)

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
