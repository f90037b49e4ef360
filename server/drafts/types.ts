import { z } from 'zod'
import { DRAFT_KINDS } from '~/db/schema'

export type DraftKind = (typeof DRAFT_KINDS)[number]
export const DraftKindInput = z.enum(DRAFT_KINDS)

export type DraftText = { id: string; version: number; fields: Record<string, string>; savedAt: Date }

/** What a form shows of the draft it continues: the newest text; how many others there are; what was just discarded. */
export type DraftShown = {
  kind: DraftKind
  subjectId: string
  newest: DraftText | null
  others: number
  discarded: { id: string; at: Date } | null
  /** When the form was opened, signed; empty where it continues what was written before. */
  opened: string
}

/** What became of a text: where it is kept; or, when its draft was posted or discarded elsewhere, that it is not. */
export type Kept = { id: string | null; version: number; others: number; gone: boolean }
