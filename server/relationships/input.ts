import { z } from 'zod'
import { line, optionalLine, text } from '~/server/platform/text'

export const STATES = ['customer', 'partner'] as const
export type RelationshipState = (typeof STATES)[number]

/** By handle. */
const colleague = z.string().min(1, 'required').max(80, 'notChoice')

export const NoteInput = z.object({ body: text({ max: 4000 }) })
export type NoteInput = z.infer<typeof NoteInput>

/** What came of a meeting. The day it was held, and what is to be done next, may be left out. */
export const MeetingInput = z.object({
  outcome: text({ max: 2000 }),
  heldOn: z
    .union([z.literal(''), z.iso.date('notDate')])
    .optional()
    .transform((day) => day || undefined),
  next: optionalLine({ max: 200 }),
})
export type MeetingInput = z.infer<typeof MeetingInput>

export const TaskInput = z.object({
  what: line({ max: 200 }),
  owner: colleague,
  /** The day it is due, as 2027-03-01. */
  due: z.iso.date('notDate'),
})
export type TaskInput = z.infer<typeof TaskInput>

export const StateInput = z.object({ state: z.enum(STATES) })
export type StateInput = z.infer<typeof StateInput>

export const StateAnswerInput = z.object({ stateId: z.string().max(40), answer: z.enum(['confirm', 'decline']) })
export type StateAnswerInput = z.infer<typeof StateAnswerInput>

export const ContestInput = z.object({ about: line({ max: 120 }), body: text({ max: 4000 }) })
export type ContestInput = z.infer<typeof ContestInput>

/** To whom a granted field went, where they are, and what for. */
export const PassOnInput = z.object({
  field: z.string().min(1, 'choose').max(60, 'invalid'),
  thirdParty: line({ max: 120 }),
  country: line({ max: 60 }),
  why: line({ max: 200 }),
})
export type PassOnInput = z.infer<typeof PassOnInput>

/** The key of a field. */
export const WhyInput = z.object({ field: z.string().min(1, 'required').max(60, 'invalid') })
export type WhyInput = z.infer<typeof WhyInput>

export const ContestAnswerInput = z.object({ answer: text({ max: 4000 }) })
export type ContestAnswerInput = z.infer<typeof ContestAnswerInput>

export const NothingInput = z.object({})
