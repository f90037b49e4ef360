import { z } from 'zod'
import { line, text } from '~/server/platform/text'

export const PURPOSES = ['answer', 'relationship', 'offer', 'research'] as const
export type Purpose = (typeof PURPOSES)[number]

export const OWN_KINDS = ['text', 'number', 'date', 'url'] as const
export type OwnKind = (typeof OWN_KINDS)[number]

/** A field that the catalogue does not have. What its value may be follows from its kind. */
export const OwnFieldInput = z.object({
  label: line({ max: 60 }),
  kind: z.enum(OWN_KINDS, 'required'),
  value: text({ max: 1000 }),
  /** Would it tell who they are, or hurt them in the wrong hands? */
  sensitive: z.enum(['yes', 'no'], 'required'),
})
export type OwnFieldInput = z.infer<typeof OwnFieldInput>

/** A field as an export says it. What its value may be is looked at where it is taken. */
export const BroughtField = z.object({
  key: z.string().min(1).max(60),
  label: line({ max: 60 }).nullable(),
  kind: z.enum(OWN_KINDS).nullable(),
  sensitive: z.boolean().nullable(),
  value: text({ max: 1000 }),
  source: z.enum(['self', 'import']),
  confirmedAt: z.iso.datetime(),
})
export type BroughtField = z.infer<typeof BroughtField>

/** Longer than any field is: the catalogue knows the bounds of each. */
export const AttributeInput = z.object({ value: text({ max: 1000 }) })
export type AttributeInput = z.infer<typeof AttributeInput>

export const GrantInput = z.object({
  /** The vendor's slug. */
  vendor: z.string().min(1, 'required').max(80, 'invalid'),
  attributes: z.array(z.string().max(40)).min(1, 'vault.chooseFields').max(50),
  purpose: z.enum(PURPOSES),
  /** The last day, as 2027-03-01. */
  until: z.iso.date('notDate'),
})
export type GrantInput = z.infer<typeof GrantInput>

export const NothingInput = z.object({})

/** The slug of a vendor that may ask again. */
export const MayAskInput = z.object({ vendor: z.string().min(1, 'required').max(80, 'invalid') })

export const AskInput = z.object({
  fields: z.array(z.string().max(40)).min(1, 'vault.chooseFields').max(6, 'vault.asking.tooMany'),
  purpose: z.enum(PURPOSES),
  /** One sentence: what it is needed for now. */
  why: line({ max: 200 }),
})
export type AskInput = z.infer<typeof AskInput>

export const AnswerAskInput = z.object({
  answer: z.enum(['give', 'later', 'refuse']),
  /** For each field how long, no or never: role:30, phone:no. */
  fields: z.array(z.string().max(60)).max(20).default([]),
})
export type AnswerAskInput = z.infer<typeof AnswerAskInput>
