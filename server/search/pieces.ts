import { START, STOP } from './ranking'

/** Words that matched are marked; text is text, never HTML. */
export type Piece = { text: string; found: boolean }

export function pieces(marked: string): Piece[] {
  return marked.split(START).flatMap((part, index) => {
    const [found = '', after = ''] = index === 0 ? ['', part] : part.split(STOP)
    return [
      { text: found, found: true },
      { text: after, found: false },
    ].filter((piece) => piece.text !== '')
  })
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", nbsp: ' ' }

/** The text of HTML whose tags are gone. */
export const plain = (html: string) => html.replace(/&(#?\w{1,6});/g, (whole, name: string) => ENTITIES[name] ?? whole).replace(/\s+/g, ' ')
