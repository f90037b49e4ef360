import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { record, type Happened } from '~/server/events'
import { now } from '~/server/platform/clock'
import { hidePost, hideThread, holdThreadOf, postFacts, restorePost, restoreThread, threadFacts } from '~/server/threads'
import { systemViewer } from '~/server/viewer'
import { say } from '~/words'
import type { Rule } from './input'
import { stateReasons } from './statement'
import { asToday, isAbout } from './today'
import type { FlagReason } from './types'

/** Five whom the portal hardly knows, three it trusts, or two moderators: so much hides a post until a person looks at it. */
export const HIDDEN_FROM = 8.3
/** Time to read why, before what was mended shows again. */
export const MEND_AFTER_MINUTES = 10
/** What was decided so lately is for people. */
const HANDS_OFF_HOURS = 24

const RULE_OF: Record<FlagReason, Rule> = {
  spam: 'advertising',
  abuse: 'civil',
  false: 'false',
  private: 'private',
  'off-topic': 'off-topic',
  illegal: 'civil',
  other: 'civil',
}

/** Reaction to `content.flagged`. A recommendation is never hidden by a check; its flags stay open for people here too. */
export async function hideWhatIsFlagged(event: Happened): Promise<void> {
  const { subjectKind, subjectId } = event.payload as { subjectKind: string; subjectId: string }
  if (subjectKind !== 'post' && subjectKind !== 'thread') return
  await transaction(systemViewer('hide-flagged'), async (tx) => {
    const today = await asToday(tx, subjectKind, subjectId)
    const kind = today.kind === 'thread' ? 'thread' : 'post'
    const it = await heldThere(tx, kind, today.id)
    if (!it || it.hidden || (await isForPeople(tx, it))) return
    const weighs = await weightOn(tx, it)
    if (!weighs || weighs.score < HIDDEN_FROM) return
    const facts = say('moderation.check.facts', { count: weighs.flags })
    const why = say('moderation.check.why', { reason: say(`flag.reason.${weighs.reason}`) })
    await decideAsCheck(tx, it, 'hide', { rule: RULE_OF[weighs.reason], facts, why }, kind === 'post' ? hidePost : hideThread)
  })
}

/** By the clock: what a check hid and its author has mended since is shown again, once it was hidden for ten minutes. */
export async function showWhatIsMended(): Promise<void> {
  const system = systemViewer('show-mended')
  const mended = await transaction(system, (tx) =>
    tx.execute<{ kind: 'post' | 'thread'; id: string; decision_id: string }>(sql`
      select d.subject_kind as kind, d.subject_id as id, d.id as decision_id
      from decisions d join posts p on case d.subject_kind when 'post' then p.id = d.subject_id else p.thread_id = d.subject_id and p.kind = 'opening' end
        left join threads t on d.subject_kind = 'thread' and t.id = d.subject_id
      where d.decided_by is null and not d.detected_automatically and d.act = 'hide' and d.decided_at between now() - interval '60 days' and ${minutesAgo(MEND_AFTER_MINUTES)}::timestamptz
        and coalesce(t.hidden_by_decision_id, p.hidden_by_decision_id) = d.id
        and exists (select 1 from post_revisions r where r.post_id = p.id and r.edited_by = p.handle_id and r.created_at > d.decided_at)
      order by d.decided_at limit 200`),
  )
  for (const { kind, id, decision_id } of mended)
    await transaction(system, async (tx) => {
      const it = await heldThere(tx, kind, id)
      if (it?.hiddenBy !== decision_id) return
      await decideAsCheck(
        tx,
        it,
        'restore',
        { rule: 'none', facts: say('moderation.check.mended') },
        kind === 'post' ? restorePost : restoreThread,
      )
    })
}

type There = {
  kind: 'post' | 'thread'
  id: string
  handleId: string
  communityId: string
  threadId: string
  hidden: boolean
  hiddenBy: string | null
}

/** As it stands, and as it stays until the end of the transaction. The thread is held before its posts. */
async function heldThere(tx: Tx, kind: 'post' | 'thread', id: string): Promise<There | null> {
  if (kind === 'post') await holdThreadOf(tx, id)
  const facts = kind === 'post' ? await postFacts(id, tx) : await threadFacts(id, tx)
  if (!facts) return null
  const [own] = await tx.execute<{ hidden_by: string | null }>(
    kind === 'post'
      ? sql`select hidden_by_decision_id as hidden_by from posts where id = ${id}::uuid`
      : sql`select hidden_by_decision_id as hidden_by from threads where id = ${id}::uuid`,
  )
  const { handleId, communityId, threadId, hidden } = facts
  return { kind, id, handleId, communityId, threadId, hidden, hiddenBy: own?.hidden_by ?? null }
}

/** All its open flags of people with an account together, and what most of their weight is for. */
async function weightOn(tx: Tx, it: There): Promise<{ score: number; flags: number; reason: FlagReason } | undefined> {
  const [found] = await tx.execute<{ score: number; flags: number; reason: FlagReason }>(sql`
    select reason, sum(sum(weight)) over ()::real as score, sum(count(*)) over ()::int as flags
    from flags where ${isAbout('flags', it)} and state = 'open' and flagged_by is not null and weight > 0 group by reason order by sum(weight) desc, reason limit 1`)
  return found
}

/** A check hides a thing once; and what somebody decided today stands. */
async function isForPeople(tx: Tx, it: There): Promise<boolean> {
  const [found] = await tx.execute(sql`
    select 1 from decisions where ${isAbout('decisions', it)} and (decided_at > ${minutesAgo(HANDS_OFF_HOURS * 60)}::timestamptz
      or act = 'hide' and decided_by is null) limit 1`)
  return found !== undefined
}

type Stated = Parameters<typeof stateReasons>[3]
async function decideAsCheck(
  tx: Tx,
  { kind, id, handleId, communityId, threadId }: There,
  act: 'hide' | 'restore',
  reasons: Stated,
  carryOut: (tx: Tx, id: string, decisionId: string) => Promise<boolean>,
) {
  const system = systemViewer('hide-flagged')
  const about = { act, subjectKind: kind, subjectId: id, communityId, handleId }
  const decisionId = await stateReasons(tx, system, about, { ...reasons, detected: 'people' })
  await carryOut(tx, id, decisionId)
  await record(tx, system, 'content.decided', { decisionId, act, subjectKind: kind, subjectId: id, communityId, vendorId: null, threadId })
}

const minutesAgo = (minutes: number) => new Date(now().getTime() - minutes * 60_000).toISOString()
