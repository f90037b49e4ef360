import { eq, inArray } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { accountEmails, people, sessions, vaultAttributes } from '~/db/schema'
import { forgetUnconfirmed, personByHandle, signUp } from '~/server/accounts'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aMember, owner } from '../support/cast'
import { aPlace, eventsOf, personOf, someone } from './support'

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)

async function claimedLongAgo(person: PersonViewer, { days = 31, signedIn = false } = {}) {
  await owner
    .update(accountEmails)
    .set({ createdAt: daysAgo(days) })
    .where(eq(accountEmails.personId, person.personId))
  if (!signedIn)
    await owner
      .update(sessions)
      .set({ expiresAt: daysAgo(1) })
      .where(eq(sessions.personId, person.personId))
  return person
}

const unconfirmed = (name: string) => aMember(name, { confirmed: false })

test('an account that was never confirmed and did nothing is forgotten after thirty days, and its handle is free', async () => {
  const input = someone('jun')
  const jun = await claimedLongAgo(await personOf(await signUp(visitor, input, aPlace())))
  const recent = await claimedLongAgo(await unconfirmed('Mia'), { days: 29 })
  const signedIn = await claimedLongAgo(await unconfirmed('Noor'), { signedIn: true })
  const keeping = await claimedLongAgo(await unconfirmed('Ida'))
  await owner.insert(vaultAttributes).values({ id: newId(), personId: keeping.personId, key: 'role', value: 'Lead' })
  const confirmed = await claimedLongAgo(await aMember('Amina'))

  await forgetUnconfirmed()
  await forgetUnconfirmed()

  expect(await personByHandle(jun.handle)).toBeNull()
  expect(await eventsOf(jun.personId)).toContain('person.forgotten')
  const stayed = [recent, signedIn, keeping, confirmed].map((person) => person.personId)
  expect(await owner.select({ id: people.id }).from(people).where(inArray(people.id, stayed))).toHaveLength(4)
  expect(await owner.select().from(accountEmails).where(inArray(accountEmails.personId, stayed))).toHaveLength(4)

  await signUp(visitor, input, aPlace())
  expect((await personByHandle(jun.handle))?.personId).not.toBe(jun.personId)
})
