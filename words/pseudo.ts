import type { IntlMessageFormat } from 'intl-messageformat'
import type { Pseudo } from './manner'

export type Ast = ReturnType<IntlMessageFormat['getAst']>
/** Plain words among the parts of a message, as the parser counts its kinds. */
export const LITERAL = 0

const ACCENTED: Record<string, string> = Object.fromEntries(
  [...'aàbƀcçdđeéfƒgĝhĥiîjĵkķlļmɱnñoöpþqɋrŕsštţuûvṽwŵxẋyýzžAÀBƁCÇDĐEÉFƑGĜHĤIÎJĴKĶLĻMṀNÑOÖPÞQɊRŔSŠTŢUÛVṼWŴXẊYÝZŽ']
    .map((letter, at, all) => (at % 2 === 0 ? [letter, all[at + 1]] : null))
    .filter((pair) => pair !== null),
)
/** A translation of English is about a third longer. */
const VOWEL = /[aeiou]/g
/** The same in every language. */
const NAME = /(Parley)/

/** A message in a pseudo-language: its words are changed, what is put into it is not. */
export function pseudo(language: Pseudo, ast: Ast): Ast {
  const change = language === 'en-XA' ? accented : mirrored
  const within = (parts: Ast): Ast =>
    parts.map((part) => {
      if ((part.type as number) === LITERAL && 'value' in part) return { ...part, value: change(part.value) } as typeof part
      if ('options' in part) {
        const options = Object.entries(part.options).map(([name, option]) => [name, { ...option, value: within(option.value) }])
        return { ...part, options: Object.fromEntries(options) as typeof part.options } as typeof part
      }
      return 'children' in part ? { ...part, children: within(part.children) } : part
    })
  return within(ast)
}

function accented(words: string): string {
  const foreign = (part: string) => part.replace(VOWEL, '$&$&').replace(/[a-z]/gi, (letter) => ACCENTED[letter] ?? letter)
  return words
    .split(NAME)
    .map((part) => (NAME.test(part) ? part : foreign(part)))
    .join('')
}

/** Each word is told to run from right to left. */
function mirrored(words: string): string {
  return words.replace(/[\p{L}\p{N}’'-]+/gu, '\u202e$&\u202c')
}
