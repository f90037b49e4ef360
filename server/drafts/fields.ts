import type { DraftInput } from './input'
import type { DraftKind } from './types'

const VERDICT = [
  ...(['headline', 'useCase', 'whatIsGood', 'whatIsNot', 'forWhom', 'verdict', 'ease', 'support', 'value'] as const),
  ...([
    'timeUsed',
    'chooseAgain',
    'relation',
    'incentive',
    'invitedBy',
    'organisation',
    'organisationSize',
    'industry',
    'authorRole',
    'reference',
    'shownAs',
  ] as const),
]
/** What each kind of form holds. `version` is that of the post which was being looked at. */
const FIELDS: Record<DraftKind, readonly (keyof DraftInput)[]> = {
  ask: ['title', 'body', 'tags', 'product', 'details'],
  idea: ['title', 'body', 'tags', 'product'],
  answer: ['body'],
  comment: ['body'],
  edit: ['title', 'body', 'tags', 'reason', 'version', 'details'],
  suggestion: ['title', 'body', 'reason', 'version'],
  recommendation: [...VERDICT, 'product'],
  'recommendation-edit': VERDICT,
  case: ['body'],
  'case-message': ['body'],
  'case-answer': ['body'],
  'case-note': ['body'],
  appeal: ['body'],
}
const CHOSEN = new Set([
  'product',
  'details',
  'version',
  'verdict',
  'ease',
  'support',
  'value',
  ...VERDICT.slice(9).filter((name) => name !== 'organisation'),
])

export function fieldsOf(kind: DraftKind, given: DraftInput): Record<string, string> {
  const input = { ...given, details: given.detailFor ? asOne(given) : given.details }
  return Object.fromEntries(FIELDS[kind].flatMap((name) => (input[name] ? [[name, String(input[name])]] : [])))
}

/** A draft keeps words by name: the product’s own fields are one of them, as JSON. */
function asOne({ detailFor = [], detail = [] }: DraftInput): string | undefined {
  const filled = detailFor.flatMap((fieldId, index) => (detail[index]?.trim() ? [[fieldId, detail[index]]] : []))
  return filled.length > 0 ? JSON.stringify(Object.fromEntries(filled)) : undefined
}

/** The fields that people type, in the order of the form. */
export const typedFields = (kind: DraftKind) => FIELDS[kind].filter((name) => !CHOSEN.has(name)) as string[]
export const chosenFields = (kind: DraftKind) => FIELDS[kind].filter((name) => CHOSEN.has(name)) as string[]

export const nothingTyped = (kind: DraftKind, fields: Record<string, string>) => !typedFields(kind).some((name) => fields[name]?.trim())

export const sameText = (one: Record<string, string>, other: Record<string, string>) =>
  Object.keys({ ...one, ...other }).every((name) => name === 'version' || (one[name] ?? '') === (other[name] ?? ''))
