export type Rules = { first: boolean; sensitive: boolean; refused: boolean; mostADay: number | null }
export type Reason = 'first' | 'sensitive' | 'often' | 'refused'

/** What somebody hears of who has chosen nothing. The database says the same of the number, where it counts. */
export const USUAL: Rules = { first: true, sensitive: true, refused: true, mostADay: 50 }

/** Why somebody is told of a reading: the weightiest of what they want to hear of, or nothing. */
export function reasonFor(rules: Rules, readKind = 'usual'): Reason | null {
  if (rules.first && readKind.startsWith('first')) return 'first'
  return rules.sensitive && readKind.endsWith('sensitive') ? 'sensitive' : null
}
