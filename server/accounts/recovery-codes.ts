import { randomBytes } from 'node:crypto'
import { and, count, eq, isNull } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { people, recoveryCodes } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { digest } from './addresses'
import { base32 } from './totp'

const HOW_MANY = 10
/** 80 bits: sixteen letters, of which nobody finds one from its hash. */
const BYTES = 10

/** Ten new codes, shown this once; those from before work no more. */
export async function makeRecoveryCodes(viewer: PersonViewer): Promise<string[]> {
  return transaction(viewer, async (tx) => {
    authorize(viewer, 'factor.change', null)
    if (!viewer.hasApp) throw new Invalid({ form: 'recovery.noSecondStep' })
    await lockPerson(tx, viewer.personId)
    const codes = Array.from({ length: HOW_MANY }, () => base32(randomBytes(BYTES)).toLowerCase())
    const createdAt = now()
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, viewer.personId))
    await tx
      .insert(recoveryCodes)
      .values(codes.map((code) => ({ codeHash: hashOf(viewer.personId, code), personId: viewer.personId, createdAt })))
    await record(tx, viewer, 'recovery-codes.made', { personId: viewer.personId })
    return codes.map((code) => code.replace(/(.{4})(?=.)/g, '$1-'))
  })
}

export async function recoveryPage(viewer: PersonViewer) {
  authorize(viewer, 'factor.change', null)
  return { left: await recoveryCodesLeft(viewer.personId) }
}

/** Uses a code up; however it is spaced or capitalised. Of two at once, one counts. */
export async function spendRecoveryCode(tx: Tx, personId: string, given: string): Promise<boolean> {
  const code = given.replace(/[\s-]/g, '').toLowerCase()
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: now() })
    .where(and(eq(recoveryCodes.codeHash, hashOf(personId, code)), eq(recoveryCodes.personId, personId), isNull(recoveryCodes.usedAt)))
    .returning({ codeHash: recoveryCodes.codeHash })
  return used.length > 0
}

export async function recoveryCodesLeft(personId: string, tx: Pick<Tx, 'select'> = db): Promise<number> {
  const [row] = await tx
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.personId, personId), isNull(recoveryCodes.usedAt)))
  return row?.left ?? 0
}

const hashOf = (personId: string, code: string) => digest(`${personId}:${code}`)

/** Changes of one person’s factors come one after another. */
export async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await tx.select({ id: people.id }).from(people).where(eq(people.id, personId)).for('update')
}
