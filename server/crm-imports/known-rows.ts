import { sameId } from './likeness'
import type { Values } from './mapping'
import type { Kind } from './shapes'
import type { Fate, RowName } from './types'

/** A row that others may point to; `master` is the row that it became. */
export interface KnownRow extends RowName {
  fate?: Fate
  master?: KnownRow
}

/** What the first reading learned: where each id is, whatever the order of rows and files. */
export class KnownRows {
  private readonly ids = new Map<string, KnownRow>()
  private readonly looks = new Map<string, KnownRow>()
  /** By what it is compared with; none where no products came along. */
  private readonly products = new Map<string, Set<string>>()

  /** The first row of an id has it. */
  learn(kind: Kind, values: Values, at: RowName) {
    if (!values.id) return
    const key = `${kind}:${sameId(values.id)}`
    if (!this.ids.has(key)) this.ids.set(key, { ...at })
  }

  learnProduct(name: string, compared: string) {
    this.products.set(compared, (this.products.get(compared) ?? new Set()).add(name))
  }

  of(kind: Kind, id: string): KnownRow | undefined {
    return this.ids.get(`${kind}:${sameId(id)}`)
  }

  /** The first row that looks like this; the next ones are told of it. */
  firstThatLooks(likeness: string, row: KnownRow): KnownRow | undefined {
    const first = this.looks.get(likeness)
    if (!first) this.looks.set(likeness, row)
    return first === row ? undefined : first
  }

  /** Undefined: it is one of the products, or none came along. Null: none is like it, or more than one. */
  proposedProduct(name: string, compared: string): string | null | undefined {
    if (this.products.size === 0) return undefined
    const alike = [...(this.products.get(compared) ?? [])]
    if (alike.includes(name)) return undefined
    return alike.length === 1 ? alike[0]! : null
  }
}

/** The fate of the row, or of the one that it became. */
export function fateOf(row: KnownRow): Fate | undefined {
  return row.master ? fateOf(row.master) : row.fate
}

/** Rows that name each other as master would both be gone: the second stays. */
export function leadsTo(row: KnownRow, end: KnownRow): boolean {
  return row === end || (row.master !== undefined && leadsTo(row.master, end))
}

/** Several ids in one cell are parted by `;`; the first is the one that counts most. */
export function idsIn(cell: string | undefined): string[] {
  return (cell ?? '')
    .split(';')
    .map((id) => id.trim())
    .filter(Boolean)
}
