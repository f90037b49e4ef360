/** What a decision does. */
export const ACTS = ['hide', 'restore', 'lock', 'unlock', 'suspend', 'unsuspend', 'keep'] as const

/** What something is flagged for. */
export const FLAG_REASONS = ['spam', 'abuse', 'false', 'private', 'illegal', 'off-topic', 'other'] as const

/** What a decision rests on: a clause of the portal's rules, one of the community's own, or the law. The last says that nothing was broken. */
export const RULES = ['civil', 'private', 'advertising', 'disclosure', 'false', 'off-topic', 'community', 'law', 'none'] as const

/** What can hold a post back until a moderator has looked at it. */
export const POST_CHECKS = ['links', 'domain', 'words', 'repeated', 'approval'] as const

/** Whose posts a room reads before others do: nobody's, the first of a new member, or all until they have settled in. */
export const APPROVALS = ['none', 'first-post', 'every-post'] as const
