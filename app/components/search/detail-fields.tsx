import { typed, typedList } from '~/app/form'
import type { Refused } from '~/app/http.server'
import type { AskField } from '~/server/vendors/types'
import { say } from '~/words'
import { Field } from '../ui'

/** The fields that a vendor asks to be filled in; each is sent as its id and, beside it, what was typed. */
export function DetailFields({ fields, values, errors, before = {} }: Refused & { fields: AskField[]; before?: Record<string, string> }) {
  const filled = { ...before, ...filledIn(values) }
  return (
    <>
      {fields.map(({ fieldId, kind, label, help, choices, required }) => {
        const name = `detail-${fieldId}`
        const value = filled[fieldId] ?? ''
        return (
          <Field key={fieldId} label={label} name={name} help={help || undefined} optional={!required} error={errors[name]}>
            {({ name: _, ...wiring }) => (
              <>
                <input type="hidden" name="detailFor" value={fieldId} />
                {kind === 'choice' ? (
                  <select className="select" name="detail" required={required} defaultValue={value} {...wiring}>
                    <option value="">{say('askForm.choose')}</option>
                    {(value && !choices.includes(value) ? [value, ...choices] : choices).map((choice) => (
                      <option key={choice}>{choice}</option>
                    ))}
                  </select>
                ) : kind === 'text' ? (
                  <textarea className="textarea" name="detail" dir="auto" rows={3} required={required} defaultValue={value} {...wiring} />
                ) : (
                  <input className="input" type="text" name="detail" dir="auto" required={required} defaultValue={value} {...wiring} />
                )}
              </>
            )}
          </Field>
        )
      })}
    </>
  )
}

/** What a form sent, or what a draft keeps of it. */
function filledIn(values: Refused['values']): Record<string, string> {
  const ids = typedList(values, 'detailFor')
  const said = typedList(values, 'detail')
  if (ids.length > 0) return Object.fromEntries(ids.map((id, index) => [id, said[index] ?? '']))
  try {
    return JSON.parse(typed(values, 'details', '{}')) as Record<string, string>
  } catch {
    return {}
  }
}

type Answered = { fieldId: string; label: string; value: string; kind?: AskField['kind'] }

/** The fields of a question that was asked before: those that it answered, as they were asked, also when they are gone, and those that came later. */
export function fieldsAgain(details: Answered[], fields: AskField[]): AskField[] {
  const answered = details.map(({ fieldId, label, value, kind }): AskField => {
    const today = fields.find((field) => field.fieldId === fieldId)
    const asked = kind ?? (value.includes('\n') ? 'text' : (today?.kind ?? 'line'))
    return { fieldId, kind: asked, label, help: '', choices: today?.choices ?? [], required: false }
  })
  const later = fields.filter(({ fieldId }) => !details.some((detail) => detail.fieldId === fieldId))
  return [...answered, ...later.map((field) => ({ ...field, required: false }))]
}
