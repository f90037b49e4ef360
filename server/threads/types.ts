import type { FileShown } from '~/server/attachments/types'
import type { HandleInfo } from '~/server/viewer'

export const THREAD_VIEWS = ['new', 'active', 'unanswered', 'top'] as const
export type ThreadView = (typeof THREAD_VIEWS)[number]

/** How a question stands: nobody answered; somebody did; the asker is silent after a good answer; one was accepted or marked. */
export type ThreadState = 'unanswered' | 'answered' | 'awaiting' | 'solved'

export type ThreadRow = {
  threadId: string
  number: number
  slug: string
  communityName: string
  title: string
  kind: 'question' | 'idea' | 'discussion' | 'announcement'
  state: ThreadState
  answerCount: number
  score: number
  duplicate: boolean
  locked: boolean
  hidden: boolean
  tags: string[]
  by: HandleInfo
  createdAt: Date
  activeAt: Date
}

/** Whose turn it is: nobody answered; the asker spoke last; an answer waits for the asker; there are answers and none is accepted. */
export const WAITING_VIEWS = ['unanswered', 'vendor', 'asker', 'unaccepted'] as const
export type WaitingView = (typeof WAITING_VIEWS)[number]

export type Claim = { by: HandleInfo; mine: boolean; at: Date }

export type CommentShown = {
  postId: string
  html: string
  by: HandleInfo
  createdAt: Date
  edited: boolean
  mine: boolean
  /** By somebody whom the reader has blocked. */
  blocked: boolean
  /** The decision that hid it, for those who may still read it. */
  hiddenBy: string | null
  /** What a check found, where one holds it back until a moderator has looked at it. */
  heldFor: string | null
  sourceUrl: string | null
  licence: string | null
  may: { edit: boolean; flag: boolean; report: boolean }
}

export type PostShown = {
  postId: string
  /** Null: removed by a moderator, and what was said of it still hangs on it. */
  html: string | null
  by: HandleInfo | null
  createdAt: Date
  editCount: number
  score: number
  myVote: -1 | 0 | 1
  mine: boolean
  /** By somebody whom the reader has blocked. */
  blocked: boolean
  accepted: boolean
  /** The vendor says that it is right. */
  confirmed: { by: HandleInfo; at: Date | null } | null
  /** A suggested edit that waits for the viewer to decide, or that is the viewer's own. */
  waitingEdit: string | null
  hiddenBy: string | null
  /** What a check found, where one holds it back until a moderator has looked at it. */
  heldFor: string | null
  /** Written in a private case, and published with the asker’s consent. */
  fromCase: boolean
  source: string | null
  sourceUrl: string | null
  licence: string | null
  /** What the vendor asked to know of a question. */
  details: { fieldId: string; label: string; value: string }[]
  /** But for pictures that stand in the text. */
  files: FileShown[]
  comments: CommentShown[]
  moreComments: number
  may: {
    vote: boolean
    comment: boolean
    edit: boolean
    suggestEdit: boolean
    accept: boolean
    mark: boolean
    confirm: boolean
    flag: boolean
    report: boolean
  }
}

/** `votes` is null while the viewer may not know how it stands. */
export type PollShown = {
  /** Of the thread that it was made in. */
  number: number
  question: string
  most: number
  /** Noon of the last day. */
  lastDay: Date
  closed: boolean
  voters: number
  choices: { id: string; label: string; votes: number | null; mine: boolean }[]
  voted: boolean
  /** The viewer may know how it stands. */
  counted: boolean
  may: { vote: boolean; edit: boolean }
}
