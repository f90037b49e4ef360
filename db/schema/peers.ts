import { sql, type SQLWrapper } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { handles } from './accounts'
import { createdAt } from './columns'
import { posts, threads } from './threads'
import { products, vendors } from './vendors'

const SIZES = ['1-10', '11-50', '51-250', '251-1000', 'over-1000'] as const
const INDUSTRIES = ['software', 'making', 'trade', 'health', 'education', 'public', 'finance', 'services', 'media', 'other'] as const
const RELATIONS = ['customer', 'former-customer', 'trial', 'partner', 'other'] as const
const INCENTIVES = ['none', 'gift', 'discount', 'payment'] as const
const INVITED_BY = ['nobody', 'vendor', 'peer'] as const
const oneOf = (column: SQLWrapper, values: readonly string[]) =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`

/** A question that asks whom others would use: what somebody else has to know to say so. Its words and its answers are those of its thread. */
export const recommendationRequests = pgTable(
  'recommendation_requests',
  {
    threadId: uuid('thread_id')
      .primaryKey()
      .references(() => threads.id),
    organisationSize: text('organisation_size', { enum: SIZES }),
    industry: text('industry', { enum: INDUSTRIES }),
    mustHaves: text('must_haves').notNull().default(''),
    budget: text('budget').notNull().default(''),
    createdAt: createdAt(),
  },
  (t) => [
    index('recommendation_requests_newest').on(t.createdAt.desc(), t.threadId.desc()), // what peers are asking
    check(
      'recommendation_requests_choices',
      sql`(${t.organisationSize} is null or ${oneOf(t.organisationSize, SIZES)}) and (${t.industry} is null or ${oneOf(t.industry, INDUSTRIES)})`,
    ),
  ],
)

/** Whom an answer to a request names, from the directory or as it is called, with the disclosure of whoever names it. Never changed. */
export const namedVendors = pgTable(
  'named_vendors',
  {
    postId: uuid('post_id')
      .primaryKey()
      .references(() => posts.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    vendorId: uuid('vendor_id').references(() => vendors.id),
    productId: uuid('product_id'),
    named: text('named').notNull(),
    relation: text('relation', { enum: RELATIONS }).notNull(),
    incentive: text('incentive', { enum: INCENTIVES }).notNull(),
    invitedBy: text('invited_by', { enum: INVITED_BY }).notNull(),
    organisationSize: text('organisation_size', { enum: SIZES }),
    industry: text('industry', { enum: INDUSTRIES }),
    /** Computed by the database, like the tie: nobody says of themselves what shows it. */
    evidence: text('evidence', { enum: ['relationship', 'self-declared'] })
      .notNull()
      .default('self-declared'),
    /** What ties whoever names it to it, or to another that sells here: shown as such, and not counted. */
    tie: text('tie', { enum: ['employer', 'former-employer', 'address', 'competitor'] }),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({ columns: [t.productId, t.vendorId], foreignColumns: [products.id, products.vendorId], name: 'named_vendors_product' }),
    check(
      'named_vendors_choices',
      sql`${oneOf(t.relation, RELATIONS)} and ${oneOf(t.incentive, INCENTIVES)} and ${oneOf(t.invitedBy, INVITED_BY)}
        and (${t.organisationSize} is null or ${oneOf(t.organisationSize, SIZES)}) and (${t.industry} is null or ${oneOf(t.industry, INDUSTRIES)})`,
    ),
  ],
)
