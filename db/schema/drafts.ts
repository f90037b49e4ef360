import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts'
import { at, createdAt, id } from './columns'

/** What is written that is not yet sent: each is a form of its own. */
export const DRAFT_KINDS = [
  'ask',
  'idea',
  'answer',
  'comment',
  'edit',
  'suggestion',
  'recommendation',
  'recommendation-edit',
  'case',
  'case-message',
  'case-answer',
  'case-note',
  'appeal',
] as const

/** What somebody is writing. Two texts for one place are two rows, until their writer chooses. */
export const drafts = pgTable(
  'drafts',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    kind: text('kind', { enum: DRAFT_KINDS }).notNull(),
    /** The room, thread, post, vendor or recommendation it is written for; that one may be gone, the draft stays. */
    subjectId: uuid('subject_id').notNull(),
    fields: jsonb('fields').$type<Record<string, string>>().notNull(),
    version: integer('version').notNull().default(1),
    savedAt: at('saved_at').notNull(),
    discardedAt: at('discarded_at'),
    keptUntil: at('kept_until').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('drafts_place').on(t.personId, t.kind, t.subjectId), // the form that it continues in
    index('drafts_newest').on(t.personId, t.savedAt.desc()), // my drafts
    index('drafts_kept_until').on(t.keptUntil), // those to forget
  ],
)
