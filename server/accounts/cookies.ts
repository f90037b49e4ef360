import { env, publicOrigins } from '~/server/platform/env'

/** Cookies that say who somebody is go over TLS alone, but on a loopback address. */
export const secure = publicOrigins(env).every((origin) => origin.startsWith('https:'))

const NAMES = {
  session: ['__Host-parley', 'parley_session'],
  half: ['__Host-parley_half', 'parley_half'],
  challenge: ['__Host-parley_challenge', 'parley_challenge'],
  visit: ['__Host-parley_visit', 'parley_visit'],
  arrival: ['__Host-parley_arrival', 'parley_arrival'],
  browser: ['__Host-parley_browser', 'parley_browser'],
} as const
type Name = keyof typeof NAMES

/** `__Host-` binds the cookie to this host and to TLS; plain http on loopback cannot carry it. */
export function cookieName(name: Name): string {
  return NAMES[name][secure ? 0 : 1]
}

export function cookie(name: Name, value: string, seconds: number): string {
  return `${cookieName(name)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure ? '; Secure' : ''}`
}

export function readCookie(header: string | null | undefined, name: Name): string | null {
  const wanted = cookieName(name)
  for (const part of (header ?? '').split(';')) {
    const [given, value] = part.trim().split('=', 2)
    if (given === wanted && value) return value
  }
  return null
}
