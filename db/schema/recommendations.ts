import { sql } from 'drizzle-orm'
import { check, index, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles } from './accounts'
import { at, createdAt, id } from './columns'
import { decisions } from './moderation'
import { products, vendors } from './vendors'

export const recommendations = pgTable(
  'recommendations',
  {
    id: id(),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    productId: uuid('product_id')
      .notNull()
      .references(() => products.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    headline: text('headline').notNull(),
    useCase: text('use_case').notNull(),
    whatIsGood: text('what_is_good').notNull(),
    whatIsNot: text('what_is_not').notNull(),
    forWhom: text('for_whom').notNull().default(''),
    /** 1 against … 5 for. */
    verdict: smallint('verdict').notNull(),
    easeRating: smallint('ease_rating'),
    supportRating: smallint('support_rating'),
    valueRating: smallint('value_rating'),
    timeUsed: text('time_used', { enum: ['under-3-months', '3-to-12-months', '1-to-3-years', 'over-3-years'] }).notNull(),
    chooseAgain: text('choose_again', { enum: ['yes', 'unsure', 'no'] }).notNull(),
    /** Disclosure: mandatory, in three parts. */
    relation: text('relation', { enum: ['customer', 'former-customer', 'trial', 'partner', 'other'] }).notNull(),
    incentive: text('incentive', { enum: ['none', 'gift', 'discount', 'payment'] }).notNull(),
    invitedBy: text('invited_by', { enum: ['nobody', 'vendor', 'peer'] }).notNull(),
    evidence: text('evidence', { enum: ['relationship', 'document', 'screenshot', 'self-declared'] })
      .notNull()
      .default('self-declared'),
    hiddenByDecisionId: uuid('hidden_by_decision_id').references(() => decisions.id),
    withdrawnAt: at('withdrawn_at'),
    editedAt: at('edited_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('recommendations_once')
      .on(t.productId, t.handleId)
      .where(sql`${t.withdrawnAt} is null`),
    index('recommendations_vendor').on(t.vendorId, t.createdAt.desc(), t.id.desc()), // vendor page
    index('recommendations_handle').on(t.handleId),
    index('recommendations_newest').on(t.createdAt.desc()), // front page
    check('recommendations_verdict', sql`${t.verdict} between 1 and 5`),
  ],
)

/** Once, in public. */
export const recommendationReplies = pgTable('recommendation_replies', {
  recommendationId: uuid('recommendation_id')
    .primaryKey()
    .references(() => recommendations.id),
  vendorId: uuid('vendor_id')
    .notNull()
    .references(() => vendors.id),
  handleId: uuid('handle_id')
    .notNull()
    .references(() => handles.id),
  role: text('role').notNull(),
  markdown: text('markdown').notNull(),
  html: text('html').notNull(),
  createdAt: createdAt(),
})
