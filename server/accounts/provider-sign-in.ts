import { and, eq, isNull } from 'drizzle-orm'
import * as oidc from 'openid-client'
import { db } from '~/db/client'
import { isId } from '~/db/ids'
import { people, providerIdentities, signInProviders } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { publicOrigins } from '~/server/platform/env'
import { log } from '~/server/platform/log'
import type { Viewer } from '~/server/viewer'
import { networkOf } from './addresses'
import { hasSecondStep } from './factors'
import { beginHalfway } from './halfway'
import { clientOf, reasonOf, returnPath } from './provider-client'
import { arrivalOver, beginArrival, beginVisit, endVisit, visitOver } from './provider-visits'
import { beginSession, type Place } from './signing-in'

/** Where to send the browser, and the cookie by which it is known when it comes back; null when the provider does not answer. */
export async function goToProvider(id: string, { next, from, origin }: { next: string; from: string; origin: string }) {
  await countAgainst('provider-visit', networkOf(from))
  const provider = await liveProvider(id)
  if (!provider) throw new NotFound()
  const client = await clientOf(provider)
  if (!client) return null
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()]
  // Only one of our own origins: what a Host header says is nobody’s word.
  const redirectUri = (publicOrigins().find((own) => own === origin) ?? publicOrigins()[0] ?? '') + returnPath
  const to = oidc.buildAuthorizationUrl(client, {
    ...{ redirect_uri: redirectUri, scope: 'openid email profile', response_type: 'code', state, nonce },
    ...{ code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
  })
  return { to: to.href, cookie: await beginVisit({ providerId: provider.id, state, nonce, verifier, redirectUri, next }) }
}

export type Arrived = { kind: 'in' | 'second-step' | 'new-here' | 'somebody-else'; cookies: string[]; next: string }

/**
 * The browser is back. Who the provider says it is, by issuer and subject, is signed in; whom nobody knows yet goes on to say whether they
 * are new. An address alone never joins the two. Null when this is not what the browser set out for, or the provider said no.
 */
export async function arriveFromProvider(viewer: Viewer, query: string, place: Place): Promise<Arrived | null> {
  const visit = await endVisit(place.cookies ?? null)
  const provider = visit && (await liveProvider(visit.providerId))
  const claims = visit && provider && (await claimsFrom(provider, visit, query))
  if (!claims) return null
  const { next } = visit
  const identity = await known(provider.issuer, claims.sub)
  // Nobody is signed in over somebody else: whoever sent this browser here may have meant them to write under another name.
  if (identity && viewer.kind === 'person' && viewer.personId !== identity.personId)
    return { kind: 'somebody-else', next, cookies: [visitOver()] }
  if (identity) {
    if (await hasSecondStep(identity.personId))
      return { kind: 'second-step', next, cookies: [await beginHalfway(identity.personId, 'provider'), visitOver()] }
    const cookies = await beginSession(identity.personId, viewer, place, 'provider')
    return { kind: 'in', next, cookies: [...cookies, visitOver(), arrivalOver()] }
  }
  const arrival = await beginArrival({
    providerId: provider.id,
    subject: claims.sub,
    email: textOf(claims.email),
    emailVerified: claims.email_verified === true,
    name: textOf(claims.name),
    next,
  })
  return { kind: 'new-here', next, cookies: [arrival, visitOver()] }
}

type Provider = typeof signInProviders.$inferSelect
type Visit = NonNullable<Awaited<ReturnType<typeof endVisit>>>

/** The code for a token, whose signature, issuer, audience, age and nonce are checked; null when any of it is wrong. */
async function claimsFrom(provider: Provider, { state, nonce, verifier, redirectUri }: Visit, query: string): Promise<oidc.IDToken | null> {
  try {
    const client = await clientOf(provider)
    if (!client) return null
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
    const tokens = await oidc.authorizationCodeGrant(client, new URL(redirectUri + query), checks)
    const claims = tokens.claims() ?? null
    return claims && claims.iss === provider.issuer && claims.sub.length <= 255 ? claims : null
  } catch (error) {
    log.warn({ providerId: provider.id, reason: reasonOf(error) }, 'a sign-in at a provider was refused')
    return null
  }
}

async function known(issuer: string, subject: string) {
  const [found] = await db
    .update(providerIdentities)
    .set({ usedAt: now() })
    .from(people)
    .where(
      and(
        eq(providerIdentities.issuer, issuer),
        eq(providerIdentities.subject, subject),
        eq(people.id, providerIdentities.personId),
        eq(people.status, 'member'),
      ),
    )
    .returning({ personId: providerIdentities.personId })
  return found ?? null
}

async function liveProvider(id: string): Promise<Provider | null> {
  if (!isId(id)) return null
  const [provider] = await db
    .select()
    .from(signInProviders)
    .where(and(eq(signInProviders.id, id), isNull(signInProviders.endedAt)))
  return provider ?? null
}

/** What a provider says of somebody is shown in a form; it is bounded, and a line. */
function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
        .toWellFormed()
        .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
        .trim()
        .slice(0, 254)
    : ''
}
