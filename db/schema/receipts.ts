import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { CONSENT_STATES } from '../kinds'
import { at, createdAt } from './columns'
import { grants } from './vault'

/** What became of a consent, each state once and never changed: a withdrawal is added to what was given, and takes nothing out of it. */
export const consentEvents = pgTable(
  'consent_events',
  {
    grantId: uuid('grant_id')
      .notNull()
      .references(() => grants.id),
    state: text('state', { enum: CONSENT_STATES }).notNull(),
    /** The fields it is about, where it is not about all of them. */
    keys: text('keys').array(),
    by: text('by', { enum: ['person', 'vendor', 'portal'] }).notNull(),
    at: at('at').notNull(),
    validUntil: at('valid_until'),
  },
  (t) => [
    primaryKey({ columns: [t.grantId, t.state] }),
    check('consent_events_state', sql`${t.state} in (${sql.raw(CONSENT_STATES.map((state) => `'${state}'`).join(', '))})`),
  ],
)

/** The signed receipt, as a file: one for the person and one for the vendor, byte by byte the same. A new version where something was added. */
export const receiptCopies = pgTable(
  'receipt_copies',
  {
    grantId: uuid('grant_id')
      .notNull()
      .references(() => grants.id),
    version: integer('version').notNull(),
    side: text('side', { enum: ['person', 'vendor'] }).notNull(),
    file: text('file').notNull(),
    sha256: text('sha256').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.grantId, t.version, t.side] }),
    index('receipt_copies_newest').on(t.createdAt.desc()), // what was written last
  ],
)
