import type { AttributeKey, OwnNames } from '~/server/vault'
import type { OwnKind, Purpose } from '~/server/vault/input'
import { say, sayList } from '~/words'

/** More than six fields: five are named, the others counted. */
const MOST_NAMED = 6

type Named = string | null | undefined
const isOwn = (key: string) => key.startsWith('own-')

/** A field that its owner added bears their name for it, where that may be read. */
export const nameOfField = (key: string, own?: Named) =>
  isOwn(key) ? (own ?? say('vault.attribute.own')) : say(`vault.attribute.${key as AttributeKey}`)
export const fieldInWords = (key: string, own?: Named) =>
  isOwn(key) ? (own ?? say('vault.named.own')) : say(`vault.named.${key as AttributeKey}`)
/** How a browser takes what a field of one’s own may say. */
export const typeOf = (kind: OwnKind | null) =>
  kind === 'number' ? ({ inputMode: 'decimal' } as const) : kind === 'date' || kind === 'url' ? ({ type: kind } as const) : {}

export const purposeInWords = (purpose: Purpose) => say(`vault.purpose.${purpose}`)

/** “name, role and team size”, as the person would say them. */
export function fieldsInWords(keys: readonly string[], names: OwnNames = {}): string {
  const named = keys.map((key) => fieldInWords(key, names[key]))
  const said =
    named.length > MOST_NAMED
      ? [...named.slice(0, MOST_NAMED - 1), say('vault.named.more', { count: named.length - MOST_NAMED + 1 })]
      : named
  return sayList(said)
}
