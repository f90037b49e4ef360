import { and, count, eq, isNull, sql, type SQL } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { communities, handles, suspensions } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize, mustBeFound } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { newestDecisionOn } from './deciding'
import { nextStep } from './rules'
import { stateReasons } from './statement'
import type { SuspensionInput } from './input'
import { earlierOnPerson } from './earlier'

const DAY = 86_400_000

type Where = { communityId: string; access: 'open' | 'request' | 'invitation'; slug: string; name: string } | null

/** From one community by its moderators, from the whole portal by operators. `community` is its slug; null: the portal. */
export async function decideOnPerson(viewer: Viewer, handle: string, community: string | null, input: SuspensionInput) {
  const where = await placeOf(viewer, community)
  const person = await personBehind(handle)
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  if (person.personId === viewer.personId) throw new Forbidden('moderation.yourself')
  return transaction(viewer, async (tx) => {
    // One decision on a person at a time.
    await tx.execute(sql`select 1 from people where id = ${person.personId}::uuid for no key update`)
    const [held] = await tx
      .select({ id: suspensions.id })
      .from(suspensions)
      .where(liveOf(person.personId, where?.communityId ?? null))
      .limit(1)
    if ((input.seen ?? '') !== (await newestDecisionOn(tx, 'person', person.personId)) || Boolean(held) === (input.act === 'suspend'))
      throw new Conflict('moderation.decidedMeanwhile')

    const communityId = where?.communityId ?? null
    const until = input.act === 'suspend' && input.days ? new Date(now().getTime() + Number(input.days) * DAY) : null
    const about = {
      act: input.act,
      subjectKind: 'person' as const,
      subjectId: person.personId,
      communityId,
      handleId: person.handleId,
      until,
    }
    const decisionId = await stateReasons(tx, viewer, about, input)
    if (input.act === 'suspend')
      await tx.insert(suspensions).values({ id: newId(), personId: person.personId, communityId, decisionId, until, createdAt: now() })
    else await endSuspension(tx, person.personId, communityId, decisionId)
    await record(tx, viewer, input.act === 'suspend' ? 'person.suspended' : 'person.unsuspended', {
      decisionId,
      personId: person.personId,
      communityId,
    })
    return { decisionId }
  })
}

/** Does nothing where it is over already. */
export async function endSuspension(tx: Tx, personId: string, communityId: string | null, decisionId: string) {
  await tx.update(suspensions).set({ liftedByDecisionId: decisionId }).where(liveOf(personId, communityId))
}

/** The form: who it is, whether they are suspended there now, and what was decided on them before. */
export async function suspensionPage(viewer: Viewer, handle: string, community: string | null) {
  const where = await placeOf(viewer, community)
  const person = await personBehind(handle)
  if (viewer.kind === 'person' && person.personId === viewer.personId) throw new Forbidden('moderation.yourself')
  const [{ held, seen, earlier, before }, names] = await Promise.all([
    transaction(viewer, (tx) => standing(tx, person, where)),
    handlesShown([person.handleId], { communityId: where?.communityId ?? null }),
  ])
  return {
    who: names.get(person.handleId) ?? null,
    handle,
    community: where ? { slug: where.slug, name: where.name } : null,
    suspended: held ? { until: held.until } : null,
    earlier,
    before,
    offered: nextStep(before),
    seen,
  }
}

async function standing(tx: Tx, person: { personId: string; handleId: string }, where: Where) {
  const [[held], seen, earlier, [counted]] = await Promise.all([
    tx
      .select({ until: suspensions.until })
      .from(suspensions)
      .where(liveOf(person.personId, where?.communityId ?? null))
      .limit(1),
    newestDecisionOn(tx, 'person', person.personId),
    earlierOnPerson(tx, person.personId, where?.communityId ?? null),
    tx
      .select({ before: count() })
      .from(suspensions)
      .where(
        and(
          eq(suspensions.personId, person.personId),
          where ? eq(suspensions.communityId, where.communityId) : isNull(suspensions.communityId),
        ),
      ),
  ])
  return { held, seen, earlier, before: counted?.before ?? 0 }
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

function liveOf(personId: string, communityId: string | null): SQL {
  const place = communityId ? eq(suspensions.communityId, communityId) : isNull(suspensions.communityId)
  return and(
    eq(suspensions.personId, personId),
    place,
    isNull(suspensions.liftedByDecisionId),
    sql`(${suspensions.until} is null or ${suspensions.until} > now())`,
  ) as SQL
}
