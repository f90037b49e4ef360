import { z } from 'zod'
import { FIELD_CLASSES, FIELD_KINDS, FIELD_OBJECTS, FIELD_SOURCES } from '~/db/kinds'
import { line, optionalLine, optionalText } from '~/server/platform/text'

const changeable = {
  name: line({ max: 60 }),
  group: line({ max: 60 }),
  owner: z.string().min(1, 'required').max(80, 'notChoice'),
  decision: line({ min: 15, max: 300 }),
  choices: optionalText({ max: 4000 }),
  sources: z.array(z.enum(FIELD_SOURCES, 'notChoice')).min(1, 'required').max(3, 'notChoice'),
}

export const FieldInput = z.object({
  ...changeable,
  object: z.enum(FIELD_OBJECTS, 'notChoice'),
  kind: z.enum(FIELD_KINDS, 'notChoice'),
  class: z.enum(FIELD_CLASSES, 'notChoice'),
})
export type FieldInput = z.infer<typeof FieldInput>

/** What a field is of and what kind of thing it says stays. */
export const FieldChangeInput = z.object(changeable)
export type FieldChangeInput = z.infer<typeof FieldChangeInput>

export const ValueInput = z.object({ value: optionalLine({ max: 500 }) })
export type ValueInput = z.infer<typeof ValueInput>

/** Which earlier value is to stand again. */
export const EarlierInput = z.object({ nth: z.coerce.number().int('invalid').min(1, 'invalid').max(1_000_000, 'invalid') })
export type EarlierInput = z.infer<typeof EarlierInput>

export const NothingInput = z.object({})
