import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles } from './accounts'
import { at, createdAt, id } from './columns'
import { communities } from './communities'
import { decisions } from './moderation'
import { products, vendors } from './vendors'

export const threads = pgTable(
  'threads',
  {
    id: id(),
    /** What the address shows: /c/tern-mail/1042/how-to. */
    number: bigint('number', { mode: 'number' }).generatedAlwaysAsIdentity().notNull().unique(),
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    kind: text('kind', { enum: ['question', 'idea', 'discussion', 'announcement'] }).notNull(),
    title: text('title').notNull(),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    productId: uuid('product_id').references(() => products.id),
    answerCount: integer('answer_count').notNull().default(0),
    score: integer('score').notNull().default(0),
    followerCount: integer('follower_count').notNull().default(0),
    /** The accepted answer, if any; who and when stand in answer_acceptances. */
    acceptedPostId: uuid('accepted_post_id'),
    /** The asker's last word after the question, if any: a comment, an answer, an acceptance given or taken back. */
    askerSaidAt: at('asker_said_at'),
    /** Since when it waits for the asker: the first answer, or word from the vendor, after what the asker said last. */
    answeredAt: at('answered_at'),
    /** How many reminders the asker had of these answers; three when there are to be no more. */
    reminders: smallint('reminders').notNull().default(0),
    /** When the asker took back what somebody else had marked: nobody marks again. */
    markingReversedAt: at('marking_reversed_at'),
    /** Merged into this thread; and where all of it stands in the end, when that one was merged as well. */
    mergedIntoId: uuid('merged_into_id'),
    standsInId: uuid('stands_in_id'),
    lockedByDecisionId: uuid('locked_by_decision_id').references(() => decisions.id),
    /** Locked where it came from. */
    importedLocked: boolean('imported_locked').notNull().default(false),
    hiddenByDecisionId: uuid('hidden_by_decision_id').references(() => decisions.id),
    source: text('source'),
    sourceUrl: text('source_url'),
    licence: text('licence'),
    sourceMeta: jsonb('source_meta').$type<Record<string, unknown>>(),
    createdAt: createdAt(),
    activeAt: at('active_at').notNull().defaultNow(),
  },
  (t) => [
    index('threads_new').on(t.communityId, t.createdAt.desc(), t.id.desc()), // community page, new
    index('threads_active').on(t.communityId, t.activeAt.desc(), t.id.desc()), // community page, active
    index('threads_top').on(t.communityId, t.score.desc(), t.id.desc()), // community page, top
    index('threads_ideas_new')
      .on(t.communityId, t.createdAt.desc(), t.id.desc())
      .where(sql`${t.kind} = 'idea'`), // ideas of a community, newest; its contributors
    index('threads_ideas_top')
      .on(t.communityId, t.score.desc(), t.id.desc())
      .where(sql`${t.kind} = 'idea'`), // ideas of a community, most voted
    index('threads_unanswered')
      .on(t.communityId, t.createdAt.desc(), t.id.desc())
      .where(sql`${t.answerCount} = 0`), // community page, unanswered
    index('threads_merged_into')
      .on(t.mergedIntoId)
      .where(sql`${t.mergedIntoId} is not null`), // what was merged into a thread
    index('threads_stand_in')
      .on(t.standsInId)
      .where(sql`${t.standsInId} is not null`), // what stands in a thread
    index('threads_to_remind')
      .on(t.answeredAt)
      .where(sql`${t.answeredAt} is not null and ${t.acceptedPostId} is null and ${t.reminders} < 3`), // askers to be reminded
    index('threads_for_vendor')
      .on(t.communityId, sql`coalesce(${t.askerSaidAt}, ${t.createdAt})`, t.id)
      .where(sql`${t.acceptedPostId} is null and ${t.answeredAt} is null`), // questions that wait for the vendor
    index('threads_for_asker')
      .on(t.communityId, t.answeredAt, t.id)
      .where(sql`${t.acceptedPostId} is null and ${t.answeredAt} is not null`), // questions that wait for the asker
    index('threads_unaccepted')
      .on(t.communityId, t.createdAt, t.id)
      .where(sql`${t.acceptedPostId} is null and ${t.answerCount} > 0`), // questions of which no answer is accepted
    index('threads_handle').on(t.handleId, t.createdAt.desc()), // a person's page
    index('threads_newest').on(t.createdAt.desc(), t.id.desc()), // the feed of the portal
    index('threads_recent').on(t.activeAt.desc()), // front page
    index('threads_solved')
      .on(t.activeAt.desc())
      .where(sql`accepted_post_id is not null and hidden_by_decision_id is null`), // front page, worth reading
  ],
)

/** The question itself, its answers, comments on either, and the questions that were merged into it. */
export const posts = pgTable(
  'posts',
  {
    id: id(),
    threadId: uuid('thread_id')
      .notNull()
      .references(() => threads.id),
    kind: text('kind', { enum: ['opening', 'asked', 'answer', 'comment'] }).notNull(),
    /** The thread it was written in, while that one is merged into another. */
    homeThreadId: uuid('home_thread_id').references(() => threads.id),
    /** For comments: the post they stand under. */
    parentId: uuid('parent_id'),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    markdown: text('markdown').notNull(),
    /** Rendered and made safe once, when written. */
    html: text('html').notNull(),
    /** Of openings: what the vendor asked to know, each with its label as it was then. */
    details: jsonb('details').$type<{ fieldId: string; label: string; value: string; kind?: 'line' | 'text' | 'choice' }[]>(),
    score: integer('score').notNull().default(0),
    /** Votes that came with an import: one tally, nobody's. */
    importedUp: integer('imported_up').notNull().default(0),
    importedDown: integer('imported_down').notNull().default(0),
    importedAsSpam: boolean('imported_as_spam').notNull().default(false),
    hiddenByDecisionId: uuid('hidden_by_decision_id').references(() => decisions.id),
    editCount: integer('edit_count').notNull().default(0),
    editedAt: at('edited_at'),
    /** Written in a private case, and published with its asker's consent. */
    fromCase: boolean('from_case').notNull().default(false),
    source: text('source'),
    sourceUrl: text('source_url'),
    licence: text('licence'),
    sourceMeta: jsonb('source_meta').$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (t) => [
    index('posts_answers').on(t.threadId, t.kind, t.score.desc(), t.createdAt, t.id), // thread page, most helpful
    index('posts_answers_newest').on(t.threadId, t.kind, t.createdAt, t.id), // thread page, newest; opening
    index('posts_comments')
      .on(t.parentId, t.createdAt)
      .where(sql`${t.kind} = 'comment'`), // comments of the posts shown
    index('posts_imported_spam')
      .on(t.threadId)
      .where(sql`kind = 'opening' and imported_as_spam`), // every list of threads leaves these out
    index('posts_home')
      .on(t.homeThreadId)
      .where(sql`${t.homeThreadId} is not null`), // taking a merge back
    index('posts_handle').on(t.handleId, t.createdAt.desc()), // a person's page
  ],
)

export const postRevisions = pgTable(
  'post_revisions',
  {
    id: id(),
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id),
    /** Set on openings only. */
    title: text('title'),
    markdown: text('markdown').notNull(),
    html: text('html').notNull(),
    details: jsonb('details').$type<{ fieldId: string; label: string; value: string; kind?: 'line' | 'text' | 'choice' }[]>(),
    editedBy: uuid('edited_by')
      .notNull()
      .references(() => handles.id),
    reason: text('reason').notNull().default(''),
    createdAt: createdAt(),
  },
  (t) => [index('post_revisions_post').on(t.postId, t.createdAt.desc())],
)

/** Who is named in a post, so that an edit calls nobody twice. */
export const postMentions = pgTable(
  'post_mentions',
  {
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.handleId] }), index('post_mentions_handle').on(t.handleId)], // forgetting a person
)

/** What somebody else would write instead. Accepted, it becomes the next version, by whoever suggested it. */
export const suggestedEdits = pgTable(
  'suggested_edits',
  {
    id: id(),
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id),
    suggestedBy: uuid('suggested_by')
      .notNull()
      .references(() => handles.id),
    /** Set for openings only. */
    title: text('title'),
    markdown: text('markdown').notNull(),
    reason: text('reason').notNull(),
    /** The edit_count of the post that was looked at. */
    ofVersion: integer('of_version').notNull(),
    state: text('state', { enum: ['waiting', 'accepted', 'refused', 'withdrawn'] })
      .notNull()
      .default('waiting'),
    decidedBy: uuid('decided_by').references(() => handles.id),
    decidedAt: at('decided_at'),
    /** Why it was refused. */
    answer: text('answer').notNull().default(''),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('suggested_edits_waiting')
      .on(t.postId, t.suggestedBy)
      .where(sql`${t.state} = 'waiting'`), // one at a time; the waiting ones of a post
  ],
)

/** Asked before: the thread points to the one where it is answered. */
export const threadDuplicates = pgTable(
  'thread_duplicates',
  {
    threadId: uuid('thread_id')
      .primaryKey()
      .references(() => threads.id),
    ofThreadId: uuid('of_thread_id')
      .notNull()
      .references(() => threads.id),
    markedBy: uuid('marked_by')
      .notNull()
      .references(() => handles.id),
    markedAt: at('marked_at').notNull().defaultNow(),
  },
  (t) => [index('thread_duplicates_of').on(t.ofThreadId)], // the duplicates of a thread
)

export const votes = pgTable(
  'votes',
  {
    postId: uuid('post_id')
      .notNull()
      .references(() => posts.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    value: smallint('value').notNull(),
    /** Given to a question that was merged into this one. */
    byMerge: boolean('by_merge').notNull().default(false),
    /** False while what this handle gives the author is taken out (vote_voids): no score counts it. A trigger says so when a vote is given. */
    counts: boolean('counts').notNull().default(true),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.handleId] }), index('votes_handle').on(t.handleId)],
)

export const answerAcceptances = pgTable('answer_acceptances', {
  threadId: uuid('thread_id')
    .primaryKey()
    .references(() => threads.id),
  answerId: uuid('answer_id')
    .notNull()
    .references(() => posts.id),
  /** Null where the import does not say who. */
  acceptedBy: uuid('accepted_by').references(() => handles.id),
  acceptedAt: at('accepted_at').notNull().defaultNow(),
  /** The asker accepts; for an asker who stays silent a moderator or the vendor's staff mark what solved it. */
  acceptedAs: text('accepted_as', { enum: ['asker', 'moderator', 'staff'] })
    .notNull()
    .default('asker'),
})

/** The vendor whose product or room it concerns says that an answer is right: apart from acceptance. */
export const answerConfirmations = pgTable('answer_confirmations', {
  answerId: uuid('answer_id')
    .primaryKey()
    .references(() => posts.id),
  vendorId: uuid('vendor_id')
    .notNull()
    .references(() => vendors.id),
  confirmedBy: uuid('confirmed_by')
    .notNull()
    .references(() => handles.id),
  confirmedAt: at('confirmed_at').notNull().defaultNow(),
})

/** Proposed by a member, made by a moderator, taken back within 30 days. */
export const threadMerges = pgTable(
  'thread_merges',
  {
    id: id(),
    threadId: uuid('thread_id')
      .notNull()
      .references(() => threads.id),
    intoThreadId: uuid('into_thread_id')
      .notNull()
      .references(() => threads.id),
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    state: text('state', { enum: ['proposed', 'declined', 'merged', 'undone'] }).notNull(),
    /** What the asker is told. */
    note: text('note').notNull().default(''),
    proposedBy: uuid('proposed_by')
      .notNull()
      .references(() => handles.id),
    decidedBy: uuid('decided_by').references(() => handles.id),
    mergedAt: at('merged_at'),
    undoneBy: uuid('undone_by').references(() => handles.id),
    undoneAt: at('undone_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('thread_merges_live')
      .on(t.threadId)
      .where(sql`${t.state} in ('proposed', 'merged')`),
    index('thread_merges_proposed')
      .on(t.communityId, t.createdAt)
      .where(sql`${t.state} = 'proposed'`), // what moderators decide
    index('thread_merges_made')
      .on(t.communityId, t.mergedAt.desc())
      .where(sql`${t.state} = 'merged'`), // what can be taken back
  ],
)

export const threadFollows = pgTable(
  'thread_follows',
  {
    threadId: uuid('thread_id')
      .notNull()
      .references(() => threads.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    /** Followed a thread that was merged into this one. */
    byMerge: boolean('by_merge').notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.handleId] }), index('thread_follows_handle').on(t.handleId)],
)

/** Who hears of everything new in a room. */
export const communityFollows = pgTable(
  'community_follows',
  {
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.communityId, t.handleId] }), index('community_follows_handle').on(t.handleId)],
)

/** Who hears of what is new under a tag. */
export const tagFollows = pgTable(
  'tag_follows',
  {
    tagId: uuid('tag_id')
      .notNull()
      .references(() => tags.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tagId, t.handleId] }), index('tag_follows_handle').on(t.handleId)],
)

/** Somebody who serves the room has taken a question on; for a while others need not. */
export const threadClaims = pgTable('thread_claims', {
  threadId: uuid('thread_id')
    .primaryKey()
    .references(() => threads.id),
  handleId: uuid('handle_id')
    .notNull()
    .references(() => handles.id),
  claimedAt: at('claimed_at').notNull().defaultNow(),
})

export const tags = pgTable(
  'tags',
  {
    id: id(),
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    name: text('name').notNull(),
    threadCount: integer('thread_count').notNull().default(0),
  },
  (t) => [uniqueIndex('tags_name').on(t.communityId, t.name), index('tags_popular').on(t.communityId, t.threadCount.desc())],
)

export const threadTags = pgTable(
  'thread_tags',
  {
    threadId: uuid('thread_id')
      .notNull()
      .references(() => threads.id),
    tagId: uuid('tag_id')
      .notNull()
      .references(() => tags.id),
    /** Repeated here so that a tag's newest threads are one index scan. */
    threadCreatedAt: at('thread_created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.threadId, t.tagId] }),
    index('thread_tags_tag').on(t.tagId, t.threadCreatedAt.desc(), t.threadId.desc()),
  ],
)

/** Which imported row became which row here. The key of a row is (community, source, kind, source id). */
export const importKeys = pgTable(
  'import_keys',
  {
    communityId: uuid('community_id')
      .notNull()
      .references(() => communities.id),
    source: text('source').notNull(),
    kind: text('kind').notNull(),
    sourceId: text('source_id').notNull(),
    rowId: uuid('row_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.communityId, t.source, t.kind, t.sourceId] }),
    index('import_keys_author')
      .on(t.rowId)
      .where(sql`${t.kind} = 'author'`), // the room of an imported author
  ],
)

export const importRuns = pgTable('import_runs', {
  id: id(),
  communityId: uuid('community_id')
    .notNull()
    .references(() => communities.id),
  source: text('source').notNull(),
  state: text('state', { enum: ['running', 'done'] }).notNull(),
  sourceCounts: jsonb('source_counts').$type<Record<string, unknown>>().notNull(),
  startedAt: at('started_at').notNull().defaultNow(),
  finishedAt: at('finished_at'),
})
