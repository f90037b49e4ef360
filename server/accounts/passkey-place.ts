import { env, publicOrigins, type Environment } from '~/server/platform/env'

/** The name that passkeys are made for, and the origins of that name. */
export type PasskeyPlace = { name: string; origins: string[] }

/** From the configured public addresses alone. A browser makes passkeys for names, never for numbers: then there is no such place. */
export function passkeyPlace(environment: Environment = env): PasskeyPlace | null {
  const origins = publicOrigins(environment).map((origin) => new URL(origin))
  const name = origins.find(({ hostname }) => isName(hostname))?.hostname
  if (!name) return null
  return { name, origins: origins.filter(({ hostname }) => hostname === name).map(({ origin }) => origin) }
}

/** What a page has to be called for its browser to know the passkeys of this portal. */
export const passkeysFor = () => passkeyPlace()?.name ?? null

const isName = (hostname: string) => !hostname.startsWith('[') && !/^[\d.]+$/.test(hostname)
