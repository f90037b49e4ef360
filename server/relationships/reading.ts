import { and, desc, eq, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { handles, relationships, relationshipTasks, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { ATTRIBUTE_KEYS, grantsTo, readGranted, readingsBy, type GrantedValue, type LiveGrant } from '~/server/vault'
import { PURPOSES, type Purpose } from '~/server/vault/input'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import { ownRecord, staffRecord, visibleTo, type Head } from './facts'
import { timelinePage, type Entry, type EntryShown } from './timeline'

const PEOPLE_A_PAGE = 30
/** What the record is kept for; other purposes are read only when they are named. */
const READ_ON_THE_RECORD: readonly Purpose[] = ['answer', 'relationship']

export type NoteShown = { id: string; body: string; at: Date; author: HandleInfo | null }
export type TaskShown = { id: string; what: string; owner: HandleInfo | null; dueAt: Date; doneAt: Date | null; late: boolean }
export type StateShown = { id: string; state: 'customer' | 'partner'; proposedAt: Date; confirmedAt: Date | null }
export type ContestShown = {
  id: string
  about: string
  body: string
  at: Date
  answer: string | null
  answeredAt: Date | null
  answeredBy: HandleInfo | null
}

/** /relationships/:id: theirs, what happened, ours. Opening it reads what was granted, and that is written down. */
export async function staffRecordPage(viewer: PersonViewer, id: string, asked: { before: string | null; purpose: string | null }) {
  const { it, parts, happened } = await transaction(viewer, async (tx) => {
    const found = await staffRecord(tx, viewer, id)
    const [held, page] = await Promise.all([partsOf(tx, found), timelinePage(tx, viewer, found, asked.before)])
    return { it: found, parts: held, happened: page }
  })
  const purposes = asked.purpose === null ? READ_ON_THE_RECORD : PURPOSES.filter((purpose) => purpose === asked.purpose)
  const theirs = await grantedOn(viewer, it, purposes)
  const names = await handlesShown([it.handleId, ...handlesIn(parts), ...happened.entries.map((entry) => entry.actorHandleId)], {
    vendorId: it.vendorId,
  })
  return {
    record: {
      id: it.relationshipId,
      since: it.since,
      lastAt: it.lastAt,
      owner: nameOf(names, parts.owner),
      vendor: { id: it.vendorId, slug: it.vendorSlug, name: it.vendorName },
    },
    member: nameOf(names, it.handleId),
    theirs,
    refused: asked.purpose !== null && theirs.values.length === 0,
    notes: parts.notes.map((note) => ({ id: note.id, body: note.body, at: new Date(note.at), author: nameOf(names, note.author) })),
    ...shared(parts, names),
    staff: parts.staff,
    timeline: { entries: withActors(happened.entries, names), older: happened.older },
  }
}

/** What stands over a form of the record: whom it is about, and the colleagues. Reads nothing that was granted. */
export async function recordHead(viewer: PersonViewer, id: string) {
  const { it, parts } = await transaction(viewer, async (tx) => {
    const found = await staffRecord(tx, viewer, id)
    return { it: found, parts: await partsOf(tx, found) }
  })
  const names = await handlesShown([it.handleId], { vendorId: it.vendorId })
  return {
    id: it.relationshipId,
    member: nameOf(names, it.handleId),
    staff: parts.staff,
    standing: parts.states.map((state) => state.state as string),
    me: viewer.handle,
  }
}

export async function ownRecordHead(viewer: PersonViewer, vendorSlug: string) {
  const it = await transaction(viewer, (tx) => ownRecord(tx, viewer, vendorSlug))
  return { vendor: { slug: it.vendorSlug, name: it.vendorName } }
}

/** /me/relationships/:vendor: the same record from the other side, with what they may read and did read. */
export async function ownRecordPage(viewer: PersonViewer, vendorSlug: string, before: string | null) {
  const { it, parts, noteCount, happened } = await transaction(viewer, async (tx) => {
    const found = await ownRecord(tx, viewer, vendorSlug)
    const [held, page] = await Promise.all([partsOf(tx, found), timelinePage(tx, viewer, found, before)])
    return { it: found, parts: held, noteCount: held.noteCount, happened: page }
  })
  const [mayRead, didRead] = await Promise.all([grantsTo(viewer, it.vendorId, viewer.personId), readingsBy(viewer, it.vendorId)])
  const names = await handlesShown([viewer.handleId, ...handlesIn(parts), ...happened.entries.map((entry) => entry.actorHandleId)], {
    vendorId: it.vendorId,
  })
  return {
    record: {
      id: it.relationshipId,
      since: it.since,
      lastAt: it.lastAt,
      owner: nameOf(names, parts.owner),
      vendor: { slug: it.vendorSlug, name: it.vendorName },
    },
    me: nameOf(names, viewer.handleId),
    mayRead,
    didRead,
    noteCount,
    ...shared(parts, names),
    timeline: { entries: withActors(happened.entries, names), older: happened.older },
  }
}

/** /vendors/:slug/people: everybody who dealt with the vendor, by last touch. */
export async function peopleOf(viewer: PersonViewer, vendorSlug: string, { search, before }: { search: string; before: string | null }) {
  const [vendor] = await db
    .select({ vendorId: vendors.id, slug: vendors.slug, name: vendors.name, defaultOwnerId: vendors.defaultOwnerId })
    .from(vendors)
    .where(eq(vendors.slug, vendorSlug))
  if (!vendor) throw new NotFound()
  authorize(viewer, 'relationship.view', vendor)
  const [beforeAt = '', beforeId = ''] = (before ?? '').split('_')
  const paged = isId(beforeId) && !Number.isNaN(Date.parse(beforeAt))
  const wanted = search.toWellFormed().replaceAll('\0', '').trim().slice(0, 60)
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({
        id: relationships.id,
        handleId: relationships.handleId,
        since: relationships.since,
        lastAt: relationships.lastAt,
        owner: sql<
          string | null
        >`(select h.id from handles h where h.person_id = coalesce(${relationships.ownerId}, ${vendor.defaultOwnerId}::uuid) order by h.created_at limit 1)`,
        openTasks: sql<number>`(select count(*)::int from ${relationshipTasks} k where k.relationship_id = ${relationships.id} and k.done_at is null)`,
        nextDue: sql<
          string | null
        >`(select min(k.due_at) from ${relationshipTasks} k where k.relationship_id = ${relationships.id} and k.done_at is null)`,
      })
      .from(relationships)
      .innerJoin(handles, eq(handles.id, relationships.handleId))
      .where(
        and(
          visibleTo(viewer),
          eq(relationships.vendorId, vendor.vendorId),
          wanted
            ? sql`(${handles.handle} ilike ${`${likely(wanted)}%`} or ${handles.displayName} ilike ${`%${likely(wanted)}%`})`
            : undefined,
          paged
            ? sql`(${relationships.lastAt}, ${relationships.id}) < (${new Date(beforeAt).toISOString()}::timestamptz, ${beforeId}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(relationships.lastAt), desc(relationships.id))
      .limit(PEOPLE_A_PAGE + 1),
  )
  const shown = rows.slice(0, PEOPLE_A_PAGE)
  const last = shown.at(-1)
  const names = await handlesShown(
    shown.flatMap((row) => [row.handleId, row.owner]),
    { vendorId: vendor.vendorId },
  )
  return {
    vendor: { slug: vendor.slug, name: vendor.name },
    search: wanted,
    people: shown.map((row) => ({
      id: row.id,
      member: nameOf(names, row.handleId),
      owner: nameOf(names, row.owner),
      since: row.since,
      lastAt: row.lastAt,
      openTasks: row.openTasks,
      late: row.nextDue !== null && new Date(row.nextDue) < now(),
    })),
    older: rows.length > PEOPLE_A_PAGE && last ? `${last.lastAt.toISOString()}_${last.id}` : null,
  }
}

/** /me/relationships: the vendors that hold a record of the viewer. */
export async function myRecords(viewer: PersonViewer) {
  const rows = await transaction(viewer, (tx) =>
    tx
      .select({ id: relationships.id, slug: vendors.slug, name: vendors.name, since: relationships.since, lastAt: relationships.lastAt })
      .from(relationships)
      .innerJoin(vendors, eq(vendors.id, relationships.vendorId))
      .where(and(visibleTo(viewer), eq(relationships.handleId, viewer.handleId)))
      .orderBy(desc(relationships.lastAt))
      .limit(200),
  )
  return { records: rows }
}

export type Theirs = {
  values: (GrantedValue & { purpose: Purpose })[]
  withheld: string[]
  grants: LiveGrant[]
  name: string | null
  organisation: string | null
}

/** Reads what live grants cover, each purpose by itself. Name and organisation stand at the head of the record under “relationship” alone. */
async function grantedOn(viewer: PersonViewer, it: Head, purposes: readonly Purpose[]): Promise<Theirs> {
  const personId = it.personId
  const live = personId ? await grantsTo(viewer, it.vendorId, personId) : []
  const covered = purposes.filter((purpose) => live.some((grant) => grant.purpose === purpose))
  const read =
    personId && personId !== viewer.personId
      ? await Promise.all(covered.map((purpose) => readGranted(viewer, personId, it.vendorId, purpose)))
      : []
  const values = covered.flatMap((purpose, at) => (read[at] ?? []).map((value) => ({ ...value, purpose })))
  const known = (key: string) => values.find((value) => value.key === key && value.purpose === 'relationship')?.value ?? null
  return {
    values: ATTRIBUTE_KEYS.flatMap((key) => values.find((value) => value.key === key) ?? []),
    withheld: ATTRIBUTE_KEYS.filter((key) => !values.some((value) => value.key === key)),
    grants: live.filter((grant) => covered.includes(grant.purpose)),
    name: known('real-name'),
    organisation: known('organisation'),
  }
}

type Parts = {
  owner: string | null
  noteCount: number
  notes: { id: string; body: string; at: string; author: string }[]
  tasks: { id: string; what: string; owner: string | null; due_at: string; done_at: string | null }[]
  states: { id: string; state: 'customer' | 'partner'; proposed_at: string; confirmed_at: string | null }[]
  contests: {
    id: string
    about: string
    body: string
    at: string
    answer: string | null
    answered_at: string | null
    answered_by: string | null
  }[]
  staff: { handle: string; displayName: string }[]
}

/** All that stands on a record beside its timeline, in one question. Row-level security keeps the notes from the person. */
async function partsOf(tx: Tx, it: Head): Promise<Parts> {
  const record = sql`${it.relationshipId}::uuid`
  const handleOf = (person: ReturnType<typeof sql>) =>
    sql`(select h.id from handles h where h.person_id = ${person} order by h.created_at limit 1)`
  const list = (rows: ReturnType<typeof sql>) => sql`(select coalesce(json_agg(x), '[]')::text from (${rows}) x)`
  const [row] = await tx.execute<{
    owner: string | null
    note_count: string
    notes: string
    tasks: string
    states: string
    contests: string
    staff: string
  }>(sql`select
    ${handleOf(sql`${it.ownerId}::uuid`)} as owner, internal_note_count(${record}) as note_count,
    ${list(sql`select id, body, created_at as at, author_handle_id as author from relationship_notes where relationship_id = ${record} order by created_at desc limit 100`)} as notes,
    ${list(sql`select k.id, k.what, ${handleOf(sql`k.owner_id`)} as owner, k.due_at, k.done_at from relationship_tasks k where k.relationship_id = ${record}
      order by k.done_at is not null, k.due_at limit 100`)} as tasks,
    ${list(sql`select id, state, coalesce(vendor_confirmed_at, started_at) as proposed_at, case when vendor_confirmed_at is not null then person_confirmed_at end as confirmed_at
      from relationship_states where relationship_id = ${record} and ended_at is null order by state`)} as states,
    ${list(sql`select c.id, c.about, c.body, c.created_at as at, c.answer, c.answered_at, ${handleOf(sql`c.answered_by`)} as answered_by
      from relationship_contests c where c.relationship_id = ${record} order by c.created_at desc limit 50`)} as contests,
    ${list(sql`select distinct h.handle, h.display_name as "displayName" from vendor_staff s join handles h on h.person_id = s.person_id
      where s.vendor_id = ${it.vendorId}::uuid and s.ended_at is null and h.handle is not null order by 2`)} as staff`)
  if (!row) throw new NotFound()
  const parsed = <K extends 'notes' | 'tasks' | 'states' | 'contests' | 'staff'>(name: K) => JSON.parse(row[name]) as Parts[K]
  return {
    owner: row.owner,
    noteCount: Number(row.note_count),
    notes: parsed('notes'),
    tasks: parsed('tasks'),
    states: parsed('states'),
    contests: parsed('contests'),
    staff: parsed('staff'),
  }
}

function handlesIn(parts: Parts): (string | null)[] {
  return [
    parts.owner,
    ...parts.notes.map((note) => note.author),
    ...parts.tasks.map((task) => task.owner),
    ...parts.contests.map((contest) => contest.answered_by),
  ]
}

/** What both sides read alike. */
function shared(parts: Parts, names: Map<string, HandleInfo>): { tasks: TaskShown[]; states: StateShown[]; contests: ContestShown[] } {
  const moment = (at: string | null) => (at ? new Date(at) : null)
  return {
    tasks: parts.tasks.map((task) => ({
      id: task.id,
      what: task.what,
      owner: nameOf(names, task.owner),
      dueAt: new Date(task.due_at),
      doneAt: moment(task.done_at),
      late: task.done_at === null && new Date(task.due_at) < now(),
    })),
    states: parts.states.map((state) => ({
      id: state.id,
      state: state.state,
      proposedAt: new Date(state.proposed_at),
      confirmedAt: moment(state.confirmed_at),
    })),
    contests: parts.contests.map((contest) => ({
      id: contest.id,
      about: contest.about,
      body: contest.body,
      at: new Date(contest.at),
      answer: contest.answer,
      answeredAt: moment(contest.answered_at),
      answeredBy: nameOf(names, contest.answered_by),
    })),
  }
}

function withActors(entries: Entry[], names: Map<string, HandleInfo>): EntryShown[] {
  return entries.map(({ actorHandleId, ...entry }) => ({ ...entry, actor: nameOf(names, actorHandleId) }))
}

function nameOf(names: Map<string, HandleInfo>, handleId: string | null): HandleInfo | null {
  return handleId ? (names.get(handleId) ?? null) : null
}

const likely = (typed: string) => typed.replace(/[\\%_]/g, '\\$&')
