import MarkdownIt, { type Token } from 'markdown-it'
import sanitizeHtml from 'sanitize-html'
import { highlighted } from './highlighting'

const SCHEMES = ['http:', 'https:', 'mailto:']
const LINK_REL = 'nofollow ugc noopener'
/** The page has h1 for the thread and h2 for each answer. */
const TOP_HEADING = 3

/** A cut between words may cost this much of the length; a longer last word is cut within. */
const SHORTEST_CUT = 0.6

const markdownIt = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false })

markdownIt.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
markdownIt.validateLink = isSafeLink

markdownIt.core.ruler.push('nest_headings', (state) => nestHeadings(state.tokens))
markdownIt.core.ruler.push('link_images', (state) => {
  for (const token of state.tokens) if (token.type === 'inline') linkImages(token.children ?? [])
})

markdownIt.core.ruler.push('link_mentions', (state) => {
  const { known, found } = state.env as Around
  for (const token of state.tokens)
    if (token.type === 'inline') token.children = linkMentions(token.children ?? [], state.Token, known, found)
})

markdownIt.renderer.rules.fence = (tokens, index) => codeBlock(tokens[index])
markdownIt.renderer.rules.code_block = (tokens, index) => codeBlock(tokens[index])
markdownIt.renderer.rules.table_open = () => '<div class="overflow-x-auto" tabindex="0"><table>\n'
markdownIt.renderer.rules.table_close = () => '</table></div>\n'
markdownIt.renderer.rules.th_open = (tokens, index) => cellOpen('th', tokens[index])
markdownIt.renderer.rules.td_open = (tokens, index) => cellOpen('td', tokens[index])

markdownIt.renderer.rules.image = (tokens, index, _, env) => {
  const image = tokens[index]
  const source = String(image?.attrGet('src') ?? '')
  const own = (env as Around).pictures?.get(OWN_PICTURE.exec(source)?.[1] ?? '')
  if (own) return shownPicture(source, image?.content.trim() ?? '', own, image?.meta?.insideLink === true)
  const name = escape(image?.content.trim() || fileName(source))
  const insideLink = image?.meta?.insideLink === true
  return insideLink ? name : `<a href="${escape(source)}" rel="${LINK_REL}">${name}</a>`
}

/** Names that are links, names that were found, and pictures that are shown. */
type Around = { known?: Set<string>; found?: Set<string>; pictures?: Map<string, Picture> }
export type Picture = { width: number | null; height: number | null; small: boolean; description?: string }
/** A picture that was uploaded here, and nothing else. */
const OWN_PICTURE = /^\/files\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
const SHOWN_PICTURE = /^\/files\/[0-9a-f-]{36}(\/small)?$/
const PICTURE_ATTRIBUTES = ['src', 'alt', 'width', 'height', 'loading', 'decoding']
/** The width of the smaller pictures. */
const SMALL_WIDTH = 960
/** Not within a word, a mail address or a path; the sign before it stays. */
const MENTION = /(^|[^\p{L}\p{N}_@/.-])@([a-z0-9](?:[a-z0-9_-]{0,18}[a-z0-9_])?)(?![\p{L}\p{N}_@])/giu
/** More names than this are a list, not a call; the rest stay words. */
const MOST_NAMES = 50

/** Second lock: whatever the renderer lets through, only this reaches a page. */
const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['h2', 'h3', 'h4', 'h5', 'h6', 'p', 'br', 'hr', 'blockquote', 'ul', 'ol', 'li', 'pre', 'code', 'em', 'strong', 's', 'a'],
    ...['img', 'div', 'span', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: { img: PICTURE_ATTRIBUTES, a: ['href', 'title', 'rel'], ol: ['start'], pre: ['tabindex'], div: ['tabindex'] },
  allowedClasses: {
    div: ['overflow-x-auto'],
    th: ['text-end', 'text-center'],
    td: ['text-end', 'text-center'],
    code: ['language-*'],
    span: ['hljs-*'],
    a: ['mention', 'picture'],
  },
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !SHOWN_PICTURE.test(attribs.src ?? ''),
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  transformTags: { a: (tagName, attribs) => ({ tagName, attribs: { ...attribs, rel: LINK_REL } }) },
}

/**
 * Safe HTML for what people typed. Images from elsewhere become links to them, `pictures` uploaded here are shown; headings start under
 * those of the page, code is coloured; `mentioned` handles become links.
 */
export function renderMarkdown(markdown: string, around: { mentioned?: Set<string>; pictures?: Map<string, Picture> } = {}): string {
  return sanitizeHtml(markdownIt.render(markdown, { known: around.mentioned, pictures: around.pictures } satisfies Around), allowed)
}

/** The handles that a text calls, in small letters: whether they are anybody is for others to know. */
export function namesMentioned(markdown: string): string[] {
  if (!markdown.includes('@')) return []
  const found = new Set<string>()
  markdownIt.parse(markdown, { found } satisfies Around)
  return [...found].slice(0, MOST_NAMES)
}

/** The first `length` code points as plain text, cut between words. */
export function excerpt(markdown: string, length: number): string {
  const plain = markdownIt.parse(markdown, {}).map(plainOf).filter(Boolean).join(' ').replace(/\s+/gu, ' ').trim()
  const points = [...plain]
  if (points.length <= length) return plain
  const cut = points.slice(0, length - 1).join('')
  const lastSpace = points[length - 1] === ' ' ? cut.length : cut.lastIndexOf(' ')
  const kept = lastSpace > cut.length * SHORTEST_CUT ? cut.slice(0, lastSpace) : cut
  return `${kept.replace(/[\s.,;:]+$/u, '')}…`
}

/** Absolute web and mail addresses, and paths of this site. */
export function isSafeLink(href: string): boolean {
  const address = href.trim()
  if (!URL.canParse(address, 'https://site.invalid')) return false
  if (URL.canParse(address)) return SCHEMES.includes(new URL(address).protocol)
  return /^(\/(?![/\\])|#)/u.test(address)
}

function nestHeadings(tokens: Token[]) {
  const above: string[] = []
  const levels: string[] = []
  for (const token of tokens) {
    if (token.type === 'heading_open') {
      while (above.length > 0 && above[above.length - 1]! >= token.tag) above.pop()
      above.push(token.tag)
      levels.push(`h${Math.min(TOP_HEADING - 1 + above.length, 6)}`)
      token.tag = levels[levels.length - 1]!
    } else if (token.type === 'heading_close') {
      token.tag = levels.pop() ?? token.tag
    }
  }
}

function linkImages(tokens: Token[]) {
  let depth = 0
  for (const token of tokens) {
    if (token.type === 'link_open') depth += 1
    if (token.type === 'link_close') depth -= 1
    if (token.type === 'image') token.meta = { insideLink: depth > 0 }
  }
}

// Only in words: code and links are other kinds of token, or stand between the two of a link.
function linkMentions(tokens: Token[], TokenOf: typeof Token, known?: Set<string>, found?: Set<string>): Token[] {
  if (!known?.size && !found) return tokens
  let depth = 0
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') depth += 1
    if (token.type === 'link_close') depth -= 1
    if (token.type !== 'text' || depth > 0 || !token.content.includes('@')) return [token]
    const parts: Token[] = []
    let from = 0
    const words = (until: number) => {
      if (until > from) parts.push(Object.assign(new TokenOf('text', '', 0), { content: token.content.slice(from, until) }))
    }
    for (const { index, 0: whole, 1: before = '', 2: name = '' } of token.content.matchAll(MENTION)) {
      found?.add(name.toLowerCase())
      if (!known?.has(name.toLowerCase())) continue
      words(index + before.length)
      const open = new TokenOf('link_open', 'a', 1)
      open.attrs = [
        ['href', `/people/${name.toLowerCase()}`],
        ['class', 'mention'],
      ]
      parts.push(open, Object.assign(new TokenOf('text', '', 0), { content: `@${name}` }), new TokenOf('link_close', 'a', -1))
      from = index + whole.length
    }
    words(token.content.length)
    return parts
  })
}

/** With its size, so that nothing moves when it arrives; the whole of it is behind a link. */
function shownPicture(source: string, alt: string, { width, height, small, description = '' }: Picture, insideLink: boolean) {
  const shownWidth = small ? SMALL_WIDTH : (width ?? 0)
  const shownHeight = small ? Math.round(((height ?? 0) * SMALL_WIDTH) / (width || 1)) : (height ?? 0)
  const image = `<img src="${source}${small ? '/small' : ''}" alt="${escape(alt || description)}" width="${shownWidth}" height="${shownHeight}" loading="lazy" decoding="async">`
  return insideLink ? image : `<a href="${source}" class="picture">${image}</a>`
}

function codeBlock(token: Token | undefined) {
  const language = /^[\w+#-]{1,30}/u.exec(token?.info.trim() ?? '')?.[0]
  const content = token?.content ?? ''
  const code = highlighted(content, language?.toLowerCase()) ?? escape(content)
  return `<pre tabindex="0"><code${language ? ` class="language-${escape(language)}"` : ''}>${code}</code></pre>\n`
}

function cellOpen(tag: string, token: Token | undefined) {
  const style = String(token?.attrGet('style') ?? '')
  if (style.includes('right')) return `<${tag} class="text-end">`
  if (style.includes('center')) return `<${tag} class="text-center">`
  return `<${tag}>`
}

function plainOf(token: Token): string {
  if (token.type === 'fence' || token.type === 'code_block') return token.content
  if (token.type !== 'inline') return ''
  return (token.children ?? []).map((child) => (child.type === 'softbreak' || child.type === 'hardbreak' ? ' ' : child.content)).join('')
}

function fileName(address: string) {
  const path = URL.canParse(address) ? new URL(address) : undefined
  return path?.pathname.split('/').pop() || path?.host || address
}

function escape(text: string) {
  return markdownIt.utils.escapeHtml(text)
}
