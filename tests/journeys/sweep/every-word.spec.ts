import domino from '@mixmark-io/domino'
import { expect, test } from '@playwright/test'
import { getCountries } from 'libphonenumber-js'
import { asData, ask, atMost, type DemoSeats } from './seats'
import { enterWorld, everyPage } from './sights'

let seats: DemoSeats
test.beforeAll(async ({ baseURL }) => void (seats = await enterWorld(baseURL)))

const PLAIN = /[A-Za-z]{3,}/
/** What Intl writes, not we. */
const DATES = /\b(January|February|March|April|May|June|July|August|September|October|November|December|UTC|GMT|am|pm)\b/g
const countries = new Intl.DisplayNames('en-GB', { type: 'region', fallback: 'code' })
const names = getCountries().map((code) => (countries.of(code) ?? code).replace(/[.()]/g, '\\$&'))
/** Whole names, and not what zones of time are called by. */
const COUNTRIES = new RegExp(`(?<![\\p{L}/_])(${names.sort((one, other) => other.length - one.length).join('|')})(?![\\p{L}/_])`, 'gu')
/** Nobody translates these. */
const NAMES = /\b(Parley|Markdown|MyTerms|(?:SD|PDC|TPR)(?:-[A-Z0-9]+)+|QR|https?|example)\b/g

test('in a pseudo-language, nothing that the portal says stays plain', async () => {
  test.setTimeout(300_000)
  const wrong = new Set<string>()
  const pages = everyPage().filter(({ path }) => !path.startsWith('/dev/'))
  await atMost(6, pages, async ({ role, path }) => {
    const seat = { ...seats[role], cookie: `${seats[role].cookie}; parley_words=en-XA` }
    const [page, told] = await Promise.all([ask(seat, path), ask(seat, asData(path))])
    const given = givenIn(told.body)
    for (const said of saidIn(page.body))
      if (!given.includes(said) && oursIn(said).some((word) => !given.includes(word))) wrong.add(`${path}: ${said.slice(0, 120)}`)
  })
  expect([...wrong].sort()).toEqual([])
})

/** The plain words of a sentence that nobody but the portal could have put there. */
const oursIn = (said: string) =>
  said
    .replace(DATES, '')
    .replace(COUNTRIES, '')
    .replace(NAMES, '')
    .split(/[^\p{L}\p{N}.@/-]+/u)
    .map((word) => word.replace(/^[.@]+|[.]+$/g, ''))
    .filter((word) => PLAIN.test(word))

const plain = (text: string) => text.replace(/\s+/g, ' ').trim()

/** All that the page was given by the server, without markup: what people wrote, and names. */
function givenIn(data: string): string {
  const strings: string[] = []
  for (const line of data.split('\n'))
    try {
      collect(JSON.parse(line.replace(/^[A-Z]\d+:/, '')))
    } catch {
      continue
    }
  function collect(value: unknown): void {
    if (typeof value === 'string') strings.push(value.includes('<') ? (domino.createDocument(value).body.textContent ?? '') : value)
    else if (Array.isArray(value)) value.forEach(collect)
    else if (value && typeof value === 'object') Object.entries(value).forEach(([, one]) => collect(one))
  }
  return plain(strings.join(' \u0000 '))
}

/** What is read on a page, or read out. */
function saidIn(html: string): string[] {
  const document = domino.createDocument(html)
  for (const unread of document.querySelectorAll('script, style, noscript')) unread.remove()
  const said: string[] = [document.title]
  const walk = (node: Node): void => {
    if (node.nodeType === 3) said.push(plain(node.textContent ?? ''))
    else if (node.nodeType === 1) {
      const element = node as Element
      // Names of files and keys are nobody’s words.
      if (element.tagName === 'CODE') return
      // A choice that is its own value, as a time zone is, is a name.
      if (element.tagName === 'OPTION' && element.getAttribute('value') === element.textContent) return
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'data-confirm']) said.push(element.getAttribute(name) ?? '')
    }
    node.childNodes.forEach(walk)
  }
  walk(document.body)
  return said.filter(Boolean)
}
