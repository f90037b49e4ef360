import { eq, sql } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { portalSettings } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { handlesShown } from './seats'
import type { Viewer } from '~/server/viewer'

const NAME = 'second-step-for-roles'
const MOST_SHOWN = 200

/** Whether everybody with a role needs a second step, and who of them has none yet. */
export async function requirementPage(viewer: Viewer) {
  authorize(viewer, 'factor.require', null)
  const [[setting], holders] = await Promise.all([db.select().from(portalSettings).where(eq(portalSettings.name, NAME)), roleHolders()])
  const without = holders.filter((holder) => !holder.has)
  const names = await handlesShown(without.slice(0, MOST_SHOWN).map((holder) => holder.handle_id))
  return {
    since: setting?.setAt ?? null,
    holders: holders.length,
    without: without.length,
    names: [...names.values()],
    viewerHas: viewer.kind === 'person' && viewer.hasSecondStep,
  }
}

/** The newest first: they are the likeliest to have none yet, and a long list is cut. */
async function roleHolders() {
  return db.execute<{ handle_id: string; has: boolean }>(sql`
    select h.id as handle_id,
      exists (select 1 from totp_secrets f where f.person_id = p.id) or exists (select 1 from passkeys k where k.person_id = p.id) as has
    from people p join lateral (select id from handles where person_id = p.id and kind = 'member' order by created_at limit 1) h on true
    where p.status = 'member' and (p.is_operator
      or p.id in (select person_id from portal_moderators where ended_at is null)
      or p.id in (select person_id from community_moderators where ended_at is null)
      or p.id in (select person_id from vendor_staff where ended_at is null))
    order by p.id desc`)
}

/** From now on staff, moderators and operators act as such only with a second step. */
export async function requireSecondStep(viewer: Viewer): Promise<void> {
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'factor.require', null)
    // Otherwise the operator would be the first who may not act any more.
    if (viewer.kind !== 'person' || !viewer.hasSecondStep) throw new Invalid({ form: 'secondStep.yoursFirst' })
    const set = await tx
      .insert(portalSettings)
      .values({ name: NAME, setBy: viewer.personId, setAt: now() })
      .onConflictDoNothing()
      .returning({ name: portalSettings.name })
    if (set.length > 0) await record(tx, viewer, 'factor.required', {})
  })
}

export async function endRequirement(viewer: Viewer): Promise<void> {
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'factor.require', null)
    const ended = await tx.delete(portalSettings).where(eq(portalSettings.name, NAME)).returning({ name: portalSettings.name })
    if (ended.length > 0) await record(tx, viewer, 'factor.unrequired', {})
  })
}
