import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { handlesShown } from '~/server/accounts'
import { Forbidden, NotFound } from '~/server/errors'
import type { Evidence, RecommendationShown } from '~/server/recommendations/types'
import { sayPlaceOfWork } from '~/server/vault'
import type { HandleInfo, Viewer } from '~/server/viewer'
import { freshClaims } from './claiming'
import { earlierOn } from './earlier'
import { actsOn, foundSubject, versionOf, type Subject } from './subjects'
import { isAbout } from './today'
import type { EarlierDecision, Item } from './types'

const MOST_FLAGS = 100
const MOST_NOTES = 20

/** /moderation/:kind/:id: one thing and its form, on a screen of its own. */
export async function itemPage(viewer: Viewer, kind: string, id: string): Promise<Item> {
  const found = await transaction(viewer, async (tx) => {
    const subject = await foundSubject(viewer, tx, kind, id)
    if (!subject.mayDecide)
      throw new Forbidden(
        kind === 'recommendation' && viewer.kind === 'person' && viewer.staffOf.length > 0
          ? 'moderation.vendorStaff'
          : 'moderation.notYours',
      )
    const found = await foundItem(viewer, tx, kind, id)
    if (!found) throw new NotFound()
    return found
  })
  return shownItem(viewer, found, await handlesShown(found.named, found.subject))
}

type Disclosed = Pick<RecommendationShown, 'verdict' | 'relation' | 'incentive' | 'invitedBy'> & { evidence: Evidence }
type Words = {
  title: string
  html: string | null
  use_case: string | null
  what_is_good: string
  what_is_not: string
  for_whom: string
  product_name: string
  created_at: string
  number: number | null
  community_slug: string | null
  community_name: string | null
  vendor_slug: string | null
  vendor_name: string | null
  sort: Item['sort']
  removed_before: number
  changed: string | null
  version: string
  disclosed: Disclosed
  dispute: Item['dispute']
  raised: Raised[]
  notes: Noted[]
  earlier: (Omit<EarlierDecision, 'decidedAt'> & { decidedAt: string })[]
  score: number | null
  others: number
  claimed_by: string | null
}
type Raised = Pick<Item['flags'][number], 'id' | 'reason' | 'note' | 'state' | 'weight' | 'stake'> & {
  flaggedBy: string | null
  createdAt: string
}
type Noted = { id: string; by: string; body: string; createdAt: string }

/** Null: gone meanwhile, or not of this queue. `named` are the handles that it shows. */
export async function foundItem(viewer: Viewer, tx: Tx, kind: string, id: string, communityId?: string | null) {
  const subject = await foundSubject(viewer, tx, kind, id).catch(notThere)
  if (!subject?.mayDecide || (communityId && subject.communityId !== communityId)) return null
  if (kind === 'recommendation') await sayPlaceOfWork(tx, viewer)
  const words = await wordsOf(tx, subject)
  if (!words) return null
  const named = [
    subject.handleId,
    words.claimed_by,
    ...words.raised.map((each) => each.flaggedBy),
    ...words.notes.map((note) => note.by),
  ].filter((handle): handle is string => handle !== null)
  return { subject, words, named }
}
type FoundItem = NonNullable<Awaited<ReturnType<typeof foundItem>>>

export function shownItem(viewer: Viewer, { subject, words }: FoundItem, names: Map<string, HandleInfo>): Item {
  const nobody: HandleInfo = { handle: null, displayName: '', placeholder: true, seat: { kind: 'member' } }
  const by = names.get(subject.handleId) ?? nobody
  const earlier = words.earlier.map((each) => ({ ...each, decidedAt: new Date(each.decidedAt) }))
  const mine = viewer.kind === 'person' ? viewer.handleId : null
  return {
    kind: subject.kind,
    id: subject.id,
    sort: words.sort,
    title: words.title,
    html: words.html,
    parts:
      words.use_case === null
        ? null
        : {
            useCase: words.use_case,
            whatIsGood: words.what_is_good,
            whatIsNot: words.what_is_not,
            forWhom: words.for_whom,
            productName: words.product_name,
            ...words.disclosed,
          },
    by,
    createdAt: new Date(words.created_at),
    hidden: subject.hidden,
    held: subject.held,
    locked: subject.locked,
    community: words.community_slug && words.community_name ? { slug: words.community_slug, name: words.community_name } : null,
    vendor: words.vendor_slug && words.vendor_name ? { slug: words.vendor_slug, name: words.vendor_name } : null,
    number: words.number,
    dispute: words.dispute,
    flags: words.raised.map(({ flaggedBy, createdAt, ...each }) => ({
      ...each,
      createdAt: new Date(createdAt),
      by: flaggedBy ? (names.get(flaggedBy) ?? nobody) : null,
    })),
    score: words.score,
    claim: words.claimed_by ? { by: names.get(words.claimed_by)?.displayName ?? '', mine: words.claimed_by === mine } : null,
    waits: words.score !== null,
    others: words.others,
    notes: words.notes.map((note) => ({ ...note, by: names.get(note.by) ?? nobody, createdAt: new Date(note.createdAt) })),
    earlier,
    removedBefore: words.removed_before,
    changed: words.changed,
    version: words.version,
    acts: actsOn(subject),
    seen: earlier[0]?.id ?? '',
    may: {
      suspend:
        !by.placeholder &&
        (viewer.kind !== 'person' || viewer.handleId !== subject.handleId) &&
        (subject.communityId !== null || (viewer.kind === 'person' && viewer.isOperator)),
    },
  }
}

function notThere(error: unknown): null {
  if (error instanceof NotFound) return null
  throw error
}

async function wordsOf(tx: Tx, { kind, id, handleId, communityId }: Subject): Promise<Words | null> {
  const about = (x: string) => isAbout(x, { kind, id })
  const history = sql`(select count(*)::int from decisions d where d.target_handle_id = ${handleId}::uuid and d.act = 'hide' and d.decided_by is not null) as removed_before,
    (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'flaggedBy', f.flagged_by, 'reason', f.reason, 'note', f.note, 'state', f.state, 'weight', f.weight, 'stake', f.stake, 'createdAt', f.created_at)
        order by f.created_at desc), '[]')
      from (select * from flags where ${about('flags')} order by created_at desc limit ${MOST_FLAGS}) f) as raised,
    (select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'by', n.handle_id, 'body', n.body, 'createdAt', n.created_at) order by n.created_at), '[]')
      from (select * from moderation_notes where ${about('moderation_notes')} order by created_at desc limit ${MOST_NOTES}) n) as notes,
    ${earlierOn({ kind, id })} as earlier,
    (select sum(q.score)::real from queue_items q where ${about('q')}) as score,
    (select count(*)::int from (select 1 from queue_items q where q.handle_id = ${handleId}::uuid and not ${about('q')}
      and ${communityId ? sql`q.community_id = ${communityId}::uuid` : sql`q.subject_kind = 'recommendation'`} limit 100) o) as others,
    (select c.handle_id from queue_claims c where ${about('c')} and ${freshClaims(sql`c.claimed_at`)} limit 1) as claimed_by`
  const version = sql`${versionOf({ kind, id })} as version`
  const [row] =
    kind === 'recommendation'
      ? await tx.execute<Words>(sql`
          select r.headline as title, null as html, ${version}, null as changed, r.use_case, r.what_is_good, r.what_is_not, r.for_whom, p.name as product_name, r.created_at::text as created_at,
            null as number, null as community_slug, null as community_name, v.slug as vendor_slug, v.name as vendor_name, 'recommendation' as sort, ${history},
            (select jsonb_build_object('rule', s.rule, 'dueAt', s.due_at, 'tied', viewer_is_tied_to(s.vendor_id), 'said', coalesce((select w.words from dispute_words w where w.dispute_id = s.id and w.side = 'vendor'), ''),
              'proof', (select w.words from dispute_words w where w.dispute_id = s.id and w.side = 'author')) from disputes s where s.recommendation_id = r.id and s.outcome is null) as dispute,
            jsonb_build_object('verdict', r.verdict, 'relation', r.relation, 'incentive', r.incentive, 'invitedBy', r.invited_by, 'evidence', r.evidence) as disclosed
          from recommendations r join products p on p.id = r.product_id join vendors v on v.id = r.vendor_id where r.id = ${id}::uuid`)
      : await tx.execute<Words>(sql`
          select t.title, p.html, ${version}, case when exists (select 1 from post_revisions v where v.post_id = p.id
            and v.created_at > (select min(f.created_at) from flags f where ${isAbout('f', { kind, id })} and f.state = 'open')) then p.id end as changed, null as use_case, '' as what_is_good, '' as what_is_not, '' as for_whom, '' as product_name, p.created_at::text as created_at,
            t.number::int as number, c.slug as community_slug, c.name as community_name, null as vendor_slug, null as vendor_name,
            null as dispute, case p.kind when 'opening' then 'thread' when 'asked' then 'answer' else p.kind end as sort, ${history}
          from posts p join threads t on t.id = p.thread_id join communities c on c.id = t.community_id
          where ${kind === 'thread' ? sql`t.id = ${id}::uuid and p.kind = 'opening'` : sql`p.id = ${id}::uuid`}`)
  return row ?? null
}
