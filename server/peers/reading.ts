import { and, desc, eq, isNull, sql, type SQL } from 'drizzle-orm'
import { db } from '~/db/client'
import { isId } from '~/db/ids'
import { INDUSTRIES, ORGANISATION_SIZES, type AUTHOR_ROLES, type INCENTIVES, type INVITED_BY, type NAMING_RELATIONS } from '~/db/kinds'
import { communities, recommendationRequests, threads } from '~/db/schema'
import { can } from '~/server/policy'
import type { Cut } from '~/server/recommendations'
import { readableBy, visibleTo } from '~/server/threads'
import type { Viewer } from '~/server/viewer'

const MOST_NAMED = 500
const REQUESTS_A_PAGE = 25
const MOST_ROOMS = 20

type Size = (typeof ORGANISATION_SIZES)[number]
type Industry = (typeof INDUSTRIES)[number]

export type NamedShown = {
  postId: string
  /** Null: it stands in no directory. */
  vendorSlug: string | null
  name: string
  product: string | null
  relation: (typeof NAMING_RELATIONS)[number]
  incentive: (typeof INCENTIVES)[number]
  invitedBy: (typeof INVITED_BY)[number]
  organisationSize: Size | null
  industry: Industry | null
  authorRole: (typeof AUTHOR_ROLES)[number] | null
  evidence: 'relationship' | 'self-declared'
  /** By their own words its partner or tied to it, or publicly of the staff of a vendor: not counted. */
  counted: boolean
}
type Row = {
  organisation_size: Size | null
  industry: Industry | null
  must_haves: string
  budget: string
  named: (NamedShown & { by: string; found: boolean })[]
}
type Tallied = { vendorSlug: string | null; name: string; count: number; alike: number }

/** Those answers to a request whose authors say that they are like this, or that speak of it. A condition on posts. */
export function repliesLike({ size, industry, role, about }: Cut): SQL | undefined {
  if (!size && !industry && !role && !about) return undefined
  const said = and(
    size ? sql`like_that.organisation_size = ${size}` : undefined,
    industry ? sql`like_that.industry = ${industry}` : undefined,
    role ? sql`like_that.author_role = ${role}` : undefined,
    about ? sql`position(search_text(${about}) in search_text(posts.markdown)) > 0` : undefined,
  )
  return sql`exists (select 1 from named_vendors like_that where like_that.post_id = posts.id and ${said})`
}

/** What a request asks for, whom its answers name, and how many people name each, each once; and how many answers are like whoever asks. */
export async function requestOf(
  viewer: Viewer,
  thread: { threadId: string; may: { answer: boolean }; opening: { mine: boolean } },
  cut: Cut = {},
) {
  const [row] = await db.execute<Row>(sql`
    select r.organisation_size, r.industry, r.must_haves, r.budget, (select coalesce(json_agg(x), '[]') from (
      select n.post_id as "postId", n.handle_id as by, v.slug as "vendorSlug", coalesce(v.name, n.named) as name, p.name as product, n.relation, n.incentive,
        n.invited_by as "invitedBy", n.organisation_size as "organisationSize", n.industry, n.author_role as "authorRole", n.evidence,
        ${repliesLike(cut) ?? sql`true`} as found,
        n.relation not in ('tied', 'partner') and not exists (select 1 from handles h join vendor_staff s on s.person_id = h.person_id where h.id = n.handle_id
          and (s.ended_at is null or s.vendor_id = n.vendor_id)) as counted
      from posts join named_vendors n on n.post_id = posts.id left join vendors v on v.id = n.vendor_id left join products p on p.id = n.product_id
      where posts.thread_id = r.thread_id and posts.kind = 'answer' and posts.hidden_by_decision_id is null
      order by posts.created_at, posts.id limit ${MOST_NAMED}) x) as named
    from recommendation_requests r where r.thread_id = ${thread.threadId}::uuid`)
  if (!row) return null
  const { organisation_size: organisationSize, industry, must_haves: mustHaves, budget, named } = row
  return {
    ...{ organisationSize, industry, mustHaves, budget },
    named: Object.fromEntries(named.map(({ by: _by, found: _found, ...it }) => [it.postId, it])) as Record<string, NamedShown>,
    replies: repliesCounted(named, { organisationSize, industry }),
    cut,
    tally: tallied(named, { organisationSize, industry }),
    may: { name: thread.may.answer && !thread.opening.mine && viewer.kind === 'person' },
  }
}

/** How many name somebody, how many of them are of the size and of the industry that the request names, and how many are as was sought. */
function repliesCounted(named: Row['named'], asked: { organisationSize: Size | null; industry: Industry | null }) {
  const like = (wanted: Partial<typeof asked>) =>
    named.filter((it) => isLike(it, { organisationSize: null, industry: null, ...wanted })).length
  const { organisationSize, industry } = asked
  return {
    all: named.length,
    found: named.filter(({ found }) => found).length,
    size: like({ organisationSize }),
    industry: like({ industry }),
    both: like(asked),
  }
}

function tallied(named: Row['named'], asked: { organisationSize: Size | null; industry: Industry | null }): Tallied[] {
  const by = new Map<string, Tallied & { people: Set<string> }>()
  for (const it of named) {
    if (!it.counted) continue
    const key = it.vendorSlug ?? `“${it.name.toLowerCase()}”`
    const of = by.get(key) ?? { vendorSlug: it.vendorSlug, name: it.name, count: 0, alike: 0, people: new Set() }
    by.set(key, of)
    if (of.people.has(it.by)) continue
    of.people.add(it.by)
    of.count += 1
    if (isLike(it, asked)) of.alike += 1
  }
  return [...by.values()]
    .map(({ people: _, ...it }) => it)
    .sort((one, other) => other.count - one.count || one.name.localeCompare(other.name))
}

/** Of the size and the industry that the request names, as far as it names them. */
function isLike(
  it: { organisationSize: Size | null; industry: Industry | null },
  asked: { organisationSize: Size | null; industry: Industry | null },
) {
  if (!asked.organisationSize && !asked.industry) return false
  return (!asked.organisationSize || it.organisationSize === asked.organisationSize) && (!asked.industry || it.industry === asked.industry)
}

type Sought = { size?: Size; industry?: Industry }

/** What an address asks for; what is no choice is not asked for. */
export function soughtFrom(given: URLSearchParams): Sought {
  const size = ORGANISATION_SIZES.find((value) => value === given.get('size'))
  const industry = INDUSTRIES.find((value) => value === given.get('industry'))
  return { ...(size ? { size } : {}), ...(industry ? { industry } : {}) }
}

/** The newest requests in rooms that the viewer may read. `after` is the last of the page before. */
export async function requestList(
  viewer: Viewer,
  { size, industry, after, limit = REQUESTS_A_PAGE }: Sought & { after?: string | null; limit?: number } = {},
) {
  const asked = recommendationRequests
  const found = await db
    .select({
      threadId: threads.id,
      slug: communities.slug,
      room: communities.name,
      number: threads.number,
      title: threads.title,
      organisationSize: asked.organisationSize,
      industry: asked.industry,
      answerCount: threads.answerCount,
      createdAt: asked.createdAt,
    })
    .from(asked)
    .innerJoin(threads, eq(threads.id, asked.threadId))
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(
      and(
        visibleTo(viewer),
        size ? eq(asked.organisationSize, size) : undefined,
        industry ? eq(asked.industry, industry) : undefined,
        isId(after ?? '')
          ? sql`(${asked.createdAt}, ${asked.threadId}) < (select l.created_at, l.thread_id from recommendation_requests l where l.thread_id = ${after}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(asked.createdAt), desc(asked.threadId))
    .limit(limit + 1)
  const requests = found.slice(0, limit)
  return { requests, next: found.length > limit ? (requests.at(-1)?.threadId ?? null) : null }
}

/** Rooms in which the viewer may ask peers, those with the most to read first. */
export async function peerRooms(viewer: Viewer) {
  const rooms = await db
    .select({ communityId: communities.id, slug: communities.slug, name: communities.name, access: communities.access })
    .from(communities)
    .where(and(isNull(communities.hostVendorId), isNull(communities.productId), readableBy(viewer)))
    .orderBy(desc(communities.threadCount), communities.name)
    .limit(MOST_ROOMS)
  return rooms
    .filter((room) => viewer.kind !== 'person' || can(viewer, 'request.make', { ...room, hosted: false }))
    .map(({ slug, name }) => ({ slug, name }))
}
