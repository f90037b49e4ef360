import { say, type WordValues } from '~/words'
import type { crmImports } from '~/words/en/crm-imports'

type ReasonOf<Key> = Key extends `crm.file.${infer Reason}` ? Reason : never
export type FileReason = ReasonOf<keyof typeof crmImports>

/** A file that cannot be read as a whole: none of its rows has another fate. */
export class FileRefused extends Error {
  constructor(
    readonly because: FileReason,
    /** Counted from 1 after the header; undefined where it is about the file as a whole. */
    readonly row?: number,
    values: WordValues = {},
  ) {
    const reason = say(`crm.file.${because}`, values)
    super(row === undefined ? reason : say('crm.fileAtRow', { row: String(row), reason }))
    this.name = 'FileRefused'
  }
}
