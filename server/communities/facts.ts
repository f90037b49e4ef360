import { eq, inArray, ne, or, sql, type SQL } from 'drizzle-orm'
import { db, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { communities, products } from '~/db/schema'
import { Forbidden, NotFound } from '~/server/errors'
import { mustBeFound } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'

const known = {
  communityId: communities.id,
  access: communities.access,
  slug: communities.slug,
  name: communities.name,
  summary: communities.summary,
  rules: communities.rules,
  joinQuestion: communities.joinQuestion,
  hostVendorId: communities.hostVendorId,
  responseTargetHours: communities.responseTargetHours,
  memberCount: communities.memberCount,
  threadCount: communities.threadCount,
  source: communities.source,
  sourceUrl: communities.sourceUrl,
  licence: communities.licence,
  /** Whose room it is for the relationship record: the host's, else that of the maker of its product. */
  vendorId: sql<string | null>`coalesce(${communities.hostVendorId}, ${products.vendorId})`,
}

/** What the policy and the rooms need to know of a community, or null. */
export async function communityFacts(id: string, tx: Pick<Tx, 'select'> = db) {
  if (!isId(id)) return null
  const [row] = await tx
    .select(known)
    .from(communities)
    .leftJoin(products, eq(products.id, communities.productId))
    .where(eq(communities.id, id))
  return row ?? null
}

/** The community at an address, if the viewer may know of it. */
export async function communityBySlug(viewer: Viewer, slug: string) {
  const [row] = await db
    .select(known)
    .from(communities)
    .leftJoin(products, eq(products.id, communities.productId))
    .where(eq(communities.slug, slug))
  if (!row) throw new NotFound()
  mustBeFound(viewer, 'community.know', row)
  return row
}

export type KnownCommunity = Awaited<ReturnType<typeof communityBySlug>>

/** The same within a change: its row stays as it is until the end, so that counts and access hold. */
export async function lockedCommunity(tx: Tx, viewer: Viewer, slug: string): Promise<KnownCommunity> {
  const query = tx
    .select(known)
    .from(communities)
    .leftJoin(products, eq(products.id, communities.productId))
    .where(eq(communities.slug, slug))
  const [row] = await query.for('no key update', { of: communities })
  if (!row) throw new NotFound()
  mustBeFound(viewer, 'community.know', row)
  return row
}

/** Only people belong, decide and invite. */
export function personAsking(viewer: Viewer): PersonViewer {
  if (viewer.kind === 'person') return viewer
  throw new Forbidden('signInFirst')
}

const own = (viewer: Viewer) => (viewer.kind === 'person' ? [...viewer.memberOf, ...viewer.moderates] : [])
const all = (viewer: Viewer) => viewer.kind === 'system' || (viewer.kind === 'person' && viewer.isOperator)

/** Communities that the viewer may know of: the rule `community.know`, said in SQL. Every list of communities starts here. */
export function knownTo(viewer: Viewer): SQL {
  if (all(viewer)) return sql`true`
  const rooms = own(viewer)
  return or(ne(communities.access, 'invitation'), rooms.length > 0 ? inArray(communities.id, rooms) : undefined) as SQL
}

/** Communities whose threads the viewer may read: the rule `community.read`, said in SQL. */
export function visibleTo(viewer: Viewer): SQL {
  if (all(viewer)) return sql`true`
  const rooms = own(viewer)
  return or(eq(communities.access, 'open'), rooms.length > 0 ? inArray(communities.id, rooms) : undefined) as SQL
}
