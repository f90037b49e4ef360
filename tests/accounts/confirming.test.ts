import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { db } from '~/db/client'
import { accountEmails, accountTokens } from '~/db/schema'
import { confirmationPage, confirmEmail, sendConfirmationAgain, signUp } from '~/server/accounts'
import { Conflict, TooMany } from '~/server/errors'
import { visitor } from '~/server/viewer'
import { setClock } from '~/server/platform/clock'
import { aMember, owner, refreshed } from '../support/cast'
import { aPlace, eventsOf, fieldsOf, linkMailedTo, mailsTo, personOf, someone } from './support'

async function aNewcomer(name = 'amina', email?: string) {
  const given = someone(name, email)
  const viewer = await personOf(await signUp(visitor, given, aPlace()))
  return { ...given, viewer }
}

/* Limits are counted by the quarter of an hour: a test does not stand across two. */
afterEach(() => setClock(null))

test('looking at the link uses nothing up; the button confirms', async () => {
  const amina = await aNewcomer()
  const token = await linkMailedTo(amina.email, 'confirm-email')

  for (let n = 0; n < 3; n += 1) expect(await confirmationPage(token)).toMatchObject({ state: 'open', address: amina.email })
  expect((await refreshed(amina.viewer)).confirmed).toBe(false)
  await confirmEmail(token)
  expect((await refreshed(amina.viewer)).confirmed).toBe(true)
})

test('twice is once', async () => {
  const amina = await aNewcomer()
  const token = await linkMailedTo(amina.email, 'confirm-email')
  await confirmEmail(token)
  await confirmEmail(token)
  expect(await confirmationPage(token)).toMatchObject({ state: 'done' })
  expect((await eventsOf(amina.viewer.personId)).filter((kind) => kind === 'email.confirmed')).toHaveLength(1)
})

test('only the hash of a link is kept', async () => {
  const amina = await aNewcomer()
  const token = await linkMailedTo(amina.email, 'confirm-email')
  const [kept] = await db.select().from(accountTokens).where(eq(accountTokens.personId, amina.viewer.personId))
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(kept?.tokenHash).toMatch(/^[0-9a-f]{64}$/)
  expect(kept?.tokenHash).not.toContain(token)
})

test('after 24 hours the link is over, and another is sent for the asking', async () => {
  const amina = await aNewcomer()
  const token = await linkMailedTo(amina.email, 'confirm-email')
  await owner
    .update(accountTokens)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(accountTokens.personId, amina.viewer.personId))
  expect(await confirmationPage(token)).toMatchObject({ state: 'over' })
  expect(await fieldsOf(confirmEmail(token))).toEqual({ form: 'link.over' })

  await sendConfirmationAgain(amina.viewer)
  await confirmEmail(await linkMailedTo(amina.email, 'confirm-email'))
  expect((await refreshed(amina.viewer)).confirmed).toBe(true)
})

test('an invented link opens nothing', async () => {
  expect(await confirmationPage('x'.repeat(43))).toMatchObject({ state: 'over', address: null })
  expect(await fieldsOf(confirmEmail('x'.repeat(43)))).toEqual({ form: 'link.over' })
})

test('a link lasts 24 hours', async () => {
  const amina = await aNewcomer()
  const [kept] = await db.select().from(accountTokens).where(eq(accountTokens.personId, amina.viewer.personId))
  expect((kept?.expiresAt.getTime() ?? 0) - (kept?.createdAt.getTime() ?? 0)).toBe(24 * 3_600_000)
})

test('sending again stops at the limit of the mailbox, and does nothing for the confirmed', async () => {
  setClock(new Date())
  const amina = await aNewcomer()
  for (let n = 0; n < 4; n += 1) await sendConfirmationAgain(amina.viewer)
  await expect(sendConfirmationAgain(amina.viewer)).rejects.toThrow(TooMany)
  expect(await mailsTo(amina.email)).toHaveLength(5)

  const bo = await aMember('Bo')
  await sendConfirmationAgain(bo)
  const [address] = await db.select().from(accountEmails).where(eq(accountEmails.personId, bo.personId))
  expect(await mailsTo(address?.address ?? '')).toHaveLength(0)
})

test('whoever confirms first has the address; a claim keeps nobody out', async () => {
  const squatter = await aNewcomer('squat')
  const squattersLink = await linkMailedTo(squatter.email, 'confirm-email')
  const amina = await aNewcomer('amina', squatter.email)
  await confirmEmail(await linkMailedTo(amina.email, 'confirm-email'))

  await expect(confirmEmail(squattersLink)).rejects.toThrow(Conflict)
  expect((await refreshed(squatter.viewer)).confirmed).toBe(false)
  expect((await refreshed(amina.viewer)).confirmed).toBe(true)
})

test('of two who confirm one address at once, one has it', async () => {
  const first = await aNewcomer('one')
  const firstLink = await linkMailedTo(first.email, 'confirm-email')
  await aNewcomer('two', first.email)
  const secondLink = await linkMailedTo(first.email, 'confirm-email')
  const tries = await Promise.allSettled([confirmEmail(firstLink), confirmEmail(secondLink)])
  expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
})
