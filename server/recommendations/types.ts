import type { HandleInfo } from '~/server/viewer'
import type { CHOOSE_AGAIN, INCENTIVES, INVITED_BY, RELATIONS, TIMES_USED } from './input'

export type Five = [number, number, number, number, number]
export type Rating = 1 | 2 | 3 | 4 | 5
export type Evidence = 'relationship' | 'document' | 'screenshot' | 'self-declared'

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
  evidence: Evidence
  createdAt: Date
  editedAt: Date | null
  /** The decision that hid it, for those who may still read it. */
  hiddenBy: string | null
  reply: { by: HandleInfo; html: string; createdAt: Date } | null
  may: { flag: boolean; edit: boolean; withdraw: boolean; reply: boolean; moderate: boolean }
}

export type Verdicts = {
  count: number
  /** How many said each of the five, from “warn” to “gladly”. Shown from FEWEST_FOR_A_VERDICT. */
  spread: Five
  dimensions: { ease: Five; support: Five; value: Five }
  shown: boolean
  cards: RecommendationShown[]
  older: string | null
}
