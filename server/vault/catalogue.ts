import { z } from 'zod'
import { isId } from '~/db/ids'
import { line } from '~/server/platform/text'
import type { OwnKind } from './input'

type PdTerm = `https://w3id.org/dpv/pd#${string}`

type Attribute = {
  group: 'who' | 'work' | 'use' | 'reach'
  value: z.ZodType<string, unknown>
  /** Ties the handle to a human or an employer: readable only for the purpose “relationship”. */
  identifies?: true
  /** High: it finds or names a human. */
  sensitivity: 'low' | 'high'
  /** What kind of data it is, in the W3C Data Privacy Vocabulary for personal data. */
  category: PdTerm
  /** What browsers call it, so that they can fill it in. */
  autocomplete?: string
}

const upTo = (max: number) => line({ max })

/** The fields that a vault can hold. Their labels, examples and who usually asks are words: `vault.attribute.<key>…`. */
export const catalogue = {
  'real-name':       { group: 'who',   sensitivity: 'high', category: 'https://w3id.org/dpv/pd#Name', value: upTo(120), identifies: true, autocomplete: 'name' },
  'location':        { group: 'who',   sensitivity: 'low', category: 'https://w3id.org/dpv/pd#Location', value: upTo(120), autocomplete: 'address-level2' },
  'time-zone':       { group: 'who',   sensitivity: 'low', category: 'https://w3id.org/dpv/pd#Location', value: upTo(60).refine(isTimeZone, 'vault.timeZone') },
  'organisation':    { group: 'work',  sensitivity: 'high', category: 'https://w3id.org/dpv/pd#CurrentEmployment', value: upTo(120), identifies: true, autocomplete: 'organization' },
  'role':            { group: 'work',  sensitivity: 'low', category: 'https://w3id.org/dpv/pd#Job', value: upTo(120), autocomplete: 'organization-title' },
  'team-size':       { group: 'work',  sensitivity: 'low', category: 'https://w3id.org/dpv/pd#WorkEnvironment', value: upTo(10).transform((typed) => typed.replace(/[ ,.’']/g, '')).refine(isHeadcount, 'vault.teamSize') },
  'industry':        { group: 'work',  sensitivity: 'low', category: 'https://w3id.org/dpv/pd#Professional', value: upTo(120) },
  'products-in-use': { group: 'use',   sensitivity: 'low', category: 'https://w3id.org/dpv/pd#Ownership', value: upTo(400) },
  'e-mail':          { group: 'reach', sensitivity: 'high', category: 'https://w3id.org/dpv/pd#EmailAddress', value: upTo(254).refine((typed) => z.email().safeParse(typed).success, 'notEmail'), autocomplete: 'email' },
  'phone':           { group: 'reach', sensitivity: 'high', category: 'https://w3id.org/dpv/pd#TelephoneNumber', value: upTo(40).refine(isPhone, 'vault.phone'), autocomplete: 'tel' },
} as const satisfies Record<string, Attribute> // prettier-ignore

export type AttributeKey = keyof typeof catalogue
/** A field that a person added and named: no vendor knows of it, or asks for it, before it is granted. */
export type OwnKey = `own-${string}`
export type FieldKey = AttributeKey | OwnKey
export const ATTRIBUTE_KEYS = Object.keys(catalogue) as AttributeKey[]
export const GROUPS = ['who', 'work', 'use', 'reach', 'own'] as const
export type AttributeGroup = (typeof GROUPS)[number]

export function isAttributeKey(key: string): key is AttributeKey {
  return Object.hasOwn(catalogue, key)
}

export function isOwnKey(key: string): key is OwnKey {
  return key.startsWith('own-') && isId(key.slice(4))
}

export function isFieldKey(key: string): key is FieldKey {
  return isAttributeKey(key) || isOwnKey(key)
}

/** Those of the catalogue in its order, then a person’s own, oldest first. */
export function fieldsInOrder(keys: readonly string[]): FieldKey[] {
  return [...ATTRIBUTE_KEYS.filter((key) => keys.includes(key)), ...[...new Set(keys)].filter(isOwnKey).sort()]
}

export function groupOf(key: FieldKey): AttributeGroup {
  return isAttributeKey(key) ? attribute(key).group : 'own'
}

export function attribute(key: AttributeKey): Attribute {
  return catalogue[key]
}

/** What a field of one’s own may say, by its kind. */
export const ownValue = {
  text: upTo(400),
  number: upTo(24).transform((typed) => typed.replaceAll(/[  ’']/g, '').replace(',', '.')).refine((typed) => /^-?\d{1,15}(\.\d{1,6})?$/.test(typed), 'notNumber'),
  date: upTo(10).pipe(z.iso.date('notDate')),
  url: upTo(400).refine(isWebAddress, 'notUrl'),
} satisfies Record<OwnKind, z.ZodType<string, unknown>> // prettier-ignore

function isWebAddress(typed: string): boolean {
  return URL.canParse(typed) && ['http:', 'https:'].includes(new URL(typed).protocol)
}

function isHeadcount(typed: string): boolean {
  return /^\d{1,7}$/.test(typed) && Number(typed) > 0
}

function isPhone(typed: string): boolean {
  return /^\+?[\d ()/.-]+$/.test(typed) && typed.replace(/\D/g, '').length >= 5 && typed.replace(/\D/g, '').length <= 15
}

function isTimeZone(typed: string): boolean {
  return typed === 'UTC' || Intl.supportedValuesOf('timeZone').includes(typed)
}
