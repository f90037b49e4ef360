import type { RecommendationShown } from '~/server/recommendations/types'
import type { HandleInfo } from '~/server/viewer'
import type { FLAG_REASONS } from './input'

export type FlagReason = (typeof FLAG_REASONS)[number]
export type Act = 'hide' | 'restore' | 'lock' | 'unlock' | 'suspend' | 'unsuspend' | 'keep'
/** What a decision on content may be about; the opening of a thread is the thread. */
export type SubjectKind = 'thread' | 'post' | 'recommendation'

export type QueueItem = {
  kind: SubjectKind
  id: string
  title: string
  /** What sort of post it is. */
  sort: 'thread' | 'answer' | 'comment' | 'recommendation'
  flags: number
  reasons: FlagReason[]
  oldestAt: Date
}

export type Queue = {
  items: QueueItem[]
  waiting: number
  oldestAt: Date | null
  more: string | null
}

export type ItemFlag = {
  id: string
  by: HandleInfo
  reason: FlagReason
  note: string
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
    | ({ useCase: string; whatIsGood: string; whatIsNot: string; forWhom: string; productName: string } & Pick<
        RecommendationShown,
        'verdict' | 'relation' | 'incentive' | 'invitedBy' | 'evidence'
      >)
    | null
  by: HandleInfo
  createdAt: Date
  hidden: boolean
  locked: boolean
  community: { slug: string; name: string } | null
  vendor: { slug: string; name: string } | null
  number: number | null
  flags: ItemFlag[]
  earlier: EarlierDecision[]
  /** Decisions that took something of this author away before. */
  removedBefore: number
  acts: Exclude<Act, 'suspend' | 'unsuspend'>[]
  seen: string
  may: { suspend: boolean }
}

export type LogRow = {
  id: string
  act: Act
  subjectKind: SubjectKind | 'person'
  rule: string
  clause: string
  community: { slug: string; name: string } | null
  vendor: { slug: string; name: string } | null
  until: Date | null
  decidedAt: Date
}
