import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { communities, decisionBatches, decisionBatchItems, decisions, flags, handles } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { isHeld } from '~/server/holding'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { say } from '~/words'
import { decideIn, newestDecisionOn } from './deciding'
import type { TogetherInput } from './input'
import { waitingOf } from './queue'
import { orTold } from './refusing'
import { foundSubject } from './subjects'
import { holdTogether } from './today'

/** So long a slip of the hand can be taken back; later each decision is looked at by itself. */
export const UNDO_MINUTES = 10

/** What waits of one person in one queue, to be decided on together. `community` is a slug; null: recommendations. */
export async function togetherPage(viewer: Viewer, handle: string, community: string | null) {
  const { room, whose } = await placeAndPerson(viewer, handle, community)
  const { who, items } = await waitingOf(viewer, whose, room?.id ?? null)
  if (!who) throw new NotFound()
  return { who, handle, community: room, items }
}

/** Hides each of them by a decision of its own, all or none. */
export async function decideTogether(viewer: Viewer, handle: string, community: string | null, input: TogetherInput) {
  const [kind = '', id = ''] = (input.items[0] ?? '').split(':')
  return orTold(
    viewer,
    () => ({ kind, id }),
    () => hideTogether(viewer, handle, community, input),
  )
}

async function hideTogether(viewer: Viewer, handle: string, community: string | null, { items, ...reasons }: TogetherInput) {
  const { room, whose, moderator } = await placeAndPerson(viewer, handle, community)
  return transaction(viewer, async (tx) => {
    const batchId = newId()
    await tx
      .insert(decisionBatches)
      .values({ id: batchId, handleId: whose, decidedBy: moderator.handleId, communityId: room?.id ?? null, createdAt: now() })
    const wanted = await inOneOrder(tx, items, whose, room?.id ?? null)
    await holdTogether(
      tx,
      wanted.map(({ id }) => id),
    )
    for (const { kind, id, seen } of wanted) {
      // What a press took back would come out unread.
      if (await isHeld(tx, { kind, id })) throw new Conflict('moderation.heldSingly')
      const { decisionId } = await decideIn(tx, moderator, kind, id, { ...reasons, act: 'hide', seen })
      await tx.insert(decisionBatchItems).values({ batchId, decisionId })
    }
    await record(tx, viewer, 'batch.decided', { batchId, handleId: whose, communityId: room?.id ?? null, value: wanted.length })
    return { batchId }
  })
}

/** Shows again what the press hid, unless somebody has decided on it since; its flags are open as before. */
export async function undoTogether(viewer: Viewer, batchId: string) {
  return transaction(viewer, async (tx) => {
    const batch = await foundBatch(tx, viewer, batchId)
    if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
    const [begun] = await tx
      .update(decisionBatches)
      .set({ undoneAt: now() })
      .where(
        and(
          eq(decisionBatches.id, batch.id),
          isNull(decisionBatches.undoneAt),
          sql`${decisionBatches.createdAt} > ${earliest()}::timestamptz`,
        ),
      )
      .returning({ id: decisionBatches.id })
    if (!begun) throw new Conflict(batch.undoneAt ? 'moderation.undoneAlready' : 'moderation.undoTooLate')
    const decided = await decidedIn(tx, batch.id)
    await holdTogether(
      tx,
      decided.map(({ id }) => id),
    )
    let back = 0
    for (const { decisionId, kind, id } of decided) {
      if (kind === 'person' || (await newestDecisionOn(tx, kind, id)) !== decisionId) continue
      if (!(await foundSubject(viewer, tx, kind, id, true).catch(gone))) continue
      await decideIn(tx, viewer, kind, id, { act: 'restore', rule: 'none', facts: say('moderation.undone.facts'), seen: decisionId })
      // Who was told of it hears again when it is decided anew.
      const thankedForDecisionId = sql`nullif(${flags.thankedForDecisionId}, ${decisionId}::uuid)`
      await tx
        .update(flags)
        .set({ state: 'open', settledByDecisionId: null, thankedForDecisionId })
        .where(eq(flags.settledByDecisionId, decisionId))
      back += 1
    }
    await record(tx, viewer, 'batch.undone', { batchId, handleId: batch.handleId, communityId: batch.communityId, value: back })
    return { communitySlug: batch.slug }
  })
}

/** What one press decided, item by item. For whoever pressed. */
export async function batchPage(viewer: Viewer, batchId: string) {
  const { batch, rows } = await transaction(viewer, async (tx) => {
    const batch = await foundBatch(tx, viewer, batchId)
    return { batch, rows: await decidedIn(tx, batch.id) }
  })
  const who = (await handlesShown([batch.handleId], { communityId: batch.communityId })).get(batch.handleId) ?? null
  return {
    id: batch.id,
    who,
    community: batch.slug ? { slug: batch.slug, name: batch.name ?? '' } : null,
    decided: rows.map(({ decisionId, kind, title }) => ({ decisionId, kind, title })),
    at: batch.createdAt,
    undone: batch.undoneAt !== null,
    mayUndo: batch.undoneAt === null && batch.createdAt.toISOString() > earliest(),
  }
}

const earliest = () => new Date(now().getTime() - UNDO_MINUTES * 60_000).toISOString()

async function placeAndPerson(viewer: Viewer, handle: string, slug: string | null) {
  return transaction(viewer, async (tx) => {
    const room = slug === null ? null : await roomOf(tx, viewer, slug)
    if (!room)
      authorize(
        viewer,
        'recommendation-queue.view',
        null,
        viewer.kind === 'person' && viewer.staffOf.length > 0 ? 'moderation.vendorStaff' : 'moderation.queueOnly',
      )
    if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
    const [found] = await tx
      .select({ id: handles.id })
      .from(handles)
      .where(and(sql`lower(${handles.handle}) = ${handle.toLowerCase()}`, eq(handles.kind, 'member')))
    if (!found) throw new NotFound()
    if (found.id === viewer.handleId) throw new Forbidden('moderation.yourself')
    return { room, whose: found.id, moderator: viewer }
  })
}

async function roomOf(tx: Tx, viewer: Viewer, slug: string) {
  const [room] = await tx
    .select({ id: communities.id, communityId: communities.id, access: communities.access, slug: communities.slug, name: communities.name })
    .from(communities)
    .where(eq(communities.slug, slug))
  if (!room) throw new NotFound()
  mustBeFound(viewer, 'community.know', room)
  authorize(viewer, 'queue.view', room, 'moderation.queueOnly')
  return { id: room.id, slug: room.slug, name: room.name }
}

/** Each once and theirs alone; threads in one order, so that two who press at once never wait for each other. */
async function inOneOrder(tx: Tx, items: string[], whose: string, communityId: string | null) {
  const wanted = new Map(
    items.map((item) => {
      const [kind = '', id = '', seen = ''] = item.split(':')
      return [`${kind}:${id}`, { kind, id, seen }]
    }),
  )
  const ids = [...wanted.values()].map((one) => one.id)
  if (!ids.every(isId)) throw new NotFound()
  const theirs = await tx.execute<{ kind: string; id: string; today: string }>(sql`
    select its.kind, its.id, (select today.id from subject_today(its.kind, its.id) today) as today from (
      select 'post' as kind, p.id, p.handle_id, t.community_id, t.id as thread_id from posts p join threads t on t.id = p.thread_id where p.id = any(${listed(ids)}::uuid[])
      union all select 'thread', t.id, t.handle_id, t.community_id, t.id from threads t where t.id = any(${listed(ids)}::uuid[])
      union all select 'recommendation', r.id, r.handle_id, null, r.id from recommendations r where r.id = any(${listed(ids)}::uuid[])) its
    where its.handle_id = ${whose}::uuid and its.community_id is not distinct from ${communityId}::uuid order by its.thread_id, its.kind desc, its.id`)
  if (theirs.length < wanted.size) throw new NotFound()
  // Flagged under both of its names it is still one.
  const once = new Map(theirs.map((each) => [each.today, wanted.get(`${each.kind}:${each.id}`)]))
  return [...once.values()].filter((each) => each !== undefined)
}

const listed = (ids: string[]) => `{${ids.join(',')}}`

async function foundBatch(tx: Tx, viewer: Viewer, batchId: string) {
  if (!isId(batchId) || viewer.kind !== 'person') throw new NotFound()
  const [batch] = await tx
    .select({
      id: decisionBatches.id,
      handleId: decisionBatches.handleId,
      communityId: decisionBatches.communityId,
      createdAt: decisionBatches.createdAt,
      undoneAt: decisionBatches.undoneAt,
      slug: communities.slug,
      name: communities.name,
    })
    .from(decisionBatches)
    .leftJoin(communities, eq(communities.id, decisionBatches.communityId))
    .where(and(eq(decisionBatches.id, batchId), eq(decisionBatches.decidedBy, viewer.handleId)))
  if (!batch) throw new NotFound()
  return batch
}

// What its author has withdrawn meanwhile is not shown again.
function gone(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}

async function decidedIn(tx: Tx, batchId: string) {
  return tx
    .select({
      decisionId: decisions.id,
      kind: decisions.subjectKind,
      id: decisions.subjectId,
      title: sql<string>`coalesce((select headline from recommendations where id = ${decisions.subjectId}),
        (select left(regexp_replace(markdown, '\\s+', ' ', 'g'), 120) from posts where id = ${decisions.subjectId}),
        (select title from threads where id = ${decisions.subjectId}), '')`,
    })
    .from(decisions)
    .where(
      inArray(
        decisions.id,
        tx.select({ id: decisionBatchItems.decisionId }).from(decisionBatchItems).where(eq(decisionBatchItems.batchId, batchId)),
      ),
    )
    .orderBy(decisions.nth)
}
