import { sql } from 'drizzle-orm'
import { check, date, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { handles, people } from './accounts'
import { at, createdAt, id } from './columns'
import { grants } from './vault'
import { vendors } from './vendors'

/** All that one vendor may know of one handle, and what both did. Staff addresses carry this id, never a person's. */
export const relationships = pgTable(
  'relationships',
  {
    id: id(),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    handleId: uuid('handle_id')
      .notNull()
      .references(() => handles.id),
    ownerId: uuid('owner_id').references(() => people.id),
    since: at('since').notNull(),
    lastAt: at('last_at').notNull(),
  },
  (t) => [
    uniqueIndex('relationships_pair').on(t.vendorId, t.handleId),
    index('relationships_recent').on(t.vendorId, t.lastAt.desc(), t.id.desc()), // the staff's list of people
    index('relationships_handle').on(t.handleId), // the person's own list
  ],
)

/** A state that both sides confirmed is what makes a verified customer. */
export const relationshipStates = pgTable(
  'relationship_states',
  {
    id: id(),
    relationshipId: uuid('relationship_id')
      .notNull()
      .references(() => relationships.id),
    state: text('state', { enum: ['customer', 'partner'] }).notNull(),
    vendorConfirmedBy: uuid('vendor_confirmed_by').references(() => people.id),
    vendorConfirmedAt: at('vendor_confirmed_at'),
    personConfirmedAt: at('person_confirmed_at'),
    startedAt: at('started_at').notNull().defaultNow(),
    endedAt: at('ended_at'),
  },
  (t) => [
    uniqueIndex('relationship_states_live')
      .on(t.relationshipId, t.state)
      .where(sql`${t.endedAt} is null`),
  ],
)

/** The page of history: one index scan. Partitioned by hash of the relationship (see the migration); written by the timeline reaction. */
export const timelineEntries = pgTable(
  'timeline_entries',
  {
    relationshipId: uuid('relationship_id').notNull(),
    occurredAt: at('occurred_at').notNull(),
    interactionId: uuid('interaction_id').notNull(),
    kind: text('kind').notNull(),
    side: text('side', { enum: ['theirs', 'ours', 'independent'] }).notNull(),
    actorHandleId: uuid('actor_handle_id'),
    objectKind: text('object_kind'),
    objectId: uuid('object_id'),
  },
  (t) => [primaryKey({ columns: [t.relationshipId, t.occurredAt, t.interactionId] })],
)

/** Internal: the person sees that there are some, not what they say. */
export const relationshipNotes = pgTable(
  'relationship_notes',
  {
    id: id(),
    relationshipId: uuid('relationship_id')
      .notNull()
      .references(() => relationships.id),
    authorId: uuid('author_id')
      .notNull()
      .references(() => people.id),
    authorHandleId: uuid('author_handle_id')
      .notNull()
      .references(() => handles.id),
    body: text('body').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('relationship_notes_of').on(t.relationshipId, t.createdAt.desc())],
)

/** What came of a meeting, as the vendor's staff wrote it down: read by both sides, and never changed. */
export const relationshipMeetings = pgTable(
  'relationship_meetings',
  {
    id: id(),
    relationshipId: uuid('relationship_id')
      .notNull()
      .references(() => relationships.id),
    heldOn: date('held_on', { mode: 'string' }).notNull(),
    outcome: text('outcome').notNull(),
    loggedBy: uuid('logged_by')
      .notNull()
      .references(() => people.id),
    loggerHandleId: uuid('logger_handle_id')
      .notNull()
      .references(() => handles.id),
    createdAt: createdAt(),
  },
  (t) => [
    index('relationship_meetings_of').on(t.relationshipId, t.heldOn.desc(), t.createdAt.desc()),
    check('relationship_meetings_said', sql`char_length(${t.outcome}) between 1 and 2000 and ${t.heldOn} <= ${t.createdAt}::date + 1`),
  ],
)

export const relationshipTasks = pgTable(
  'relationship_tasks',
  {
    id: id(),
    relationshipId: uuid('relationship_id')
      .notNull()
      .references(() => relationships.id),
    what: text('what').notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => people.id),
    dueAt: at('due_at').notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => people.id),
    doneBy: uuid('done_by').references(() => people.id),
    doneAt: at('done_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('relationship_tasks_of').on(t.relationshipId, t.dueAt),
    index('relationship_tasks_owner')
      .on(t.ownerId, t.dueAt)
      .where(sql`${t.doneAt} is null`),
  ],
)

/** What the person contests or corrects on their own record, and where they ask why the vendor has a field. Answered by a day that both see. */
export const relationshipContests = pgTable(
  'relationship_contests',
  {
    id: id(),
    relationshipId: uuid('relationship_id')
      .notNull()
      .references(() => relationships.id),
    kind: text('kind', { enum: ['wrong', 'why'] })
      .notNull()
      .default('wrong'),
    /** What is wrong, in their words; or the field, by its key. */
    about: text('about').notNull(),
    body: text('body').notNull(),
    dueAt: at('due_at')
      .notNull()
      .default(sql`now() + interval '14 days'`),
    answeredBy: uuid('answered_by').references(() => people.id),
    answer: text('answer'),
    answeredAt: at('answered_at'),
    createdAt: createdAt(),
  },
  (t) => [
    index('relationship_contests_of').on(t.relationshipId, t.createdAt.desc()),
    uniqueIndex('relationship_contests_one_why')
      .on(t.relationshipId, t.about)
      .where(sql`${t.kind} = 'why' and ${t.answeredAt} is null`),
    index('relationship_contests_late')
      .on(t.dueAt)
      .where(sql`${t.answeredAt} is null`), // the operators' list
  ],
)

/** A vendor's register of whom it handed a granted field on to. Written where the terms allow it, and never changed. */
export const passedOn = pgTable(
  'passed_on',
  {
    id: id(),
    vendorId: uuid('vendor_id')
      .notNull()
      .references(() => vendors.id),
    grantId: uuid('grant_id')
      .notNull()
      .references(() => grants.id),
    key: text('key').notNull(),
    thirdParty: text('third_party').notNull(),
    country: text('country').notNull(),
    why: text('why').notNull(),
    recordedBy: uuid('recorded_by')
      .notNull()
      .references(() => people.id),
    recorderHandleId: uuid('recorder_handle_id')
      .notNull()
      .references(() => handles.id),
    createdAt: createdAt(),
  },
  (t) => [
    index('passed_on_grant').on(t.grantId, t.createdAt.desc()), // beside the grant, on either side
    check(
      'passed_on_said',
      sql`char_length(${t.thirdParty}) between 1 and 120 and char_length(${t.country}) between 1 and 60 and char_length(${t.why}) between 1 and 200`,
    ),
  ],
)
