import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { communities } from './communities'
import { vendors } from './vendors'

export const SUBJECT_KINDS = ['thread', 'post', 'recommendation', 'person'] as const

/** Every act of moderation is one row with its statement of reasons. Rows are never changed: a restoration is a new row. */
export const decisions = pgTable(
  'decisions',
  {
    id: id(),
    act: text('act', { enum: ['hide', 'restore', 'lock', 'unlock', 'suspend', 'unsuspend', 'keep'] }).notNull(),
    subjectKind: text('subject_kind', { enum: SUBJECT_KINDS }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** Null: the whole portal, or a recommendation. */
    communityId: uuid('community_id').references(() => communities.id),
    /** The vendor that a recommendation is about. */
    vendorId: uuid('vendor_id').references(() => vendors.id),
    /** Whom it concerns; null for authors that were imported. */
    targetHandleId: uuid('target_handle_id').references(() => handles.id),
    decidedBy: uuid('decided_by')
      .notNull()
      .references(() => people.id),
    rule: text('rule').notNull(),
    facts: text('facts').notNull(),
    /** How long it holds; null: until changed. */
    until: at('until'),
    decidedAt: at('decided_at').notNull().defaultNow(),
  },
  (t) => [
    index('decisions_subject').on(t.subjectKind, t.subjectId, t.decidedAt.desc()),
    index('decisions_log').on(t.decidedAt.desc(), t.id.desc()), // the public log
    index('decisions_community').on(t.communityId, t.decidedAt.desc()),
    index('decisions_target').on(t.targetHandleId, t.decidedAt.desc()), // the author's own statements
  ],
)

export const flags = pgTable(
  'flags',
  {
    id: id(),
    subjectKind: text('subject_kind', { enum: SUBJECT_KINDS }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    communityId: uuid('community_id').references(() => communities.id),
    vendorId: uuid('vendor_id').references(() => vendors.id),
    flaggedBy: uuid('flagged_by')
      .notNull()
      .references(() => handles.id),
    reason: text('reason', { enum: ['spam', 'abuse', 'false', 'private', 'off-topic', 'other'] }).notNull(),
    note: text('note').notNull().default(''),
    state: text('state', { enum: ['open', 'upheld', 'declined'] })
      .notNull()
      .default('open'),
    settledByDecisionId: uuid('settled_by_decision_id').references(() => decisions.id),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('flags_once').on(t.subjectKind, t.subjectId, t.flaggedBy),
    index('flags_queue').on(t.communityId, t.state, t.createdAt), // a community's queue
    index('flags_vendor').on(t.state, t.subjectKind, t.createdAt), // the portal's queue of recommendations
  ],
)

/** Live while not lifted and until is ahead. communityId null: the whole portal. */
export const suspensions = pgTable(
  'suspensions',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    communityId: uuid('community_id').references(() => communities.id),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decisions.id),
    until: at('until'),
    liftedByDecisionId: uuid('lifted_by_decision_id').references(() => decisions.id),
    createdAt: createdAt(),
  },
  (t) => [index('suspensions_person').on(t.personId)],
)
