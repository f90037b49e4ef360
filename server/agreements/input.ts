import { z } from 'zod'
import { TERMS } from '~/db/kinds'

const REACHES = ['SD-BASE', 'SD-BASE-A', 'SD-BASE-AT', 'SD-BASE-ATP', 'SD-BASE-ATP-S3P'] as const
const reach = z.enum(REACHES, 'notChoice')
const terms = z.enum(TERMS).refine((name) => name.startsWith('SD-'))

/** What somebody offers every vendor, as an export says it; null where they had chosen nothing. */
export const BroughtTerms = z.object({
  everybody: z.object({ proffered: terms, furthest: terms, agentAccepts: z.boolean(), beyond: z.enum(['ask', 'refuse']) }).nullable(),
  objects: z.boolean().nullable(),
})
export type BroughtTerms = z.infer<typeof BroughtTerms>

const ticked = z.literal('on').optional()

export const PreferenceInput = z.object({
  reach,
  portable: ticked,
  furthest: reach,
  /** Without it, terms are fine that hand no data over. */
  furthestPortable: ticked,
  agent: z.enum(['accepts', 'asks'], 'notChoice'),
  beyond: z.enum(['ask', 'refuse'], 'notChoice'),
})
export type PreferenceInput = z.infer<typeof PreferenceInput>

export const PolicyInput = z.object({
  accepts: z.array(z.string().max(40)).min(1, 'agreement.acceptSomething').max(20),
  /** `refuse`, `staff`, or the terms of the counter-offer. */
  otherwise: z.string().min(1, 'required').max(40),
})
export type PolicyInput = z.infer<typeof PolicyInput>

export const CounterAnswerInput = z.object({ answer: z.enum(['accept', 'refuse'], 'notChoice') })
export type CounterAnswerInput = z.infer<typeof CounterAnswerInput>

export const OfferAnswerInput = z.object({
  answer: z.enum(['accept', 'counter', 'refuse'], 'notChoice'),
  counter: z.string().max(40).optional(),
})
export type OfferAnswerInput = z.infer<typeof OfferAnswerInput>

/** Whether it stands that nothing is passed on, and nothing advertised. */
export const ObjectionInput = z.object({ objects: z.enum(['yes', 'no'], 'choose') })

export const NothingInput = z.object({})
