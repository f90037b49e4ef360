import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { communities, decisions, notifications, posts, recommendations, threads, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { now } from '~/server/platform/clock'
import { visibleTo } from '~/server/threads'
import type { HandleInfo, PersonViewer } from '~/server/viewer'

const ON_A_PAGE = 30

/** What it is about, as an address needs it. */
export type About =
  | { kind: 'post'; slug: string; number: number; postId: string; title: string }
  | { kind: 'decision'; decisionId: string; act: string }
  | { kind: 'recommendation'; recommendationId: string; title: string }
  | { kind: 'vendor'; slug: string; title: string }
  | { kind: 'community'; slug: string; title: string }
export type Notice = { id: string; kind: string; why: string; by: HandleInfo | null; at: Date; unread: boolean; about: About }

/** A page of what the viewer was told, without what they may no longer read. */
export async function inboxPage(viewer: PersonViewer, cursor?: string | null) {
  const [, moment, id] = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? '') ?? []
  return transaction(viewer, async (tx) => {
    const older = moment
      ? sql`(${notifications.createdAt}, ${notifications.id}) < (to_timestamp(${Number(moment)}::float8 / 1000), ${id}::uuid)`
      : undefined
    const rows = await tx
      .select()
      .from(notifications)
      .where(and(eq(notifications.personId, viewer.personId), older))
      .orderBy(desc(notifications.createdAt), desc(notifications.id))
      .limit(ON_A_PAGE + 1)
    const page = rows.slice(0, ON_A_PAGE)
    const last = page.at(-1)
    const [about, names] = await Promise.all([whatTheyAreAbout(tx, viewer, page), handlesShown(page.map((row) => row.actorHandleId))])
    const notices = page.flatMap((row): Notice[] => {
      const found = about.get(row.objectId)
      const by = row.actorHandleId ? (names.get(row.actorHandleId) ?? null) : null
      return found ? [{ id: row.id, kind: row.kind, why: row.why, by, at: row.createdAt, unread: row.readAt === null, about: found }] : []
    })
    return { notices, next: rows.length > ON_A_PAGE && last ? `${last.createdAt.getTime()}.${last.id}` : null }
  })
}

export async function markAllRead(viewer: PersonViewer): Promise<void> {
  await transaction(viewer, async (tx) => {
    await tx
      .update(notifications)
      .set({ readAt: now() })
      .where(and(eq(notifications.personId, viewer.personId), isNull(notifications.readAt)))
  })
}

type Row = { objectKind: string; objectId: string }

async function whatTheyAreAbout(tx: Tx, viewer: PersonViewer, rows: Row[]): Promise<Map<string, About>> {
  const of = (kind: About['kind']) => [...new Set(rows.filter((row) => row.objectKind === kind).map((row) => row.objectId))]
  const parts = await Promise.all([
    aboutPosts(tx, viewer, of('post')),
    aboutDecisions(tx, of('decision')),
    aboutRecommendations(tx, of('recommendation')),
    aboutVendors(tx, of('vendor')),
    aboutCommunities(tx, of('community')),
  ])
  return new Map(parts.flat())
}

async function aboutPosts(tx: Tx, viewer: PersonViewer, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx
    .select({ postId: posts.id, number: threads.number, slug: communities.slug, title: threads.title })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(and(inArray(posts.id, ids), isNull(posts.hiddenByDecisionId), visibleTo(viewer)))
  return found.map((row) => [row.postId, { kind: 'post', ...row }])
}

async function aboutDecisions(tx: Tx, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx.select({ decisionId: decisions.id, act: decisions.act }).from(decisions).where(inArray(decisions.id, ids))
  return found.map((row) => [row.decisionId, { kind: 'decision', ...row }])
}

async function aboutRecommendations(tx: Tx, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx
    .select({ recommendationId: recommendations.id, title: recommendations.headline })
    .from(recommendations)
    .where(inArray(recommendations.id, ids))
  return found.map((row) => [row.recommendationId, { kind: 'recommendation', ...row }])
}

async function aboutVendors(tx: Tx, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx.select({ id: vendors.id, slug: vendors.slug, title: vendors.name }).from(vendors).where(inArray(vendors.id, ids))
  return found.map(({ id, ...row }) => [id, { kind: 'vendor', ...row }])
}

async function aboutCommunities(tx: Tx, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx
    .select({ id: communities.id, slug: communities.slug, title: communities.name })
    .from(communities)
    .where(inArray(communities.id, ids))
  return found.map(({ id, ...row }) => [id, { kind: 'community', ...row }])
}
