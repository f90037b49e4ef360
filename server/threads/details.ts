import { Invalid } from '~/server/errors'
import { codePoints, foldedLine } from '~/server/platform/text'
import type { AskField } from '~/server/vendors/types'
import type { OfDetails } from './input'

export type Detail = { fieldId: string; label: string; value: string }

const LONGEST: Record<AskField['kind'], number> = { line: 200, choice: 80, text: 2000 }

/** What was filled in, under the labels of today; a question has to answer what is required. */
export function detailsOf(fields: AskField[], given: OfDetails): Detail[] {
  const errors: Record<string, string> = {}
  const values = valuesOf(given)
  const details = fields.flatMap(({ fieldId, kind, label, choices, required }): Detail[] => {
    const value = shaped(kind, values.get(fieldId) ?? '')
    const wrong = wrongWith(kind, choices, value)
    if (wrong) errors[`detail-${fieldId}`] = wrong
    else if (!value && required) errors[`detail-${fieldId}`] = 'required'
    return value ? [{ fieldId, label, value }] : []
  })
  if (Object.keys(errors).length > 0) throw new Invalid(errors)
  return details
}

/**
 * The same for a question that was asked before: what it answered then keeps its label, also of a field that is gone, and nothing that came
 * later is required of it. Null: the form said nothing of them.
 */
export function changedDetails(before: Detail[], fields: AskField[], given: OfDetails): Detail[] | null {
  if (!given.detailFor) return null
  const later = fields
    .filter(({ fieldId }) => !before.some((detail) => detail.fieldId === fieldId))
    .map((field) => ({ ...field, required: false }))
  const values = valuesOf(given)
  const kept = before.flatMap((detail): Detail[] => {
    const value = shaped('text', values.get(detail.fieldId) ?? detail.value)
    if (codePoints(value) > LONGEST.text) throw new Invalid({ [`detail-${detail.fieldId}`]: `tooLong:${LONGEST.text}` })
    return value ? [{ ...detail, value }] : []
  })
  return [...kept, ...detailsOf(later, given)]
}

/** As lines of a version that is compared with another. */
export const detailLines = (details: Detail[] | null) => (details ?? []).map(({ label, value }) => `${label}: ${value}`).join('\n')

const valuesOf = ({ detailFor = [], detail = [] }: OfDetails) => new Map(detailFor.map((fieldId, index) => [fieldId, detail[index] ?? '']))

const shaped = (kind: AskField['kind'], value: string) => (kind === 'text' ? value.trim() : foldedLine(value))

function wrongWith(kind: AskField['kind'], choices: string[], value: string): string | null {
  if (codePoints(value) > LONGEST[kind]) return `tooLong:${LONGEST[kind]}`
  return kind === 'choice' && value && !choices.includes(value) ? 'notChoice' : null
}
