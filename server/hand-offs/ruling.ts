import { and, desc, eq } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { handOffRules } from '~/db/schema'
import { Conflict, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { writeOpenHours } from '~/server/operations'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import { colleagueCalled, colleaguesOf, handleOfColleague } from '~/server/relationships'
import type { PersonViewer } from '~/server/viewer'
import { vendorServed } from './facts'
import type { RuleInput } from './input'
import { HAND_OFF_TRIGGERS, USUAL_HOURS } from './types'

export type Trigger = (typeof HAND_OFF_TRIGGERS)[number]

export type Rule = { ruleId: string; version: number; toId: string | null; minutes: number; checklist: string[]; since: Date }

/** What holds now when this happens; null where nothing was ever said. */
export async function ruleNow(tx: Tx, vendorId: string, trigger: Trigger): Promise<Rule | null> {
  const { id: ruleId, version, toId, minutes, checklist, setAt: since } = handOffRules
  const [found] = await tx
    .select({ ruleId, version, toId, minutes, checklist, since })
    .from(handOffRules)
    .where(and(eq(handOffRules.vendorId, vendorId), eq(handOffRules.trigger, trigger)))
    .orderBy(desc(version))
    .limit(1)
  return found ?? null
}

function triggerNamed(typed: string): Trigger {
  const trigger = HAND_OFF_TRIGGERS.find((one) => one === typed)
  if (!trigger) throw new NotFound()
  return trigger
}

/** The form of one rule, as it stands now. */
export async function rulePage(viewer: PersonViewer, vendorSlug: string, triggerTyped: string) {
  const trigger = triggerNamed(triggerTyped)
  return transaction(viewer, async (tx) => {
    const { vendorId, ...vendor } = await vendorServed(tx, viewer, vendorSlug)
    authorize(viewer, 'hand-off.rule', { vendorId })
    const [rule, colleagues] = [await ruleNow(tx, vendorId, trigger), await colleaguesOf(tx, vendorId)]
    const to = await handleOfColleague(tx, vendorId, rule?.toId ?? null)
    return {
      vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
      ...{ trigger, colleagues, to },
      hours: rule ? writeOpenHours(rule.minutes) : USUAL_HOURS,
      checklist: (rule?.checklist ?? []).join('\n'),
    }
  })
}

/** Says to whom an account goes from now on when this happens. What runs already goes on as it began. */
export async function setRule(viewer: PersonViewer, vendorSlug: string, triggerTyped: string, input: RuleInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  const trigger = triggerNamed(triggerTyped)
  await transaction(viewer, async (tx) => {
    const { vendorId } = await vendorServed(tx, viewer, vendorSlug)
    authorize(viewer, 'hand-off.rule', { vendorId })
    const toId = input.to === '' ? null : await colleagueCalled(tx, vendorId, input.to, 'to')
    const before = await ruleNow(tx, vendorId, trigger)
    if (!before && toId === null) return
    const { hours: minutes, checklist } = input
    const ruleId = newId()
    const made = await tx
      .insert(handOffRules)
      .values({
        id: ruleId,
        vendorId,
        trigger,
        version: (before?.version ?? 0) + 1,
        toId,
        minutes,
        checklist,
        setBy: viewer.personId,
        setAt: now(),
      })
      .onConflictDoNothing()
      .returning({ id: handOffRules.id })
    if (made.length === 0) throw new Conflict('conflict')
    await record(tx, viewer, 'hand-off.ruled', { vendorId, ruleId })
  })
}
