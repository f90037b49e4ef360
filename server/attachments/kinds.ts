import { fileTypeFromBuffer } from 'file-type'
import { Invalid } from '~/server/errors'
import { codePoints, isPlainText } from '~/server/platform/text'

const PICTURES = new Set(['image/png', 'image/apng', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'])
/** Whose content says what they are. */
const BINARY: Record<string, string> = { pdf: 'application/pdf', zip: 'application/zip', gz: 'application/gzip' }
/** Whose content is words. */
const WORDS = new Set(['txt', 'log', 'csv', 'tsv', 'md', 'json', 'yaml', 'yml', 'ini', 'conf', 'diff', 'patch', 'eml'])

type KindOfFile = 'picture' | 'other'

/** By what is in it, not by what it is called; both must agree. SVG is markup, and no picture here. */
export async function kindOfFile(name: string, bytes: Uint8Array): Promise<KindOfFile> {
  const found = await fileTypeFromBuffer(bytes)
  if (found && PICTURES.has(found.mime)) return 'picture'
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (BINARY[ending] && found?.mime === BINARY[ending]) return 'other'
  if (WORDS.has(ending) && !found && isWords(bytes)) return 'other'
  throw new Invalid({ attach: 'files.notTaken' })
}

/** Text in any encoding that has no NUL in it, or UTF-16 with its mark. */
function isWords(bytes: Uint8Array): boolean {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return marked || !bytes.includes(0)
}

const LONGEST_NAME = 100
/** Names that are devices elsewhere. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** A name that can be shown, and that means nothing to any system: no folders, no marks that turn the line around, no devices. */
export function shownName(given: string): string {
  const last = given.normalize('NFC').toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const kept = last
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd<>:"|?*%]/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/^[.\s]+|[.\s]+$/gu, '')
  const name = DEVICE.test(kept) ? `_${kept}` : kept
  if (!name || !isPlainText(name)) return 'file'
  if (codePoints(name) <= LONGEST_NAME) return name
  const ending = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''
  return [...name].slice(0, LONGEST_NAME - ending.length).join('') + ending
}
