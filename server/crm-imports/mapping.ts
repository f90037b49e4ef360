import { type Field, type Shape, SHAPES } from './shapes'

/** Which of our fields a column becomes; a column without one stays behind. */
export interface ProposedColumn {
  column: string
  becomes: Field[]
}

export type Values = Partial<Record<Field, string>>

/** The shape that a header fits, or none. Where several do, the one that knows most of its columns. */
export function recognised(columns: readonly string[], object?: string): Shape | undefined {
  const named = object === undefined ? undefined : SHAPES.find((shape) => shape.source === 'salesforce' && shape.object === object)
  if (object !== undefined) return named
  const here = new Set(columns.map(plain))
  const fits = SHAPES.filter(({ needs }) => needs.every((some) => synonyms(some).some((name) => here.has(name))))
  const known = (shape: Shape) => proposedMapping(shape, columns).filter(({ becomes }) => becomes.length > 0).length
  return fits.map((shape) => ({ shape, known: known(shape) })).sort((a, b) => b.known - a.known)[0]?.shape
}

export function proposedMapping(shape: Shape | undefined, columns: readonly string[]): ProposedColumn[] {
  const wanted = Object.entries(shape?.fields ?? {}) as [Field, string][]
  return columns.map((column) => ({
    column,
    becomes: wanted.filter(([, names]) => synonyms(names).includes(plain(column))).map(([field]) => field),
  }))
}

/** A row in our words. Where two columns become the same field, the first that says something. */
export function valuesOf(mapping: readonly ProposedColumn[], cells: readonly string[]): Values {
  const values: Values = {}
  for (const [n, { becomes }] of mapping.entries()) {
    const cell = cells[n]?.trim()
    if (cell) for (const field of becomes) values[field] ??= cell
  }
  return values
}

function synonyms(names: string) {
  return names.split('|').map(plain)
}

function plain(column: string) {
  return column.trim().replace(/\s+/gu, ' ').toLowerCase()
}
