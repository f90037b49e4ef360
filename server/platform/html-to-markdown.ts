import { strikethrough } from '@joplin/turndown-plugin-gfm'
import sanitizeHtml from 'sanitize-html'
import TurndownService from 'turndown'
import { isSafeLink } from './markdown'

/** Deeper nesting is nobody's writing; such a text keeps its words and loses its layout. */
const DEEPEST_NESTING = 100

const DROPPED = ['script', 'style', 'iframe', 'frame', 'object', 'embed', 'template', 'svg', 'math', 'noscript', 'head', 'audio', 'video']

const SIGN = /[\p{P}\p{S}]/u
const LETTER = /[^\s\p{P}\p{S}]/u

const SUPERSCRIPTS = new Map(zip('0123456789+-=()nix', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱˣ'))
const SUBSCRIPTS = new Map(zip('0123456789+-=()aeiox', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢₒₓ'))

class MarkdownWriter extends TurndownService {
  /** Also escapes what would become markup or an entity when the markdown is read again. */
  override escape(text: string) {
    return super
      .escape(text)
      .replace(/[<~|]/gu, '\\$&')
      .replace(/&(?=#|[a-z])/giu, '\\&')
  }
}

const writers = new Map<string, MarkdownWriter>()

/**
 * Markdown that reads as the HTML did. Nothing in it is raw HTML: scripts and styles are dropped, unsafe links keep
 * their words alone, and links relative to `baseUrl` become absolute.
 */
export function htmlToMarkdown(html: string, baseUrl = ''): string {
  const writer = writers.get(baseUrl) ?? markdownWriter(baseUrl)
  writers.set(baseUrl, writer)
  if (nesting(html) > DEEPEST_NESTING) return writer.escape(words(html))
  return writer.turndown(html).trim()
}

function markdownWriter(baseUrl: string) {
  const writer = new MarkdownWriter({
    headingStyle: 'atx',
    hr: '---',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '*',
  })
  writer.use(strikethrough)
  writer.remove(DROPPED as TurndownService.Filter)
  writer.addRule('preformatted', { filter: 'pre', replacement: (_, node) => fenced(textOf(node), languageOf(node)) })
  writer.addRule('superscript', { filter: 'sup', replacement: (content) => raised(content, SUPERSCRIPTS, '^') })
  writer.addRule('subscript', { filter: 'sub', replacement: (content) => raised(content, SUBSCRIPTS, '\\_') })
  writer.addRule('strong', { filter: ['strong', 'b'], replacement: (content, node) => emphasised(content, node, '**') })
  writer.addRule('emphasis', { filter: ['em', 'i'], replacement: (content, node) => emphasised(content, node, '*') })
  writer.addRule('list item', { filter: 'li', replacement: (content, node) => listItem(content, node) })
  writeLinks(writer, baseUrl)
  writeTables(writer)
  return writer
}

function writeLinks(writer: MarkdownWriter, baseUrl: string) {
  writer.addRule('safe link', {
    filter: 'a',
    replacement(content, node) {
      const href = absolute(attribute(node, 'href'), baseUrl)
      const label = content.trim().replace(/\s*\n\s*/gu, ' ')
      return href && label ? `[${label}](${inMarkdown(href)})` : content
    },
  })
  writer.addRule('image', {
    filter: 'img',
    replacement(_, node) {
      const source = absolute(attribute(node, 'src'), baseUrl)
      const alt = writer.escape(attribute(node, 'alt').replace(/\s+/gu, ' '))
      return source ? `![${alt}](${inMarkdown(source)})` : alt
    },
  })
}

function writeTables(writer: MarkdownWriter) {
  writer.addRule('table cell', {
    filter: ['td', 'th'],
    replacement: (content) => ` ${content.trim().replace(/\s*\n\s*/gu, ' ')} |`,
  })
  writer.addRule('table row', {
    filter: 'tr',
    replacement(content, node) {
      const first = node.parentNode?.firstChild === node && node.parentNode.previousSibling === null
      return `\n|${content}${first ? `\n|${' --- |'.repeat(node.childNodes.length)}` : ''}`
    },
  })
  writer.addRule('table part', { filter: ['thead', 'tbody', 'tfoot'], replacement: (content) => content })
  writer.addRule('table', { filter: 'table', replacement: (content) => `\n\n${content.trim()}\n\n` })
}

/** Between a letter and a sign, marks would not be read as emphasis: the words then stand plain. */
function emphasised(content: string, node: Node, mark: string) {
  if (!content.trim()) return content
  const { leading, trailing } = (node as Node & { flankingWhitespace: { leading: string; trailing: string } }).flankingWhitespace
  const before = leading || (node.previousSibling?.textContent ?? '').slice(-1)
  const after = trailing || (node.nextSibling?.textContent ?? '').slice(0, 1)
  const opens = !SIGN.test(content.slice(0, 1)) || !LETTER.test(before)
  const closes = !SIGN.test(content.slice(-1)) || !LETTER.test(after)
  return opens && closes ? mark + content + mark : content
}

/** Two lists side by side have different marks, or they would be read as one. */
function listItem(content: string, node: Node) {
  const list = node.parentNode as HTMLElement
  const other = listsBefore(list) % 2 === 1
  const number = Number(attribute(list, 'start') || 1) + Array.from(list.children).indexOf(node as HTMLElement)
  const prefix = list.nodeName === 'OL' ? `${number}${other ? ')' : '.'} ` : `${other ? '*' : '-'} `
  const text = content.replace(/^\n+|\n+$/gu, '') + (/\n$/u.test(content) ? '\n' : '')
  return prefix + text.replace(/\n/gu, `\n${' '.repeat(prefix.length)}`) + (node.nextSibling ? '\n' : '')
}

function listsBefore(list: Node) {
  let count = 0
  for (let node = list.previousSibling; node; node = node.previousSibling) {
    if (node.nodeName === list.nodeName) count += 1
    else if (node.nodeType !== 3 || node.textContent?.trim()) break
  }
  return count
}

function attribute(node: Node, name: string) {
  return (node as HTMLElement).getAttribute(name) ?? ''
}

function absolute(address: string, baseUrl: string) {
  if (!address) return undefined
  const href = baseUrl && URL.canParse(address, baseUrl) ? new URL(address, baseUrl).href : address.trim()
  return isSafeLink(href) ? href : undefined
}

function inMarkdown(href: string) {
  return href.replace(/[\s<>()\\]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`)
}

function fenced(code: string, language: string) {
  const longest = Math.max(2, ...(code.match(/`+/gu) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `\n\n${fence}${language}\n${code.replace(/^\n|\n+$/gu, '')}\n${fence}\n\n`
}

function languageOf(pre: Node) {
  const code = (pre as HTMLElement).firstElementChild
  const classes = `${attribute(pre, 'class')} ${code ? attribute(code, 'class') : ''}`
  return /\blang(?:uage)?-([\w+#-]+)/u.exec(classes)?.[1] ?? ''
}

function textOf(node: Node): string {
  if (node.nodeType === 3) return node.nodeValue ?? ''
  if (node.nodeName === 'BR') return '\n'
  if (DROPPED.includes(node.nodeName.toLowerCase())) return ''
  return Array.from(node.childNodes, textOf).join('')
}

function raised(content: string, signs: Map<string, string>, mark: string) {
  const letters = [...content]
  if (letters.every((letter) => signs.has(letter))) return letters.map((letter) => signs.get(letter)).join('')
  return content.includes('](') || content.length > 20 ? content : `${mark}(${content})`
}

function nesting(html: string) {
  let depth = 0
  let deepest = 0
  for (const tag of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/giu)) {
    if (/^(?:br|hr|img|input|wbr|p|li)$/iu.test(tag[2]!)) continue
    depth += tag[1] ? -1 : 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

function words(html: string) {
  const escaped = sanitizeHtml(html, { allowedTags: [], allowedAttributes: {} })
  return escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&').trim()
}

function zip(from: string, to: string): [string, string][] {
  const targets = [...to]
  return [...from].map((letter, index) => [letter, targets[index] ?? letter])
}
