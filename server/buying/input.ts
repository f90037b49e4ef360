import { z } from 'zod'
import { CURRENCIES, MOTIONS, OUTCOMES, PLAN_SIDES } from '~/db/kinds'
import { line, optionalLine, optionalText, text } from '~/server/platform/text'

const day = z.iso.date('notDate')
const amount = z.string().regex(/^\d{1,11}(\.\d{1,2})?$/, 'notNumber')
const isWeb = (typed: string) => /^https?:\/\//.test(typed) && URL.canParse(typed)

export const SwitchInput = z.object({ turn: z.enum(['on', 'off'], 'notChoice'), reason: line({ min: 15, max: 300 }) })
export type SwitchInput = z.infer<typeof SwitchInput>

/** One sentence: it ends once, at its end. */
const sentence = line({ min: 15, max: 160 }).refine((said) => /[^.!?\s][.!?]$/.test(said) && !/[.!?]\s/.test(said), 'stage.oneSentence')

export const StageInput = z.object({ motion: z.enum(MOTIONS, 'notChoice'), sentence })
export type StageInput = z.infer<typeof StageInput>

export const OpportunityInput = z.object({
  name: line({ max: 120 }),
  motion: z.enum(MOTIONS, 'notChoice'),
  amount,
  currency: z.enum(CURRENCIES, 'notChoice'),
  expected: day,
})
export type OpportunityInput = z.infer<typeof OpportunityInput>

export const DateInput = z.object({ day, reason: line({ min: 10, max: 300 }) })
export type DateInput = z.infer<typeof DateInput>

export const StepInput = z.object({ what: line({ max: 200 }), side: z.enum(PLAN_SIDES, 'notChoice'), due: day })
export type StepInput = z.infer<typeof StepInput>

/** The handle of whoever is to speak for the customer. */
export const InvitationInput = z.object({ handle: line({ max: 80 }) })
export type InvitationInput = z.infer<typeof InvitationInput>

export const PlanAnswerInput = z.object({ answer: z.enum(['accept', 'decline'], 'notChoice') })
export type PlanAnswerInput = z.infer<typeof PlanAnswerInput>

export const EvidenceInput = z.object({
  evidence: optionalText({ max: 1000 }),
  link: optionalLine({ max: 500 }).refine((typed) => !typed || isWeb(typed), 'notUrl'),
})
export type EvidenceInput = z.infer<typeof EvidenceInput>

/** How it ended, and the customer's reason in their words. */
export const OutcomeInput = z.object({ outcome: z.enum(OUTCOMES, 'notChoice'), reason: text({ min: 10, max: 1000 }) })
export type OutcomeInput = z.infer<typeof OutcomeInput>

export const ContractInput = z.object({
  from: day,
  until: day,
  notice: day,
  amount,
  currency: z.enum(CURRENCIES, 'notChoice'),
  agreed: text({ max: 2000 }),
  signedBy: line({ max: 120 }),
  signedOn: day,
  changed: optionalLine({ max: 300 }),
})
export type ContractInput = z.infer<typeof ContractInput>

export const NothingInput = z.object({})
