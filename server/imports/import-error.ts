import { say, type WordValues } from '~/words'
import type { imports } from '~/words/en/imports'

type ReasonOf<Key> = Key extends `import.reason.${infer Reason}` ? Reason : never
export type Reason = ReasonOf<keyof typeof imports>

/** A file that cannot be imported as it is. Thrown before anything is written. */
export class ImportError extends Error {
  readonly reason: string

  constructor(
    readonly file: string,
    /** Counted from 1 after the header; undefined where it is about the file as a whole. */
    readonly row: number | undefined,
    readonly reasonKey: Reason,
    values: WordValues = {},
  ) {
    const reason = say(`import.reason.${reasonKey}`, values)
    super(say(row === undefined ? 'import.refusedFile' : 'import.refusedRow', { file, row: String(row), reason }))
    this.name = 'ImportError'
    this.reason = reason
  }
}
