import { sql } from 'drizzle-orm'
import { boolean, check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts'
import { createdAt, id } from './columns'
import { posts } from './threads'

/** A file: its uploader's alone until the post it was uploaded for is posted, then part of that post. */
export const attachments = pgTable(
  'attachments',
  {
    id: id(),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** The form it was uploaded in. */
    kind: text('kind', { enum: ['ask', 'idea', 'answer', 'edit', 'evidence'] }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** Null: not posted yet. */
    postId: uuid('post_id').references(() => posts.id, { onDelete: 'cascade' }),
    /** Where it is kept; the smaller picture under the same key with -small. */
    storageKey: text('storage_key').notNull().unique(),
    name: text('name').notNull(),
    bytes: integer('bytes').notNull(),
    /** What a picture shows, in words, for those who do not see it. */
    description: text('description').notNull().default(''),
    /** Of pictures alone. */
    width: integer('width'),
    height: integer('height'),
    small: boolean('small').notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    index('attachments_place')
      .on(t.personId, t.kind, t.subjectId)
      .where(sql`${t.postId} is null`), // the form that they wait in
    index('attachments_post')
      .on(t.postId)
      .where(sql`${t.postId} is not null`), // the files of a post
    index('attachments_unused')
      .on(t.createdAt)
      .where(sql`${t.postId} is null`), // those to sweep
    check('attachments_described', sql`char_length(${t.description}) <= 300`),
    check('attachments_picture', sql`(${t.width} is null) = (${t.height} is null)`),
  ],
)

/** Files whose row is gone and that are still to be removed from where they are kept; written by a trigger, whatever removed the row. */
export const leftoverFiles = pgTable('leftover_files', {
  storageKey: text('storage_key').primaryKey(),
  createdAt: createdAt(),
})
