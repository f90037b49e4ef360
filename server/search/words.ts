/** More words than these say no more about what is meant. */
export const MOST_WORDS = 14
const LONGEST_WORD = 40
const MISTYPED = { shortest: 4, longest: 24 }

const DROPPED = /[\u0300-\u036f'\u2019]/g
const CHARACTERS = /([\u3040-\u3098\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff])/g
const BETWEEN = /[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u303f]+/g

/** Small letters without accents, parted by single spaces: as the database's own search_text() has it. */
export function searchText(given: string): string {
  return given.toLowerCase().normalize('NFKD').replace(DROPPED, '').replace(CHARACTERS, ' $1 ').replace(BETWEEN, ' ').trim()
}

/** The words of what somebody typed, each once, in their order. */
export function wordsOf(given: string): string[] {
  const words = searchText(given)
    .split(' ')
    .filter((word) => word !== '' && word.length <= LONGEST_WORD)
  return [...new Set(words)].slice(0, MOST_WORDS)
}

/** The word and the word without each of its letters: what it has in common with any word that differs from it by one error. */
export function keysOf(word: string): string[] {
  if (word.length < MISTYPED.shortest || word.length > MISTYPED.longest || /\d/.test(word)) return [word]
  return [...new Set([word, ...Array.from(word, (_, index) => word.slice(0, index) + word.slice(index + 1))])]
}

/** How many errors lie between two words: a letter too many, one missing, one wrong, or two that changed places. */
export function errorsBetween(one: string, other: string): number {
  let before: number[] = []
  let above = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1]
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      line[column] = Math.min(
        (above[column] as number) + 1,
        (line[column - 1] as number) + 1,
        (above[column - 1] as number) + (same ? 0 : 1),
        swapped ? (before[column - 2] as number) + 1 : Infinity,
      )
    }
    ;[before, above] = [above, line]
  }
  return above[other.length] as number
}
