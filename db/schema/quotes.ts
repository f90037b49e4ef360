import { sql } from 'drizzle-orm'
import { check, doublePrecision, foreignKey, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles } from './accounts'
import { at, createdAt, id } from './columns'
import { products, vendors } from './vendors'

/**
 * What somebody said of a product elsewhere, quoted with its source and licence. Nobody here has seen anything that shows it to be true, so it
 * stands apart from the recommendations: it is in no score, and once written nobody changes it.
 */
export const quotedRecommendations = pgTable(
  'quoted_recommendations',
  {
    id: id(),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    productId: uuid('product_id').notNull(),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    /** The site that it comes from: with the number it has there, its key. */
    source: text('source').notNull(),
    sourceId: text('source_id').notNull(),
    sourceUrl: text('source_url'),
    licence: text('licence').notNull(),
    evidence: text('evidence', { enum: ['none'] })
      .notNull()
      .default('none'),
    rating: doublePrecision('rating').notNull(),
    ratingScale: doublePrecision('rating_scale').notNull(),
    title: text('title').notNull().default(''),
    body: text('body').notNull().default(''),
    whatIsGood: text('what_is_good').notNull().default(''),
    whatIsNot: text('what_is_not').notNull().default(''),
    advice: text('advice').notNull().default(''),
    reply: text('reply').notNull().default(''),
    /** What its author is said to be there: role, size of the company, incentive. */
    about: jsonb('about').$type<Record<string, string>>().notNull().default({}),
    sourceMeta: jsonb('source_meta').$type<Record<string, string>>().notNull().default({}),
    writtenAt: at('written_at').notNull(),
    datedBy: text('dated_by', { enum: ['day', 'year'] })
      .notNull()
      .default('day'),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({
      columns: [t.productId, t.vendorId],
      foreignColumns: [products.id, products.vendorId],
      name: 'quoted_recommendations_product',
    }),
    uniqueIndex('quoted_recommendations_source').on(t.source, t.sourceId), // a second run of an import
    index('quoted_recommendations_vendor').on(t.vendorId, t.writtenAt.desc(), t.id.desc()), // what is quoted of a vendor
    check('quoted_recommendations_rating', sql`${t.ratingScale} > 0 and ${t.rating} between 0 and ${t.ratingScale}`),
    check('quoted_recommendations_evidence', sql`${t.evidence} = 'none'`),
  ],
)

/** Those who are quoted, by what they are called where they wrote. */
export const quotedAuthors = pgTable(
  'quoted_authors',
  {
    source: text('source').notNull(),
    sourceId: text('source_id').notNull(),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
  },
  (t) => [primaryKey({ columns: [t.source, t.sourceId] })],
)
