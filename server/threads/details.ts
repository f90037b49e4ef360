import { Invalid } from '~/server/errors'
import { codePoints, foldedLine } from '~/server/platform/text'
import type { AskField } from '~/server/vendors/types'
import type { OfDetails } from './input'

/** Answers that were kept before their kind was have none. */
export type Detail = { fieldId: string; label: string; value: string; kind?: AskField['kind'] }
/** `stands`: what was answered before, which stays also where it would not be taken today. */
type Asked = Pick<AskField, 'fieldId' | 'kind' | 'label' | 'choices' | 'required'> & { stands?: string }

const LONGEST: Record<AskField['kind'], number> = { line: 200, choice: 80, text: 2000 }

/** What was filled in, under the labels of today; a question has to answer what is required. */
export function detailsOf(fields: Asked[], given: OfDetails): Detail[] {
  const errors: Record<string, string> = {}
  const values = valuesOf(given)
  const details = fields.flatMap(({ fieldId, kind, label, choices, required, stands }): Detail[] => {
    const value = shaped(kind, values.get(fieldId) ?? stands ?? '')
    const wrong = value === stands ? null : wrongWith(kind, choices, value)
    if (wrong) errors[`detail-${fieldId}`] = wrong
    else if (!value && required) errors[`detail-${fieldId}`] = 'required'
    return value ? [{ fieldId, label, value, kind }] : []
  })
  if (Object.keys(errors).length > 0) throw new Invalid(errors)
  return details
}

/**
 * The same for a question that was asked before: what it answered then keeps its label and its kind, also of a field that is gone or is of
 * another kind by now, and nothing that came later is required of it. Null: the form said nothing of them.
 */
export function changedDetails(before: Detail[], fields: AskField[], given: OfDetails): Detail[] | null {
  if (!given.detailFor) return null
  const answered = before.map(({ fieldId, label, value, kind }): Asked => {
    const today = fields.find((field) => field.fieldId === fieldId)
    return {
      ...{ fieldId, label, stands: value, required: false, choices: today?.choices ?? [] },
      kind: kind ?? (value.includes('\n') ? 'text' : (today?.kind ?? 'line')),
    }
  })
  const later = fields.filter(({ fieldId }) => !before.some((detail) => detail.fieldId === fieldId))
  return detailsOf([...answered, ...later.map((field) => ({ ...field, required: false }))], given)
}

/** As lines of a version that is compared with another. */
export const detailLines = (details: Detail[] | null) => (details ?? []).map(({ label, value }) => `${label}: ${value}`).join('\n')

const valuesOf = ({ detailFor = [], detail = [] }: OfDetails) => new Map(detailFor.map((fieldId, index) => [fieldId, detail[index] ?? '']))

const shaped = (kind: AskField['kind'], value: string) => (kind === 'text' ? value.trim() : foldedLine(value))

function wrongWith(kind: AskField['kind'], choices: string[], value: string): string | null {
  if (codePoints(value) > LONGEST[kind]) return `tooLong:${LONGEST[kind]}`
  return kind === 'choice' && value && !choices.includes(value) ? 'notChoice' : null
}
