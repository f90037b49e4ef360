import { createHmac } from 'node:crypto'
import { and, eq, lt } from 'drizzle-orm'
import { renderSVG } from 'uqr'
import { db, transaction, type Tx } from '~/db/client'
import { passkeys, recoveryCodes, totpSecrets } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst, forgive } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { seal, unseal } from '~/server/platform/sealing'
import { portalSecret } from '~/server/platform/signing'
import { plainly } from '~/server/platform/manner'
import { authorize } from '~/server/policy'
import { visitor, type PersonViewer, type Viewer } from '~/server/viewer'
import { say } from '~/words'
import { mailFactorAdded, mailFactorRemoved, mailRecoveryCodeUsed } from './mails'
import { mailTo, personByHandle } from './people'
import { lockPerson, recoveryCodesLeft, spendRecoveryCode } from './recovery-codes'
import { endOtherSessions } from './sessions'
import { appAddress, base32, stepOf } from './totp'

const SEALED_FOR = 'totp'
/** Twenty bytes, as many as SHA-1 gives. */
const SECRET_BYTES = 20

/** What the app has to be told: drawn, as a link, and as letters to type. */
export async function setUpPage(viewer: PersonViewer) {
  authorize(viewer, 'factor.change', null)
  const secret = await offeredSecret(viewer)
  const address = appAddress(
    secret,
    plainly(() => say('ui.brand')),
    viewer.handle,
  )
  return {
    replaces: (await secretOf(viewer.personId)) !== null,
    address,
    picture: `data:image/svg+xml;base64,${Buffer.from(renderSVG(address, { border: 2 })).toString('base64')}`,
    letters: base32(secret).replace(/(.{4})(?=.)/g, '$1 '),
  }
}

/** The app has shown a right code, so it holds the secret. Every other session ends: they began without a second step. */
export async function setUpApp(viewer: PersonViewer, { code }: { code: string }): Promise<void> {
  authorize(viewer, 'factor.change', null)
  await countAgainst('second-step', viewer.personId)
  const secret = await offeredSecret(viewer)
  const step = stepOf(secret, code.replace(/\s/g, ''), now())
  if (step === null) {
    if (await justSetUpWith(viewer, code)) return
    throw new Invalid({ code: 'code.wrong' })
  }
  await forgive('second-step', viewer.personId)
  const sealedSecret = await seal(SEALED_FOR, viewer.personId, secret)
  await transaction(viewer, async (tx) => {
    await lockPerson(tx, viewer.personId)
    const before = await secretOf(viewer.personId, tx)
    if (before?.secret.equals(secret)) return
    const kept = { sealedSecret, lastStep: step, createdAt: now() }
    await tx
      .insert(totpSecrets)
      .values({ personId: viewer.personId, ...kept })
      .onConflictDoUpdate({ target: totpSecrets.personId, set: kept })
    const ended = await endOtherSessions(viewer.personId, viewer.sessionId, tx)
    await record(tx, viewer, 'factor.added', { personId: viewer.personId, factorKind: 'app' })
    if (ended > 0) await record(tx, viewer, 'session.ended', { personId: viewer.personId, all: true })
    await mailFactorAdded(tx, await mailTo(viewer.personId, tx))
  })
}

/** The same form, sent twice. */
async function justSetUpWith(viewer: PersonViewer, code: string): Promise<boolean> {
  const kept = await secretOf(viewer.personId)
  return (
    kept !== null && now().getTime() - kept.createdAt.getTime() < 60_000 && stepOf(kept.secret, code.replace(/\s/g, ''), now()) !== null
  )
}

export async function turnOffApp(viewer: PersonViewer): Promise<void> {
  await transaction(viewer, async (tx) => {
    authorize(viewer, 'factor.change', null)
    if (viewer.needsSecondStep) throw new Conflict('secondStep.needed')
    await lockPerson(tx, viewer.personId)
    const removed = await tx.delete(totpSecrets).where(eq(totpSecrets.personId, viewer.personId)).returning({ id: totpSecrets.personId })
    if (removed.length === 0) return
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, viewer.personId))
    await record(tx, viewer, 'factor.removed', { personId: viewer.personId, factorKind: 'app' })
    await mailFactorRemoved(tx, await mailTo(viewer.personId, tx))
  })
}

/** For somebody who has lost everything, by the command line: their sessions end too. */
export async function resetSecondStep(viewer: Viewer, handle: string): Promise<boolean> {
  return transaction(viewer, async (tx) => {
    authorize(viewer, 'factor.reset', null)
    const person = await personByHandle(handle, tx)
    if (!person) throw new NotFound()
    const { personId } = person
    await lockPerson(tx, personId)
    const apps = await tx.delete(totpSecrets).where(eq(totpSecrets.personId, personId)).returning({ id: totpSecrets.personId })
    const keys = await tx.delete(passkeys).where(eq(passkeys.personId, personId)).returning({ id: passkeys.id })
    if (apps.length + keys.length === 0) return false
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, personId))
    await endOtherSessions(personId, null, tx)
    await record(tx, viewer, 'factor.removed', { personId, factorKind: 'all' })
    await record(tx, viewer, 'session.ended', { personId, all: true })
    await mailFactorRemoved(tx, await mailTo(personId, tx))
    return true
  })
}

export async function hasSecondStep(personId: string): Promise<boolean> {
  const [app] = await db.select({ since: totpSecrets.createdAt }).from(totpSecrets).where(eq(totpSecrets.personId, personId))
  return app !== undefined
}

/** Whether this is a code of the person’s app, or one of their recovery codes. Either counts once. */
export async function takeCode(personId: string, given: string): Promise<boolean> {
  await countAgainst('second-step', personId)
  const taken = await transaction(visitor, (tx) =>
    /^[\d\s]+$/.test(given) ? takeAppCode(tx, personId, given) : takeRecoveryCode(tx, personId, given),
  )
  if (taken) await forgive('second-step', personId)
  return taken
}

async function takeAppCode(tx: Tx, personId: string, given: string): Promise<boolean> {
  const kept = await secretOf(personId, tx)
  const step = kept && stepOf(kept.secret, given.replace(/\s/g, ''), now())
  if (!step) return false
  const taken = await tx
    .update(totpSecrets)
    .set({ lastStep: step })
    .where(and(eq(totpSecrets.personId, personId), lt(totpSecrets.lastStep, step)))
    .returning({ id: totpSecrets.personId })
  return taken.length > 0
}

async function takeRecoveryCode(tx: Tx, personId: string, given: string): Promise<boolean> {
  if (!(await spendRecoveryCode(tx, personId, given))) return false
  await record(tx, visitor, 'recovery-code.used', { personId })
  await mailRecoveryCodeUsed(tx, await mailTo(personId, tx), await recoveryCodesLeft(personId, tx))
  return true
}

async function secretOf(personId: string, tx: Pick<Tx, 'select'> = db) {
  const [kept] = await tx.select().from(totpSecrets).where(eq(totpSecrets.personId, personId))
  return kept ? { secret: await unseal(SEALED_FOR, personId, kept.sealedSecret), createdAt: kept.createdAt } : null
}

/**
 * The secret offered to this session until it is taken: the same at every look, so that a wrong code or a reload does not
 * leave the app with a secret that nobody keeps. Once taken, another is offered.
 */
async function offeredSecret(viewer: PersonViewer): Promise<Buffer> {
  const present = await secretOf(viewer.personId)
  const key = await portalSecret('totp-offers')
  const about = `${viewer.personId}\0${viewer.sessionId}\0${present?.createdAt.toISOString() ?? ''}`
  return createHmac('sha256', key).update(about).digest().subarray(0, SECRET_BYTES)
}
