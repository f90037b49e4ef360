import { ACTS, FLAG_REASONS, RULES, type POST_CHECKS } from '~/db/kinds'
import type { Evidence, RecommendationShown } from '~/server/recommendations/types'
import type { HandleInfo } from '~/server/viewer'
import type { DisputeRule } from './input'

export { ACTS, FLAG_REASONS, RULES }
export type FlagReason = (typeof FLAG_REASONS)[number]
export type Act = (typeof ACTS)[number]
/** The penalty ladder, and what takes each step back. */
export type ActOnPerson = 'warn' | 'unwarn' | 'silence' | 'unsilence' | 'suspend' | 'unsuspend' | ActOnReporter
/** For those whose reports are often unfounded; the last gives back what the first two took. */
export type ActOnReporter = 'warn-reporter' | 'discount-reporter' | 'trust-reporter'
/** What a decision on content may be about; the opening of a thread is the thread. */
export type SubjectKind = 'thread' | 'post' | 'recommendation'

export type QueueItem = {
  kind: SubjectKind
  id: string
  title: string
  /** What sort of post it is. */
  sort: 'thread' | 'answer' | 'comment' | 'recommendation'
  by: HandleInfo
  /** What its open flags weigh together. */
  score: number
  flags: number
  reasons: FlagReason[]
  hidden: boolean
  /** The check that holds it back. */
  heldBy: (typeof POST_CHECKS)[number] | null
  claim: Claim | null
  /** How many more things of the same person wait in the same queue. */
  others: number
  oldestAt: Date
  seen: string
}
/** Who says that they are at it. */
export type Claim = { by: string; mine: boolean }

export type Queue = {
  items: QueueItem[]
  waiting: number
  oldestAt: Date | null
  more: string | null
}

export type WaitingAppeal = {
  id: string
  act: Act
  subjectKind: SubjectKind | 'person'
  /** Null: somebody who reported without an account. */
  by: string | null
  /** Who decided before; null where a check did. */
  decidedBy: string | null
  /** The one who looks decided it, so that somebody else decides now. */
  own: boolean
  dueAt: Date
  overdue: boolean
}
export type WaitingAppeals = { rows: WaitingAppeal[]; waiting: number; more: string | null }

/** Whose reports are refused so often that somebody should look. */
export type WaitingReporters = { handle: string; name: string; decided: number; unfounded: number }[]

export type WaitingDisputes = {
  rows: { id: string; headline: string; vendor: string; answered: boolean; dueAt: Date; overdue: boolean }[]
  waiting: number
}

/** What authors show, which its viewer may look at. `dueAt`: when the files are deleted. */
export type WaitingEvidence = {
  rows: { id: string; headline: string; vendor: string; dueAt: Date; overdue: boolean }[]
  waiting: number
}

export type ItemFlag = {
  id: string
  /** Null: a report without an account. */
  by: HandleInfo | null
  reason: FlagReason
  note: string
  weight: number
  stake: 'subject' | 'rival' | null
  state: 'open' | 'upheld' | 'declined'
  createdAt: Date
}
export type EarlierDecision = { id: string; act: Act; rule: string; clause: string; facts: string; why: string; decidedAt: Date }

/** One flagged thing with all that a decision needs. */
export type Item = {
  kind: SubjectKind
  id: string
  sort: QueueItem['sort']
  title: string
  html: string | null
  /** The parts of a recommendation. */
  parts:
    | ({ useCase: string; whatIsGood: string; whatIsNot: string; forWhom: string; productName: string; evidence: Evidence } & Pick<
        RecommendationShown,
        'verdict' | 'relation' | 'incentive' | 'invitedBy'
      >)
    | null
  by: HandleInfo
  createdAt: Date
  hidden: boolean
  held: boolean
  locked: boolean
  community: { slug: string; name: string } | null
  vendor: { slug: string; name: string } | null
  number: number | null
  /** What the vendor disputes of a recommendation, and how its author shows that they used it: not to a moderator who is tied to the vendor. */
  dispute: { rule: DisputeRule; said: string; proof: string | null; dueAt: string; tied: boolean } | null
  flags: ItemFlag[]
  score: number | null
  /** Its author has changed it since it was flagged: the post, whose history says how. */
  changed: string | null
  /** Flags on it are open. */
  waits: boolean
  claim: Claim | null
  others: number
  notes: { id: string; by: HandleInfo; body: string; createdAt: Date }[]
  earlier: EarlierDecision[]
  /** Decisions that took something of this author away before. */
  removedBefore: number
  acts: Exclude<Act, ActOnPerson>[]
  /** Of the words as they are shown. */
  version: string
  seen: string
  may: { suspend: boolean }
}

export type Transparency = {
  year: number
  years: number[]
  notices: { reason: FlagReason; count: number }[]
  decisions: { act: Act; rule: string; count: number }[]
  decided: number
  detected: number
  automatic: number
  /** From the first flag to the decision that settled it. */
  medianHours: number | null
  appeals: { written: number; upheld: number; overturned: number }
  penalties: { warned: number; silenced: number; fromRooms: number; fromPortal: number; takenBack: number }
  refused: number
}

export type LogRow = {
  id: string
  act: Act
  subjectKind: SubjectKind | 'person'
  rule: string
  clause: string
  /** What became of it on appeal, if it was. */
  appealed: 'upheld' | 'overturned' | null
  community: { slug: string; name: string } | null
  vendor: { slug: string; name: string } | null
  until: Date | null
  decidedAt: Date
}
