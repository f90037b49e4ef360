import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts'
import { at, createdAt } from './columns'
import { vendors } from './vendors'

/** Public halves, for ever: what was signed long ago can still be checked. Nothing here says which person a key belongs to. */
export const signingKeys = pgTable(
  'signing_keys',
  {
    kid: text('kid').primaryKey(),
    holder: text('holder', { enum: ['portal', 'vendor', 'person'] }).notNull(),
    vendorId: uuid('vendor_id').references(() => vendors.id),
    x: text('x').notNull(),
    createdAt: createdAt(),
    retiredAt: at('retired_at'),
  },
  (t) => [
    check('signing_keys_holder', sql`(${t.holder} = 'vendor') = (${t.vendorId} is not null)`),
    index('signing_keys_published')
      .on(t.createdAt)
      .where(sql`${t.holder} <> 'person'`),
  ],
)

/**
 * Private halves, sealed. A person has another key for each vendor, so that two vendors cannot tell by it that they know the same one.
 * A row goes when its key is retired or its person is erased: nobody signs with it again.
 */
export const signingSecrets = pgTable(
  'signing_secrets',
  {
    kid: text('kid')
      .primaryKey()
      .references(() => signingKeys.kid),
    personId: uuid('person_id').references(() => people.id),
    vendorId: uuid('vendor_id').references(() => vendors.id),
    sealed: text('sealed').notNull(),
    createdAt: createdAt(),
  },
  (t) => [check('signing_secrets_pairwise', sql`${t.personId} is null or ${t.vendorId} is not null`)],
)
