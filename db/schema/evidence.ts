import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles, people } from './accounts'
import { at, id } from './columns'
import { recommendations } from './recommendations'
import { vendors } from './vendors'

/**
 * The author of a recommendation shows by a file that they use the product, to moderators without ties alone. The file goes when it is decided; what
 * was seen, and by which rule, stays.
 */
export const shownEvidence = pgTable(
  'shown_evidence',
  {
    id: id(),
    recommendationId: uuid('recommendation_id')
      .notNull()
      .references(() => recommendations.id),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    level: text('level', { enum: ['document', 'screenshot'] }).notNull(),
    words: text('words').notNull().default(''),
    /** Counts how often it was put better while it waited. */
    version: integer('version').notNull().default(1),
    shownAt: at('shown_at').notNull(),
    outcome: text('outcome', { enum: ['accepted', 'declined', 'withdrawn', 'expired'] }),
    rule: text('rule'),
    seen: text('seen'),
    decidedBy: uuid('decided_by').references(() => people.id),
    endedAt: at('ended_at'),
  },
  (t) => [
    uniqueIndex('shown_evidence_once')
      .on(t.recommendationId)
      .where(sql`${t.outcome} is null`), // one at a time
    index('shown_evidence_of').on(t.recommendationId, t.shownAt), // what was shown for one recommendation
    index('shown_evidence_waiting')
      .on(t.shownAt, t.id)
      .where(sql`${t.outcome} is null`), // the queue, and what has waited too long
    check('shown_evidence_levels', sql`${t.level} in ('document', 'screenshot')`),
    check('shown_evidence_ended', sql`(${t.outcome} is null) = (${t.endedAt} is null)`),
    check(
      'shown_evidence_stated',
      sql`(coalesce(${t.outcome}, '') in ('accepted', 'declined')) = (${t.decidedBy} is not null) and (${t.decidedBy} is not null) = (length(coalesce(${t.seen}, '')) >= 10) and (${t.decidedBy} is not null) = (${t.rule} is not null)`,
    ),
    check(
      'shown_evidence_rules',
      sql`case ${t.outcome} when 'accepted' then ${t.rule} = 'shows-use' when 'declined' then ${t.rule} in ('unreadable', 'other-product', 'not-theirs', 'altered', 'shows-nothing') else true end`,
    ),
  ],
)
