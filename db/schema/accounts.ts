import { sql } from 'drizzle-orm'
import { bigint, boolean, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { at, createdAt, id } from './columns'

/** A human with one sign-in. Names and addresses are not here: they are vault attributes, or account data below. */
export const people = pgTable('people', {
  id: id(),
  status: text('status', { enum: ['member', 'merged', 'erased'] })
    .notNull()
    .default('member'),
  mergedInto: uuid('merged_into'),
  isOperator: boolean('is_operator').notNull().default(false),
  timeZone: text('time_zone').notNull().default('UTC'),
  theme: text('theme', { enum: ['light', 'dark'] }),
  /** When they last came, to the fortnight. */
  seenAt: at('seen_at').notNull().defaultNow(),
  createdAt: createdAt(),
})

/** What everybody sees. Content, events and relationships carry a handle, never a person. */
export const handles = pgTable(
  'handles',
  {
    id: id(),
    /** `unnamed`: of one thread, and of nobody as far as others read. `former`: of somebody who was erased. */
    kind: text('kind', { enum: ['member', 'placeholder', 'unnamed', 'former'] }).notNull(),
    personId: uuid('person_id').references(() => people.id),
    /** Null but for members: a display name is not a handle. */
    handle: text('handle'),
    displayName: text('display_name').notNull(),
    about: text('about').notNull().default(''),
    aboutHtml: text('about_html').notNull().default(''),
    source: text('source'),
    sourceUrl: text('source_url'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('handles_handle').on(sql`lower(${t.handle})`), // signing up, /people/:handle
    index('handles_person').on(t.personId), // the viewer's own handle
    index('handles_name_keys')
      .using('gin', sql`search_name_keys(${t.displayName} || ' ' || coalesce(${t.handle}, ''))`)
      .where(sql`${t.handle} is not null`), // people by name
  ],
)

/**
 * Account data that no vendor reads. An address is a claim until confirmed_at is set: many may claim one, one person has it, so that
 * signing up says nothing about who is here and nobody can keep an address from its owner.
 */
export const accountEmails = pgTable(
  'account_emails',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    address: text('address').notNull(),
    addressNorm: text('address_norm').notNull(),
    confirmedAt: at('confirmed_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('account_emails_confirmed')
      .on(t.addressNorm)
      .where(sql`${t.confirmedAt} is not null`),
    index('account_emails_norm').on(t.addressNorm), // signing in, asking for a reset
    uniqueIndex('account_emails_person').on(t.personId),
  ],
)

export const passwords = pgTable('passwords', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id),
  hash: text('hash').notNull(),
  changedAt: at('changed_at').notNull().defaultNow(),
})

/** id is the SHA-256 of what the cookie carries: a copy of this table signs nobody in. */
export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    expiresAt: at('expires_at').notNull(),
    createdAt: createdAt(),
    seenAt: at('seen_at').notNull().defaultNow(),
    /** When the person last showed who they are: by signing in, or when asked again. */
    provedAt: at('proved_at').notNull().defaultNow(),
    device: text('device').notNull().default(''),
    /** How the person signed in: a passkey is as good as password and second step. */
    startedBy: text('started_by', { enum: ['password', 'passkey', 'provider'] })
      .notNull()
      .default('password'),
  },
  (t) => [index('sessions_person').on(t.personId), index('sessions_expiry').on(t.expiresAt)],
)

/** An app that makes a code every half minute. The secret is sealed; last_step is the newest half minute whose code was taken. */
export const totpSecrets = pgTable('totp_secrets', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id, { onDelete: 'cascade' }),
  sealedSecret: text('sealed_secret').notNull(),
  lastStep: bigint('last_step', { mode: 'number' }).notNull(),
  createdAt: createdAt(),
})

/** For whoever has lost their phone: hashed, each works once. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    codeHash: text('code_hash').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    usedAt: at('used_at'),
    createdAt: createdAt(),
  },
  (t) => [index('recovery_codes_person').on(t.personId)], // how many are left
)

/** The password was right and the second step is still to come. No session: it opens one page, for ten minutes. */
export const halfSignIns = pgTable(
  'half_sign_ins',
  {
    tokenHash: text('token_hash').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    startedBy: text('started_by', { enum: ['password', 'provider'] })
      .notNull()
      .default('password'),
    expiresAt: at('expires_at').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('half_sign_ins_person').on(t.personId), index('half_sign_ins_expiry').on(t.expiresAt)],
)

/** A change of address: asked for, confirmed at the new one, and for 14 days undone from the old one, which nobody else can take meanwhile. */
export const emailChanges = pgTable(
  'email_changes',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    address: text('address').notNull(),
    addressNorm: text('address_norm').notNull(),
    oldAddress: text('old_address').notNull(),
    oldAddressNorm: text('old_address_norm').notNull(),
    /** False: the old address was only claimed, so nothing is mailed there. */
    oldWasConfirmed: boolean('old_was_confirmed').notNull(),
    confirmedAt: at('confirmed_at'),
    undoneAt: at('undone_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('email_changes_person').on(t.personId), // the address that waits to be confirmed
    index('email_changes_kept')
      .on(t.oldAddressNorm)
      .where(sql`${t.confirmedAt} is not null and ${t.undoneAt} is null`), // who may still come back to an address
  ],
)

/** Browsers that somebody signed in from, by a signed cookie: hashed with the person, so that two accounts of one browser are not tied together. */
export const knownBrowsers = pgTable(
  'known_browsers',
  {
    id: id(),
    browserHash: text('browser_hash').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    seenAt: at('seen_at').notNull().defaultNow(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('known_browsers_hash').on(t.browserHash),
    index('known_browsers_person').on(t.personId),
    index('known_browsers_seen').on(t.seenAt),
  ],
)

/** Whom a person does not want to hear from. Only they read their list (row-level security); whoever is on it is not told. */
export const blocks = pgTable(
  'blocks',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    blockedHandleId: uuid('blocked_handle_id')
      .notNull()
      .references(() => handles.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.blockedHandleId] })],
)

/** Which of the three steps of the welcome somebody took or left out: where they stopped, they go on. */
export const welcomeSteps = pgTable(
  'welcome_steps',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    step: text('step', { enum: ['products', 'mail', 'vendors'] }).notNull(),
    passedAt: at('passed_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.step] })],
)

/** One-use links sent by mail: stored hashed, for one purpose, for a short time. */
export const accountTokens = pgTable(
  'account_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    purpose: text('purpose', { enum: ['confirm-email', 'reset-password', 'change-email', 'undo-email', 'not-me'] }).notNull(),
    /** The change of address or the browser that the link is about. */
    aboutId: uuid('about_id'),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
    createdAt: createdAt(),
  },
  (t) => [index('account_tokens_person').on(t.personId, t.purpose)],
)

/** Where somebody works, dated: job history from the first day. Vendor staff stand in vendor_staff; these are vault data. */
export const organizations = pgTable('organizations', {
  id: id(),
  name: text('name').notNull(),
  domain: text('domain'),
  parentId: uuid('parent_id'),
  createdAt: createdAt(),
})

export const affiliations = pgTable(
  'affiliations',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    title: text('title').notNull().default(''),
    isPrimary: boolean('is_primary').notNull().default(false),
    startedAt: at('started_at').notNull(),
    endedAt: at('ended_at'),
  },
  (t) => [
    index('affiliations_person').on(t.personId),
    uniqueIndex('affiliations_one_primary')
      .on(t.personId)
      .where(sql`${t.isPrimary} and ${t.endedAt} is null`),
  ],
)
