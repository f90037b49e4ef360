import { z } from 'zod'
import { line } from '~/server/platform/text'

type Attribute = {
  group: 'who' | 'work' | 'use' | 'reach'
  value: z.ZodType<string, unknown>
  /** Ties the handle to a human or an employer: readable only for the purpose “relationship”. */
  identifies?: true
  /** What browsers call it, so that they can fill it in. */
  autocomplete?: string
}

const upTo = (max: number) => line({ max })

/** The fields that a vault can hold. Their labels, examples and who usually asks are words: `vault.attribute.<key>…`. */
export const catalogue = {
  'real-name':       { group: 'who',   value: upTo(120), identifies: true, autocomplete: 'name' },
  'location':        { group: 'who',   value: upTo(120), autocomplete: 'address-level2' },
  'time-zone':       { group: 'who',   value: upTo(60).refine(isTimeZone, 'vault.timeZone') },
  'organisation':    { group: 'work',  value: upTo(120), identifies: true, autocomplete: 'organization' },
  'role':            { group: 'work',  value: upTo(120), autocomplete: 'organization-title' },
  'team-size':       { group: 'work',  value: upTo(10).transform((typed) => typed.replace(/[ ,.’']/g, '')).refine(isHeadcount, 'vault.teamSize') },
  'industry':        { group: 'work',  value: upTo(120) },
  'products-in-use': { group: 'use',   value: upTo(400) },
  'e-mail':          { group: 'reach', value: upTo(254).refine((typed) => z.email().safeParse(typed).success, 'notEmail'), autocomplete: 'email' },
  'phone':           { group: 'reach', value: upTo(40).refine(isPhone, 'vault.phone'), autocomplete: 'tel' },
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
