import { transaction, type Tx } from '~/db/client'
import { Invalid } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { visitor, type Viewer } from '~/server/viewer'
import { digest, networkOf, sameAddress } from './addresses'
import type { SignUpInput } from './input'
import { makeLink } from './mailed-links'
import { mailAlreadyHere, mailConfirmation } from './mails'
import { hashPassword } from './password-hashing'
import { createPerson, freeHandle, ownerOf } from './people'
import { weakness } from './rules'
import { beginSession, type Place } from './signing-in'

/**
 * A new person, signed in, whose address is only claimed. It goes the same way, step for step, when the address belongs to somebody
 * already: then the mail tells its owner, and the claim can never be confirmed. Returns the cookies to set.
 */
export async function signUp(viewer: Viewer, input: Omit<SignUpInput, 'next'>, place: Place): Promise<string[]> {
  await countAgainst('sign-up-from', networkOf(place.from))
  await refuseAtOnce(input)
  await countAgainst('mail-to', digest(sameAddress(input.email)))
  const { password, ...given } = input
  const passwordHash = await hashPassword(password)
  const personId = await transaction(visitor, async (tx) => {
    const person = await createPerson(tx, { ...given, passwordHash }, visitor)
    await askToConfirm(tx, person)
    return person.personId
  })
  return beginSession(personId, viewer, place)
}

/** Handle and password are both said, so that nobody mends one to hear of the other. */
async function refuseAtOnce({ handle, password, email }: Pick<SignUpInput, 'handle' | 'password' | 'email'>): Promise<void> {
  const weak = weakness(password, { handle, address: email })
  const wrong: Record<string, string> = weak ? { password: weak } : {}
  await freeHandle(handle).catch((error: unknown) => {
    if (!(error instanceof Invalid)) throw error
    Object.assign(wrong, error.fields)
  })
  if (Object.keys(wrong).length > 0) throw new Invalid(wrong)
}

export async function askToConfirm(tx: Tx, claim: { personId: string; address: string; handle: string }): Promise<void> {
  const owner = await ownerOf(sameAddress(claim.address), tx)
  const token = await makeLink(tx, claim.personId, 'confirm-email')
  if (owner) await mailAlreadyHere(tx, owner)
  else await mailConfirmation(tx, claim, token)
}
