import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, pgTable, real, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { ACTS, FLAG_REASONS } from '../kinds'
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
    /** The order in which they were made: what stands is what the last one says. */
    nth: bigint('nth', { mode: 'number' }).generatedAlwaysAsIdentity(),
    act: text('act', { enum: ACTS }).notNull(),
    subjectKind: text('subject_kind', { enum: SUBJECT_KINDS }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** Null: the whole portal, or a recommendation. */
    communityId: uuid('community_id').references(() => communities.id),
    /** The vendor that a recommendation is about. */
    vendorId: uuid('vendor_id').references(() => vendors.id),
    /** Whom it concerns; null for authors that were imported. */
    targetHandleId: uuid('target_handle_id').references(() => handles.id),
    /** Null: a check of the portal decided, and no person. */
    decidedBy: uuid('decided_by').references(() => people.id),
    scope: text('scope', { enum: ['community', 'recommendation', 'portal'] }),
    duration: text('duration', { enum: ['until', 'until-changed'] }),
    /** How long it holds; null: until changed. */
    until: at('until'),
    facts: text('facts').notNull(),
    /** Somebody told the moderators, or they found it themselves. */
    source: text('source', { enum: ['notice', 'own-initiative'] }),
    detectedAutomatically: boolean('detected_automatically'),
    decidedAutomatically: boolean('decided_automatically'),
    /** A clause of the portal's rules by its name, `community` for one of the community's own, or `law`; `none` where nothing was broken. */
    rule: text('rule').notNull(),
    /** Which law, or which rule of the community. */
    clause: text('clause').notNull().default(''),
    /** Why what was found goes against that. */
    why: text('why').notNull().default(''),
    /** Redress: until when it can be appealed. */
    appealUntil: at('appeal_until'),
    decidedAt: at('decided_at').notNull().defaultNow(),
  },
  (t) => [
    // Article 17 of the Digital Services Act, field by field. Seven acts restrict nobody; every other does, also one that is added later.
    check(
      'decisions_state_their_reasons',
      sql`${t.act} in ('restore', 'unlock', 'unwarn', 'unsilence', 'unsuspend', 'keep', 'trust-reporter') or coalesce(
        ${t.scope} = case when ${t.subjectKind} = 'recommendation' then 'recommendation' when ${t.communityId} is null then 'portal' else 'community' end
        and ${t.duration} = case when ${t.until} is null then 'until-changed' else 'until' end
        and ${t.facts} ~ '\\S' and ${t.source} is not null
        and ${t.detectedAutomatically} is not null and ${t.decidedAutomatically} = (${t.decidedBy} is null)
        and ${t.rule} <> 'none' and (${t.rule} not in ('law', 'community') or ${t.clause} ~ '\\S') and ${t.why} ~ '\\S'
        and ${t.appealUntil} at time zone 'UTC' >= ${t.decidedAt} at time zone 'UTC' + interval '6 months', false)`,
    ),
    // What was left as it is can be contested by whoever flagged it.
    check(
      'decisions_to_keep_can_be_contested',
      sql`${t.act} <> 'keep' or coalesce(${t.appealUntil} at time zone 'UTC' >= ${t.decidedAt} at time zone 'UTC' + interval '6 months', false)`,
    ),
    check('decisions_are_made_by_somebody', sql`${t.decidedBy} is not null or coalesce(${t.decidedAutomatically}, false)`),
    index('decisions_subject').on(t.subjectKind, t.subjectId, t.nth.desc()), // what stands, and what was decided before
    index('decisions_log').on(t.decidedAt.desc(), t.id.desc()), // the public log
    index('decisions_community').on(t.communityId, t.decidedAt.desc()),
    index('decisions_by_check')
      .on(t.decidedAt)
      .where(sql`decided_by is null`), // what may have been mended since
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
    /** Null: a report without an account. */
    flaggedBy: uuid('flagged_by').references(() => handles.id),
    reason: text('reason', { enum: FLAG_REASONS }).notNull(),
    /** What it counted for when it was raised: who flags, how often they were right, and what for. */
    weight: real('weight').notNull().default(1),
    /** Who flags serves a vendor that has a stake: the one it is about, or a rival. */
    stake: text('stake', { enum: ['subject', 'rival'] }),
    note: text('note').notNull().default(''),
    state: text('state', { enum: ['open', 'upheld', 'declined'] })
      .notNull()
      .default('open'),
    settledByDecisionId: uuid('settled_by_decision_id').references(() => decisions.id),
    /** Of the first decision that settled it the reporter heard; of later ones not again. */
    thankedForDecisionId: uuid('thanked_for_decision_id').references(() => decisions.id),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('flags_once').on(t.subjectKind, t.subjectId, t.flaggedBy),
    check(
      'flags_weigh_so_much',
      sql`${t.weight} between 0 and 40 and (${t.stake} is distinct from 'rival' or ${t.weight} = 0) and (${t.stake} is distinct from 'subject' or ${t.weight} <= 1)`,
    ),
    check('flags_without_account_weigh_little', sql`${t.flaggedBy} is not null or (${t.weight} <= 0.5 and ${t.stake} is null)`),
    index('flags_decided')
      .on(t.createdAt, t.flaggedBy, t.state)
      .where(sql`state <> 'open' and flagged_by is not null`), // whose flags are often refused
    index('flags_judged').on(t.flaggedBy, t.state), // how often somebody was right
    index('flags_settled').on(t.settledByDecisionId), // what is open again when a decision is taken back
    index('flags_thanked').on(t.thankedForDecisionId), // who is thanked for a decision
    index('flags_vendor').on(t.state, t.subjectKind, t.createdAt), // what the front page counts
  ],
)

/** What somebody without an account reports. A flag from the moment that its address is confirmed; the address is for the portal's mails alone. */
export const reports = pgTable(
  'reports',
  {
    id: id(),
    number: bigint('number', { mode: 'number' }).generatedAlwaysAsIdentity(),
    subjectKind: text('subject_kind', { enum: SUBJECT_KINDS }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    reason: text('reason', { enum: FLAG_REASONS }).notNull(),
    note: text('note').notNull(),
    /** Null once it is forgotten. */
    email: text('email'),
    confirmedAt: at('confirmed_at'),
    flagId: uuid('flag_id').references(() => flags.id),
    /** When a mail said what was decided. */
    toldAt: at('told_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('reports_number').on(t.number),
    uniqueIndex('reports_once')
      .on(t.subjectKind, t.subjectId, t.email)
      .where(sql`confirmed_at is not null`),
    uniqueIndex('reports_flag').on(t.flagId), // whose flag was settled
    index('reports_unconfirmed')
      .on(t.createdAt)
      .where(sql`confirmed_at is null`), // what nobody confirmed in time
    index('reports_told')
      .on(t.toldAt)
      .where(sql`email is not null`), // whose address is kept no longer
    check('reports_confirmed_are_flags', sql`(${t.confirmedAt} is null) = (${t.flagId} is null)`),
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

/** Who reads and votes, and does not write, until then. communityId null: the whole portal. */
export const silences = pgTable(
  'silences',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    communityId: uuid('community_id').references(() => communities.id),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decisions.id),
    /** It ends by itself: nothing has to run. */
    until: at('until').notNull(),
    liftedByDecisionId: uuid('lifted_by_decision_id').references(() => decisions.id),
    createdAt: createdAt(),
  },
  (t) => [index('silences_person').on(t.personId)], // asked of whoever sends a request
)

/** Whose flags weigh nothing until then: they may still flag, and what they flag is read last. In the whole portal. */
export const discountedReporters = pgTable(
  'discounted_reporters',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decisions.id),
    /** It ends by itself: nothing has to run. */
    until: at('until').notNull(),
    liftedByDecisionId: uuid('lifted_by_decision_id').references(() => decisions.id),
    createdAt: createdAt(),
  },
  (t) => [
    index('discounted_reporters_person').on(t.personId), // asked when somebody flags
    check('discounted_reporters_are_for_a_time', sql`${t.until} <= ${t.createdAt} + interval '91 days'`),
  ],
)

/** Decisions, appeals, their outcomes and refused attempts, each sealed with the hash of the one before. Written by the database alone. */
export const moderationChain = pgTable(
  'moderation_chain',
  {
    nth: bigint('nth', { mode: 'number' }).primaryKey(),
    kind: text('kind', { enum: ['decision', 'appeal', 'outcome', 'refusal'] }).notNull(),
    rowId: uuid('row_id').notNull(),
    content: text('content').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
    linkedAt: at('linked_at').notNull(),
  },
  (t) => [uniqueIndex('moderation_chain_row').on(t.rowId, t.kind)],
)
