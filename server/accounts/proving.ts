import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import { db } from '~/db/client'
import { passwords } from '~/db/schema'
import { Invalid } from '~/server/errors'
import { countAgainst, forgive } from '~/server/limits'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { digest, sameAddress } from './addresses'
import { takeCode } from './factors'
import type { ProofInput } from './input'
import { passwordFits } from './password-hashing'
import { passkeysFor } from './passkey-place'
import { proveWithPasskey } from './passkey-sign-in'
import { passkeysOf } from './passkeys'
import { ownAccount } from './reading'
import { keepProof } from './sessions'

type Proof = Partial<Omit<z.infer<typeof ProofInput>, 'next'>>

export async function provePage(viewer: PersonViewer) {
  authorize(viewer, 'account.manage', null)
  const [account, keys] = await Promise.all([ownAccount(viewer), passkeysOf(viewer.personId)])
  return {
    address: account?.address ?? '',
    byPassword: account?.passwordChangedAt != null,
    byCode: viewer.hasApp,
    byPasskey: keys.length > 0 ? passkeysFor() : null,
  }
}

/** The person shows again who they are, by the password, by a code or by a passkey. */
export async function proveAgain(
  viewer: PersonViewer,
  { password, code, credential }: Proof,
  cookies: string | null = null,
): Promise<void> {
  authorize(viewer, 'account.manage', null)
  if (credential) return proveWithPasskey(viewer, credential, cookies)
  if (code) {
    if (!(await takeCode(viewer.personId, code))) throw new Invalid({ code: 'code.wrong' })
  } else if (password) await provePassword(viewer, password)
  else throw new Invalid(viewer.hasApp ? { code: 'required' } : { password: 'required' })
  await keepProof(viewer)
}

async function provePassword(viewer: PersonViewer, password: string): Promise<void> {
  const [account, [held]] = await Promise.all([
    ownAccount(viewer),
    db.select({ hash: passwords.hash }).from(passwords).where(eq(passwords.personId, viewer.personId)),
  ])
  const address = digest(sameAddress(account?.address ?? ''))
  await countAgainst('sign-in-address', address)
  if (!(await passwordFits(password, held?.hash ?? null))) throw new Invalid({ password: 'password.notYours' })
  await forgive('sign-in-address', address)
}
