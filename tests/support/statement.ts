import { sixMonthsAfter } from '~/server/moderation/rules'

/** The fields that a decision which takes something away must have; for those that a test writes as the owner of the tables. */
export const stated = (communityId: string | null = null) => ({
  scope: communityId ? ('community' as const) : ('portal' as const),
  duration: 'until-changed' as const,
  source: 'own-initiative' as const,
  detectedAutomatically: false,
  decidedAutomatically: false,
  rule: 'civil',
  facts: 'It was not kind.',
  why: 'It is about a person.',
  decidedAt: new Date(),
  appealUntil: sixMonthsAfter(new Date(Date.now() + 1000)),
})
