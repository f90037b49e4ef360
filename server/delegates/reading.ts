import { and, desc, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { communities, delegates, delegateUses, vendors } from '~/db/schema'
import { authorize } from '~/server/policy'
import { readableBy } from '~/server/threads'
import { ownFields } from '~/server/vault'
import type { Purpose } from '~/server/vault/input'
import type { PersonViewer } from '~/server/viewer'
import { MOST_DELEGATES } from './appointing'
import { waitingWishes } from './wishes'

const USES_ON_A_PAGE = 30

export type UseShown = {
  id: string
  at: Date
  tool: (typeof delegateUses.$inferSelect)['tool']
  fields: string[]
  outcome: (typeof delegateUses.$inferSelect)['outcome']
  name: string
  /** Whoever handed on to it. */
  through: string | null
}

/** /me/delegates: what waits to be confirmed, who may act, and what they did, newest first. */
export async function delegatesPage(viewer: PersonViewer, after: string | null) {
  authorize(viewer, 'delegate.view', { personId: viewer.personId })
  const [[live, uses], wishes] = await Promise.all([
    transaction(viewer, (tx) =>
      Promise.all([
        tx
          .select({
            id: delegates.id,
            name: delegates.name,
            scopes: delegates.scopes,
            fields: delegates.fields,
            preapproved: delegates.preapproved,
            expiresAt: delegates.expiresAt,
            lastUsedAt: delegates.lastUsedAt,
          })
          .from(delegates)
          .where(
            and(
              eq(delegates.personId, viewer.personId),
              isNull(delegates.parentId),
              isNull(delegates.endedAt),
              gt(delegates.expiresAt, sql`now()`),
            ),
          )
          .orderBy(desc(delegates.createdAt))
          .limit(MOST_DELEGATES),
        usesOf(tx, viewer, after),
      ]),
    ),
    waitingWishes(viewer),
  ])
  const named = await namesIn(
    viewer,
    wishes.map(({ wanted }) => wanted as Wanted),
  )
  const shown = uses.slice(0, USES_ON_A_PAGE)
  const last = uses.length > USES_ON_A_PAGE ? shown.at(-1) : null
  return {
    live,
    uses: shown,
    next: last ? `${last.at.toISOString()}_${last.id}` : null,
    wishes: wishes.map(({ id, scope, wanted, why, createdAt, expiresAt, delegateId }) => ({
      id,
      scope,
      wanted: shownAs(wanted, named),
      why,
      createdAt,
      expiresAt,
      from: live.find((delegate) => delegate.id === delegateId)?.name ?? null,
    })),
  }
}

type Wanted = Record<string, string> & { attributes?: string[] }
type Named = { kind: 'vendor' | 'room'; slug: string; name: string }

/** What vendors and rooms are called, as far as the person may know of them. */
async function namesIn(viewer: PersonViewer, wanted: Wanted[]): Promise<Named[]> {
  const [sellers, rooms] = [wanted.flatMap((it) => it.vendor ?? []), wanted.flatMap((it) => it.community ?? [])]
  const found = await Promise.all([
    sellers.length > 0 ? db.select({ slug: vendors.slug, name: vendors.name }).from(vendors).where(inArray(vendors.slug, sellers)) : [],
    rooms.length > 0
      ? db
          .select({ slug: communities.slug, name: communities.name })
          .from(communities)
          .where(and(inArray(communities.slug, rooms), readableBy(viewer)))
      : [],
  ])
  return found.flatMap((rows, at) => rows.map((row) => ({ kind: at === 0 ? 'vendor' : 'room', ...row })))
}

export type WishShown =
  | { grant: { vendor: string; attributes: string[]; purpose: Purpose; until: string } }
  | { question: { community: string; title: string; body: string; tags: string } }

/** What was wanted, as the person reads it; the vendor by its name. */
function shownAs(wanted: unknown, named: Named[]): WishShown {
  const it = wanted as Wanted
  const nameOf = (kind: Named['kind'], slug = '') => named.find((row) => row.kind === kind && row.slug === slug)?.name ?? slug
  if (it.attributes)
    return {
      grant: {
        vendor: nameOf('vendor', it.vendor),
        attributes: it.attributes,
        purpose: it.purpose as Purpose,
        until: it.until ?? '',
      },
    }
  return { question: { community: nameOf('room', it.community), title: it.title ?? '', body: it.body ?? '', tags: it.tags ?? '' } }
}

function usesOf(tx: Tx, viewer: PersonViewer, after: string | null): Promise<UseShown[]> {
  const [moment = '', id = ''] = after?.split('_') ?? []
  const from = new Date(moment)
  const older =
    after && !Number.isNaN(from.getTime()) && /^[\da-f-]{36}$/.test(id)
      ? or(lt(delegateUses.at, from), and(eq(delegateUses.at, from), lt(delegateUses.id, id)))
      : undefined
  return tx
    .select({
      id: delegateUses.id,
      at: sql<Date>`date_trunc('milliseconds', ${delegateUses.at})`.mapWith(delegateUses.at),
      tool: delegateUses.tool,
      fields: delegateUses.fields,
      outcome: delegateUses.outcome,
      name: delegates.name,
      through: sql<string | null>`(select p.name from delegates p where p.id = ${delegates}.parent_id)`,
    })
    .from(delegateUses)
    .innerJoin(delegates, eq(delegates.id, delegateUses.delegateId))
    .where(and(eq(delegateUses.personId, viewer.personId), older))
    .orderBy(desc(delegateUses.at), desc(delegateUses.id))
    .limit(USES_ON_A_PAGE + 1)
}

/** The newest of what was done in the viewer’s name. */
export async function lastUses(viewer: PersonViewer, most: number): Promise<UseShown[]> {
  authorize(viewer, 'delegate.view', { personId: viewer.personId })
  return (await transaction(viewer, (tx) => usesOf(tx, viewer, null))).slice(0, most)
}

/** What the form for a new delegate needs. */
export async function newDelegatePage(viewer: PersonViewer) {
  authorize(viewer, 'delegate.view', { personId: viewer.personId })
  return { kept: (await ownFields(viewer)).map(({ key, label, value }) => ({ key, label, value })) }
}
