import { sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey, serial, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { communities } from './communities'
import { relationshipStates } from './relationships'
import { vendors } from './vendors'

/** A vendor’s signed word that somebody is its customer, held for the person. Row-level security: the person, and the vendor’s staff. */
export const attestations = pgTable(
  'attestations',
  {
    id: id(),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    stateId: uuid('state_id')
      .notNull()
      .references(() => relationshipStates.id),
    attestedBy: uuid('attested_by')
      .notNull()
      .references(() => people.id),
    /** Its place in the list of those that hold no more. */
    statusIndex: serial('status_index').notNull(),
    sdJwt: text('sd_jwt').notNull(),
    since: text('since').notNull(),
    expiresAt: at('expires_at').notNull(),
    revokedAt: at('revoked_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('attestations_status').on(t.statusIndex),
    uniqueIndex('attestations_live')
      .on(t.stateId)
      .where(sql`${t.revokedAt} is null`),
    index('attestations_person').on(t.personId, t.createdAt.desc()), // the person's page
  ],
)

/** Where a person shows one, under which handle, and what of it. Anybody who reads the room sees it. */
export const shownAttestations = pgTable(
  'shown_attestations',
  {
    attestationId: uuid('attestation_id')
      .notNull()
      .references(() => attestations.id),
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    disclosed: text('disclosed').array().notNull(),
    presentation: text('presentation').notNull(),
    shownAt: at('shown_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.communityId, t.handleId] }),
    check('shown_attestations_disclosed', sql`${t.disclosed} <@ array['vendor', 'since']`),
  ],
)
