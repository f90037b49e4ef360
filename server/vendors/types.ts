export const ASK_FIELD_KINDS = ['line', 'choice', 'text'] as const

/** One thing that a question about a product is asked to say. */
export type AskField = {
  fieldId: string
  kind: (typeof ASK_FIELD_KINDS)[number]
  label: string
  help: string
  choices: string[]
  required: boolean
}
