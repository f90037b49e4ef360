import { publicOrigins } from '~/server/platform/env'

const at = (path: string) => `${publicOrigins()[0] ?? ''}${path}`

/** Addresses as mails carry them. */
export const places = {
  post: (slug: string, number: number, postId: string) => at(`/c/${slug}/${number}?post=${postId}#post-${postId}`),
  thread: (slug: string, number: number) => at(`/c/${slug}/${number}`),
  notice: (id: string) => at(`/me/notifications/${id}`),
  inbox: () => at('/me/notifications'),
  settings: () => at('/me/notifications/settings'),
  unsubscribe: (token: string) => at(`/unsubscribe/${token}`),
  addressWorks: (token: string) => at(`/address-works/${token}`),
}

/** The host of the site, for ids of lists and threads. */
export const host = () => new URL(at('/')).hostname
