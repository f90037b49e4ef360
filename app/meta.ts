import type { MetaDescriptor } from '@remix-run/node'
import { say } from '~/words'

type Told = {
  title: string
  description?: string
  /** Where the page is at home; its own address if it has but one. */
  path: string
  /** The matches that `meta` is given: the first knows the public origin. */
  matches: { id: string; data?: unknown }[]
  type?: 'website' | 'article'
  /** schema.org, for those who read pages by machine. */
  structured?: (absolute: (path: string) => string) => object
  feed?: string
  /** A picture of 1200 by 630; otherwise the portal's own sign. */
  picture?: string
}

const LONGEST_DESCRIPTION = 200

/** What a page that is to be found tells of itself: title, description, its one address, Open Graph and schema.org. */
export function toBeFound({ title, description = '', path, matches, type = 'website', structured, feed, picture }: Told): MetaDescriptor[] {
  const root = matches.find(({ id }) => id === 'root')?.data as { origin?: string } | undefined
  const absolute = (to: string) => (root?.origin ?? '') + to
  const short = shortened(description)
  return [
    { title: say('ui.pageTitle', { title }) },
    ...(short ? [{ name: 'description', content: short }] : []),
    { tagName: 'link', rel: 'canonical', href: absolute(path) },
    ...(feed ? [{ tagName: 'link' as const, rel: 'alternate', type: 'application/atom+xml', title, href: absolute(feed) }] : []),
    { property: 'og:site_name', content: say('ui.brand') },
    { property: 'og:type', content: type },
    { property: 'og:title', content: title },
    ...(short ? [{ property: 'og:description', content: short }] : []),
    { property: 'og:url', content: absolute(path) },
    { property: 'og:image', content: absolute(picture ?? '/icon-512.png') },
    ...(picture
      ? [
          { property: 'og:image:width', content: '1200' },
          { property: 'og:image:height', content: '630' },
          { property: 'og:image:alt', content: title },
        ]
      : []),
    { name: 'twitter:card', content: picture ? 'summary_large_image' : 'summary' },
    ...(structured ? [{ 'script:ld+json': structured(absolute) as never }] : []),
  ]
}

/** The words of HTML that was rendered here: its tags go, its few entities are spelled out. */
export function plainText(html: string): string {
  const spelled: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => spelled[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}

function shortened(text: string): string {
  if (text.length <= LONGEST_DESCRIPTION) return text
  const cut = text.slice(0, LONGEST_DESCRIPTION - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST_DESCRIPTION / 2)).toWellFormed()}…`
}
