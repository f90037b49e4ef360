import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { handleOfPerson } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import type { HandleInfo } from '~/server/viewer'
import type { Head } from './facts'

export type NoteShown = { id: string; body: string; at: Date; author: HandleInfo | null }
export type TaskShown = { id: string; what: string; owner: HandleInfo | null; dueAt: Date; doneAt: Date | null; late: boolean }
export type MeetingShown = { id: string; heldOn: string; outcome: string; by: HandleInfo | null }
export type StateShown = { id: string; state: 'customer' | 'partner'; proposedAt: Date; confirmedAt: Date | null }
export type ContestShown = {
  id: string
  /** Something is wrong, or: why do you have this field? Then `about` is its key. */
  kind: 'wrong' | 'why'
  about: string
  body: string
  at: Date
  dueAt: Date
  late: boolean
  answer: string | null
  answeredAt: Date | null
  answeredBy: HandleInfo | null
}

export type Parts = {
  owner: string | null
  noteCount: number
  notes: { id: string; body: string; at: string; author: string }[]
  tasks: { id: string; what: string; owner: string | null; due_at: string; done_at: string | null }[]
  meetings: { id: string; held_on: string; outcome: string; by: string }[]
  states: { id: string; state: 'customer' | 'partner'; proposed_at: string; confirmed_at: string | null }[]
  contests: {
    id: string
    kind: 'wrong' | 'why'
    about: string
    body: string
    due_at: string
    at: string
    answer: string | null
    answered_at: string | null
    answered_by: string | null
  }[]
  staff: { handle: string; displayName: string }[]
}

/** All that stands on a record beside its timeline, in one question. Row-level security keeps the notes from the person. */
export async function partsOf(tx: Tx, it: Head): Promise<Parts> {
  const record = sql`${it.relationshipId}::uuid`
  const list = (rows: ReturnType<typeof sql>) => sql`(select coalesce(json_agg(x), '[]')::text from (${rows}) x)`
  const [row] = await tx.execute<{
    owner: string | null
    note_count: string
    notes: string
    tasks: string
    meetings: string
    states: string
    contests: string
    staff: string
  }>(sql`select
    ${handleOfPerson(sql`${it.ownerId}::uuid`)} as owner, internal_note_count(${record}) as note_count,
    ${list(sql`select id, body, created_at as at, author_handle_id as author from relationship_notes where relationship_id = ${record} order by created_at desc limit 100`)} as notes,
    ${list(sql`select k.id, k.what, ${handleOfPerson(sql`k.owner_id`)} as owner, k.due_at, k.done_at from relationship_tasks k where k.relationship_id = ${record}
      order by k.done_at is not null, k.due_at limit 100`)} as tasks,
    ${list(sql`select id, held_on, outcome, logger_handle_id as by from relationship_meetings where relationship_id = ${record}
      order by held_on desc, created_at desc limit 20`)} as meetings,
    ${list(sql`select id, state, coalesce(vendor_confirmed_at, started_at) as proposed_at, case when vendor_confirmed_at is not null then person_confirmed_at end as confirmed_at
      from relationship_states where relationship_id = ${record} and ended_at is null order by state`)} as states,
    ${list(sql`select c.id, c.kind, c.about, c.body, c.due_at, c.created_at as at, c.answer, c.answered_at, ${handleOfPerson(sql`c.answered_by`)} as answered_by
      from relationship_contests c where c.relationship_id = ${record} order by c.created_at desc limit 50`)} as contests,
    ${list(sql`select distinct h.handle, h.display_name as "displayName" from vendor_staff s join handles h on h.person_id = s.person_id
      where s.vendor_id = ${it.vendorId}::uuid and s.ended_at is null and h.handle is not null order by 2`)} as staff`)
  if (!row) throw new NotFound()
  const parsed = <K extends 'notes' | 'tasks' | 'meetings' | 'states' | 'contests' | 'staff'>(name: K) => JSON.parse(row[name]) as Parts[K]
  return {
    owner: row.owner,
    noteCount: Number(row.note_count),
    notes: parsed('notes'),
    tasks: parsed('tasks'),
    meetings: parsed('meetings'),
    states: parsed('states'),
    contests: parsed('contests'),
    staff: parsed('staff'),
  }
}

export function handlesIn(parts: Parts): (string | null)[] {
  return [
    parts.owner,
    ...parts.notes.map((note) => note.author),
    ...parts.tasks.map((task) => task.owner),
    ...parts.meetings.map((meeting) => meeting.by),
    ...parts.contests.map((contest) => contest.answered_by),
  ]
}

/** What staff noted, for staff. */
export function notesShown(parts: Parts, names: Map<string, HandleInfo>): NoteShown[] {
  return parts.notes.map((note) => ({ id: note.id, body: note.body, at: new Date(note.at), author: nameOf(names, note.author) }))
}

/** What both sides read alike. */
export function shared(
  parts: Parts,
  names: Map<string, HandleInfo>,
): { tasks: TaskShown[]; meetings: MeetingShown[]; states: StateShown[]; contests: ContestShown[] } {
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
    meetings: parts.meetings.map(({ id, held_on: heldOn, outcome, by }) => ({ id, heldOn, outcome, by: nameOf(names, by) })),
    states: parts.states.map((state) => ({
      id: state.id,
      state: state.state,
      proposedAt: new Date(state.proposed_at),
      confirmedAt: moment(state.confirmed_at),
    })),
    contests: parts.contests.map((contest) => ({
      id: contest.id,
      kind: contest.kind,
      about: contest.about,
      body: contest.body,
      at: new Date(contest.at),
      dueAt: new Date(contest.due_at),
      late: contest.answered_at === null && new Date(contest.due_at) < now(),
      answer: contest.answer,
      answeredAt: moment(contest.answered_at),
      answeredBy: nameOf(names, contest.answered_by),
    })),
  }
}

export function nameOf(names: Map<string, HandleInfo>, handleId: string | null): HandleInfo | null {
  return handleId ? (names.get(handleId) ?? null) : null
}
