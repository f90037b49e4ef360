import { sql, type SQLWrapper } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { AUTHOR_ROLES, INCENTIVES, INDUSTRIES, INVITED_BY, NAMING_RELATIONS, ORGANISATION_SIZES } from '../kinds'
import { handles } from './accounts'
import { at, createdAt } from './columns'
import { recommendations } from './recommendations'
import { posts, threads } from './threads'
import { products, vendors } from './vendors'

const oneOf = (column: SQLWrapper, values: readonly string[]) =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`

/** A question that asks whom others would use: what somebody else has to know to say so. Its words and its answers are those of its thread. */
export const recommendationRequests = pgTable(
  'recommendation_requests',
  {
    threadId: uuid('thread_id')
      .primaryKey()
      .references(() => threads.id),
    organisationSize: text('organisation_size', { enum: ORGANISATION_SIZES }),
    industry: text('industry', { enum: INDUSTRIES }),
    mustHaves: text('must_haves').notNull().default(''),
    budget: text('budget').notNull().default(''),
    createdAt: createdAt(),
  },
  (t) => [
    index('recommendation_requests_newest').on(t.createdAt.desc(), t.threadId.desc()), // what peers are asking
    check(
      'recommendation_requests_choices',
      sql`(${t.organisationSize} is null or ${oneOf(t.organisationSize, ORGANISATION_SIZES)}) and (${t.industry} is null or ${oneOf(t.industry, INDUSTRIES)})`,
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
    /** The person’s own words alone: what else the portal knows of them is no label for others to read. */
    relation: text('relation', { enum: NAMING_RELATIONS }).notNull(),
    incentive: text('incentive', { enum: INCENTIVES }).notNull(),
    invitedBy: text('invited_by', { enum: INVITED_BY }).notNull(),
    organisationSize: text('organisation_size', { enum: ORGANISATION_SIZES }),
    industry: text('industry', { enum: INDUSTRIES }),
    authorRole: text('author_role', { enum: AUTHOR_ROLES }),
    /** Computed by the database: nobody says of themselves what shows it. */
    evidence: text('evidence', { enum: ['relationship', 'self-declared'] })
      .notNull()
      .default('self-declared'),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({ columns: [t.productId, t.vendorId], foreignColumns: [products.id, products.vendorId], name: 'named_vendors_product' }),
    check(
      'named_vendors_choices',
      sql`${oneOf(t.relation, NAMING_RELATIONS)} and ${oneOf(t.incentive, INCENTIVES)} and ${oneOf(t.invitedBy, INVITED_BY)}
        and (${t.organisationSize} is null or ${oneOf(t.organisationSize, ORGANISATION_SIZES)}) and (${t.industry} is null or ${oneOf(t.industry, INDUSTRIES)}) and (${t.authorRole} is null or ${oneOf(t.authorRole, AUTHOR_ROLES)})`,
    ),
  ],
)

/** Somebody asks the author of a recommendation to be a reference. Row-level security shows it to these two alone; a vendor knows how many there were. */
export const referenceRequests = pgTable(
  'reference_requests',
  {
    id: uuid('id').primaryKey(),
    recommendationId: uuid('recommendation_id')
      .notNull()
      .references(() => recommendations.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    askedBy: uuid('asked_by')
      .notNull()
      .references(() => handles.id),
    askedOf: uuid('asked_of')
      .notNull()
      .references(() => handles.id),
    words: text('words').notNull(),
    state: text('state', { enum: ['waiting', 'accepted', 'declined', 'withdrawn'] })
      .notNull()
      .default('waiting'),
    decidedAt: at('decided_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('reference_requests_once').on(t.recommendationId, t.askedBy), // one for each who asks
    index('reference_requests_of').on(t.askedOf, t.createdAt.desc(), t.id.desc()), // what somebody is asked
    index('reference_requests_by').on(t.askedBy, t.createdAt.desc(), t.id.desc()), // what somebody has asked
    index('reference_requests_vendor').on(t.vendorId, t.state), // how many, for the vendor
    check('reference_requests_decided', sql`(${t.state} = 'waiting') = (${t.decidedAt} is null)`),
  ],
)

/** How each of the two can be reached, as they chose to say. The other reads it once the request is accepted, and not before. */
export const referenceContacts = pgTable(
  'reference_contacts',
  {
    requestId: uuid('request_id')
      .notNull()
      .references(() => referenceRequests.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    contact: text('contact').notNull(),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.handleId] })],
)
