import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import {
  accounts,
  contacts,
  handOffs,
  cases,
  communities,
  delegates,
  decisions,
  grants,
  draws,
  handles,
  notifications,
  posts,
  products,
  recommendations,
  threads,
  vendorOrganizations,
  vendors,
} from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { visibleTo } from '~/server/threads'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import { markRead, ownNotice } from './reading'

const ON_A_PAGE = 30
/** “Chen, Bo and 3 others”. */
const NAMED = 2

/** What it is about, as an address needs it. */
export type About =
  | { kind: 'post'; slug: string; number: number; postId: string; title: string }
  | { kind: 'decision'; decisionId: string; act: string }
  | { kind: 'recommendation'; recommendationId: string; title: string }
  | { kind: 'vendor'; slug: string; title: string }
  | { kind: 'community'; slug: string; title: string }
  | { kind: 'imported'; importedId: string; title: string }
  | { kind: 'case'; caseId: string; title: string }
  | { kind: 'invitation'; title: string }
  | { kind: 'claimed'; slug: string; title: string }
  | { kind: 'account' }
  | { kind: 'duty' }
  | { kind: 'grant'; grantId: string; title: string }
  | { kind: 'owed'; slug: string; title: string }
  | { kind: 'contact'; slug: string; contactId: string; title: string }
  | { kind: 'hand-off'; handOffId: string; title: string }
  | { kind: 'health'; accountId: string; title: string }
  | { kind: 'plan'; slug: string; title: string }
  | { kind: 'readings'; slug: string; title: string }
  | { kind: 'vault' }
  | { kind: 'delegate'; title: string }
export type Notice = {
  id: string
  kind: string
  why: string
  /** Who did it, the latest first; `others` more are not named. */
  by: HandleInfo[]
  others: number
  count: number
  at: Date
  unread: boolean
  about: About
}

/** A page of what the viewer was told, without what they may no longer read. Events that belong together are one line. */
export async function inboxPage(viewer: PersonViewer, cursor?: string | null) {
  const [, moment, id] = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? '') ?? []
  return transaction(viewer, async (tx) => {
    const older = moment
      ? sql`(${notifications.createdAt}, ${notifications.id}) < (to_timestamp(${Number(moment)}::float8 / 1000), ${id}::uuid)`
      : undefined
    const rows = await tx
      .select()
      .from(notifications)
      .where(and(eq(notifications.personId, viewer.personId), sql`${notifications.leads} and ${notifications.shown}`, older))
      .orderBy(desc(notifications.createdAt), desc(notifications.id))
      .limit(ON_A_PAGE + 1)
    const page = rows.slice(0, ON_A_PAGE)
    const last = page.at(-1)
    const joined = await whatTheyJoin(tx, page)
    const [about, names] = await Promise.all([
      whatTheyAreAbout(tx, viewer, page, joined),
      handlesShown([...page.map((row) => row.actorHandleId), ...[...joined.values()].flatMap((it) => it.actors)]),
    ])
    const notices = page.flatMap((row): Notice[] => {
      const more = joined.get(row.groupId)
      const found = more?.posts.map((postId) => about.get(postId)).find(Boolean) ?? about.get(row.objectId)
      if (!found) return []
      const actors = more?.actors ?? [row.actorHandleId].filter((it) => it !== null)
      const by = actors.flatMap((actor) => names.get(actor) ?? [])
      const { id, kind, why, createdAt: at } = row
      const unread = row.readAt === null
      return [
        {
          id,
          kind: more?.mixed ? 'several' : kind,
          why,
          by,
          others: (more?.people ?? by.length) - by.length,
          count: more?.count ?? 1,
          at,
          unread,
          about: found,
        },
      ]
    })
    return { notices, next: rows.length > ON_A_PAGE && last ? `${last.createdAt.getTime()}.${last.id}` : null }
  })
}

/** What one line of the inbox leads to; opening it is reading it. */
export async function openNotice(viewer: PersonViewer, noticeId: string): Promise<About> {
  const row = await ownNotice(viewer, noticeId)
  const about = await transaction(viewer, async (tx) => {
    const joined = await whatTheyJoin(tx, [row])
    const found = await whatTheyAreAbout(tx, viewer, [row], joined)
    return (
      joined
        .get(row.groupId)
        ?.posts.map((postId) => found.get(postId))
        .find(Boolean) ?? found.get(row.objectId)
    )
  })
  if (!about) throw new NotFound()
  await markRead(viewer, noticeId)
  return about
}

type Joined = { count: number; people: number; mixed: boolean; actors: string[]; posts: string[] }

/** What stands behind the head of a line: how much, by whom (the latest first), and the posts, the first unread one first. */
async function whatTheyJoin(tx: Tx, page: { groupId: string; objectKind: string }[]): Promise<Map<string, Joined>> {
  const groups = page.filter((row) => row.objectKind === 'post').map((row) => row.groupId)
  if (groups.length === 0) return new Map()
  const rows = await tx.execute<{ group_id: string; count: number; people: number; mixed: boolean; actors: string; posts: string }>(sql`
    select n.group_id, count(*)::int as count, count(distinct n.actor_handle_id)::int as people, count(distinct (n.kind, n.why)) > 1 as mixed,
      array_to_string((array_agg(n.actor_handle_id order by n.created_at desc))[1:20], ' ') as actors,
      array_to_string((array_agg(n.object_id order by n.read_at is not null, n.created_at))[1:20], ' ') as posts
    from notifications n join posts p on p.id = n.object_id and p.hidden_by_decision_id is null
    where n.group_id in ${groups} group by n.group_id`)
  return new Map(
    rows.map(({ group_id, actors, posts, ...row }) => [
      group_id,
      { ...row, actors: [...new Set(actors.split(' '))].filter(Boolean).slice(0, NAMED), posts: posts.split(' ') },
    ]),
  )
}

type Row = { objectKind: string; objectId: string }

async function whatTheyAreAbout(tx: Tx, viewer: PersonViewer, rows: Row[], joined: Map<string, Joined>): Promise<Map<string, About>> {
  const joinedPosts = [...joined.values()].flatMap((it) => it.posts)
  const of = (kind: About['kind']) => [...new Set(rows.filter((row) => row.objectKind === kind).map((row) => row.objectId))]
  const parts = await Promise.all([
    aboutPosts(tx, viewer, [...new Set([...of('post'), ...joinedPosts])]),
    aboutDecisions(tx, of('decision')),
    aboutRecommendations(tx, of('recommendation')),
    aboutVendors(tx, 'vendor', of('vendor')),
    aboutVendors(tx, 'readings', of('readings')),
    aboutVendors(tx, 'plan', of('plan')),
    aboutVendors(tx, 'claimed', viewer.isOperator ? of('claimed') : []),
    aboutCommunities(tx, of('community')),
    aboutImported(tx, of('imported')),
    aboutCases(tx, viewer, of('case')),
    aboutInvitations(tx, of('invitation')),
    of('account').map((id): [string, About] => [id, { kind: 'account' }]),
    of('duty').map((id): [string, About] => [id, { kind: 'duty' }]),
    of('vault').map((id): [string, About] => [id, { kind: 'vault' }]),
    aboutDelegates(tx, viewer, of('delegate')),
    aboutGrants(tx, viewer, of('grant')),
    aboutOwed(tx, viewer, of('owed')),
    aboutContacts(tx, of('contact')),
    aboutHandOffs(tx, of('hand-off')),
    aboutHealth(tx, of('health')),
  ])
  return new Map(parts.flat())
}

async function aboutDelegates(tx: Tx, viewer: PersonViewer, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx
    .select({ id: delegates.id, name: delegates.name })
    .from(delegates)
    .where(and(inArray(delegates.id, ids), eq(delegates.personId, viewer.personId)))
  return found.map(({ id, name }) => [id, { kind: 'delegate', title: name }])
}

async function aboutGrants(tx: Tx, viewer: PersonViewer, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx
    .select({ grantId: grants.id, title: vendors.name })
    .from(grants)
    .innerJoin(vendors, eq(vendors.id, grants.vendorId))
    .where(and(inArray(grants.id, ids), eq(grants.personId, viewer.personId)))
  return found.map((row) => [row.grantId, { kind: 'grant', ...row }])
}

async function aboutOwed(tx: Tx, viewer: PersonViewer, ids: string[]): Promise<[string, About][]> {
  const served = ids.filter((id) => viewer.staffOf.some(({ vendorId }) => vendorId === id))
  if (served.length === 0) return []
  const found = await tx
    .select({ id: vendors.id, slug: vendors.slug, title: vendors.name })
    .from(vendors)
    .where(inArray(vendors.id, served))
  return found.map(({ id, ...row }) => [id, { kind: 'owed', ...row }])
}

/** Row-level security leaves those of the vendors that the viewer serves. */
async function aboutContacts(tx: Tx, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx
    .select({ contactId: contacts.id, slug: vendors.slug, title: contacts.name })
    .from(contacts)
    .innerJoin(vendors, eq(vendors.id, contacts.vendorId))
    .where(inArray(contacts.id, ids))
  return found.map((row) => [row.contactId, { kind: 'contact', ...row }])
}

/** The same: by the company, or by the name that the member shows. */
async function aboutHandOffs(tx: Tx, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx
    .select({
      handOffId: handOffs.id,
      title: sql<string>`coalesce((select o.name from accounts a join vendor_organizations o on o.id = a.organization_id where a.id = ${handOffs.accountId}),
        (select h.display_name from relationships r join handles h on h.id = r.handle_id where r.id = ${handOffs.relationshipId}), '')`,
    })
    .from(handOffs)
    .where(inArray(handOffs.id, ids))
  return found.map((row) => [row.handOffId, { kind: 'hand-off', ...row }])
}

async function aboutHealth(tx: Tx, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx
    .select({ accountId: accounts.id, title: vendorOrganizations.name })
    .from(accounts)
    .innerJoin(vendorOrganizations, eq(vendorOrganizations.id, accounts.organizationId))
    .where(inArray(accounts.id, ids))
  return found.map((row) => [row.accountId, { kind: 'health', ...row }])
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

async function aboutVendors(tx: Tx, kind: 'vendor' | 'claimed' | 'readings' | 'plan', ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx.select({ id: vendors.id, slug: vendors.slug, title: vendors.name }).from(vendors).where(inArray(vendors.id, ids))
  return found.map(({ id, ...row }) => [id, { kind, ...row }])
}

async function aboutCommunities(tx: Tx, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx
    .select({ id: communities.id, slug: communities.slug, title: communities.name })
    .from(communities)
    .where(inArray(communities.id, ids))
  return found.map(({ id, ...row }) => [id, { kind: 'community', ...row }])
}

async function aboutImported(tx: Tx, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx.select({ importedId: handles.id, title: handles.displayName }).from(handles).where(inArray(handles.id, ids))
  return found.map((row) => [row.importedId, { kind: 'imported', ...row }])
}

async function aboutInvitations(tx: Tx, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx
    .select({ id: draws.id, title: products.name })
    .from(draws)
    .innerJoin(products, eq(products.id, draws.productId))
    .where(inArray(draws.id, ids))
  return found.map(({ id, title }) => [id, { kind: 'invitation', title }])
}

/** Row-level security leaves those of the viewer's two sides; a question that is not open to them any more goes unnamed. */
async function aboutCases(tx: Tx, viewer: PersonViewer, ids: string[]): Promise<[string, About][]> {
  if (ids.length === 0) return []
  const found = await tx
    .select({ caseId: cases.id, title: sql<string>`case when ${visibleTo(viewer)} then ${threads.title} else ${vendors.name} end` })
    .from(cases)
    .innerJoin(vendors, eq(vendors.id, cases.vendorId))
    .innerJoin(threads, eq(threads.id, cases.threadId))
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(inArray(cases.id, ids))
  return found.map((row) => [row.caseId, { kind: 'case', ...row }])
}
