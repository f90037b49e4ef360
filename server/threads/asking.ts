import { eq, or, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { communities, posts, products, threads } from '~/db/schema'
import { attachFiles, filesAlong } from '~/server/attachments'
import { countThreads } from '~/server/communities'
import { endDraft } from '~/server/drafts'
import { Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { caughtBy, hold } from '~/server/holding'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, canInTime, mustBeFound } from '~/server/policy'
import { withinTheDay } from '~/server/rights'
import { fieldsToFill } from '~/server/vendors'
import type { Viewer } from '~/server/viewer'
import { detailsOf } from './details'
import { writer } from './facts'
import { keepFollowing } from './following'
import { hideThread } from './hiding'
import type { AskInput } from './input'
import { drawPost, keepMentions } from './mentioning'
import { addTags } from './tagging'
import { readableBy } from './visibility'

/** What can be opened in a room: who may, and what happened then. */
const OPENINGS = {
  question: { may: 'thread.ask', happened: 'question.asked', refused: 'thread.joinFirst', limit: 'ask', draft: 'ask' },
  idea: { may: 'idea.propose', happened: 'idea.proposed', refused: 'idea.joinFirst', limit: 'propose-idea', draft: 'idea' },
} as const
type Opening = keyof typeof OPENINGS

export const askQuestion = (viewer: Viewer, communitySlug: string, input: AskInput) => openThread(viewer, communitySlug, 'question', input)

/** A question or an idea in a room; `alongside` writes what belongs to it in another domain, `first` what it stands on. */
export async function openThread(
  viewer: Viewer,
  communitySlug: string,
  kind: Opening,
  input: AskInput,
  alongside?: (tx: Tx, opened: { threadId: string; communityId: string; postId: string; createdAt: Date }) => Promise<unknown>,
  first?: (tx: Tx) => Promise<unknown>,
) {
  const community = await roomToAsk(viewer, communitySlug)
  authorize(viewer, OPENINGS[kind].may, community, OPENINGS[kind].refused)
  const asker = writer(viewer)
  const product = input.product ? community.products.find(({ id }) => id === input.product) : undefined
  if (input.product && !product) throw new Invalid({ product: 'notChoice' })
  const details = kind === 'question' && product ? detailsOf(await fieldsToFill([product.id]), input) : []
  await countAgainst(OPENINGS[kind].limit, asker.personId)

  return transaction(viewer, async (tx) => {
    await first?.(tx)
    const entitled = await withinTheDay(tx, asker, null)
    const thread = { threadId: newId(), communityId: community.communityId, createdAt: now() }
    const postId = newId()
    const { handleId } = asker
    const draft = OPENINGS[kind].draft
    const files = await filesAlong(tx, viewer, { kind: draft, subjectId: thread.communityId }, input)
    const { html, mentioned } = await drawPost(tx, viewer, community.communityId, input.body, files.pictures)
    const written = {
      title: input.title,
      handleId,
      productId: product?.id ?? null,
      createdAt: thread.createdAt,
      activeAt: thread.createdAt,
    }
    const { communityId } = thread
    const caught = await caughtBy(
      tx,
      asker,
      { communityId, threadId: null, title: input.title, markdown: input.body, html, opened: input.opened },
      entitled,
    )
    const [row] = await tx
      .insert(threads)
      .values({ id: thread.threadId, communityId: thread.communityId, kind, ...written })
      .returning({ number: threads.number })
    await tx.insert(posts).values({
      id: postId,
      threadId: thread.threadId,
      kind: 'opening',
      handleId,
      markdown: input.body,
      html,
      details: details.length > 0 ? details : null,
      createdAt: thread.createdAt,
    })
    await attachFiles(tx, files, postId)
    await keepFollowing(tx, thread.threadId, handleId)
    await addTags(tx, thread, input.tags)
    await countThreads(tx, thread.communityId, 1)
    await endDraft(tx, viewer, draft, thread.communityId, input)
    await alongside?.(tx, { ...thread, postId })
    const vendorId = community.hostVendorId ?? product?.vendorId ?? community.productVendorId
    const ids = { communityId: thread.communityId, threadId: thread.threadId, postId, vendorId }
    if (caught) await hold(tx, { ...ids, handleId, opens: true }, caught, (decisionId) => hideThread(tx, thread.threadId, decisionId))
    else {
      await record(tx, viewer, OPENINGS[kind].happened, ids)
      await keepMentions(tx, viewer, ids, mentioned)
    }
    return { threadId: thread.threadId, postId, number: (row as { number: number }).number, slug: community.slug }
  })
}

/** What the form needs to know of the room, and what of it a question or an idea may concern. */
export async function askPage(viewer: Viewer, communitySlug: string, kind: Opening = 'question') {
  const community = await roomToAsk(viewer, communitySlug)
  // Who has not signed in may look whether it was asked before, and is asked to sign in when posting.
  if (viewer.kind === 'visitor') authorize(viewer, 'community.read', community)
  else if (!canInTime(viewer, OPENINGS[kind].may, community)) authorize(viewer, OPENINGS[kind].may, community, OPENINGS[kind].refused)
  const fields = kind === 'question' ? await fieldsToFill(community.products.map(({ id }) => id)) : []
  return {
    signedIn: viewer.kind !== 'visitor',
    communityId: community.communityId,
    slug: community.slug,
    name: community.name,
    products: community.products.map(({ id, name }) => ({ id, name, fields: fields.filter(({ productId }) => productId === id) })),
  }
}

/** Rooms in which the viewer may ask, their own first. */
export async function roomsToAsk(viewer: Viewer) {
  const rooms = await db
    .select({
      communityId: communities.id,
      slug: communities.slug,
      name: communities.name,
      summary: communities.summary,
      access: communities.access,
    })
    .from(communities)
    .where(readableBy(viewer))
    .orderBy(sql`${communities.threadCount} desc`, communities.name)
    .limit(100)
  const own = new Set(viewer.kind === 'person' ? viewer.memberOf : [])
  return rooms
    .filter((room) => viewer.kind !== 'person' || canInTime(viewer, 'thread.ask', room))
    .map(({ communityId, slug, name, summary }) => ({ slug, name, summary, joined: own.has(communityId) }))
    .sort((one, other) => Number(other.joined) - Number(one.joined))
}

async function roomToAsk(viewer: Viewer, slug: string) {
  const { id: communityId, name, access, hostVendorId, productId } = communities
  const [community] = await db
    .select({ communityId, slug: communities.slug, name, access, hostVendorId, productId })
    .from(communities)
    .where(eq(communities.slug, slug))
  if (!community) throw new NotFound()
  mustBeFound(viewer, 'community.know', community)
  const known = or(
    community.hostVendorId ? eq(products.vendorId, community.hostVendorId) : undefined,
    community.productId ? eq(products.id, community.productId) : undefined,
  )
  const offered = known
    ? await db
        .select({ id: products.id, name: products.name, vendorId: products.vendorId })
        .from(products)
        .where(known)
        .orderBy(products.name)
        .limit(50)
    : []
  return { ...community, products: offered, productVendorId: offered.find(({ id }) => id === community.productId)?.vendorId ?? null }
}
