export type ChangedLine = { kind: 'same' | 'added' | 'removed'; text: string }

/** Comparing every line with every other; beyond this the whole middle counts as rewritten. */
const MOST_COMPARISONS = 1_000_000

/** What was taken out and what was put in, line by line: the longest run of lines common to both stays. */
export function changedLines(before: string, after: string): ChangedLine[] {
  const old = before === '' ? [] : before.split('\n')
  const fresh = after === '' ? [] : after.split('\n')
  let start = 0
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1
  let end = 0
  while (end < old.length - start && end < fresh.length - start && old[old.length - 1 - end] === fresh[fresh.length - 1 - end]) end += 1
  const middle = compared(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end))
  return [...marked('same', old.slice(0, start)), ...middle, ...marked('same', old.slice(old.length - end))]
}

function compared(old: string[], fresh: string[]): ChangedLine[] {
  if (old.length * fresh.length > MOST_COMPARISONS) return [...marked('removed', old), ...marked('added', fresh)]
  const width = fresh.length + 1
  const common = new Uint32Array((old.length + 1) * width)
  const at = (i: number, j: number) => common[i * width + j] ?? 0
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      common[i * width + j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const lines: ChangedLine[] = []
  let i = 0
  let j = 0
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      lines.push({ kind: 'same', text: old[i] ?? '' })
      i += 1
      j += 1
    } else if (j >= fresh.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) lines.push({ kind: 'removed', text: old[i++] ?? '' })
    else lines.push({ kind: 'added', text: fresh[j++] ?? '' })
  }
  return lines
}

const marked = (kind: ChangedLine['kind'], lines: string[]): ChangedLine[] => lines.map((text) => ({ kind, text }))
