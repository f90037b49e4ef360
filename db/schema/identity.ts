import { sql } from 'drizzle-orm'
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
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { BASES } from '../kinds'
import { people } from './accounts'
import { at, createdAt, id } from './columns'
import { createdBy, vendorId } from './of-vendor'

// What one vendor knows by itself. Every row carries its vendor, every reference stays within it, and row-level security shows
// it to that vendor's staff and, once linked, to the person it is about.

/** From whom a value is, strongest first: what decides when two records become one. */
export const SOURCES = ['self', 'verified', 'staff', 'import', 'enriched', 'inferred'] as const
export type Source = (typeof SOURCES)[number]
/** Of each field that holds something: who said it, and when. */
export type Provenance = Record<string, { from: Source; at: string }>

/** A company as one vendor knows it. The legal suffix is split off and kept: “Ltd” and “GmbH” of one name are two companies. */
export const vendorOrganizations = pgTable(
  'vendor_organizations',
  {
    id: id(),
    vendorId: vendorId(),
    name: text('name').notNull(),
    legalSuffix: text('legal_suffix').notNull().default(''),
    /** Folded, without the suffix. */
    nameNorm: text('name_norm').notNull(),
    city: text('city').notNull().default(''),
    country: text('country').notNull().default(''),
    provenance: jsonb('provenance').$type<Provenance>().notNull().default({}),
    mergedInto: uuid('merged_into'),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('vendor_organizations_of_vendor').on(t.vendorId, t.id),
    foreignKey({ columns: [t.vendorId, t.mergedInto], foreignColumns: [t.vendorId, t.id], name: 'vendor_organizations_merged_into' }),
    check('vendor_organizations_not_into_itself', sql`${t.mergedInto} <> ${t.id}`),
    check('vendor_organizations_named', sql`${t.name} <> '' and ${t.nameNorm} <> '' and ${t.country} ~ '^([A-Z]{2})?$'`),
    index('vendor_organizations_name').on(t.vendorId, t.nameNorm), // finding one, and warning of another of its name
    index('vendor_organizations_merged')
      .on(t.mergedInto)
      .where(sql`${t.mergedInto} is not null`), // what stands behind a record
  ],
)

export const HOLDINGS = ['owns', 'division', 'franchise'] as const

/** Which company belongs to which, from when until when. No overlap and no ring: see the migration. */
export const organizationEdges = pgTable(
  'organization_edges',
  {
    id: id(),
    vendorId: vendorId(),
    parentId: uuid('parent_id').notNull(),
    childId: uuid('child_id').notNull(),
    kind: text('kind', { enum: HOLDINGS }).notNull(),
    startedOn: date('started_on', { mode: 'string' }).notNull(),
    endedOn: date('ended_on', { mode: 'string' }),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({
      columns: [t.vendorId, t.parentId],
      foreignColumns: [vendorOrganizations.vendorId, vendorOrganizations.id],
      name: 'organization_edges_parent',
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.vendorId, t.childId],
      foreignColumns: [vendorOrganizations.vendorId, vendorOrganizations.id],
      name: 'organization_edges_child',
    }).onDelete('cascade'),
    check('organization_edges_forward', sql`${t.endedOn} >= ${t.startedOn}`),
    check('organization_edges_known', sql`${t.kind} in ('owns', 'division', 'franchise')`),
    index('organization_edges_below').on(t.parentId, t.endedOn),
    index('organization_edges_above').on(t.childId, t.endedOn),
  ],
)

/** Who stands under whom today, at any depth. Written by the trigger on the edges alone. */
export const organizationClosure = pgTable(
  'organization_closure',
  {
    vendorId: vendorId(),
    ancestorId: uuid('ancestor_id').notNull(),
    descendantId: uuid('descendant_id').notNull(),
    depth: integer('depth').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.ancestorId, t.descendantId] }),
    foreignKey({
      columns: [t.vendorId, t.ancestorId],
      foreignColumns: [vendorOrganizations.vendorId, vendorOrganizations.id],
      name: 'organization_closure_ancestor',
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.vendorId, t.descendantId],
      foreignColumns: [vendorOrganizations.vendorId, vendorOrganizations.id],
      name: 'organization_closure_descendant',
    }).onDelete('cascade'),
    check('organization_closure_deep', sql`${t.depth} between 1 and 20`),
    index('organization_closure_up').on(t.descendantId),
  ],
)

export const URGENCIES = ['none', 'this-year', 'this-quarter', 'now'] as const

/** What a vendor has to do with a company. Somebody always owns it. */
export const accounts = pgTable(
  'accounts',
  {
    id: id(),
    vendorId: vendorId(),
    organizationId: uuid('organization_id').notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => people.id),
    segment: text('segment').notNull().default(''),
    useCase: text('use_case').notNull().default(''),
    urgency: text('urgency', { enum: URGENCIES }).notNull().default('none'),
    constraints: text('constraints').notNull().default(''),
    lastAt: at('last_at').notNull().defaultNow(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('accounts_of_vendor').on(t.vendorId, t.id),
    unique('accounts_of_organization').on(t.vendorId, t.organizationId),
    foreignKey({
      columns: [t.vendorId, t.organizationId],
      foreignColumns: [vendorOrganizations.vendorId, vendorOrganizations.id],
      name: 'accounts_organization',
    }).onDelete('cascade'),
    check('accounts_urgency', sql`${t.urgency} in ('none', 'this-year', 'this-quarter', 'now')`),
    index('accounts_recent').on(t.vendorId, t.lastAt.desc(), t.id.desc()), // the staff's list, by last touch
  ],
)

export const CAME_FROM = ['event', 'form', 'referral', 'message', 'import', 'purchase', 'other'] as const

/** Somebody whom a vendor knows and who may have no sign-in. Where it comes from and why it may be kept are part of it. */
export const contacts = pgTable(
  'contacts',
  {
    id: id(),
    vendorId: vendorId(),
    name: text('name').notNull(),
    familyName: text('family_name').notNull().default(''),
    nameNorm: text('name_norm').notNull(),
    city: text('city').notNull().default(''),
    country: text('country').notNull().default(''),
    cameFrom: text('came_from', { enum: CAME_FROM }).notNull(),
    cameFromWords: text('came_from_words').notNull().default(''),
    basis: text('basis', { enum: BASES }).notNull(),
    /** By then the person is asked, or the contact is deleted. Only a contract goes without. */
    askBy: date('ask_by', { mode: 'string' }),
    provenance: jsonb('provenance').$type<Provenance>().notNull().default({}),
    mergedInto: uuid('merged_into'),
    lastAt: at('last_at').notNull().defaultNow(),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('contacts_of_vendor').on(t.vendorId, t.id),
    foreignKey({ columns: [t.vendorId, t.mergedInto], foreignColumns: [t.vendorId, t.id], name: 'contacts_merged_into' }),
    check('contacts_not_into_itself', sql`${t.mergedInto} <> ${t.id}`),
    check('contacts_named', sql`${t.name} <> '' and ${t.nameNorm} <> '' and ${t.country} ~ '^([A-Z]{2})?$'`),
    check('contacts_came_from', sql`${t.cameFrom} in ('event', 'form', 'referral', 'message', 'import', 'purchase', 'other')`),
    check(
      'contacts_basis',
      sql`${t.basis} in ('consent', 'contract', 'legitimate-interest', 'legal-obligation', 'vital-interest', 'public-task')`,
    ),
    check('contacts_asked_or_deleted', sql`${t.basis} = 'contract' or ${t.askBy} is not null`),
    index('contacts_recent').on(t.vendorId, t.lastAt.desc(), t.id.desc()), // the staff's list
    index('contacts_name').on(t.vendorId, t.nameNorm), // finding one
    index('contacts_due')
      .on(t.askBy)
      .where(sql`${t.askBy} is not null`), // who has to be asked by now
    index('contacts_merged')
      .on(t.mergedInto)
      .where(sql`${t.mergedInto} is not null`), // what stands behind a record
  ],
)

/** Mailboxes that several people answer: they never say who somebody is. */
export const ROLE_MAILBOXES = [
  ...[
    'abuse',
    'accounting',
    'accounts',
    'admin',
    'administration',
    'billing',
    'bookings',
    'buero',
    'careers',
    'commercial',
    'compras',
    'contact',
  ],
  ...[
    'contacto',
    'customerservice',
    'einkauf',
    'enquiries',
    'finance',
    'hello',
    'help',
    'helpdesk',
    'hostmaster',
    'hr',
    'info',
    'inquiries',
  ],
  ...[
    'invoices',
    'it',
    'jobs',
    'kontakt',
    'legal',
    'mail',
    'marketing',
    'media',
    'no-reply',
    'noreply',
    'office',
    'orders',
    'post',
    'postmaster',
  ],
  ...[
    'press',
    'privacy',
    'procurement',
    'purchasing',
    'reception',
    'sales',
    'secretary',
    'security',
    'service',
    'services',
    'support',
    'team',
  ],
  ...['ventas', 'verkauf', 'verwaltung', 'vertrieb', 'webmaster'],
] as const

export const KEY_KINDS = ['email', 'phone', 'domain', 'external'] as const

/** By what a record is known again. What several people answer (info@) is kept, and identifies nobody. */
export const identityKeys = pgTable(
  'identity_keys',
  {
    id: id(),
    vendorId: vendorId(),
    contactId: uuid('contact_id'),
    organizationId: uuid('organization_id'),
    kind: text('kind', { enum: KEY_KINDS }).notNull(),
    valueNorm: text('value_norm').notNull(),
    valueRaw: text('value_raw').notNull(),
    identifies: boolean('identifies').notNull(),
    source: text('source', { enum: SOURCES }).notNull(),
    verifiedAt: at('verified_at'),
    optOutAt: at('opt_out_at'),
    invalidAt: at('invalid_at'),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({
      columns: [t.vendorId, t.contactId],
      foreignColumns: [contacts.vendorId, contacts.id],
      name: 'identity_keys_contact',
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.vendorId, t.organizationId],
      foreignColumns: [vendorOrganizations.vendorId, vendorOrganizations.id],
      name: 'identity_keys_organization',
    }).onDelete('cascade'),
    check('identity_keys_one_owner', sql`num_nonnulls(${t.contactId}, ${t.organizationId}) = 1`),
    check(
      'identity_keys_owner_fits',
      sql`case ${t.kind} when 'domain' then ${t.organizationId} is not null when 'external' then true else ${t.contactId} is not null end`,
    ),
    check('identity_keys_known', sql`${t.kind} in ('email', 'phone', 'domain', 'external') and ${t.valueNorm} <> ''`),
    check(
      'identity_keys_of_one_person',
      sql`not (${t.identifies} and (${t.kind} = 'phone' or (${t.kind} = 'email' and split_part(split_part(${t.valueNorm}, '@', 1), '+', 1) = any (${sql.raw(`array['${ROLE_MAILBOXES.join("', '")}']`)}))))`,
    ),
    uniqueIndex('identity_keys_one_record')
      .on(t.vendorId, t.kind, t.valueNorm)
      .where(sql`${t.identifies}`), // whose it is
    index('identity_keys_value').on(t.vendorId, t.kind, t.valueNorm), // finding a record by it
    index('identity_keys_mailbox')
      .on(t.valueNorm)
      .where(sql`${t.kind} = 'email' and ${t.identifies}`), // what is kept about somebody, wherever it is
    uniqueIndex('identity_keys_of_contact').on(t.contactId, t.kind, t.valueNorm),
    uniqueIndex('identity_keys_of_organization').on(t.organizationId, t.kind, t.valueNorm),
  ],
)

/** Who works where, dated: job history from the first day. No overlap at one organisation: see the migration. */
export const vendorAffiliations = pgTable(
  'vendor_affiliations',
  {
    id: id(),
    vendorId: vendorId(),
    contactId: uuid('contact_id').notNull(),
    organizationId: uuid('organization_id').notNull(),
    title: text('title').notNull().default(''),
    department: text('department').notNull().default(''),
    isPrimary: boolean('is_primary').notNull().default(false),
    startedOn: date('started_on', { mode: 'string' }).notNull(),
    endedOn: date('ended_on', { mode: 'string' }),
    source: text('source', { enum: SOURCES }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({
      columns: [t.vendorId, t.contactId],
      foreignColumns: [contacts.vendorId, contacts.id],
      name: 'vendor_affiliations_contact',
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.vendorId, t.organizationId],
      foreignColumns: [vendorOrganizations.vendorId, vendorOrganizations.id],
      name: 'vendor_affiliations_organization',
    }).onDelete('cascade'),
    check('vendor_affiliations_forward', sql`${t.endedOn} >= ${t.startedOn}`),
    uniqueIndex('vendor_affiliations_one_primary')
      .on(t.contactId)
      .where(sql`${t.isPrimary} and ${t.endedOn} is null`),
    index('vendor_affiliations_of').on(t.contactId, t.startedOn.desc()),
    index('vendor_affiliations_people').on(t.organizationId, t.endedOn), // the people of an account
  ],
)

export const BUYING_ROLES = ['champion', 'economic-buyer', 'user', 'legal', 'security', 'influencer', 'blocker'] as const

/** Which part somebody has in what an account decides. */
export const buyingRoles = pgTable(
  'buying_roles',
  {
    id: id(),
    vendorId: vendorId(),
    accountId: uuid('account_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    role: text('role', { enum: BUYING_ROLES }).notNull(),
    startedOn: date('started_on', { mode: 'string' }).notNull(),
    endedOn: date('ended_on', { mode: 'string' }),
    createdBy: createdBy(),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({
      columns: [t.vendorId, t.accountId],
      foreignColumns: [accounts.vendorId, accounts.id],
      name: 'buying_roles_account',
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.vendorId, t.contactId],
      foreignColumns: [contacts.vendorId, contacts.id],
      name: 'buying_roles_contact',
    }).onDelete('cascade'),
    check('buying_roles_forward', sql`${t.endedOn} >= ${t.startedOn}`),
    check('buying_roles_known', sql`${t.role} in ('champion', 'economic-buyer', 'user', 'legal', 'security', 'influencer', 'blocker')`),
    uniqueIndex('buying_roles_held')
      .on(t.accountId, t.contactId, t.role)
      .where(sql`${t.endedOn} is null`),
    index('buying_roles_of').on(t.contactId),
  ],
)

export const CHANNELS = ['email', 'phone', 'post'] as const

/** What the person said to being written to or called, by channel. */
export const contactConsents = pgTable(
  'contact_consents',
  {
    vendorId: vendorId(),
    contactId: uuid('contact_id').notNull(),
    channel: text('channel', { enum: CHANNELS }).notNull(),
    allowed: boolean('allowed').notNull(),
    source: text('source', { enum: SOURCES }).notNull(),
    saidOn: date('said_on', { mode: 'string' }).notNull(),
    keptAt: at('kept_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.contactId, t.channel] }),
    foreignKey({
      columns: [t.vendorId, t.contactId],
      foreignColumns: [contacts.vendorId, contacts.id],
      name: 'contact_consents_contact',
    }).onDelete('cascade'),
    check('contact_consents_channel', sql`${t.channel} in ('email', 'phone', 'post')`),
  ],
)
