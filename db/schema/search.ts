import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { at, tsvector } from './columns'
import { threads } from './threads'

/** Follows the threads: written by the search reaction, never by those who ask. */
export const searchDocuments = pgTable(
  'search_documents',
  {
    threadId: uuid('thread_id')
      .primaryKey()
      .references(() => threads.id),
    communityId: uuid('community_id').notNull(),
    solved: boolean('solved').notNull().default(false),
    /**
     * Words with a position: title weighs A, tags B, the question C, the answers D. Words of the title once more as `^word`, and what can be
     * filtered by as `=kind:question`, so that the index alone answers both.
     */
    lexemes: tsvector('lexemes').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [index('search_documents_lexemes').using('gin', t.lexemes), index('search_documents_community').on(t.communityId, t.threadId)],
)

/** Every word of a community's questions: what a word typed with an error may have been meant to be, and how rare a word is. */
export const searchWords = pgTable(
  'search_words',
  {
    communityId: uuid('community_id').notNull(),
    /** Collates by bytes, so that words that begin alike stand together. */
    word: text('word').notNull(),
    /** How many threads hold it, and how many titles, when the words were last counted. */
    threads: integer('threads').notNull().default(1),
    titles: integer('titles').notNull().default(0),
    /** The word, and the word without each of its letters: two words that differ by one error have one of these in common. */
    keys: text('keys')
      .array()
      .generatedAlwaysAs(sql`search_keys(word)`),
  },
  (t) => [
    primaryKey({ columns: [t.word, t.communityId] }),
    index('search_words_keys').using('gin', t.keys),
    index('search_words_community').on(t.communityId),
  ],
)
