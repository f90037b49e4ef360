import { sql, type SQLWrapper } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { AUTHOR_ROLES, CHOOSE_AGAIN, INCENTIVES, INDUSTRIES, INVITED_BY, ORGANISATION_SIZES, RELATIONS, TIMES_USED } from '../kinds'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { decisions } from './moderation'
import { products, vendors } from './vendors'

const SOURCES = ['organic', 'portal-sample', 'whole-list', 'hand-picked', 'incentivised', 'imported'] as const
const EVIDENCE = ['relationship', 'document', 'screenshot', 'self-declared', 'none'] as const
const oneOf = (column: SQLWrapper, values: readonly string[]) =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`

export const recommendations = pgTable(
  'recommendations',
  {
    id: id(),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    productId: uuid('product_id').notNull(),
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
    timeUsed: text('time_used', { enum: TIMES_USED }).notNull(),
    chooseAgain: text('choose_again', { enum: CHOOSE_AGAIN }).notNull(),
    /** Disclosure: mandatory, in three parts. */
    relation: text('relation', { enum: RELATIONS }).notNull(),
    incentive: text('incentive', { enum: INCENTIVES }).notNull(),
    invitedBy: text('invited_by', { enum: INVITED_BY }).notNull(),
    /** How many work where its author does, as the author says. */
    organisationSize: text('organisation_size', { enum: ORGANISATION_SIZES }),
    /** What is done there, and what its author does with the product, as the author says; never taken from a vault. */
    industry: text('industry', { enum: INDUSTRIES }),
    authorRole: text('author_role', { enum: AUTHOR_ROLES }),
    /** Its author may be asked to be a reference. */
    willingAsReference: boolean('willing_as_reference').notNull().default(false),
    /** False: shown without a name. The portal always knows whose it is. */
    named: boolean('named').notNull().default(true),
    /** Computed by the database, like source, is_partner and conflict: nobody chooses what weighs. */
    evidence: text('evidence', { enum: EVIDENCE }).notNull().default('self-declared'),
    source: text('source', { enum: SOURCES }).notNull().default('organic'),
    /** Shown as a partner’s, and not scored. */
    isPartner: boolean('is_partner').notNull().default(false),
    /** A tie to somebody who sells here that became known afterwards: shown, and not scored. */
    conflict: text('conflict', { enum: ['employer', 'former-employer', 'address', 'competitor'] }),
    conflictFoundAt: at('conflict_found_at'),
    /** When it was written, or when its author last said that it is still true. */
    confirmedAt: at('confirmed_at').notNull().defaultNow(),
    hiddenByDecisionId: uuid('hidden_by_decision_id').references(() => decisions.id),
    withdrawnAt: at('withdrawn_at'),
    editedAt: at('edited_at'),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({ columns: [t.productId, t.vendorId], foreignColumns: [products.id, products.vendorId], name: 'recommendations_product' }),
    unique('recommendations_of_handle').on(t.id, t.handleId),
    uniqueIndex('recommendations_once')
      .on(t.productId, t.handleId)
      .where(sql`${t.withdrawnAt} is null`),
    index('recommendations_vendor').on(t.vendorId, t.createdAt.desc(), t.id.desc()), // vendor page
    index('recommendations_handle').on(t.handleId),
    index('recommendations_newest').on(t.createdAt.desc()), // front page
    index('recommendations_confirmed')
      .on(t.confirmedAt)
      .where(sql`${t.withdrawnAt} is null`), // those whose authors are asked again
    check('recommendations_verdict', sql`${t.verdict} between 1 and 5`),
    check(
      'recommendations_ratings',
      sql`coalesce(${t.easeRating}, 1) between 1 and 5 and coalesce(${t.supportRating}, 1) between 1 and 5 and coalesce(${t.valueRating}, 1) between 1 and 5`,
    ),
    check(
      'recommendations_disclosed',
      sql`${oneOf(t.relation, RELATIONS)}
      and ${oneOf(t.incentive, INCENTIVES)} and ${oneOf(t.invitedBy, INVITED_BY)}`,
    ),
    check(
      'recommendations_context',
      sql`(${t.industry} is null or ${oneOf(t.industry, INDUSTRIES)}) and (${t.authorRole} is null or ${oneOf(t.authorRole, AUTHOR_ROLES)})`,
    ),
    index('recommendations_words').using('gin', sql`search_lexemes(${t.headline} || ' ' || ${t.useCase} || ' ' || ${t.forWhom})`), // those that speak of a use
    check('recommendations_weighable', sql`${oneOf(t.source, SOURCES)} and ${oneOf(t.evidence, EVIDENCE)}`),
  ],
)

/** Where its author works, as the author says: known to the portal alone, so that a score comes from several organisations. */
export const recommendationAuthors = pgTable(
  'recommendation_authors',
  {
    recommendationId: uuid('recommendation_id').primaryKey(),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    organisation: text('organisation').notNull(),
  },
  (t) => [index('recommendation_authors_handle').on(t.handleId)], // the ties of one author
)

/** What was found as evidence, and when. Append-only: neither the end of a relationship nor a late challenge takes it back. */
export const recommendationEvidence = pgTable(
  'recommendation_evidence',
  {
    id: id(),
    recommendationId: uuid('recommendation_id')
      .notNull()
      .references(() => recommendations.id),
    level: text('level', { enum: EVIDENCE }).notNull(),
    /** The state that both sides had confirmed, or the moderator who saw a file. */
    stateId: uuid('state_id'),
    checkedBy: uuid('checked_by').references(() => people.id),
    foundAt: at('found_at').notNull().defaultNow(),
  },
  (t) => [index('recommendation_evidence_of').on(t.recommendationId, t.foundAt)], // the evidence of one recommendation
)

/** As what each recommendation is counted now. Written by the database alone, in the transaction of the change. */
export const recommendationCounted = pgTable('recommendation_counted', {
  recommendationId: uuid('recommendation_id').primaryKey(),
  vendorId: uuid('vendor_id').notNull(),
  productId: uuid('product_id').notNull(),
  standing: text('standing', { enum: ['scored', 'partner', 'conflict', 'withheld', 'withdrawn'] }).notNull(),
  /** The rule under which it is withheld. */
  reason: text('reason').notNull().default(''),
  month: text('month').notNull(),
  source: text('source').notNull(),
  evidence: text('evidence').notNull(),
  verdict: smallint('verdict').notNull(),
  easeRating: smallint('ease_rating'),
  supportRating: smallint('support_rating'),
  valueRating: smallint('value_rating'),
  organisation: text('organisation').notNull(),
})

/** Those that are scored, summed up: a page adds some hundred rows, however many were written. */
export const recommendationTallies = pgTable(
  'recommendation_tallies',
  {
    vendorId: uuid('vendor_id').notNull(),
    productId: uuid('product_id').notNull(),
    month: text('month').notNull(),
    source: text('source', { enum: SOURCES }).notNull(),
    evidence: text('evidence', { enum: EVIDENCE }).notNull(),
    verdicts: integer('verdicts').array().notNull(),
    ease: integer('ease').array().notNull(),
    support: integer('support').array().notNull(),
    value: integer('value').array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.productId, t.month, t.source, t.evidence] }),
    index('recommendation_tallies_vendor').on(t.vendorId), // a vendor’s page
  ],
)

/** How many of a product stand, and how many are withheld for which reason. */
export const recommendationStandings = pgTable(
  'recommendation_standings',
  {
    vendorId: uuid('vendor_id').notNull(),
    productId: uuid('product_id').notNull(),
    standing: text('standing', { enum: ['scored', 'partner', 'conflict', 'withheld', 'withdrawn'] }).notNull(),
    reason: text('reason').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.productId, t.standing, t.reason] }),
    index('recommendation_standings_vendor').on(t.vendorId), // a vendor’s page, the directory
  ],
)

/** How many scored recommendations of a product come from one organisation, which stands here as a hash. The application reads how many organisations there are, not which. */
export const recommendationOrganisations = pgTable(
  'recommendation_organisations',
  {
    vendorId: uuid('vendor_id').notNull(),
    productId: uuid('product_id').notNull(),
    organisation: text('organisation').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.productId, t.organisation] }),
    index('recommendation_organisations_vendor').on(t.vendorId, t.organisation), // of how many organisations a vendor’s page speaks
  ],
)

/** What the whole portal thought, weighed anew each night: what is expected of a vendor of whom nothing is known yet. */
export const recommendationPriors = pgTable('recommendation_priors', {
  day: date('day').primaryKey(),
  shares: jsonb('shares').$type<[number, number, number, number, number]>().notNull(),
  count: integer('count').notNull(),
})

/** What a recommendation said until it was edited. Written by the database; read by its author and by independent moderators. */
export const recommendationVersions = pgTable(
  'recommendation_versions',
  {
    id: id(),
    recommendationId: uuid('recommendation_id')
      .notNull()
      .references(() => recommendations.id),
    said: jsonb('said').notNull(),
    until: at('until').notNull(),
  },
  (t) => [index('recommendation_versions_of').on(t.recommendationId, t.until.desc())], // the history of one recommendation
)

/** What the vendor answered until it put it better. Everybody reads it. */
export const recommendationReplyVersions = pgTable(
  'recommendation_reply_versions',
  {
    id: id(),
    recommendationId: uuid('recommendation_id')
      .notNull()
      .references(() => recommendations.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    html: text('html').notNull(),
    until: at('until').notNull(),
  },
  (t) => [index('recommendation_reply_versions_of').on(t.recommendationId, t.until.desc())], // the earlier answers to one recommendation
)

/** Whose author was asked whether it is still true, and when. */
export const recommendationAskings = pgTable('recommendation_askings', {
  recommendationId: uuid('recommendation_id')
    .primaryKey()
    .references(() => recommendations.id),
  askedAt: at('asked_at').notNull(),
})

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
  editedAt: at('edited_at'),
  createdAt: createdAt(),
})
