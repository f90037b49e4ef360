import { sql } from 'drizzle-orm'
import { index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { communities } from './communities'
import { posts } from './threads'

/** “This was me”: somebody says that they are an imported author. Who was recognised is public; the rest they and the moderators read (row-level security). */
export const authorshipRequests = pgTable(
  'authorship_requests',
  {
    id: id(),
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    /** The imported author. */
    importedId: uuid('imported_id')
      .notNull()
      .references(() => handles.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => people.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    /** The address that came with the import, or words for the moderators. */
    proof: text('proof', { enum: ['address', 'words'] }).notNull(),
    state: text('state', { enum: ['waiting', 'accepted', 'refused', 'withdrawn', 'undone'] })
      .notNull()
      .default('waiting'),
    /** What the person is told, where it was refused or undone. */
    reason: text('reason').notNull().default(''),
    decidedBy: uuid('decided_by').references(() => handles.id),
    decidedAt: at('decided_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('authorship_requests_author')
      .on(t.importedId)
      .where(sql`${t.state} = 'accepted'`),
    uniqueIndex('authorship_requests_asked')
      .on(t.importedId, t.personId)
      .where(sql`${t.state} = 'waiting'`),
    index('authorship_requests_waiting')
      .on(t.communityId, t.createdAt)
      .where(sql`${t.state} = 'waiting'`), // what moderators decide
    index('authorship_requests_decided')
      .on(t.communityId, t.decidedAt.desc())
      .where(sql`${t.state} in ('accepted', 'refused')`), // what was decided lately
    index('authorship_requests_person').on(t.importedId, t.personId, t.createdAt.desc()), // how one’s own stands
  ],
)

/** How somebody can show that it was them, for the moderators of the room alone (row-level security). */
export const authorshipWords = pgTable('authorship_words', {
  requestId: uuid('request_id')
    .primaryKey()
    .references(() => authorshipRequests.id),
  words: text('words').notNull(),
})

/** The posts that went over to somebody with a request: what is given back when it is undone. */
export const creditedPosts = pgTable(
  'credited_posts',
  {
    requestId: uuid('request_id')
      .notNull()
      .references(() => authorshipRequests.id),
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.postId] })],
)

/** Where an import brought the address of an author: only a keyed hash of it, to compare with a confirmed one. */
export const importedAddresses = pgTable('imported_addresses', {
  importedId: uuid('imported_id')
    .primaryKey()
    .references(() => handles.id, { onDelete: 'cascade' }),
  addressMac: text('address_mac').notNull(),
})
