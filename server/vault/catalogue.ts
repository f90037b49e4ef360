import { z } from 'zod'
import { line } from '~/server/platform/text'

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
export type AttributeGroup = Attribute['group']
export const ATTRIBUTE_KEYS = Object.keys(catalogue) as AttributeKey[]
export const GROUPS = ['who', 'work', 'use', 'reach'] as const

export function isAttributeKey(key: string): key is AttributeKey {
  return Object.hasOwn(catalogue, key)
}

export function attribute(key: AttributeKey): Attribute {
  return catalogue[key]
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
