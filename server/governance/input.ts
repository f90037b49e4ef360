import { z } from 'zod'
import { DIRECTIONS, FIELD_CLASSES, FIELD_KINDS, FIELD_OBJECTS, FIELD_SOURCES, STEWARDED } from '~/db/kinds'
import { line, optionalLine, optionalText, text } from '~/server/platform/text'

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

/** Without a sentence the word is taken out. */
export const DefinitionInput = z.object({ term: line({ max: 60 }), sentence: optionalLine({ min: 15, max: 300 }) })
export type DefinitionInput = z.infer<typeof DefinitionInput>

/** Of a word that stands already. */
export const SentenceInput = DefinitionInput.pick({ sentence: true })

export const StewardInput = z.object({ object: z.enum(STEWARDED, 'notChoice'), owner: changeable.owner })
export type StewardInput = z.infer<typeof StewardInput>

const ids = z.array(z.uuid('notChoice')).max(120, 'notChoice')

export const IntegrationInput = z.object({
  name: line({ max: 80 }),
  owner: changeable.owner,
  direction: z.enum(DIRECTIONS, 'notChoice'),
  failureModes: text({ min: 15, max: 1000 }),
  /** Which fields it writes, and for which of them the other side is the true one. */
  fields: ids,
  trueFor: ids,
})
export type IntegrationInput = z.infer<typeof IntegrationInput>
