import {
  AUTHOR_ROLES,
  CHOOSE_AGAIN,
  INCENTIVES,
  INDUSTRIES,
  INVITED_BY,
  NAMING_RELATIONS,
  ORGANISATION_SIZES,
  RELATIONS,
  TIMES_USED,
} from '~/db/kinds'
import type { DisputeRule } from '~/server/moderation/input'
import type { HandleInfo } from '~/server/viewer'
import type { CutScore } from './cutting'
import type { Estimate, Five } from './score'
import type { Evidence, Source } from './weights'

export { AUTHOR_ROLES, CHOOSE_AGAIN, INCENTIVES, INDUSTRIES, INVITED_BY, NAMING_RELATIONS, ORGANISATION_SIZES, RELATIONS, TIMES_USED }
export type { Compared } from './comparing'
export type { Cut, CutScore } from './cutting'
export type { Method } from './method'
export type { Estimate, Evidence, Five, Source }
export type Conflict = 'employer' | 'former-employer' | 'address' | 'competitor'
/** Which tie it is, its author and independent moderators are told; everybody else, that there is one. */
export type ConflictShown = Conflict | 'tie'

export type Rating = 1 | 2 | 3 | 4 | 5

export type RecommendationShown = {
  id: string
  vendorId: string
  vendor: { slug: string; name: string }
  product: { slug: string; name: string }
  by: HandleInfo
  mine: boolean
  headline: string
  useCase: string
  whatIsGood: string
  whatIsNot: string
  forWhom: string
  verdict: Rating
  ratings: { ease: Rating | null; support: Rating | null; value: Rating | null }
  timeUsed: (typeof TIMES_USED)[number]
  chooseAgain: (typeof CHOOSE_AGAIN)[number]
  relation: (typeof RELATIONS)[number]
  incentive: (typeof INCENTIVES)[number]
  invitedBy: (typeof INVITED_BY)[number]
  /** Null too, like the evidence and what it counts, where it would show whose an unnamed one is. */
  organisationSize: (typeof ORGANISATION_SIZES)[number] | null
  /** Null where it is unnamed: a size, an industry and a role together name somebody. */
  industry: (typeof INDUSTRIES)[number] | null
  authorRole: (typeof AUTHOR_ROLES)[number] | null
  willingAsReference: boolean
  /** False: `by` names nobody. */
  named: boolean
  evidence: Evidence | null
  source: Source
  isPartner: boolean
  conflict: ConflictShown | null
  /** To the day where it is unnamed, like the other dates of its author’s. */
  createdAt: Date
  confirmedAt: Date
  /** What it counts, and by which factors; null where it does not. */
  counts: { weight: number; source: number; evidence: number; recency: number; months: number } | null
  editedAt: Date | null
  /** The decision that hid it, for those who may still read it. */
  hiddenBy: string | null
  reply: { by: HandleInfo; html: string; createdAt: Date; editedAt: Date | null } | null
  /** The vendor disputes it, by this rule; somebody without ties decides until then. */
  disputed: { rule: DisputeRule; at: Date; dueAt: Date } | null
  /** Whole months since anybody stood by it; null while that is less than a year. */
  agedMonths: number | null
  may: {
    flag: boolean
    report: boolean
    dispute: boolean
    edit: boolean
    /** By a file, to moderators without ties alone. */
    showEvidence: boolean
    confirm: boolean
    readVersions: boolean
    editReply: boolean
    withdraw: boolean
    reply: boolean
    moderate: boolean
    /** A visitor may press the button, and is asked to sign in. */
    askReference: boolean
  }
}

/** The number of a product, a vendor or a dimension: null where there are too few. */
export type Score = { n: number; organisations: number; estimate: Estimate | null }

/** The parts of a split that are of five or more; what is left is of none, or of five or more as well. */
export type Split<K extends string> = { parts: Partial<Record<K, number>>; rest: number }

/** Without an estimate there is no spread, nor anything else that it would rest on. */
export type Verdicts = Score & {
  /** All that were, whatever became of them. */
  written: number
  /** All that stand, partners’ and those with a tie among them. */
  published: number
  /** How many said each of the five, from “warn” to “gladly”. */
  spread: Five | null
  dimensions: Record<'ease' | 'support' | 'value', { spread: Five; estimate: Estimate } | null>
  quarters: { quarter: string; counts: Five }[]
  sources: Split<Source>
  evidence: Split<Evidence>
  unscored: { partner: number; conflict: number }
  withheld: { reason: string; count: number }[]
  withdrawn: number
  /** What the vendor disputed: upheld, something was hidden for it. */
  disputed: { waiting: number; upheld: number; declined: number }
  /** By the slug of the product. */
  products: Record<string, Score>
}

/** `cut`: of those that were asked for, where not all were. */
export type VerdictsPage = Verdicts & { cut: CutScore | null; cards: RecommendationShown[]; older: string | null }
