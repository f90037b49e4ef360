import type { APPROVALS, POST_CHECKS } from '~/db/kinds'
import { tooFast } from './typing'

export type Check = (typeof POST_CHECKS)[number]

export type Written = {
  /** Title and text, as typed. */
  text: string
  body: string
  html: string
  /** How many links the author's level allows; null: any. */
  mostLinks: number | null
  level: number
  /** Nothing of theirs can be read in the room yet. */
  first: boolean
  /** For how many seconds the form stood open; null: nothing says so. */
  secondsOpen: number | null
  /** What the author wrote elsewhere within a day. */
  earlier: string[]
}
export type Checks = { words: string[]; domains: string[]; approval: (typeof APPROVALS)[number] }
export type Found = { check: Check; values: Record<string, string | number> }

/** Letters and figures. Shorter than this, everybody says the same twice: “It works now, thank you!” */
const SHORTEST_REPEATED = 60

/** The first check that something trips, with what it found; the most telling comes first. */
export function checked(post: Written, { words, domains, approval }: Checks): Found | null {
  const links = linksIn(post.html)
  const domain = links.map(hostOf).find((host) => domains.some((blocked) => host === blocked || host.endsWith(`.${blocked}`)))
  if (domain) return { check: 'domain', values: { domain } }
  const said = words.length > 0 ? ` ${plain(post.text)} ` : ''
  const word = words.find((each) => said.includes(` ${plain(each)} `))
  if (word) return { check: 'words', values: { word } }
  if (post.mostLinks !== null && links.length > post.mostLinks)
    return { check: 'links', values: { links: links.length, most: post.mostLinks } }
  const same = sameness(post.body)
  if (same.length >= SHORTEST_REPEATED && post.earlier.some((earlier) => sameness(earlier) === same))
    return { check: 'repeated', values: {} }
  if (post.first && post.secondsOpen !== null && tooFast(post.body.length, post.secondsOpen))
    return { check: 'typing', values: { letters: post.body.length, seconds: post.secondsOpen } }
  if ((approval === 'every-post' && post.level === 0) || (approval === 'first-post' && post.first)) return { check: 'approval', values: {} }
  return null
}

/** Different addresses outside the portal. */
export function linksIn(html: string): string[] {
  return [...new Set([...html.matchAll(/<a [^>]*?href="(https?:\/\/[^"]+)"/gi)].map(([, href = '']) => href.replaceAll('&amp;', '&')))]
}

const hostOf = (link: string) => (URL.canParse(link) ? new URL(link).hostname.toLowerCase().replace(/\.$/, '') : '')

/** What is left of a text when nothing counts but its letters and figures: words apart by one space, and nothing unseen within them. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    // Up and down again: ß and SS are the same letters then.
    .toUpperCase()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
export const sameness = (text: string) => plain(text).replaceAll(' ', '')
