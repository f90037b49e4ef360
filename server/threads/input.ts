import { z } from 'zod'
import { ofFiles } from '~/server/attachments/input'
import { ofDetails, ofDraft } from '~/server/drafts/input'
import { line, optionalLine, optionalText, text } from '~/server/platform/text'

export const MOST_TAGS = 5
export const LONGEST_POST = 30_000
/** A remark, not a second answer. */
export const LONGEST_COMMENT = 3_000
export const SHORTEST_QUESTION = 20

const TAG = /^[a-z0-9.+#-]{2,35}$/

/** Typed in one field, apart by spaces or commas. */
const tagNames = optionalLine({ max: 300 }).transform((typed, context) => {
  const names = [
    ...new Set(
      (typed ?? '')
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    ),
  ]
  if (names.length > MOST_TAGS) context.addIssue({ code: 'custom', message: `tooMany:${MOST_TAGS}`, input: typed })
  else if (!names.every((name) => TAG.test(name))) context.addIssue({ code: 'custom', message: 'badTag', input: typed })
  return names
})
const title = () => line({ min: 10, max: 150 })
export type OfDetails = { detailFor?: string[]; detail?: string[] }
const next = z.string().max(2000).optional()

/** A room, or one of its tags. */
export const FollowInput = z.object({ tag: optionalLine({ max: 35 }), next })

export const AskInput = z.object({
  title: title(),
  body: text({ min: SHORTEST_QUESTION, max: LONGEST_POST }),
  tags: tagNames,
  product: z.union([z.literal(''), z.uuid()]).optional(),
  ...ofDetails,
  ...ofFiles,
  ...ofDraft,
})
export type AskInput = z.infer<typeof AskInput>

/** What was typed so far; nothing of it is judged yet. */
export const ChooseProductInput = z.object({
  title: optionalLine({ max: 300 }),
  body: optionalText({ max: LONGEST_POST }),
  tags: optionalLine({ max: 300 }),
  product: z.union([z.literal(''), z.uuid()], 'notChoice').optional(),
  ...ofDetails,
  ...ofDraft,
})

export const AnswerInput = z.object({ body: text({ min: 2, max: LONGEST_POST }), ...ofFiles, ...ofDraft })
export type AnswerInput = z.infer<typeof AnswerInput>

export const CommentInput = z.object({ body: text({ min: 2, max: LONGEST_COMMENT }), ...ofDraft })
export type CommentInput = z.infer<typeof CommentInput>

export const VoteInput = z.object({ value: z.enum(['1', '-1', '0']).transform((value) => Number(value) as -1 | 0 | 1), next })
export type VoteInput = z.infer<typeof VoteInput>

/** Title and tags are those of an opening; `version` is the one that was being looked at. */
export const EditInput = z.object({
  title: title().optional(),
  body: text({ min: 2, max: LONGEST_POST }),
  tags: tagNames,
  reason: optionalLine({ max: 200 }),
  version: z.coerce.number().int().min(0).optional(),
  ...ofDetails,
  ...ofFiles,
  ...ofDraft,
})
export type EditInput = z.infer<typeof EditInput>

export const SuggestEditInput = z.object({
  title: title().optional(),
  body: text({ min: 2, max: LONGEST_POST }),
  reason: line({ min: 3, max: 200 }),
  version: z.coerce.number().int().min(0).optional(),
  ...ofDraft,
})
export type SuggestEditInput = z.infer<typeof SuggestEditInput>

/** Whatever is typed so far. */
export const PreviewInput = z.object({ body: optionalText({ max: LONGEST_POST }) })

export const RefuseEditInput = z.object({ answer: text({ min: 3, max: 500 }) })
export type RefuseEditInput = z.infer<typeof RefuseEditInput>

const labels = text({ max: 2000 }).transform((typed, context) => {
  const all = typed
    .split('\n')
    .map((label) => label.trim())
    .filter(Boolean)
  const different = new Set(all).size
  if (different < 2 || different > 10 || different < all.length) context.addIssue({ code: 'custom', message: 'poll.answers', input: typed })
  else if (all.some((label) => [...label].length > 100)) context.addIssue({ code: 'custom', message: 'tooLong:100', input: typed })
  return all
})

/** `closes`: the last day. */
export const PollInput = z.object({
  question: line({ min: 3, max: 150 }),
  choices: labels,
  most: z.coerce.number('poll.most').int('poll.most').min(1, 'poll.most').max(10, 'poll.most'),
  closes: z.iso.date('notDate'),
})
export type PollInput = z.infer<typeof PollInput>

export const PollVoteInput = z.object({ choice: z.array(z.uuid('notChoice')).max(10, 'notChoice').default([]) })
export type PollVoteInput = z.infer<typeof PollVoteInput>

export const RestoreInput = z.object({
  version: z.coerce.number('notChoice').int('notChoice').min(1, 'notChoice').max(100_000, 'notChoice'),
})
export type RestoreInput = z.infer<typeof RestoreInput>

/** An address or a number. */
export const DuplicateInput = z.object({ of: line({ min: 1, max: 300 }) })
export type DuplicateInput = z.infer<typeof DuplicateInput>

/** Addresses or numbers, one a line. */
export const MergeInput = z.object({ questions: text({ min: 1, max: 5000 }), note: optionalText({ max: 500 }) })
export type MergeInput = { questions: string; note?: string }

/** `seen`: the handle of whoever held it on the page. */
export const ClaimInput = z.object({ seen: optionalLine({ max: 60 }), next })
export type ClaimInput = z.infer<typeof ClaimInput>

export const ButtonInput = z.object({ next })
export type ButtonInput = z.infer<typeof ButtonInput>
