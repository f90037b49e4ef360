import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { people } from './accounts'
import { at, createdAt, id } from './columns'

export const vendors = pgTable(
  'vendors',
  {
    id: id(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    summary: text('summary').notNull().default(''),
    website: text('website'),
    /** The person who owns every relationship that no one else owns yet. */
    defaultOwnerId: uuid('default_owner_id').references(() => people.id),
    createdAt: createdAt(),
  },
  (t) => [
    index('vendors_names').on(t.name, t.id), // the directory
    index('vendors_name_keys').using('gin', sql`search_name_keys(${t.name})`), // vendors by name
  ],
)

export const products = pgTable(
  'products',
  {
    id: id(),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    summary: text('summary').notNull().default(''),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('products_slug').on(t.vendorId, t.slug),
    unique('products_of_vendor').on(t.id, t.vendorId),
    index('products_name_keys').using('gin', sql`search_name_keys(${t.name})`), // vendors by the name of a product
  ],
)

/** What a vendor would like to know with every question about a product. One that is taken away stays for the questions that answered it. */
export const askFields = pgTable(
  'ask_fields',
  {
    id: id(),
    productId: uuid('product_id')
      .notNull()
      .references(() => products.id),
    position: smallint('position').notNull(),
    kind: text('kind', { enum: ['line', 'choice', 'text'] }).notNull(),
    label: text('label').notNull(),
    help: text('help').notNull().default(''),
    choices: jsonb('choices').$type<string[]>().notNull().default([]),
    required: boolean('required').notNull().default(false),
    retiredAt: at('retired_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('ask_fields_product')
      .on(t.productId, t.position)
      .where(sql`${t.retiredAt} is null`), // the form for asking about a product
  ],
)

/** A dated affiliation of a person with a vendor. Several roles at once are several rows. */
export const vendorStaff = pgTable(
  'vendor_staff',
  {
    id: id(),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    role: text('role', { enum: ['advisor', 'support', 'success', 'moderator', 'analyst', 'admin'] }).notNull(),
    /** Whom to ask for what, in the person's own words. */
    askAbout: text('ask_about').notNull().default(''),
    listed: boolean('listed').notNull().default(true),
    startedAt: at('started_at').notNull().defaultNow(),
    endedAt: at('ended_at'),
  },
  (t) => [
    index('vendor_staff_person')
      .on(t.personId)
      .where(sql`${t.endedAt} is null`), // the viewer's staff roles
    uniqueIndex('vendor_staff_live')
      .on(t.vendorId, t.personId, t.role)
      .where(sql`${t.endedAt} is null`),
  ],
)

/** What somebody uses or considers, so that they are shown the rooms about it. Only they read it (row-level security). */
export const productsInMind = pgTable(
  'products_in_mind',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    productId: uuid('product_id')
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    stance: text('stance', { enum: ['using', 'considering'] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.productId] })],
)

/** Somebody would show that they belong to a vendor that nobody looks after. Only they read it (row-level security); the code is mailed or shown once, and kept as a hash. */
export const vendorClaims = pgTable(
  'vendor_claims',
  {
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** The domain of the vendor’s website when the code was made: another one needs another code. */
    domain: text('domain').notNull(),
    way: text('way', { enum: ['record', 'mail'] }).notNull(),
    codeHash: text('code_hash').notNull(),
    expiresAt: at('expires_at').notNull(),
    provedAt: at('proved_at'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.vendorId, t.personId] }),
    index('vendor_claims_over').on(t.expiresAt), // those that are over
  ],
)

/** What a product is for, as operators sort them: a flat list. */
export const categories = pgTable(
  'categories',
  { id: id(), slug: text('slug').notNull(), name: text('name').notNull(), createdAt: createdAt() },
  (t) => [uniqueIndex('categories_slug').on(t.slug)],
)

/** A product stands in three at most. */
export const productCategories = pgTable(
  'product_categories',
  {
    productId: uuid('product_id').notNull(),
    vendorId: uuid('vendor_id').notNull(),
    categoryId: uuid('category_id')
      .notNull()
      .references(() => categories.id, { onDelete: 'cascade' }),
    position: smallint('position').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.productId, t.position] }),
    unique('product_categories_once').on(t.productId, t.categoryId),
    foreignKey({
      columns: [t.productId, t.vendorId],
      foreignColumns: [products.id, products.vendorId],
      name: 'product_categories_product',
    }),
    index('product_categories_of').on(t.categoryId, t.vendorId), // the vendors of a category
    check('product_categories_three', sql`${t.position} between 1 and 3`),
  ],
)
