/** The forms that take files, named like their drafts. */
export const TAKES_FILES = ['ask', 'idea', 'answer', 'edit'] as const
export type TakesFiles = (typeof TAKES_FILES)[number]
/** Of evidence, the subject is the recommendation that it is shown for: its own form takes it, and no other. */
export type FilePlace = { kind: TakesFiles | 'evidence'; subjectId: string }

/** A file as a page shows it. Pictures have a size; `small` ones come in a smaller one too. */
export type FileShown = {
  id: string
  name: string
  description?: string
  bytes: number
  width: number | null
  height: number | null
  small: boolean
}
