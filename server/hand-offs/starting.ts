import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import type { HAND_OFF_CAUSES } from '~/db/kinds'
import { newId } from '~/db/ids'
import { handOffs, handOffSteps } from '~/db/schema'
import { Conflict, Invalid } from '~/server/errors'
import { record, type Happened } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { staffAccount } from '~/server/identity'
import { duesOf } from '~/server/operations'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { colleagueCalled, colleaguesOf, handleOfColleague, staffRecord } from '~/server/relationships'
import { systemViewer, type PersonViewer, type Viewer } from '~/server/viewer'
import { take } from './ending'
import { hoursOf } from './facts'
import type { HandOffInput } from './input'
import { ruleNow } from './ruling'

/** What changes hands. */
export type Of = { accountId: string } | { relationshipId: string }
type Subject = {
  vendorId: string
  accountId: string | null
  relationshipId: string | null
  handleId: string | null
  ownerId: string | null
}

/** The form to hand over an account or a relationship: to whom it can go, and whose it is. */
export async function handOffForm(viewer: PersonViewer, of: Of) {
  return transaction(viewer, async (tx) => {
    const { vendorId, ownerId } = await subjectOf(tx, viewer, of)
    return { colleagues: await colleaguesOf(tx, vendorId), owner: await handleOfColleague(tx, vendorId, ownerId) }
  })
}

/**
 * Begins to hand a record over. Until the colleague accepts, whoever owns it does so still; whoever takes it themselves has taken it at once.
 * Returns the id. Throws Conflict where one runs already.
 */
export async function startHandOff(
  viewer: PersonViewer,
  of: Of,
  { to, hours: minutes, why = '', checklist }: HandOffInput,
): Promise<string> {
  await countAgainst('write-down', viewer.personId)
  return transaction(viewer, async (tx) => {
    const it = await subjectOf(tx, viewer, of)
    const toId = await colleagueCalled(tx, it.vendorId, to, 'to')
    if (toId === it.ownerId) throw new Invalid({ to: 'handOff.ownsAlready' })
    const handOffId = await begin(
      tx,
      viewer,
      it,
      { cause: 'by-hand', startedBy: viewer.personId, toId, minutes, why, at: now() },
      checklist,
    )
    if (!handOffId) throw new Conflict('handOff.runsAlready')
    if (toId === viewer.personId) await take(tx, viewer, { ...it, handOffId })
    return handOffId
  })
}

async function subjectOf(tx: Tx, viewer: PersonViewer, of: Of): Promise<Subject> {
  const it =
    'accountId' in of
      ? { ...(await staffAccount(tx, viewer, of.accountId)), relationshipId: null, handleId: null }
      : { ...(await staffRecord(tx, viewer, of.relationshipId)), accountId: null }
  authorize(viewer, 'hand-off.start', it)
  const { vendorId, accountId, relationshipId, handleId, ownerId } = it
  return { vendorId, accountId, relationshipId, handleId, ownerId }
}

type Begun = {
  cause: (typeof HAND_OFF_CAUSES)[number]
  causeId?: string
  ruleId?: string
  startedBy: string | null
  toId: string
  minutes: number
  why: string
  at: Date
}

/** Null where one runs already, or where this cause has had its own. */
async function begin(tx: Tx, viewer: Viewer, it: Subject, { at, ...begun }: Begun, checklist: string[]): Promise<string | null> {
  const { vendorId, accountId, relationshipId, handleId } = it
  const { calendarId, calendar } = await hoursOf(tx, vendorId)
  const handOffId = newId()
  const made = await tx
    .insert(handOffs)
    .values({
      ...{ id: handOffId, vendorId, accountId, relationshipId, fromId: it.ownerId, calendarId, startedAt: at, ...begun },
      ...duesOf({ calendar, minutes: begun.minutes, warnedAt: null }, at, begun.minutes),
    })
    .onConflictDoNothing()
    .returning({ id: handOffs.id })
  if (made.length === 0) return null
  if (checklist.length > 0) await tx.insert(handOffSteps).values(checklist.map((what, index) => ({ handOffId, nth: index + 1, what })))
  await record(tx, viewer, 'hand-off.started', { vendorId, handOffId, accountId, relationshipId, handleId })
  return handOffId
}

type Cause = { trigger: 'first-opportunity' | 'first-contract' | 'renewal'; causeId: string }
type Caused = { owner_id: string; target_id: string | null; default_id: string | null }

/** What a vendor said should follow: an account goes to the colleague named in its rule; where they have left, to its default owner. */
export async function handOverBy(event: Happened): Promise<void> {
  const job = systemViewer('hand-over')
  await transaction(job, async (tx) => {
    const { vendorId, accountId } = event.payload as { vendorId: string; accountId: string }
    const cause = await causeOf(tx, event)
    const rule = cause && (await ruleNow(tx, vendorId, cause.trigger))
    if (!cause || !rule?.toId) return
    const serving = (person: ReturnType<typeof sql>) =>
      sql`(select s.person_id from vendor_staff s where s.vendor_id = a.vendor_id and s.person_id = ${person} and s.ended_at is null limit 1)`
    const [found] = await tx.execute<Caused>(sql`select a.owner_id, ${serving(sql`${rule.toId}::uuid`)} as target_id,
      ${serving(sql`(select v.default_owner_id from vendors v where v.id = a.vendor_id)`)} as default_id
      from accounts a where a.id = ${accountId} and a.vendor_id = ${vendorId}`)
    const toId = found?.target_id ?? found?.default_id
    if (!found || !toId || toId === found.owner_id) return
    const it = { vendorId, accountId, relationshipId: null, handleId: null, ownerId: found.owner_id }
    const { trigger, causeId } = cause
    const begun = {
      cause: trigger,
      causeId,
      ruleId: rule.ruleId,
      startedBy: null,
      toId,
      minutes: rule.minutes,
      why: '',
      at: event.occurredAt,
    }
    await begin(tx, job, it, begun, rule.checklist)
  })
}

/** What an event is to the account: the first opportunity, the first contract, a renewal; or none of them. */
async function causeOf(tx: Tx, event: Happened): Promise<Cause | null> {
  const { accountId, opportunityId, contractId } = event.payload as { accountId: string; opportunityId?: string; contractId?: string }
  if (contractId) {
    const [earlier] = await tx.execute(
      sql`select 1 from contracts c where c.account_id = ${accountId} and c.id < ${contractId}::uuid limit 1`,
    )
    return earlier ? null : { trigger: 'first-contract', causeId: contractId }
  }
  if (!opportunityId) return null
  const [opened] = await tx.execute<{ motion: string; earlier: boolean }>(sql`select o.motion,
    exists (select 1 from opportunities e where e.account_id = o.account_id and e.id < o.id) as earlier
    from opportunities o where o.id = ${opportunityId}::uuid`)
  if (opened?.motion === 'renewal') return { trigger: 'renewal', causeId: opportunityId }
  return opened && !opened.earlier ? { trigger: 'first-opportunity', causeId: opportunityId } : null
}
