import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { products, vendors } from './vendors'

export const communities = pgTable(
  'communities',
  {
    id: id(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    summary: text('summary').notNull().default(''),
    rules: text('rules').notNull().default(''),
    /** open: anyone reads and joins. request: anyone sees that it exists, members read. invitation: it does not exist for others. */
    access: text('access', { enum: ['open', 'request', 'invitation'] }).notNull(),
    joinQuestion: text('join_question').notNull().default(''),
    /** Null: independent. */
    hostVendorId: uuid('host_vendor_id').references(() => vendors.id),
    productId: uuid('product_id').references(() => products.id),
    /** Within so many hours somebody should have answered. Null: nobody has promised anything. */
    responseTargetHours: integer('response_target_hours'),
    source: text('source'),
    sourceUrl: text('source_url'),
    licence: text('licence'),
    threadCount: integer('thread_count').notNull().default(0),
    memberCount: integer('member_count').notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [index('communities_name_keys').using('gin', sql`search_name_keys(${t.name})`)], // rooms by name
)

export const memberships = pgTable(
  'memberships',
  {
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    /** The person says so, in this community: the prospect seat. */
    saysProspect: at('says_prospect_at'),
    joinedAt: at('joined_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.communityId, t.personId] }),
    index('memberships_person').on(t.personId),
    index('memberships_handle').on(t.handleId),
  ],
)

export const communityModerators = pgTable(
  'community_moderators',
  {
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    appointedBy: uuid('appointed_by').references(() => people.id),
    startedAt: at('started_at').notNull().defaultNow(),
    endedAt: at('ended_at'),
  },
  (t) => [
    uniqueIndex('community_moderators_live')
      .on(t.communityId, t.personId)
      .where(sql`${t.endedAt} is null`),
    index('community_moderators_person').on(t.personId),
  ],
)

/** Independent moderators of the whole portal: they decide on recommendations. */
export const portalModerators = pgTable('portal_moderators', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id),
  appointedBy: uuid('appointed_by').references(() => people.id),
  startedAt: at('started_at').notNull().defaultNow(),
  endedAt: at('ended_at'),
})

/**
 * Duty is taken, never given: an operator offers it, and the person accepts; or the person says first that they would, and then it is the
 * operator who accepts. Without a community it is the whole portal's recommendations. `offered_by` is empty while only the person has spoken.
 */
export const dutyOffers = pgTable(
  'duty_offers',
  {
    id: id(),
    communityId: uuid('community_id').references(() => communities.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    offeredBy: uuid('offered_by').references(() => people.id),
    outcome: text('outcome', { enum: ['accepted', 'declined', 'withdrawn'] }),
    answeredAt: at('answered_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('duty_offers_person').on(t.personId, t.createdAt.desc()), // what a person is asked to do
    index('duty_offers_room')
      .on(t.communityId)
      .where(sql`${t.outcome} is null`), // who would, or was asked
    check('duty_offers_answered', sql`(${t.outcome} is null) = (${t.answeredAt} is null)`),
  ],
)

export const membershipRequests = pgTable(
  'membership_requests',
  {
    id: id(),
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    answer: text('answer').notNull().default(''),
    state: text('state', { enum: ['waiting', 'accepted', 'refused', 'withdrawn'] })
      .notNull()
      .default('waiting'),
    decidedBy: uuid('decided_by').references(() => people.id),
    decidedAt: at('decided_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('membership_requests_open')
      .on(t.communityId, t.personId)
      .where(sql`${t.state} = 'waiting'`),
    index('membership_requests_community').on(t.communityId, t.state),
  ],
)

export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    tokenHash: text('token_hash').notNull().unique(),
    addressNorm: text('address_norm').notNull(),
    invitedBy: uuid('invited_by')
      .notNull()
      .references(() => people.id),
    expiresAt: at('expires_at').notNull(),
    acceptedAt: at('accepted_at'),
    acceptedBy: uuid('accepted_by').references(() => people.id),
    createdAt: createdAt(),
  },
  (t) => [index('invitations_community').on(t.communityId)],
)
