import { createHmac } from 'node:crypto'
import { generateRegistrationOptions, verifyRegistrationResponse, type RegistrationResponseJSON } from '@simplewebauthn/server'
import { and, asc, eq } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { passkeys } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { portalSecret } from '~/server/platform/signing'

import { plainly } from '~/server/platform/manner'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { say } from '~/words'
import type { NewPasskeyInput } from './input'
import { makeLink } from './mailed-links'
import { mailPasskeyAdded, mailPasskeyRemoved } from './mails'
import { CHALLENGE_MS, newChallenge, takeChallenge } from './passkey-challenges'
import { passkeyPlace, passkeysFor } from './passkey-place'
import { mailTo } from './people'
import { lockPerson } from './recovery-codes'
import { endOtherSessions } from './sessions'
import { hasOtherWayIn } from './ways-in'

/** More devices than anybody carries, and few enough to look through. */
const MOST = 20

/** The person’s own, oldest first. */
export async function passkeysOf(personId: string, tx: Pick<Tx, 'select'> = db) {
  return tx
    .select({ id: passkeys.id, name: passkeys.name, usedAt: passkeys.usedAt, createdAt: passkeys.createdAt })
    .from(passkeys)
    .where(eq(passkeys.personId, personId))
    .orderBy(asc(passkeys.createdAt))
}

export function newPasskeyPage(viewer: PersonViewer) {
  authorize(viewer, 'factor.change', null)
  return { place: passkeysFor() }
}

/** What the browser has to be asked for, and the cookie that binds the answer to it. */
export async function askForPasskey(viewer: PersonViewer) {
  authorize(viewer, 'factor.change', null)
  const place = mustHavePlace()
  await countAgainst('passkey-challenge', viewer.personId)
  const [{ challenge, cookie }, present] = await Promise.all([
    newChallenge('add', viewer.personId),
    db.select({ id: passkeys.credentialId }).from(passkeys).where(eq(passkeys.personId, viewer.personId)),
  ])
  const options = await generateRegistrationOptions({
    rpName: plainly(() => say('ui.brand')),
    rpID: place.name,
    userID: new Uint8Array(await userHandleOf(viewer.personId)),
    userName: viewer.handle,
    userDisplayName: viewer.displayName,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    excludeCredentials: present,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { options, cookie }
}

/** The device has made a key and shown that it knows its owner: by finger, face or PIN. */
export async function addPasskey(viewer: PersonViewer, { name, credential }: NewPasskeyInput, cookies: string | null): Promise<void> {
  authorize(viewer, 'factor.change', null)
  const challenge = await takeChallenge(cookies, 'add', viewer.personId)
  if (!challenge) throw new Invalid({ form: 'passkey.over' })
  const made = await madeBy(credential, challenge)
  if (!made) throw new Invalid({ form: 'passkey.notMade' })
  await transaction(viewer, async (tx) => {
    await lockPerson(tx, viewer.personId)
    if ((await passkeysOf(viewer.personId, tx)).length >= MOST) throw new Invalid({ form: `passkey.most:${MOST}` })
    const passkeyId = newId()
    const kept = await tx
      .insert(passkeys)
      .values({
        id: passkeyId,
        personId: viewer.personId,
        credentialId: made.id,
        publicKey: Buffer.from(made.publicKey).toString('base64url'),
        signCount: made.counter,
        name,
        createdAt: now(),
      })
      .onConflictDoNothing()
      .returning({ id: passkeys.id })
    if (kept.length === 0) throw new Invalid({ form: 'passkey.notMade' })
    await record(tx, viewer, 'factor.added', { personId: viewer.personId, factorKind: 'passkey' })
    const undo = await makeLink(tx, viewer.personId, 'not-me', passkeyId)
    await mailPasskeyAdded(tx, await mailTo(viewer.personId, tx), name, undo)
  })
}

async function madeBy(credential: RegistrationResponseJSON, expectedChallenge: string) {
  const place = mustHavePlace()
  // The library throws for whatever is not as it must be, malformed bytes included.
  const verified = await verifyRegistrationResponse({
    response: credential,
    expectedChallenge,
    expectedOrigin: place.origins,
    expectedRPID: place.name,
    requireUserVerification: true,
  }).catch(() => null)
  return verified?.verified ? verified.registrationInfo.credential : null
}

export async function passkeyPage(viewer: PersonViewer, id: string) {
  authorize(viewer, 'account.manage', null)
  return ownPasskey(viewer, id)
}

export async function renamePasskey(viewer: PersonViewer, id: string, { name }: { name: string }): Promise<void> {
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'account.manage', null)
    await ownPasskey(viewer, id, tx)
    await tx.update(passkeys).set({ name }).where(eq(passkeys.id, id))
    await record(tx, viewer, 'passkey.renamed', { personId: viewer.personId })
  })
}

/** It opens nothing any more, and every other session ends: one of them may be that of the device that was lost. */
export async function removePasskey(viewer: PersonViewer, id: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'factor.change', null)
    await lockPerson(tx, viewer.personId)
    const { name } = await ownPasskey(viewer, id, tx)
    if ((await passkeysOf(viewer.personId, tx)).length === 1) {
      if (!(await hasOtherWayIn(viewer.personId, tx))) throw new Conflict('passkey.last')
      if (viewer.needsSecondStep && !viewer.hasApp) throw new Conflict('secondStep.needed')
    }
    await tx.delete(passkeys).where(eq(passkeys.id, id))
    const ended = await endOtherSessions(viewer.personId, viewer.sessionId, tx)
    await record(tx, viewer, 'factor.removed', { personId: viewer.personId, factorKind: 'passkey' })
    if (ended > 0) await record(tx, viewer, 'session.ended', { personId: viewer.personId, all: true })
    await mailPasskeyRemoved(tx, await mailTo(viewer.personId, tx), name)
  })
}

async function ownPasskey(viewer: PersonViewer, id: string, tx: Pick<Tx, 'select'> = db) {
  const [found] = isId(id)
    ? await tx
        .select({ id: passkeys.id, name: passkeys.name, usedAt: passkeys.usedAt, createdAt: passkeys.createdAt })
        .from(passkeys)
        .where(and(eq(passkeys.id, id), eq(passkeys.personId, viewer.personId)))
    : []
  if (!found) throw new NotFound()
  return found
}

export function mustHavePlace() {
  const place = passkeyPlace()
  if (!place) throw new Conflict('passkey.nowhere')
  return place
}

/** What a device keeps a passkey under: it tells nobody who the person is. */
export async function userHandleOf(personId: string): Promise<Buffer> {
  return createHmac('sha256', await portalSecret('passkeys'))
    .update(personId)
    .digest()
}
