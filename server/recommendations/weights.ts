// What a recommendation weighs, for every vendor alike. The method page prints these very values; the score and the line
// “counts 0.63, because …” under each recommendation are computed from them and from nothing else.

/** How it came to be written: computed from invitations and from what its author disclosed. */
export const SOURCE_WEIGHTS = {
  organic: 1,
  'portal-sample': 1,
  'whole-list': 0.9,
  'hand-picked': 0.5,
  incentivised: 0.6,
  imported: 0.5,
} as const
export type Source = keyof typeof SOURCE_WEIGHTS

/** What shows that its author has used the product, as it was checked. */
export const EVIDENCE_WEIGHTS = { relationship: 1, document: 0.9, screenshot: 0.8, 'self-declared': 0.5, none: 0.2 } as const
export type Evidence = keyof typeof EVIDENCE_WEIGHTS

/** A product changes in a year and a half about as much as whoever reads about it needs to know. Age is counted in whole months. */
export const HALF_LIFE_MONTHS = 18

/** So many voices of the whole portal are heard before the first of a vendor: few voices stay near the mean. */
export const PRIOR_VOICES = 8

/** Below these, one person or one house would be the verdict. */
export const FEWEST_FOR_A_SCORE = 5
export const FEWEST_ORGANISATIONS = 3

/** No part of a score is shown of fewer: a dimension, a quarter, a source, a kind of evidence. */
export const FEWEST_IN_A_CUT = 5

/** Before so many were weighed in the whole portal, its own spread says nothing, and all five verdicts are taken as equally likely. */
export const FEWEST_FOR_A_PRIOR = 50

/** The normal quantile that leaves 5% on each side. */
export const Z_90 = 1.6449

export const METHOD_VERSION = 1
/** Every change of a weight, the newest first. */
export const METHOD_CHANGES = [{ version: 1, day: '2026-11-22' }] as const
