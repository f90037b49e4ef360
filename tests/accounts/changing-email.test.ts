import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { accountEmails, accountTokens, sessions, totpSecrets } from '~/db/schema'
import {
  askToChangeEmail,
  changeEmailPage,
  confirmEmail,
  confirmEmailChange,
  emailChangePage,
  resetPage,
  signIn,
  signUp,
  undoEmailChange,
} from '~/server/accounts'
import { Conflict, ProveFirst, TooMany } from '~/server/errors'
import { visitor } from '~/server/viewer'
import { setClock } from '~/server/platform/clock'
import { owner, refreshed, unique } from '../support/cast'
import { aPlace, eventsOf, fieldsOf, isSignedIn, linkMailedTo, mailsTo, PASSWORD, personOf, someone } from './support'

async function aConfirmed(name = 'amina') {
  const given = someone(name)
  const cookies = await signUp(visitor, given, aPlace())
  await confirmEmail(await linkMailedTo(given.email, 'confirm-email'))
  return { ...given, cookies, viewer: await personOf(cookies) }
}

const anAddress = () => `${unique('new')}@mail.example`
const addressOf = async (personId: string) =>
  (await owner.select().from(accountEmails).where(eq(accountEmails.personId, personId)))[0]?.address

async function aChanged() {
  const amina = await aConfirmed()
  const email = anAddress()
  await askToChangeEmail(amina.viewer, { email })
  await confirmEmailChange(await linkMailedTo(email, 'change-email'))
  return { amina, email }
}

/* Limits are counted by the quarter of an hour: a test does not stand across two. */
afterEach(() => setClock(null))

test('nothing changes until the link mailed to the new address is used; then the old one is told', async () => {
  const amina = await aConfirmed()
  const email = anAddress()
  await askToChangeEmail(amina.viewer, { email })
  expect(await addressOf(amina.viewer.personId)).toBe(amina.email)
  const link = await linkMailedTo(email, 'change-email')
  expect(await emailChangePage(link, 'change-email')).toMatchObject({ state: 'open', address: email, oldAddress: amina.email })

  await confirmEmailChange(link)
  await confirmEmailChange(link)
  expect(await addressOf(amina.viewer.personId)).toBe(email)
  expect((await eventsOf(amina.viewer.personId)).filter((kind) => kind === 'email.changed')).toHaveLength(1)
  expect((await mailsTo(amina.email))[0]?.subject).toBe('Your address was changed')
  expect(await isSignedIn((await signIn(visitor, { email, password: PASSWORD }, aPlace())).cookies)).toBe(true)
  expect(await fieldsOf(signIn(visitor, { email: amina.email, password: PASSWORD }, aPlace()))).toEqual({ form: 'signIn.wrong' })
})

test('an address that somebody has gets the same answer, and only its owner hears of it', async () => {
  const [amina, chen] = [await aConfirmed(), await aConfirmed('chen')]
  await askToChangeEmail(amina.viewer, { email: chen.email })
  expect((await mailsTo(chen.email))[0]?.subject).toBe('You already have an account')
  await expect(linkMailedTo(chen.email, 'change-email')).rejects.toThrow()
  expect(await addressOf(amina.viewer.personId)).toBe(amina.email)
})

test('of two who confirm one address at once, one has it; and only the newest link counts', async () => {
  const [amina, chen] = [await aConfirmed(), await aConfirmed('chen')]
  const email = anAddress()
  await askToChangeEmail(amina.viewer, { email })
  const first = await linkMailedTo(email, 'change-email')
  await askToChangeEmail(amina.viewer, { email })
  const second = await linkMailedTo(email, 'change-email')
  expect(await fieldsOf(confirmEmailChange(first))).toEqual({ form: 'link.over' })
  await askToChangeEmail(chen.viewer, { email })
  const chens = await linkMailedTo(email, 'change-email')
  const tries = await Promise.allSettled([confirmEmailChange(second), confirmEmailChange(chens)])
  expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('the old address undoes it: it stands again, every session ends, a new password is chosen', async () => {
  const { amina, email } = await aChanged()
  await owner.insert(totpSecrets).values({ personId: amina.viewer.personId, sealedSecret: 'of somebody else', lastStep: 0 })
  const link = await linkMailedTo(amina.email, 'undo-email')
  expect(await emailChangePage(link, 'undo-email')).toMatchObject({ state: 'open', address: email })
  expect(await isSignedIn(amina.cookies)).toBe(true)

  const reset = await undoEmailChange(link)
  expect(await resetPage(reset)).toMatchObject({ usable: true, address: amina.email })
  expect(await addressOf(amina.viewer.personId)).toBe(amina.email)
  expect(await isSignedIn(amina.cookies)).toBe(false)
  expect(await owner.select().from(totpSecrets).where(eq(totpSecrets.personId, amina.viewer.personId))).toEqual([])
  expect(await fieldsOf(undoEmailChange(link))).toEqual({ form: 'link.over' })
  expect(await fieldsOf(signIn(visitor, { email: amina.email, password: PASSWORD }, aPlace()))).toEqual({ form: 'signIn.wrong' })
  expect(await eventsOf(amina.viewer.personId)).toContain('email.change-undone')
})

test('a second change in between does not help whoever made it', async () => {
  const { amina } = await aChanged()
  const third = anAddress()
  await askToChangeEmail(amina.viewer, { email: third })
  await confirmEmailChange(await linkMailedTo(third, 'change-email'))
  await undoEmailChange(await linkMailedTo(amina.email, 'undo-email'))
  expect(await addressOf(amina.viewer.personId)).toBe(amina.email)
})

test('for 14 days nobody takes the address that was left; after that the link is over', async () => {
  const { amina } = await aChanged()
  const squatter = someone('squat', amina.email)
  await signUp(visitor, squatter, aPlace())
  await expect(confirmEmail(await linkMailedTo(amina.email, 'confirm-email'))).rejects.toThrow(Conflict)

  const [link] = await owner.select().from(accountTokens).where(eq(accountTokens.purpose, 'undo-email')).limit(1)
  expect((link?.expiresAt.getTime() ?? 0) - (link?.createdAt.getTime() ?? 0)).toBe(14 * 86_400_000)
  const undo = await linkMailedTo(amina.email, 'undo-email')
  await owner
    .update(accountTokens)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(accountTokens.personId, amina.viewer.personId))
  expect(await fieldsOf(undoEmailChange(undo))).toEqual({ form: 'link.over' })
})

test('an address that was only claimed is left without a word', async () => {
  const given = someone('amina')
  const viewer = await personOf(await signUp(visitor, given, aPlace()))
  const email = anAddress()
  await askToChangeEmail(viewer, { email })
  await confirmEmailChange(await linkMailedTo(email, 'change-email'))
  expect((await refreshed(viewer)).confirmed).toBe(true)
  expect((await mailsTo(given.email)).map((mail) => mail.subject)).not.toContain('Your address was changed')
})

test('it is asked only by somebody who has just shown who they are, and not endlessly', async () => {
  setClock(new Date())
  const amina = await aConfirmed()
  await owner
    .update(sessions)
    .set({ provedAt: new Date(Date.now() - 16 * 60_000) })
    .where(eq(sessions.id, amina.viewer.sessionId))
  const old = await personOf(amina.cookies)
  await expect(changeEmailPage(old)).rejects.toThrow(ProveFirst)
  await expect(askToChangeEmail(old, { email: anAddress() })).rejects.toThrow(ProveFirst)

  expect(await fieldsOf(askToChangeEmail(amina.viewer, { email: amina.email.toUpperCase() }))).toEqual({ email: 'address.same' })
  for (let n = 0; n < 4; n += 1) await askToChangeEmail(amina.viewer, { email: anAddress() })
  await expect(askToChangeEmail(amina.viewer, { email: anAddress() })).rejects.toThrow(TooMany)
})
