/**
 * RFC 8785: one way to write a value down, so that two sides sign the same bytes. Members are sorted by their UTF-16 code units, which is
 * how JavaScript compares strings, and strings and numbers are written as ECMAScript writes them.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return writtenNumber(value)
  if (typeof value === 'string') return writtenString(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`JSON has no ${typeof value}`)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, member]) => `${writtenString(name)}:${canonicalJson(member)}`).join(',')}}`
}

export const canonicalBytes = (value: unknown): Uint8Array => new TextEncoder().encode(canonicalJson(value))

function writtenNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('JSON has no infinite numbers')
  return JSON.stringify(value)
}

function writtenString(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('half a surrogate pair has no UTF-8')
  return JSON.stringify(value)
}
