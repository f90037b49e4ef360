import { isId } from '~/db/ids'

/** A moment and an id, as lists continue after them; nothing where an address says what no list has. */
export function momentCursor(cursor: string | null | undefined): [string, string] | [] {
  const [at = '', id = ''] = (cursor ?? '').split('_')
  const moment = new Date(at)
  return isId(id) && moment.getTime() >= Date.UTC(2000) && moment.getTime() < Date.UTC(3000) ? [moment.toISOString(), id] : []
}

const MOST_SCORE = 1e9

/** A score and an id. */
export function scoreCursor(cursor: string | null | undefined): [number, string] | [] {
  const [score = '', id = ''] = (cursor ?? '').split('_')
  return isId(id) && /^\d/.test(score) && Number(score) <= MOST_SCORE ? [Math.fround(Number(score)), id] : []
}
