import type { BroughtAddress } from '~/server/authorship'

/** What a foreign community is read into, whatever it was written in. */
export interface ImportSet {
  format: 'thunderbird' | 'stackexchange' | 'idea-board' | 'voted-issues' | 'petitions' | 'fider'
  /** The site that the rows come from, such as `support.mozilla.org`: half of every import key. */
  source: string
  sourceUrl: string | null
  licence: string
  authors: Map<string, ImportedAuthor>
  /** Oldest first. */
  threads: ImportedThread[]
  notImported: NotImported[]
  /** Facts about rows that are read and not kept. */
  countsFromFiles: Record<string, unknown>
}

export interface ImportedAuthor {
  sourceId: string
  displayName: string
  aboutHtml: string
  sourceUrl: string | null
  createdAt: Date | null
  /** Kept as a keyed hash, to recognise its owner. */
  address?: BroughtAddress
}

export interface ImportedPost {
  sourceId: string
  authorId: string
  body: { html: string } | { markdown: string }
  createdAt: Date
  editedAt: Date | null
  tally: ImportedVoteTally
  spam: boolean
  sourceUrl: string | null
  licence: string
  meta: Record<string, unknown>
  comments: ImportedPost[]
}

/** Votes arrive as numbers: whose they were is not told. */
export interface ImportedVoteTally {
  up: number
  down: number
}

export interface ImportedThread {
  sourceId: string
  title: string
  opening: ImportedPost
  answers: ImportedPost[]
  accepted: ImportedAcceptance | null
  /** Set where it is an idea and no question. */
  idea?: ImportedIdea
  tags: string[]
  locked: boolean
  activeAt: Date
  meta: Record<string, unknown>
}

export interface ImportedAcceptance {
  answerId: string
  byAuthorId: string | null
  at: Date
}

/** How an idea stood where it came from, since when, and what was said to it. */
export interface ImportedIdea {
  status: 'open' | 'under-review' | 'planned' | 'started' | 'shipped' | 'declined'
  at: Date
  response: string | null
}

export interface ImportedLink {
  to: string
  kind: 'linked' | 'duplicate'
}

export interface NotImported {
  kind: string
  count: number
  reason: string
}
