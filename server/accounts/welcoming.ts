import { eq } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { welcomeSteps } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'

/** What a newcomer may settle at once: what they use, how often they are written to, and who sees what. */
const WELCOME_STEPS = ['products', 'mail', 'vendors'] as const
export type WelcomeStep = (typeof WELCOME_STEPS)[number]

/** The three steps, which of them were taken or left out, and where to go on. */
export async function welcomePage(viewer: PersonViewer) {
  authorize(viewer, 'account.manage', null)
  const rows = await db.select({ step: welcomeSteps.step }).from(welcomeSteps).where(eq(welcomeSteps.personId, viewer.personId))
  const steps = WELCOME_STEPS.map((step) => ({ step, passed: rows.some((row) => row.step === step) }))
  return { steps, next: steps.find(({ passed }) => !passed)?.step ?? null }
}

/** Taken or left out: it is not asked again. */
export async function passStep(viewer: PersonViewer, name: string): Promise<WelcomeStep> {
  const step = WELCOME_STEPS.find((known) => known === name)
  if (!step) throw new NotFound()
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'account.manage', null)
    const passed = await tx
      .insert(welcomeSteps)
      .values({ personId: viewer.personId, step, passedAt: now() })
      .onConflictDoNothing()
      .returning({ step: welcomeSteps.step })
    if (passed.length > 0) await record(tx, viewer, 'welcome.passed', { personId: viewer.personId, stepKind: step })
  })
  return step
}

export function nextStep(step: WelcomeStep): WelcomeStep | null {
  return WELCOME_STEPS[WELCOME_STEPS.indexOf(step) + 1] ?? null
}
