import { z } from 'zod'
import { DISPUTE_RULES, FLAG_REASONS, RULES } from '~/db/kinds'
import { Address } from '~/server/accounts/input'
import { ofDraft } from '~/server/drafts/input'
import { optionalLine, optionalText, text } from '~/server/platform/text'

/** Who found it: people, or a check of the portal. */
export const DETECTED = ['people', 'check'] as const

/** Days; '' is until it is lifted. */
export const SUSPENSION_DAYS = ['1', '3', '7', '30', '90', ''] as const

/** Decided together in one press: as many as one reads. */
export const MOST_TOGETHER = 50

export const QueueButtonInput = z.object({ next: z.string().max(2000).optional() })

export const NoteInput = z.object({ body: text({ min: 2, max: 2000 }) })
export type NoteInput = z.infer<typeof NoteInput>

export const FlagInput = z.object({ reason: z.enum(FLAG_REASONS), note: optionalText({ max: 1000 }) })
export type Rule = (typeof RULES)[number]
export type FlagInput = z.infer<typeof FlagInput>

export const ReportInput = z.object({ reason: z.enum(FLAG_REASONS), note: text({ min: 10, max: 2000 }), email: Address })
export type ReportInput = z.infer<typeof ReportInput>

export const ConfirmReportInput = z.object({ next: z.string().max(2000).optional() })

const seen = z.union([z.literal(''), z.uuid()]).optional()

/** What every decision says: the ground, the facts, and why the one goes against the other. `clause` is which law, or which rule of the community. */
export const reasons = {
  rule: z.enum(RULES),
  clause: optionalLine({ max: 300 }),
  facts: text({ min: 10, max: 2000 }),
  why: optionalText({ min: 10, max: 2000 }),
  detected: z.enum(DETECTED).optional(),
}
type Given = z.infer<z.ZodObject<typeof reasons>>
export type Reasons = Pick<Given, 'rule' | 'facts'> & Partial<Given>

/** `seen` is the newest decision that whoever decides had before them, `version` the words that they read. */
export const DecisionInput = z.object({
  act: z.enum(['hide', 'restore', 'lock', 'unlock', 'keep']),
  ...reasons,
  seen,
  version: optionalLine({ max: 40 }),
})
export type DecisionInput = Pick<z.infer<typeof DecisionInput>, 'act' | 'seen'> & { version?: string | null } & Reasons

export const SuspensionInput = z.object({
  act: z.enum(['warn', 'silence', 'unsilence', 'suspend', 'unsuspend']),
  ...reasons,
  days: z.enum(SUSPENSION_DAYS).optional(),
  seen,
})
export type SuspensionInput = Pick<z.infer<typeof SuspensionInput>, 'act' | 'days' | 'seen'> & Reasons

/** For so many days the reports of somebody weigh nothing. */
export const DISCOUNT_DAYS = ['30', '90'] as const

export const ReporterInput = z.object({
  act: z.enum(['warn-reporter', 'discount-reporter', 'trust-reporter']),
  ...reasons,
  days: z.enum(DISCOUNT_DAYS).optional(),
  seen,
})
export type ReporterInput = Pick<z.infer<typeof ReporterInput>, 'act' | 'days' | 'seen'> & Reasons

/** Each item as it stood on the page: kind, id, and the newest decision on it. */
export const TogetherInput = z.object({
  items: z
    .array(z.string().regex(/^(thread|post|recommendation):[0-9a-f-]{36}:([0-9a-f-]{36})?$/))
    .min(1, 'required')
    .max(MOST_TOGETHER),
  ...reasons,
})
export type TogetherInput = Pick<z.infer<typeof TogetherInput>, 'items'> & Reasons

export type DisputeRule = (typeof DISPUTE_RULES)[number]
export const DisputeInput = z.object({ rule: z.enum(DISPUTE_RULES), body: text({ min: 30, max: 2000 }) })
export type DisputeInput = z.infer<typeof DisputeInput>
export const ProofInput = z.object({ body: text({ min: 10, max: 4000 }) })
export type ProofInput = z.infer<typeof ProofInput>

export const AppealInput = z.object({ body: text({ min: 10, max: 4000 }), ...ofDraft })
export type AppealInput = z.infer<typeof AppealInput>

/** `email`: where the outcome is told, of those who gave no address before. */
export const LinkAppealInput = z.object({ body: text({ min: 10, max: 4000 }), email: z.union([z.literal(''), Address]).optional() })
export type LinkAppealInput = z.infer<typeof LinkAppealInput>
export const AppealLinkInput = z.object({ email: Address })
export type AppealLinkInput = z.infer<typeof AppealLinkInput>

/** `rule`, `clause` and `why` are for what was left as it is and is now taken down. */
export const AppealDecisionInput = z.object({
  outcome: z.enum(['upheld', 'overturned']),
  facts: text({ min: 10, max: 2000 }),
  rule: z.enum(RULES).optional(),
  clause: optionalLine({ max: 300 }),
  why: optionalText({ min: 10, max: 2000 }),
})
export type AppealDecisionInput = Pick<z.infer<typeof AppealDecisionInput>, 'outcome' | 'facts'> &
  Partial<z.infer<typeof AppealDecisionInput>>

/** What the author of a recommendation shows: a document (an invoice, a contract, a letter) or a picture of their screen. */
export const EVIDENCE_LEVELS = ['document', 'screenshot'] as const
export const ShowEvidenceInput = z.object({ level: z.enum(EVIDENCE_LEVELS), words: optionalText({ max: 500 }) })
export type ShowEvidenceInput = z.infer<typeof ShowEvidenceInput>

/** By which rule it is accepted; by which of the others it is not. */
export const EVIDENCE_RULES = ['shows-use', 'unreadable', 'other-product', 'not-theirs', 'altered', 'shows-nothing'] as const
/** `seen`: what was on it, without names and numbers. `stamp`: what was looked at. */
export const DecideEvidenceInput = z.object({
  rule: z.enum(EVIDENCE_RULES),
  seen: text({ min: 10, max: 500 }),
  stamp: z.string().max(100),
})
export type DecideEvidenceInput = z.infer<typeof DecideEvidenceInput>
