import type { crmImports } from '~/words/en/crm-imports'
import type { FileReason } from './file-refused'
import type { Field, Kind, Source } from './shapes'

type ReasonOf<Key> = Key extends `crm.because.${infer Reason}` ? Reason : never
export type Reason = ReasonOf<keyof typeof crmImports>

export const FATES = ['made', 'duplicate', 'quarantined', 'held', 'refused'] as const
export type Fate = (typeof FATES)[number]

export interface RowName {
  file: string
  row: number
}

/** What an import would do with one row. Names rows and reasons, never what stands in them. */
export interface RowFate extends RowName {
  kind: Kind | null
  fate: Fate
  /** The first decides. */
  because: Reason[]
  /** The row that this one repeats. */
  of?: RowName
  /** A row that may be the same; somebody has to look. */
  perhaps?: RowName & { because: 'name' | 'phone' | 'domain' | 'sharedMailbox' }
}

export interface CheckedFile {
  file: string
  source: Source | null
  object: string | null
  kind: Kind | null
  rows: number
  columns: { column: string; becomes: Field[]; blank: number }[]
  refused: { because: FileReason; reason: string; row: number | null } | null
}

/** A name of a product that no product has; `proposed` is what differs from it by spaces, signs or case alone. */
export interface ProductName {
  name: string
  rows: number
  proposed: string | null
}

export interface CrmCheck {
  files: CheckedFile[]
  rows: RowFate[]
  fates: Record<Fate, number>
  because: Partial<Record<Reason, number>>
  /** People whose organisation is named and is there. */
  affiliations: number
  stages: { stage: string; rows: number; amount: number }[]
  productNames: ProductName[]
}
