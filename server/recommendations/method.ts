import * as weights from './weights'

/** What the method page prints: the values that the code computes with. */
export function method() {
  return {
    sources: entriesOf(weights.SOURCE_WEIGHTS),
    evidence: entriesOf(weights.EVIDENCE_WEIGHTS),
    halfLifeMonths: weights.HALF_LIFE_MONTHS,
    priorVoices: weights.PRIOR_VOICES,
    fewest: weights.FEWEST_FOR_A_SCORE,
    fewestOrganisations: weights.FEWEST_ORGANISATIONS,
    fewestInACut: weights.FEWEST_IN_A_CUT,
    fewestForPrior: weights.FEWEST_FOR_A_PRIOR,
    z: weights.Z_90,
    version: weights.METHOD_VERSION,
    changes: weights.METHOD_CHANGES,
  }
}
export type Method = ReturnType<typeof method>

const entriesOf = <K extends string>(of: Record<K, number>) =>
  (Object.entries(of) as [K, number][]).map(([name, weight]) => ({ name, weight }))
