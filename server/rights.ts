import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { Invalid } from './errors'
import { now } from './platform/clock'
import type { PersonViewer } from './viewer'

/** How far the portal trusts somebody. */
export type TrustLevel = 0 | 1 | 2 | 3 | 4
type Bound = number | null

/** TABLE. What each level of trust may do, from 0 to 4; null: no bound of its own. Each has its reason. */
// prettier-ignore
export const RIGHTS = {
  links:              { at: [2, 10, null, null, null],       why: 'advertising links; with more, a moderator looks first' },
  mentions:           { at: [2, 10, 10, 10, 10],             why: 'spam calls many people by name' },
  pictures:           { at: [1, 10, 10, 10, 10],             why: 'a picture shows before anybody could look at it' },
  threadsOnFirstDay:  { at: [3, null, null, null, null],     why: 'who floods a portal does it on the first day' },
  repliesOnFirstDay:  { at: [10, null, null, null, null],    why: 'who floods a portal does it on the first day' },
  repliesInARow:      { at: [3, null, null, null, null],     why: 'who talks to themselves under the question of another drowns it' },
} as const satisfies Record<string, { at: readonly [Bound, Bound, Bound, Bound, Bound]; why: string }>

export type Right = keyof typeof RIGHTS
export type Rights = Record<Right, Bound>

export const FIRST_DAY_HOURS = 24
/** Whoever takes part, is helped and helps, is read by nobody first. */
export const CHECKED_UP_TO: TrustLevel = 1

export function rightsAt(level: TrustLevel): Rights {
  return Object.fromEntries(Object.entries(RIGHTS).map(([right, { at }]) => [right, at[level]])) as Rights
}

/** A customer whom the vendor confirmed, staff and moderators are known: no bound for newcomers holds for them. */
const known = rightsAt(1)
export const rightsKnown = ({ staffOf, isOperator, isPortalModerator, moderates }: PersonViewer) =>
  staffOf.length > 0 || isOperator || isPortalModerator || moderates.length > 0

export type Entitled = { level: TrustLevel; known: boolean; rights: Rights }

/** What somebody may do now. */
export async function rightsOf(tx: Pick<Tx, 'execute'>, viewer: PersonViewer): Promise<Entitled> {
  const [row] = await tx.execute<{ level: TrustLevel; verified: boolean }>(sql`
    select coalesce((select t.level from trust_levels t where t.person_id = ${viewer.personId}::uuid), 0)::int as level,
      exists (select 1 from relationships r join relationship_states s on s.relationship_id = r.id where r.handle_id = ${viewer.handleId}::uuid
        and s.vendor_confirmed_at is not null and s.person_confirmed_at is not null and s.ended_at is null) as verified`)
  const level = row?.level ?? 0
  const isKnown = Boolean(row?.verified) || rightsKnown(viewer)
  return { level, known: isKnown, rights: level === 0 && isKnown ? known : rightsAt(level) }
}

/** How much of it a post takes. */
export async function withinRights(
  tx: Pick<Tx, 'execute'>,
  viewer: PersonViewer,
  post: { mentions: number; pictures: number },
): Promise<void> {
  if (post.mentions <= Number(RIGHTS.mentions.at[0]) && post.pictures <= Number(RIGHTS.pictures.at[0])) return
  const { level, rights } = await rightsOf(tx, viewer)
  const { mentions, pictures } = rights
  if (mentions !== null && post.mentions > mentions) throw new Invalid({ body: `right.mentions${ofNewcomer(level)}:${mentions}` })
  if (pictures !== null && post.pictures > pictures) throw new Invalid({ attach: `right.pictures${ofNewcomer(level)}:${pictures}` })
}
const ofNewcomer = (level: TrustLevel) => (level === 0 ? '.newcomer' : '')

/** One more thread, or one more reply in a thread. One at a time of the same newcomer, so that each is counted. Returns what else they may. */
export async function withinTheDay(tx: Pick<Tx, 'execute'>, viewer: PersonViewer, threadId: string | null): Promise<Entitled> {
  const entitled = await rightsOf(tx, viewer)
  await countTheDay(tx, viewer, threadId, entitled.rights)
  return entitled
}

async function countTheDay(tx: Pick<Tx, 'execute'>, viewer: PersonViewer, threadId: string | null, rights: Rights): Promise<void> {
  const { threadsOnFirstDay, repliesOnFirstDay, repliesInARow } = rights
  if (threadsOnFirstDay === null && repliesOnFirstDay === null && repliesInARow === null) return
  const { personId, handleId } = viewer
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`posts-of:${personId}`}, 0))`)
  const ofDay = sql`p.handle_id = any(array(select id from handles where person_id = ${personId}::uuid)) and p.source is null and p.created_at > born.created_at`
  const [wrote] = await tx.execute<{ first_day: boolean; threads: number; replies: number; in_a_row: number }>(sql`
    select born.created_at > ${now().toISOString()}::timestamptz - make_interval(hours => ${FIRST_DAY_HOURS}) as first_day,
      (select count(*)::int from posts p where ${ofDay} and p.kind in ('opening', 'asked')) as threads,
      (select count(*)::int from posts p where ${ofDay} and p.kind in ('answer', 'comment')) as replies,
      (select count(*)::int from posts p join threads t on t.id = p.thread_id and t.handle_id <> p.handle_id
        where p.thread_id = ${threadId}::uuid and p.handle_id = ${handleId}::uuid and p.kind in ('answer', 'comment') and not exists (select 1 from posts o
          where o.thread_id = p.thread_id and o.handle_id <> p.handle_id and o.kind in ('answer', 'comment') and (o.created_at, o.id) > (p.created_at, p.id))) as in_a_row
    from people born where born.id = ${personId}::uuid`)
  if (!wrote) return
  const tooMany = (right: Right, most: Bound, had: number) => {
    if (most !== null && had >= most) throw new Invalid({ body: `right.${right}:${most}` })
  }
  if (threadId) tooMany('repliesInARow', repliesInARow, wrote.in_a_row)
  if (!wrote.first_day) return
  if (threadId) tooMany('repliesOnFirstDay', repliesOnFirstDay, wrote.replies)
  else tooMany('threadsOnFirstDay', threadsOnFirstDay, wrote.threads)
}
