import { sql } from 'drizzle-orm'
import { bigint, boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts'
import { at, createdAt, id } from './columns'

// Ways in beside a password.

/** A key that a device or a password manager holds: here is only its public half. Who has one is never asked by name. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    credentialId: text('credential_id').notNull(),
    publicKey: text('public_key').notNull(),
    /** Counts up where the device counts: one that falls back is a copy. */
    signCount: bigint('sign_count', { mode: 'number' }).notNull(),
    name: text('name').notNull(),
    usedAt: at('used_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('passkeys_credential').on(t.credentialId), // signing in
    index('passkeys_person').on(t.personId), // the person's own list
  ],
)

/** What a passkey is to sign: for one act of one browser, once, within minutes. */
export const passkeyChallenges = pgTable(
  'passkey_challenges',
  {
    tokenHash: text('token_hash').primaryKey(),
    challenge: text('challenge').notNull(),
    purpose: text('purpose', { enum: ['sign-in', 'prove', 'add'] }).notNull(),
    /** Null when nobody is signed in yet. */
    personId: uuid('person_id').references(() => people.id, { onDelete: 'cascade' }),
    expiresAt: at('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('passkey_challenges_expiry').on(t.expiresAt), // forgetting them
    index('passkey_challenges_person').on(t.personId),
  ],
)

/** An organisation that signs its own people in, by OpenID Connect. The secret is sealed; an ended one signs nobody in. */
export const signInProviders = pgTable(
  'sign_in_providers',
  {
    id: id(),
    /** On the button. */
    name: text('name').notNull(),
    issuer: text('issuer').notNull(),
    clientId: text('client_id').notNull(),
    sealedSecret: text('sealed_secret').notNull(),
    /** Whose addresses are the organisation’s. */
    domains: text('domains')
      .array()
      .notNull()
      .default(sql`'{}'`),
    endedAt: at('ended_at'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('sign_in_providers_issuer').on(t.issuer)],
)

/** Who somebody is at a provider: by issuer and subject, never by an address. */
export const providerIdentities = pgTable(
  'provider_identities',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    providerId: uuid('provider_id')
      .notNull()
      .references(() => signInProviders.id),
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    usedAt: at('used_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('provider_identities_subject').on(t.issuer, t.subject), // signing in
    uniqueIndex('provider_identities_person').on(t.personId, t.providerId), // the person’s own list
  ],
)

/** One way to a provider and back, by one browser: used once, within minutes. */
export const providerVisits = pgTable(
  'provider_visits',
  {
    tokenHash: text('token_hash').primaryKey(),
    providerId: uuid('provider_id')
      .notNull()
      .references(() => signInProviders.id),
    state: text('state').notNull(),
    nonce: text('nonce').notNull(),
    verifier: text('verifier').notNull(),
    /** Where the provider is told to lead back to. */
    redirectUri: text('redirect_uri').notNull(),
    next: text('next').notNull(),
    expiresAt: at('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('provider_visits_expiry').on(t.expiresAt)], // forgetting them
)

/** Somebody whom a provider knows and the portal does not yet: until they join, or sign in once to the account they have. */
export const providerArrivals = pgTable(
  'provider_arrivals',
  {
    tokenHash: text('token_hash').primaryKey(),
    providerId: uuid('provider_id')
      .notNull()
      .references(() => signInProviders.id),
    subject: text('subject').notNull(),
    email: text('email').notNull().default(''),
    emailVerified: boolean('email_verified').notNull().default(false),
    name: text('name').notNull().default(''),
    next: text('next').notNull(),
    expiresAt: at('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('provider_arrivals_expiry').on(t.expiresAt)], // forgetting them
)
