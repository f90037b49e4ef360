import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { NEGOTIATION_STATUSES, TERMS } from '../kinds'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { vendors } from './vendors'

const listed = sql.raw(TERMS.map((terms) => `'${terms}'`).join(', '))
const statuses = sql.raw(NEGOTIATION_STATUSES.map((status) => `'${status}'`).join(', '))
const OPEN = sql.raw(
  `'AgreementNegotiationPendingResponse', 'AgreementNegotiationConfirmationRequired', 'AgreementNegotiationCounterOfferMade'`,
)

/** The terms that a person offers, and how far their agent may go: for every vendor, or for one. Row-level security: the owner, and their agent. */
export const termPreferences = pgTable(
  'term_preferences',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    vendorId: uuid('vendor_id').references(() => vendors.id),
    proffered: text('proffered', { enum: TERMS }).notNull(),
    /** Nothing wider than this is accepted without asking. */
    furthest: text('furthest', { enum: TERMS }).notNull(),
    agentAccepts: boolean('agent_accepts').notNull(),
    beyond: text('beyond', { enum: ['ask', 'refuse'] }).notNull(),
    changedAt: at('changed_at').notNull().defaultNow(),
  },
  (t) => [check('term_preferences_listed', sql`${t.proffered} in (${listed}) and ${t.furthest} in (${listed})`)],
)

/** Asked once, when a browser sent Global Privacy Control: whether that wish stands, with or without the browser. */
export const standingObjections = pgTable('standing_objections', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id),
  objects: boolean('objects').notNull(),
  saidAt: at('said_at').notNull().defaultNow(),
})

/** What a vendor accepts, each version for ever: an agreement names the one that answered it. */
export const vendorPolicies = pgTable(
  'vendor_policies',
  {
    id: id(),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    version: integer('version').notNull(),
    accepts: text('accepts', { enum: TERMS }).array().notNull(),
    /** The one counter-offer to whoever proffers something else. */
    counter: text('counter', { enum: TERMS }),
    /** Its staff answer what the policy does not; otherwise that is refused. */
    staffAnswer: boolean('staff_answer').notNull(),
    publishedBy: uuid('published_by')
      .notNull()
      .references(() => people.id),
    publishedAt: at('published_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('vendor_policies_version').on(t.vendorId, t.version.desc()), // what holds now
    check('vendor_policies_listed', sql`${t.accepts} <@ array[${listed}] and (${t.counter} is null or ${t.counter} = any(${t.accepts}))`),
  ],
)

/** One offer of terms by a person, and what became of it. Without a person once that person is erased. */
export const negotiations = pgTable(
  'negotiations',
  {
    id: id(),
    personId: uuid('person_id').references(() => people.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    policyId: uuid('policy_id').references(() => vendorPolicies.id),
    status: text('status', { enum: NEGOTIATION_STATUSES }).notNull(),
    proffered: text('proffered', { enum: TERMS }).notNull(),
    countered: text('countered', { enum: TERMS }),
    agreed: text('agreed', { enum: TERMS }),
    expiresAt: at('expires_at').notNull(),
    settledAt: at('settled_at'),
    /** A later agreement took its place; what was granted under this one still stands under it. */
    supersededBy: uuid('superseded_by'),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({ columns: [t.supersededBy], foreignColumns: [t.id], name: 'negotiations_superseded' }),
    check('negotiations_status', sql`${t.status} in (${statuses})`),
    check(
      'negotiations_from_the_roster',
      sql`${t.proffered} in (${listed}) and (${t.countered} is null or ${t.countered} in (${listed})) and (${t.agreed} is null or ${t.agreed} in (${t.proffered}, ${t.countered}))`,
    ),
    check('negotiations_agreed', sql`(${t.agreed} is not null) = (${t.status} in ('AgreementAccepted', 'AgreementNegotiationTerminated'))`),
    uniqueIndex('negotiations_open')
      .on(t.personId, t.vendorId)
      .where(sql`${t.status} in (${OPEN})`),
    uniqueIndex('negotiations_live')
      .on(t.personId, t.vendorId)
      .where(sql`${t.status} = 'AgreementAccepted' and ${t.supersededBy} is null`),
    index('negotiations_person').on(t.personId, t.createdAt.desc()), // the person's page
    index('negotiations_vendor').on(t.vendorId, t.status, t.createdAt), // the staff's list, and what is counted in public
    index('negotiations_expiry')
      .on(t.expiresAt)
      .where(sql`${t.status} in (${OPEN})`),
  ],
)

/** What happened in a negotiation, in order. Never changed. */
export const negotiationSteps = pgTable(
  'negotiation_steps',
  {
    negotiationId: uuid('negotiation_id')
      .notNull()
      .references(() => negotiations.id),
    seq: integer('seq').notNull(),
    status: text('status', { enum: NEGOTIATION_STATUSES }).notNull(),
    by: text('by', { enum: ['person', 'vendor', 'portal'] }).notNull(),
    terms: text('terms', { enum: TERMS }).notNull(),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.negotiationId, t.seq] })],
)

/** The signed record, as a file: one for the person and one for the vendor, byte by byte the same. A new version where something was added. */
export const agreementCopies = pgTable(
  'agreement_copies',
  {
    negotiationId: uuid('negotiation_id')
      .notNull()
      .references(() => negotiations.id),
    version: integer('version').notNull(),
    side: text('side', { enum: ['person', 'vendor'] }).notNull(),
    file: text('file').notNull(),
    sha256: text('sha256').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.negotiationId, t.version, t.side] })],
)
