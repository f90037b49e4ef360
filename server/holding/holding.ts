import { and, eq, inArray, sql } from 'drizzle-orm'
import { asJob, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { heldPosts } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { systemViewer } from '~/server/viewer'
import { say } from '~/words'
import type { Caught } from './checking'

type Post = { postId: string; threadId: string; communityId: string; vendorId: string | null; handleId: string; opens: boolean }

const job = 'hold-posts'
const RULES = {
  links: 'advertising',
  domain: 'advertising',
  repeated: 'advertising',
  typing: 'advertising',
  words: 'community',
  approval: 'community',
} as const

/** A check decides, with the same statement of reasons as a moderator; `hide` carries it out. Only its author and the moderators hear of the post. */
export async function hold(
  tx: Tx,
  post: Post,
  { check, values, level }: Caught,
  hide: (decisionId: string) => Promise<unknown>,
): Promise<void> {
  const { postId, threadId, communityId, vendorId, handleId, opens } = post
  const decisionId = newId()
  const decidedAt = now()
  await asJob(tx, job, async () => {
    const subject = opens ? { kind: 'thread', id: threadId } : { kind: 'post', id: postId }
    const rule = RULES[check]
    const clause = rule === 'community' ? say(`held.clause.${check as 'words'}`) : ''
    const [facts, why] = [say(`held.facts.${check}`, { ...values, level }), say(`held.why.${check}`)]
    await tx.execute(sql`select decide_to_hold(${decisionId}::uuid, ${subject.kind}, ${subject.id}::uuid, ${communityId}::uuid, ${handleId}::uuid,
      ${rule}, ${clause}, ${facts}, ${why}, ${decidedAt.toISOString()}::timestamptz)`)
    await hide(decisionId)
    await tx.insert(heldPosts).values({ id: newId(), postId, communityId, handleId, decisionId, heldBy: check, createdAt: decidedAt })
    await record(tx, systemViewer(job), 'post.held', { communityId, threadId, postId, vendorId, decisionId })
  })
}

type Subject = { kind: string; id: string }
const isOf = ({ kind, id }: Subject) =>
  sql`(${heldPosts.postId} in (select n.id from names_of_subject(${kind}, ${id}::uuid) n where n.kind = 'post'))`

/** Held back, and nobody has looked at it yet. */
export async function isHeld(tx: Pick<Tx, 'select'>, subject: Subject): Promise<boolean> {
  const found = await tx
    .select({ id: heldPosts.id })
    .from(heldPosts)
    .where(and(isOf(subject), eq(heldPosts.state, 'waiting')))
  return found.length > 0
}

/** Held back once, whatever became of it. */
export async function wasHeld(tx: Pick<Tx, 'select'>, postId: string): Promise<boolean> {
  return (await tx.select({ id: heldPosts.id }).from(heldPosts).where(eq(heldPosts.postId, postId))).length > 0
}

/** A person has decided. Returns the post, if it was held until then; what was kept back before may still be let out. */
export async function settleHeld(tx: Tx, subject: Subject, state: 'released' | 'rejected', decisionId: string): Promise<string | null> {
  const before = state === 'released' ? (['waiting', 'rejected'] as const) : (['waiting'] as const)
  const [settled] = await tx
    .update(heldPosts)
    .set({ state, settledByDecisionId: decisionId })
    .where(and(isOf(subject), inArray(heldPosts.state, [...before])))
    .returning({ postId: heldPosts.postId })
  return settled?.postId ?? null
}
