import { z } from 'zod'
import { ofDraft } from '~/server/drafts/input'
import { line, text } from '~/server/platform/text'

export const LONGEST_MESSAGE = 10_000
const LONGEST_ANSWER = 30_000
const LONGEST_NOTE = 4_000
const LONGEST_SAID = 500

const next = z.string().max(2000).optional()

export const MessageInput = z.object({ body: text({ min: 2, max: LONGEST_MESSAGE }), ...ofDraft })
export type MessageInput = z.infer<typeof MessageInput>

export const NoteInput = z.object({ body: text({ max: LONGEST_NOTE }), ...ofDraft })
export type NoteInput = z.infer<typeof NoteInput>

export const AnswerBackInput = z.object({ body: text({ min: 2, max: LONGEST_ANSWER }), ...ofDraft })
export type AnswerBackInput = z.infer<typeof AnswerBackInput>

/** Which answer was looked at. */
export const DecideAnswerInput = z.object({ answer: z.uuid('notChoice'), next })
export type DecideAnswerInput = z.infer<typeof DecideAnswerInput>

export const LinkInput = z.object({ idea: line({ max: 300 }), said: text({ min: 3, max: LONGEST_SAID }) })
export type LinkInput = z.infer<typeof LinkInput>

/** `seen`: the handle of whoever had the case on the page. */
export const TakeInput = z.object({ seen: z.string().max(80, 'notChoice').optional(), next })
export const CaseButtonInput = z.object({ next })
