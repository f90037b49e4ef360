import * as oidc from 'openid-client'
import { type signInProviders } from '~/db/schema'
import { env } from '~/server/platform/env'
import { log } from '~/server/platform/log'
import { fetchOutside } from '~/server/platform/outgoing'
import { unseal } from '~/server/platform/sealing'

export const SEALED_FOR = 'sign-in-provider'
/** Where every provider leads back to. */
export const returnPath = '/sign-in/returned'

const ANSWERS_WITHIN_SECONDS = 10
type Provider = typeof signInProviders.$inferSelect

/** The provider as it describes itself, for one sign-in. */
export async function clientOf(provider: Provider): Promise<oidc.Configuration | null> {
  const secret = await unseal(SEALED_FOR, provider.id, provider.sealedSecret)
  return lookUp(provider.issuer, provider.clientId, secret.toString())
}

/** Reads what the issuer says of itself; null when it is not reachable from outside, or says that it is somebody else. */
export async function lookUp(issuer: string, clientId: string, secret: string): Promise<oidc.Configuration | null> {
  const url = URL.canParse(issuer) ? new URL(issuer) : null
  if (!url || !mayBeAsked(url)) return null
  try {
    const client = await oidc.discovery(url, clientId, secret, undefined, {
      [oidc.customFetch]: askProvider,
      timeout: ANSWERS_WITHIN_SECONDS,
      execute: [oidc.enableNonRepudiationChecks, ...(isHere(url) ? [oidc.allowInsecureRequests] : [])],
    })
    return client.serverMetadata().issuer === issuer ? client : null
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, 'a sign-in provider could not be read')
    return null
  }
}

/** What went wrong, in a word: never what was sent. */
export const reasonOf = (error: unknown) => (error instanceof Error ? ((error as { code?: string }).code ?? error.name) : 'unknown')

/** Over TLS and outside; on this machine only where the environment says that this is a trial. */
const mayBeAsked = (url: URL) => (url.protocol === 'https:' && !url.username && !url.password) || isHere(url)
const isHere = (url: URL) => env.PARLEY_LOOPBACK_PROVIDERS === true && ['localhost', '127.0.0.1'].includes(url.hostname)

/** Every question to a provider, to whatever address its description names, goes the guarded way out. */
const askProvider: oidc.CustomFetch = async (address, { method, headers, body }) => {
  const url = new URL(address)
  if (!mayBeAsked(url)) throw new TypeError('not a provider')
  const sent = body === undefined || body === null ? undefined : String(body as string | URLSearchParams)
  if (isHere(url))
    return fetch(url, { method, headers, body: sent, redirect: 'manual', signal: AbortSignal.timeout(ANSWERS_WITHIN_SECONDS * 1000) })
  const answer = await fetchOutside(url, { method, headers, body: sent, timeoutSeconds: ANSWERS_WITHIN_SECONDS })
  const given = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
    value ? [[name, [value].flat().join(', ')]] : [],
  )
  return new Response([204, 304].includes(answer.status) ? null : new Uint8Array(answer.body), { status: answer.status, headers: given })
}
