import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { interactions } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import {
  answerAsk,
  askForFields,
  askableOf,
  askedOfMe,
  askPage,
  asksTo,
  keepAttribute,
  letAskAgain,
  myVault,
  readGranted,
} from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

async function aQuestion(fields = ['role', 'team-size', 'phone']) {
  const vendor = await aVendor()
  const [amina, chen, dara] = [await aMember('Amina'), await aMember('Chen'), await aStaffMember(vendor, 'Dara')]
  for (const [key, value] of [
    ['role', 'Office lead'],
    ['team-size', '40'],
    ['phone', '+49 30 5550 142'],
  ] as const)
    await keepAttribute(amina, key, { value })
  const it = { personId: amina.personId, handleId: amina.handleId, vendorId: vendor.id }
  const ask = (keys = fields) =>
    askForFields(dara, it, { fields: keys, purpose: 'answer', why: 'To answer what you asked about the phone.' })
  const id = await ask()
  const read = async () => (await readGranted(dara, amina.personId, vendor.id, 'answer')).map(({ key }) => key)
  const askable = () => transaction(dara, (tx) => askableOf(tx, it, 'answer'))
  return { vendor, amina, chen, dara, it, id, ask, read, askable }
}
const statesOf = async (person: PersonViewer) =>
  (
    await owner
      .select({ kind: interactions.kind, payload: interactions.payload })
      .from(interactions)
      .where(eq(interactions.kind, 'grant.answered'))
  )
    .filter(({ payload }) => payload.personId === person.personId)
    .map(({ payload }) => `${String(payload.consentKind)} ${String(payload.attributes)}`)

test('less than asked is granted, each field as long as was said; the rest is not there', async () => {
  const { amina, dara, it, id, read, askable } = await aQuestion()
  expect((await askPage(amina, id)).fields).toEqual([
    { key: 'role', kept: true },
    { key: 'team-size', kept: true },
    { key: 'phone', kept: true },
  ])
  await answerAsk(amina, id, { answer: 'give', fields: ['role:90', 'team-size:30', 'phone:no'] })
  expect((await read()).sort()).toEqual(['role', 'team-size'])
  const { live } = await myVault(amina)
  expect(live.map(({ keys, left }) => `${keys.join()} ${left.days}`).sort()).toEqual(['role 90', 'team-size 30'])
  expect(await statesOf(amina)).toEqual(['ConsentGiven 2', 'ConsentRefused 1'])
  expect(await askable()).not.toContain('phone')
  expect(await asksTo(dara, it)).toBeNull()
  await expect(answerAsk(amina, id, { answer: 'give', fields: ['phone:30'] })).rejects.toThrow(Conflict)
})

test('later grants nothing and waits; another question is not put while one stands', async () => {
  const { amina, dara, it, id, ask, read } = await aQuestion()
  await expect(ask(['role'])).rejects.toThrow(Conflict)
  await answerAsk(amina, id, { answer: 'later', fields: ['role:30'] })
  expect(await read()).toEqual([])
  expect(await statesOf(amina)).toEqual(['ConsentDeferred 3'])
  expect(await asksTo(dara, it)).toMatchObject({ state: 'deferred' })
  await expect(ask(['role'])).rejects.toThrow(Conflict)
  await answerAsk(amina, id, { answer: 'give', fields: ['role:30', 'team-size:no', 'phone:no'] })
  expect(await read()).toEqual(['role'])
})

test('what is never to be asked for is not asked for, until the person says otherwise', async () => {
  const { vendor, amina, id, ask, askable } = await aQuestion(['phone'])
  await answerAsk(amina, id, { answer: 'give', fields: ['phone:never'] })
  await expect(ask(['phone'])).rejects.toThrow(Invalid)
  await owner.execute(`update grant_requests set answered_at = now() - interval '91 days' where id = '${id}'`)
  expect(await askable()).not.toContain('phone')
  await letAskAgain(amina, vendor.slug, 'phone')
  expect(await askable()).toContain('phone')
})

test('only the staff of a vendor ask, only the person answers, and nobody else sees the question', async () => {
  const { vendor, amina, chen, dara, id, it } = await aQuestion()
  await expect(askForFields(chen, it, { fields: ['role'], purpose: 'answer', why: 'x' })).rejects.toThrow(Forbidden)
  for (const other of [chen, dara]) await expect(answerAsk(other, id, { answer: 'refuse', fields: [] })).rejects.toThrow(NotFound)
  expect(await askedOfMe(chen)).toEqual([])
  expect((await askedOfMe(amina)).map((one) => one.vendor.slug)).toEqual([vendor.slug])
  await answerAsk(amina, id, { answer: 'refuse', fields: [] })
  expect(await askedOfMe(amina)).toEqual([])
  expect(await statesOf(amina)).toEqual(['ConsentRefused 3'])
})

test('a name is asked for to know somebody by, and for nothing else; what is granted is not asked again', async () => {
  const { amina, dara, it, id, ask } = await aQuestion(['role'])
  await answerAsk(amina, id, { answer: 'give', fields: ['role:30'] })
  await expect(ask(['role'])).rejects.toThrow(Invalid)
  await expect(ask(['real-name'])).rejects.toThrow(Invalid)
  await askForFields(dara, it, { fields: ['real-name'], purpose: 'relationship', why: 'To know whom we write to.' })
})
