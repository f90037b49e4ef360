import { generateAuthenticationOptions, verifyAuthenticationResponse, type AuthenticationResponseJSON } from '@simplewebauthn/server'
import { and, eq, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { passkeys, people } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { networkOf } from './addresses'
import { CHALLENGE_MS, newChallenge, takeChallenge, type PasskeyPurpose } from './passkey-challenges'
import { mustHavePlace, userHandleOf } from './passkeys'
import { beginSession, type Place } from './signing-in'
import { keepProof } from './sessions'

/**
 * Asks for any passkey of this portal: which there are, and whose, the person’s own device knows. Nobody is named, so nothing is learnt
 * about who has an account.
 */
export async function askToSignIn(from: string) {
  await countAgainst('passkey-challenge', networkOf(from))
  return askToSign('sign-in', null)
}

export async function askToProve(viewer: PersonViewer) {
  authorize(viewer, 'account.manage', null)
  await countAgainst('passkey-challenge', viewer.personId)
  return askToSign('prove', viewer.personId)
}

async function askToSign(purpose: PasskeyPurpose, personId: string | null) {
  const place = mustHavePlace()
  const { challenge, cookie } = await newChallenge(purpose, personId)
  const options = await generateAuthenticationOptions({
    rpID: place.name,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: CHALLENGE_MS,
    userVerification: 'required',
  })
  return { options, cookie }
}

/** Both steps in one: the device was there, and it knew its owner. Returns the cookies to set. */
export async function signInWithPasskey(viewer: Viewer, { credential }: { credential: AuthenticationResponseJSON }, place: Place) {
  await countAgainst('sign-in-from', networkOf(place.from))
  const personId = await signedBy(credential, await takeChallenge(place.cookies ?? null, 'sign-in', null))
  if (!personId) throw new Invalid({ form: 'passkey.wrong' })
  return beginSession(personId, viewer, place, 'passkey')
}

/** The person shows again who they are. */
export async function proveWithPasskey(
  viewer: PersonViewer,
  credential: AuthenticationResponseJSON,
  cookies: string | null,
): Promise<void> {
  authorize(viewer, 'account.manage', null)
  const personId = await signedBy(credential, await takeChallenge(cookies, 'prove', viewer.personId))
  if (personId !== viewer.personId) throw new Invalid({ form: 'passkey.wrong' })
  await keepProof(viewer)
}

/** Whose passkey has signed the challenge; null for whatever is not right about it. */
async function signedBy(credential: AuthenticationResponseJSON, expectedChallenge: string | null): Promise<string | null> {
  if (!expectedChallenge) return null
  const place = mustHavePlace()
  const [kept] = await db
    .select({ id: passkeys.id, personId: passkeys.personId, publicKey: passkeys.publicKey, signCount: passkeys.signCount })
    .from(passkeys)
    .innerJoin(people, and(eq(people.id, passkeys.personId), eq(people.status, 'member')))
    .where(eq(passkeys.credentialId, credential.id))
  if (!kept || credential.response.userHandle !== (await userHandleOf(kept.personId)).toString('base64url')) return null
  const verified = await verifyAuthenticationResponse({
    response: credential,
    expectedChallenge,
    expectedOrigin: place.origins,
    expectedRPID: place.name,
    requireUserVerification: true,
    credential: { id: credential.id, publicKey: new Uint8Array(Buffer.from(kept.publicKey, 'base64url')), counter: kept.signCount },
  }).catch(() => null)
  if (!verified?.verified) return null
  return (await countedUp(kept.id, verified.authenticationInfo.newCounter)) ? kept.personId : null
}

/** Of two signatures with one count, one is a copy’s. Most passkeys are on several devices at once and count nothing: always zero. */
async function countedUp(id: string, signCount: number): Promise<boolean> {
  const counted = await db
    .update(passkeys)
    .set({ signCount, usedAt: now() })
    .where(and(eq(passkeys.id, id), sql`(${passkeys.signCount} < ${signCount} or (${passkeys.signCount} = 0 and ${signCount} = 0))`))
    .returning({ id: passkeys.id })
  return counted.length > 0
}
