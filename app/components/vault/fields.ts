import type { AttributeKey } from '~/server/vault'
import type { Purpose } from '~/server/vault/input'
import { say, sayList } from '~/words'

/** More than six fields: five are named, the others counted. */
const MOST_NAMED = 6

export const nameOfField = (key: string) => say(`vault.attribute.${key as AttributeKey}`)
export const fieldInWords = (key: string) => say(`vault.named.${key as AttributeKey}`)
export const purposeInWords = (purpose: Purpose) => say(`vault.purpose.${purpose}`)

/** “name, role and team size”, as the person would say them. */
export function fieldsInWords(keys: readonly string[]): string {
  const named = keys.map(fieldInWords)
  const said =
    named.length > MOST_NAMED
      ? [...named.slice(0, MOST_NAMED - 1), say('vault.named.more', { count: named.length - MOST_NAMED + 1 })]
      : named
  return sayList(said)
}
