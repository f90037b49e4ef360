/** Whose turn it is in a case, as its staff say it. */
export const CASE_VIEWS = ['us', 'them', 'closed'] as const
export type CaseView = (typeof CASE_VIEWS)[number]

/** More than this is said to be more. */
export const MOST_COUNTED = 99
