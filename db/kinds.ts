/** What a decision does. */
export const ACTS = ['hide', 'restore', 'lock', 'unlock', 'suspend', 'unsuspend', 'keep'] as const

/** What something is flagged for. */
export const FLAG_REASONS = ['spam', 'abuse', 'false', 'private', 'illegal', 'off-topic', 'other'] as const
