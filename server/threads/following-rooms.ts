import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { communities, communityFollows, tagFollows, tags } from '~/db/schema'
import { communityBySlug, visibleTo } from '~/server/communities'
import { Conflict, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { inTurn, writer } from './facts'
import { MOST_FOLLOWED } from './rules'

/** Everything new in a room, or what is new under one of its tags. */
export async function followRoom(viewer: Viewer, slug: string, tag: string | null) {
  const room = await communityBySlug(viewer, slug)
  authorize(viewer, 'community.follow', room)
  const { handleId } = writer(viewer)
  await transaction(viewer, async (tx) => {
    await inTurn(tx, handleId)
    const tagId = tag === null ? null : await tagIdOf(room.communityId, tag, tx)
    const [rooms, tagged] = await Promise.all([
      tx.select({ n: count() }).from(communityFollows).where(eq(communityFollows.handleId, handleId)),
      tx.select({ n: count() }).from(tagFollows).where(eq(tagFollows.handleId, handleId)),
    ])
    if ((rooms[0]?.n ?? 0) + (tagged[0]?.n ?? 0) >= MOST_FOLLOWED) throw new Conflict('follow.most', { n: MOST_FOLLOWED })
    const values = { handleId, createdAt: now() }
    const added = tagId
      ? await tx
          .insert(tagFollows)
          .values({ ...values, tagId })
          .onConflictDoNothing()
          .returning({ handleId: tagFollows.handleId })
      : await tx
          .insert(communityFollows)
          .values({ ...values, communityId: room.communityId })
          .onConflictDoNothing()
          .returning({ handleId: communityFollows.handleId })
    if (added.length > 0) await record(tx, viewer, 'community.followed', { communityId: room.communityId, tagId, vendorId: room.vendorId })
  })
}

/** Only what the viewer follows is looked at: nobody learns by it which tags a room has. */
export async function unfollowRoom(viewer: Viewer, slug: string, tag: string | null) {
  const room = await communityBySlug(viewer, slug)
  const { handleId } = writer(viewer)
  const { communityId, vendorId } = room
  await transaction(viewer, async (tx) => {
    const gone =
      tag === null
        ? await tx
            .delete(communityFollows)
            .where(and(eq(communityFollows.communityId, communityId), eq(communityFollows.handleId, handleId)))
            .returning({ tagId: sql<null>`null` })
        : await tx
            .delete(tagFollows)
            .where(and(inArray(tagFollows.tagId, tagNamed(communityId, tag, tx)), eq(tagFollows.handleId, handleId)))
            .returning({ tagId: tagFollows.tagId })
    for (const { tagId } of gone) await record(tx, viewer, 'community.unfollowed', { communityId, tagId, vendorId })
  })
}

const tagNamed = (communityId: string, name: string, tx: Pick<Tx, 'select'>) =>
  tx
    .select({ id: tags.id })
    .from(tags)
    .where(and(eq(tags.communityId, communityId), eq(tags.name, name)))

async function tagIdOf(communityId: string, name: string, tx: Pick<Tx, 'select'>): Promise<string> {
  const [tag] = await tagNamed(communityId, name, tx)
  if (!tag) throw new NotFound()
  return tag.id
}

/** How the viewer follows what a page of a room shows; nothing to follow under a tag that nobody used. */
export async function followsHere(viewer: Viewer, communityId: string, tag: string | null): Promise<{ follows: boolean } | null> {
  const me = viewer.kind === 'person' ? viewer.handleId : null
  if (tag === null) {
    if (!me) return { follows: false }
    const [row] = await db
      .select({ one: sql`1` })
      .from(communityFollows)
      .where(and(eq(communityFollows.communityId, communityId), eq(communityFollows.handleId, me)))
    return { follows: Boolean(row) }
  }
  const [row] = await db
    .select({
      follows: me
        ? sql<boolean>`exists (select 1 from tag_follows f where f.tag_id = ${tags.id} and f.handle_id = ${me})`
        : sql<boolean>`false`,
    })
    .from(tags)
    .where(and(eq(tags.communityId, communityId), eq(tags.name, tag)))
  return row ?? null
}

export type FollowedRoom = { communityId: string; slug: string; name: string; tag: string | null }

/** What somebody follows of rooms and tags, of those that they may read. */
export async function followedRooms(viewer: Viewer): Promise<FollowedRoom[]> {
  const { handleId } = writer(viewer)
  const shown = { communityId: communities.id, slug: communities.slug, name: communities.name }
  const [rooms, tagged] = await Promise.all([
    db
      .select(shown)
      .from(communityFollows)
      .innerJoin(communities, eq(communities.id, communityFollows.communityId))
      .where(and(eq(communityFollows.handleId, handleId), visibleTo(viewer)))
      .orderBy(asc(communities.name)),
    db
      .select({ ...shown, tag: tags.name })
      .from(tagFollows)
      .innerJoin(tags, eq(tags.id, tagFollows.tagId))
      .innerJoin(communities, eq(communities.id, tags.communityId))
      .where(and(eq(tagFollows.handleId, handleId), visibleTo(viewer)))
      .orderBy(asc(tags.name), asc(communities.name)),
  ])
  return [...rooms.map((room) => ({ ...room, tag: null })), ...tagged]
}
