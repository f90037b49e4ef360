import { and, eq, inArray, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newTimelessId } from '~/db/ids'
import { reputationEntries } from '~/db/schema'
import type { Happened } from '~/server/events'
import { now } from '~/server/platform/clock'
import { recountVotes } from '~/server/threads'
import { systemViewer } from '~/server/viewer'
import { recountDays, type Touched } from './counting'
import { BY_VOTE, POINTS, type Cause } from './rules'
import { weighTrust } from './weighing'

const earning = systemViewer('standing')

type Due = {
  handle_id: string
  community_id: string
  cause: Cause
  source_id: string
  post_id: string
  by_handle_id: string | null
  earned_at: Date
}
type Key = Pick<Due, 'handle_id' | 'cause' | 'source_id' | 'by_handle_id'>

/**
 * Brings the ledger to what stands: whatever the event was, however often it comes and in whatever order, the rows of the posts
 * it is about are compared with the votes, acceptances, confirmations and decisions that hold now.
 */
export async function settleReputation(event: Happened): Promise<void> {
  const [from, to] = pairOf(event)
  if (from && to) await transaction(earning, (tx) => recountVotes(tx, { from, to }))
  const { handleIds } = await transaction(earning, async (tx) => settlePosts(tx, await postsConcerned(tx, event), giverOf(event)))
  await weighTrust(handleIds)
}

/** Whose rows these are, whether they changed or not, and what changed. */
type Settled = { handleIds: string[]; touched: Touched[] }

/** With a giver only what they gave: one vote does not read the others again. */
export async function settlePosts(tx: Tx, postIds: string[], giver: string | null = null): Promise<Settled> {
  if (postIds.length === 0) return { handleIds: [], touched: [] }
  // One after another: what a day may still bring depends on all the rows of that day.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('standing'))`)
  const [due, before] = [
    await dueTo(tx, postIds, giver),
    await tx
      .select()
      .from(reputationEntries)
      .where(and(inArray(reputationEntries.postId, postIds), giver ? eq(reputationEntries.byHandleId, giver) : undefined)),
  ]
  const wanted = new Map(due.map((row) => [keyOf(row), row]))
  const kept = new Map(
    before.map((row) => [keyOf({ handle_id: row.handleId, cause: row.cause, source_id: row.sourceId, by_handle_id: row.byHandleId }), row]),
  )
  const touched: Touched[] = []
  const given = due.filter((row) => {
    const had = kept.get(keyOf(row))
    const same = had && !had.takenBackAt && had.points === POINTS[row.cause] && had.earnedAt.getTime() === row.earned_at.getTime()
    if (same) return false
    touched.push({ handleId: row.handle_id, communityId: row.community_id, at: row.earned_at })
    if (had) touched.push({ handleId: had.handleId, communityId: had.communityId, at: had.earnedAt })
    return true
  })
  const gone = [...kept].filter(([key, row]) => !row.takenBackAt && !wanted.has(key)).map(([, row]) => row)
  touched.push(...gone.map(({ handleId, communityId, earnedAt }) => ({ handleId, communityId, at: earnedAt })))
  await give(tx, given)
  await takeBack(
    tx,
    gone.map(({ id }) => id),
  )
  await recountDays(tx, touched)
  return { handleIds: [...due.map((row) => row.handle_id), ...before.map(({ handleId }) => handleId)], touched }
}

const keyOf = ({ handle_id, cause, source_id, by_handle_id }: Key) => `${source_id} ${cause} ${handle_id} ${by_handle_id ?? ''}`

const AT_ONCE = 500

async function give(tx: Tx, rows: Due[]) {
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await tx
      .insert(reputationEntries)
      .values(
        rows.slice(from, from + AT_ONCE).map((row) => ({
          ...{ id: newTimelessId(), handleId: row.handle_id, communityId: row.community_id, cause: row.cause, sourceId: row.source_id },
          ...{ postId: row.post_id, byHandleId: row.by_handle_id, points: POINTS[row.cause], earnedAt: row.earned_at },
        })),
      )
      .onConflictDoUpdate({
        target: [reputationEntries.sourceId, reputationEntries.cause, reputationEntries.handleId, reputationEntries.byHandleId],
        set: { points: sql`excluded.points`, earnedAt: sql`excluded.earned_at`, takenBackAt: null, whyTaken: null },
      })
}

async function takeBack(tx: Tx, ids: string[]) {
  if (ids.length === 0) return
  await tx.execute(sql`
    update reputation_entries e set taken_back_at = ${now().toISOString()}::timestamptz, why_taken = case
      when exists (select 1 from vote_voids v where v.from_handle_id = e.by_handle_id and v.to_handle_id = e.handle_id and v.lifted_at is null) then 'voided'
      when exists (select 1 from posts p join threads t on t.id in (p.thread_id, p.home_thread_id)
        where p.id = e.post_id and (p.hidden_by_decision_id is not null or t.hidden_by_decision_id is not null)) then 'removed'
      else 'undone' end
    where ${inArray(sql`e.id`, ids)}`)
}

/** Whose giving alone the event is about. */
function giverOf(event: Happened): string | null {
  return event.kind === 'post.voted' ? event.actorHandleId : (pairOf(event)[0] ?? null)
}

/** Who gave, and whom, where votes were taken out or counted again. */
function pairOf({ kind, payload }: Happened): string[] {
  return kind === 'votes.voided' || kind === 'votes.counted-again' ? (payload as { handleIds: string[] }).handleIds : []
}

/** Everything of a thread for what happens to threads; else the one post. */
async function postsConcerned(tx: Tx, event: Happened): Promise<string[]> {
  const pair = pairOf(event)
  if (pair.length > 0) return postsBetween(tx, pair)
  const { postId, threadId } = event.payload as Partial<Record<string, string>>
  if (postId && event.kind !== 'idea.moved' && !event.kind.startsWith('thread.')) return [postId]
  if (!threadId) return []
  const rows = await tx.execute<{ id: string }>(
    sql`select id from posts where thread_id = ${threadId} union select id from posts where home_thread_id = ${threadId}`,
  )
  return rows.map(({ id }) => id)
}

/** Whatever one of them gave the other, and voted for while it did not count. */
async function postsBetween(tx: Tx, [from = '', to = '']: string[]): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select post_id as id from reputation_entries where by_handle_id = ${from}::uuid and handle_id = ${to}::uuid
    union select v.post_id from votes v join posts p on p.id = v.post_id where v.handle_id = ${from}::uuid and p.handle_id = ${to}::uuid`)
  return rows.map(({ id }) => id)
}

/**
 * What stands for these posts. Only what was written here by somebody with a sign-in, and shown: an imported post earns nothing, a
 * removed one no more. Nobody earns by themselves, under whichever handle. What a merge brought is counted where it was given.
 */
async function dueTo(tx: Tx, postIds: string[], giver: string | null): Promise<Due[]> {
  const rows = await tx.execute<Omit<Due, 'earned_at'> & { earned_at: string }>(sql`
    with shown as (
      select p.id, p.kind, p.handle_id, author.person_id, home.id as home_id, home.kind as thread_kind, home.community_id, home.handle_id as asker_id, here.id as here_id
      from posts p join threads here on here.id = p.thread_id join threads home on home.id = coalesce(p.home_thread_id, p.thread_id)
        join handles author on author.id = p.handle_id
      where ${inArray(sql`p.id`, postIds)} and p.source is null and p.hidden_by_decision_id is null and here.hidden_by_decision_id is null
        and home.hidden_by_decision_id is null and author.person_id is not null),
    earned as (
      select s.handle_id, s.community_id, case when v.value < 0 then 'voted-down' when s.kind = 'answer' then 'answer-helpful' when s.thread_kind = 'idea' then 'idea-wanted' else 'question-helpful' end as cause,
          s.id as source_id, s.id as post_id, v.handle_id as by_handle_id, v.created_at as earned_at, s.person_id
        from shown s join votes v on v.post_id = s.id and not v.by_merge where s.kind in ('opening', 'asked', 'answer')
      union all
      select s.handle_id, s.community_id, case a.accepted_as when 'asker' then 'answer-accepted' else 'answer-marked' end, s.id, s.id, a.accepted_by, a.accepted_at, s.person_id
        from shown s join answer_acceptances a on a.answer_id = s.id
      union all
      select s.handle_id, s.community_id, 'answer-confirmed', s.id, s.id, c.confirmed_by, c.confirmed_at, s.person_id
        from shown s join answer_confirmations c on c.answer_id = s.id
      union all
      select a.accepted_by, s.community_id, 'accepted-an-answer', s.id, s.id, s.handle_id, a.accepted_at, asker.person_id
        from shown s join answer_acceptances a on a.answer_id = s.id and a.accepted_as = 'asker' and a.accepted_by = s.asker_id join handles asker on asker.id = a.accepted_by
      union all
      select e.suggested_by, s.community_id, 'edit-accepted', e.id, s.id, e.decided_by, e.decided_at, editor.person_id
        from shown s join suggested_edits e on e.post_id = s.id and e.state = 'accepted' join handles editor on editor.id = e.suggested_by
      union all
      select s.handle_id, s.community_id, 'idea-shipped', s.id, s.id, null, i.status_at, s.person_id
        from shown s join threads home on home.id = s.home_id join ideas i on i.thread_id = coalesce(home.stands_in_id, home.id)
        where s.kind in ('opening', 'asked') and i.status = 'shipped')
    select e.handle_id, e.community_id, e.cause, e.source_id, e.post_id, e.by_handle_id, e.earned_at
    from earned e left join handles giver on giver.id = e.by_handle_id
    where e.person_id is not null ${giver ? sql`and e.by_handle_id = ${giver}::uuid` : sql``} and giver.person_id is distinct from e.person_id
      and not (${inArray(sql`e.cause`, BY_VOTE)} and exists (select 1 from vote_voids v
        where v.from_handle_id = e.by_handle_id and v.to_handle_id = e.handle_id and v.lifted_at is null))`)
  return rows.map((row) => ({ ...row, earned_at: new Date(row.earned_at) }))
}
