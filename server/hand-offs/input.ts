import { z } from 'zod'
import { openHours } from '~/server/operations/input'
import { foldedLine, line, optionalText, text } from '~/server/platform/text'

const MOST_STEPS = 12
const LONGEST_STEP = 160

/** A line each, none of them empty. */
const checklist = optionalText({ max: 2500 }).transform((typed = '', context) => {
  const steps = typed
    .split('\n')
    .map(foldedLine)
    .filter((step) => step !== '')
  if (steps.length > MOST_STEPS) context.addIssue({ code: 'custom', message: 'handOff.manySteps', input: typed })
  if (steps.some((step) => [...step].length > LONGEST_STEP)) context.addIssue({ code: 'custom', message: 'handOff.longStep', input: typed })
  return steps
})

const hours = openHours.transform((minutes, context) => {
  if (minutes === null) context.addIssue({ code: 'custom', message: 'required', input: minutes })
  return minutes ?? 0
})

/** The handle of whoever is to own it. */
const to = z.string().max(80, 'notChoice')

export const HandOffInput = z.object({ to: to.min(1, 'required'), hours, why: optionalText({ max: 1000 }), checklist })
export type HandOffInput = z.infer<typeof HandOffInput>

/** Nobody: the rule ends. */
export const RuleInput = z.object({ to, hours, checklist })
export type RuleInput = z.infer<typeof RuleInput>

export const ReturnInput = z.object({ reason: text({ min: 10, max: 1000 }) })
export type ReturnInput = z.infer<typeof ReturnInput>

export const WithdrawInput = z.object({ reason: line({ min: 10, max: 300 }) })
export type WithdrawInput = z.infer<typeof WithdrawInput>

export const TickInput = z.object({ done: z.enum(['yes', 'no'], 'notChoice') })
export type TickInput = z.infer<typeof TickInput>
