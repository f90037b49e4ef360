import { and, eq, isNull, sql, type SQL } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { communities, discountedReporters, handles, silences, suspensions } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import { sayPlaceOfWork } from '~/server/vault'
import type { Viewer } from '~/server/viewer'
import { newestDecisionOn } from './deciding'
import { LADDER_MONTHS, nextStep, SILENCES, type Standing } from './rules'
import { stateReasons } from './statement'
import type { SuspensionInput } from './input'
import type { ActOnPerson } from './types'
import { earlierOnPerson } from './earlier'

const DAY = 86_400_000

type Where = { communityId: string; access: 'open' | 'request' | 'invitation'; slug: string; name: string } | null

/** What can be decided of somebody as they stand. */
const actsAt = (held: 'suspended' | 'silenced' | null) =>
  held === 'suspended'
    ? (['unsuspend'] as const)
    : held === 'silenced'
      ? (['unsilence', 'suspend'] as const)
      : (['warn', 'silence', 'suspend'] as const)

/** One rung of the ladder: in one community by its moderators, in the whole portal by operators. `community` is its slug; null: the portal. */
export async function decideOnPerson(viewer: Viewer, handle: string, community: string | null, input: SuspensionInput) {
  const where = await placeOf(viewer, community)
  const person = await personBehind(handle)
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  if (person.personId === viewer.personId) throw new Forbidden('moderation.yourself')
  return transaction(viewer, async (tx) => {
    // One decision on a person at a time.
    await tx.execute(sql`select 1 from people where id = ${person.personId}::uuid for no key update`)
    await refuseTiedToPerson(tx, viewer, person.personId)
    const communityId = where?.communityId ?? null
    const { held } = await heldNow(tx, person.personId, communityId)
    const acts: readonly string[] = actsAt(held)
    if ((input.seen ?? '') !== (await newestDecisionOn(tx, 'person', person.personId)) || !acts.includes(input.act))
      throw new Conflict('moderation.decidedMeanwhile')
    if (input.act === 'silence' && !SILENCES.some((days) => days === input.days)) throw new Invalid({ days: 'moderation.silenceDays' })

    const timed = input.act === 'suspend' || input.act === 'silence'
    const until = timed && input.days ? new Date(now().getTime() + Number(input.days) * DAY) : null
    const about = {
      act: input.act,
      subjectKind: 'person' as const,
      subjectId: person.personId,
      communityId,
      handleId: person.handleId,
      until,
    }
    const decisionId = await stateReasons(tx, viewer, about, input)
    const row = { id: newId(), personId: person.personId, communityId, decisionId, createdAt: now() }
    if (input.act === 'suspend') await tx.insert(suspensions).values({ ...row, until })
    else if (input.act === 'silence' && until) await tx.insert(silences).values({ ...row, until })
    else if (input.act === 'unsilence' || input.act === 'unsuspend') await liftPenalty(tx, input.act, row)
    await record(tx, viewer, HAPPENED[input.act], { decisionId, personId: person.personId, communityId })
    return { decisionId }
  })
}

export const HAPPENED = {
  warn: 'person.warned',
  unwarn: 'person.unwarned',
  silence: 'person.silenced',
  unsilence: 'person.unsilenced',
  suspend: 'person.suspended',
  unsuspend: 'person.unsuspended',
  'trust-reporter': 'reporter.trusted',
} as const satisfies Record<Exclude<ActOnPerson, 'warn-reporter' | 'discount-reporter'>, string>

type Lifted = { personId: string; communityId: string | null; decisionId: string }

/** Does nothing where it is over already; a warning takes nothing that could be given back. */
export async function liftPenalty(
  tx: Tx,
  act: 'unwarn' | 'unsilence' | 'unsuspend' | 'trust-reporter',
  { personId, communityId, decisionId }: Lifted,
) {
  if (act === 'trust-reporter') {
    const { liftedByDecisionId, until } = discountedReporters
    await tx
      .update(discountedReporters)
      .set({ liftedByDecisionId: decisionId })
      .where(and(eq(discountedReporters.personId, personId), isNull(liftedByDecisionId), sql`${until} > now()`))
    return
  }
  const table = act === 'unsilence' ? silences : suspensions
  if (act !== 'unwarn')
    await tx
      .update(table)
      .set({ liftedByDecisionId: decisionId })
      .where(liveOf(table, personId, communityId))
}

/** Who is tied to the vendor whom somebody serves leaves that person to others. */
export async function refuseTiedToPerson(tx: Tx, viewer: Viewer, personId: string): Promise<void> {
  await sayPlaceOfWork(tx, viewer)
  const [found] = await tx.execute<{ tied: boolean }>(sql`select viewer_is_tied_to_person(${personId}::uuid) as tied`)
  if (found?.tied) throw new Forbidden('moderation.tied')
}

/** The form: who it is, whether they are suspended there now, and what was decided on them before. */
export async function suspensionPage(viewer: Viewer, handle: string, community: string | null) {
  const where = await placeOf(viewer, community)
  const person = await personBehind(handle)
  if (viewer.kind === 'person' && person.personId === viewer.personId) throw new Forbidden('moderation.yourself')
  const [{ held, until, seen, earlier, stands }, names] = await Promise.all([
    transaction(viewer, (tx) => standing(tx, person, where)),
    handlesShown([person.handleId], { communityId: where?.communityId ?? null }),
  ])
  return {
    who: names.get(person.handleId) ?? null,
    handle,
    community: where ? { slug: where.slug, name: where.name } : null,
    held: held ? { as: held, until } : null,
    acts: [...actsAt(held)],
    earlier,
    stands: { ...stands, months: LADDER_MONTHS },
    offered: nextStep(stands),
    seen,
  }
}

async function standing(tx: Tx, person: { personId: string; handleId: string }, where: Where) {
  const communityId = where?.communityId ?? null
  const [held, seen, earlier, stands] = await Promise.all([
    heldNow(tx, person.personId, communityId),
    newestDecisionOn(tx, 'person', person.personId),
    earlierOnPerson(tx, person.personId, communityId),
    whatStands(tx, person.personId, communityId),
  ])
  return { ...held, seen, earlier, stands }
}

/** What they are in this place now: a suspension takes all that a silence takes. */
async function heldNow(tx: Tx, personId: string, communityId: string | null) {
  const [suspended] = await tx
    .select({ until: suspensions.until })
    .from(suspensions)
    .where(liveOf(suspensions, personId, communityId))
    .limit(1)
  if (suspended) return { held: 'suspended' as const, until: suspended.until }
  const [silenced] = await tx
    .select({ until: silences.until })
    .from(silences)
    .where(liveOf(silences, personId, communityId))
    .limit(1)
  return silenced ? { held: 'silenced' as const, until: silenced.until } : { held: null, until: null }
}

/** What was decided in this place within the year, but for what was taken back on appeal. */
async function whatStands(tx: Tx, personId: string, communityId: string | null): Promise<Standing> {
  const [found] = await tx.execute<Standing>(sql`
    select count(*) filter (where d.act = 'warn')::int as warned, count(*) filter (where d.act = 'silence')::int as silenced, count(*) filter (where d.act = 'suspend')::int as suspended
    from decisions d where d.subject_kind = 'person' and d.subject_id = ${personId}::uuid and d.community_id is not distinct from ${communityId}::uuid
      and d.act in ('warn', 'silence', 'suspend') and d.decided_at > ${now().toISOString()}::timestamptz - make_interval(months => ${LADDER_MONTHS})
      and appealed_as(d.id) is distinct from 'overturned'`)
  return found ?? { warned: 0, silenced: 0, suspended: 0 }
}

async function placeOf(viewer: Viewer, slug: string | null): Promise<Where> {
  if (slug === null) {
    authorize(viewer, 'person.suspend', null)
    return null
  }
  const [community] = await db
    .select({ communityId: communities.id, access: communities.access, slug: communities.slug, name: communities.name })
    .from(communities)
    .where(eq(communities.slug, slug))
  if (!community) throw new NotFound()
  mustBeFound(viewer, 'community.know', community)
  authorize(viewer, 'member.suspend', community, 'moderation.notYours')
  return community
}

async function personBehind(handle: string): Promise<{ personId: string; handleId: string }> {
  const [found] = await db
    .select({ personId: handles.personId, handleId: handles.id })
    .from(handles)
    .where(and(sql`lower(${handles.handle}) = ${handle.toLowerCase()}`, eq(handles.kind, 'member')))
  if (!found?.personId) throw new NotFound()
  return { personId: found.personId, handleId: found.handleId }
}

function liveOf(table: typeof suspensions | typeof silences, personId: string, communityId: string | null): SQL {
  const place = communityId ? eq(table.communityId, communityId) : isNull(table.communityId)
  return and(
    eq(table.personId, personId),
    place,
    isNull(table.liftedByDecisionId),
    sql`(${table.until} is null or ${table.until} > now())`,
  ) as SQL
}
