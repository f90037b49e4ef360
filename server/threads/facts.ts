import { and, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { communities, posts, products, threads } from '~/db/schema'
import { Forbidden, NotFound } from '~/server/errors'
import type { ThreadFacts, WordedFacts } from '~/server/facts'
import { mustBeFound } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'

export type KnownThread = ThreadFacts & {
  threadId: string
  number: number
  slug: string
  title: string
  kind: 'question' | 'idea' | 'discussion' | 'announcement'
  acceptedPostId: string | null
  askerSaidAt: Date | null
  /** The thread that it was merged into. */
  standsInId: string | null
  createdAt: Date
  vendorId: string | null
  /** A vendor hosts its room. */
  hosted: boolean
}
export type KnownPost = WordedFacts & {
  postId: string
  threadId: string
  number: number
  slug: string
  kind: 'opening' | 'asked' | 'answer' | 'comment'
  homeThreadId: string | null
  threadKind: KnownThread['kind']
  parentId: string | null
  acceptedPostId: string | null
  askerSaidAt: Date | null
  createdAt: Date
  markingReversed: boolean
  score: number
  vendorId: string | null
  /** What it hangs on is hidden: a comment stays readable under the gap, its files go with what they were shown for. */
  parentHidden: boolean
}

type Reader = Pick<Tx, 'select'>

export const threadProduct = alias(products, 'thread_product')
export const roomProduct = alias(products, 'room_product')
/** Whose product or room it concerns: the host's, else the maker's of the product, else nobody's. */
export const vendorConcerned = sql<string | null>`coalesce(${communities.hostVendorId}, ${threadProduct.vendorId}, ${roomProduct.vendorId})`
const threadLocked = sql<boolean>`(${threads.lockedByDecisionId} is not null or ${threads.importedLocked})`
/** Whom would you use? */
const isRequest = sql<boolean>`exists (select 1 from recommendation_requests q where q.thread_id = ${threads.id})`
/** What came in as spam is kept for the record and never shown. */
export const openedAsSpam = sql`exists (select 1 from ${posts} spam where spam.thread_id = ${threads.id} and spam.kind = 'opening' and spam.imported_as_spam)`

/** What the policy may know of a thread. `within` a transaction, the thread stays as it is until the end of it. */
export async function threadFacts(threadId: string, within?: Reader, held = within !== undefined): Promise<KnownThread | null> {
  if (!isId(threadId)) return null
  const query = (within ?? db)
    .select({
      threadId: threads.id,
      number: threads.number,
      slug: communities.slug,
      title: threads.title,
      kind: threads.kind,
      acceptedPostId: threads.acceptedPostId,
      askerSaidAt: threads.askerSaidAt,
      standsInId: threads.standsInId,
      createdAt: threads.createdAt,
      communityId: threads.communityId,
      access: communities.access,
      handleId: threads.handleId,
      hidden: sql<boolean>`${threads.hiddenByDecisionId} is not null`,
      locked: threadLocked,
      vendorId: vendorConcerned,
      hosted: sql<boolean>`${communities.hostVendorId} is not null`,
      isRequest,
    })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .leftJoin(threadProduct, eq(threadProduct.id, threads.productId))
    .leftJoin(roomProduct, eq(roomProduct.id, communities.productId))
    .where(and(eq(threads.id, threadId), sql`not ${openedAsSpam}`))
  const [found] = held ? await query.for('no key update', { of: threads }) : await query
  return found ?? null
}

/** What the policy may know of a post. `within` a transaction, the post stays as it is until the end of it, unless it is not `held`. */
export async function postFacts(postId: string, within?: Reader, held = within !== undefined): Promise<KnownPost | null> {
  if (!isId(postId)) return null
  const query = (within ?? db)
    .select({
      postId: posts.id,
      threadId: threads.id,
      number: threads.number,
      slug: communities.slug,
      kind: posts.kind,
      homeThreadId: posts.homeThreadId,
      threadKind: threads.kind,
      parentId: posts.parentId,
      acceptedPostId: threads.acceptedPostId,
      askerSaidAt: threads.askerSaidAt,
      createdAt: posts.createdAt,
      markingReversed: sql<boolean>`${threads.markingReversedAt} is not null`,
      score: posts.score,
      fromCase: posts.fromCase,
      communityId: threads.communityId,
      access: communities.access,
      handleId: posts.handleId,
      askerHandleId: threads.handleId,
      hidden: sql<boolean>`(${posts.hiddenByDecisionId} is not null or ${threads.hiddenByDecisionId} is not null)`,
      mendable: sql<boolean>`exists (select 1 from decisions hid where hid.decided_by is null and hid.id = case when ${posts.kind} = 'opening' then ${threads.hiddenByDecisionId} when ${threads.hiddenByDecisionId} is null then ${posts.hiddenByDecisionId} end)`,
      parentHidden: sql<boolean>`exists (select 1 from ${posts} above where above.id = ${posts.parentId} and above.hidden_by_decision_id is not null)`,
      locked: threadLocked,
      vendorId: vendorConcerned,
      isRequest,
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .leftJoin(threadProduct, eq(threadProduct.id, threads.productId))
    .leftJoin(roomProduct, eq(roomProduct.id, communities.productId))
    .where(and(eq(posts.id, postId), eq(posts.importedAsSpam, false), sql`not ${openedAsSpam}`))
  const [found] = held ? await query.for('no key update', { of: posts }) : await query
  return found ?? null
}

/** The thread, or NotFound for those who may not know of it. */
export async function foundThread(viewer: Viewer, threadId: string, within?: Reader): Promise<KnownThread> {
  const thread = await threadFacts(threadId, within)
  if (!thread) throw new NotFound()
  mustBeFound(viewer, 'thread.view', thread)
  return thread
}

export async function foundPost(viewer: Viewer, postId: string, within?: Reader): Promise<KnownPost> {
  const post = await postFacts(postId, within)
  if (!post) throw new NotFound()
  mustBeFound(viewer, 'post.view', post)
  return post
}

/** Everywhere the thread is held before its posts, with the one that the post was written in, so that nobody waits in a circle. */
export async function holdThreadOf(tx: Tx, postId: string): Promise<void> {
  if (!isId(postId)) throw new NotFound()
  for (;;) {
    const held = await tx.execute<{ id: string }>(
      sql`select t.id from threads t join posts p on t.id in (p.thread_id, p.home_thread_id) where p.id = ${postId} order by t.id for no key update of t`,
    )
    const [standing] = await tx.select({ threadId: posts.threadId }).from(posts).where(eq(posts.id, postId))
    if (!standing || held.some(({ id }) => id === standing.threadId)) return
  }
}

/**
 * Acts on one thread, or of one person, one after another, in the order they came. Those who wait for a row alone wait for one version of it, and whoever comes
 * later finds the next version first: under a crowd some would wait for seconds.
 */
export async function inTurn(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`turn:${id}`}, 0))`)
}

/** The id behind a thread's number, which is all that addresses carry; of the thread it stands in, if it was merged. */
export async function threadIdOf(number: string): Promise<string> {
  const wanted = /^[1-9]\d{0,14}$/.test(number) ? Number(number) : null
  const [found] =
    wanted === null
      ? []
      : await db
          .select({ id: sql<string>`coalesce(${threads.standsInId}, ${threads.id})` })
          .from(threads)
          .where(eq(threads.number, wanted))
  if (!found) throw new NotFound()
  return found.id
}

/** What an event about a thread carries of it. */
export const idsOf = ({ communityId, threadId, vendorId }: KnownThread) => ({ communityId, threadId, vendorId })

/** Whose name stands under what is written: only people write. */
export function writer(viewer: Viewer): PersonViewer {
  if (viewer.kind === 'person') return viewer
  throw new Forbidden()
}

/** Why the door is closed, in the words that help most. */
export function reasonFor(facts: { locked: boolean; hidden: boolean }): string {
  return facts.locked ? 'thread.locked' : facts.hidden ? 'thread.removed' : 'forbidden'
}

/** And why its words stay as they are. */
export const reasonToKeep = (post: KnownPost) => (post.fromCase ? 'thread.agreedWords' : reasonFor(post))

/** Where a thread stands, for whoever may know of it. */
export async function threadAddress(viewer: Viewer, number: string) {
  const { slug, number: found } = await foundThread(viewer, await threadIdOf(number))
  return { slug, number: found }
}

export async function postAddress(viewer: Viewer, id: string) {
  const { slug, number, postId } = await foundPost(viewer, id)
  return { slug, number, postId }
}
