import { z } from 'zod'
import { APPROVALS } from '~/db/kinds'
import { optionalText } from '~/server/platform/text'

export { APPROVALS }

/** A list that nobody can read any more guards nothing. */
export const MOST_LINES = 200
export const LONGEST_LINE = 60

const DOMAIN = /^([a-z0-9-]+\.)+[a-z0-9-]{2,}$/

const lines = (fits: (line: string) => boolean, key: string) =>
  optionalText({ max: MOST_LINES * (LONGEST_LINE + 2) }).transform((typed, context) => {
    const all = [
      ...new Set(
        (typed ?? '')
          .toLowerCase()
          .split('\n')
          .map((line) => line.trim().replace(/\s+/g, ' '))
          .filter(Boolean),
      ),
    ]
    if (all.length > MOST_LINES) context.addIssue({ code: 'custom', message: `checks.tooMany:${MOST_LINES}`, input: typed })
    else if (!all.every((line) => line.length <= LONGEST_LINE && fits(line)))
      context.addIssue({ code: 'custom', message: key, input: typed })
    return all
  })

/** One a line. */
export const ChecksInput = z.object({
  approval: z.enum(APPROVALS, 'notChoice'),
  words: lines((line) => /[\p{L}\p{N}]{2}/u.test(line), 'checks.badWord'),
  domains: lines((line) => DOMAIN.test(line), 'checks.badDomain'),
})
export type ChecksInput = z.infer<typeof ChecksInput>
