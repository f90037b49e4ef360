import { afterEach, expect, test } from 'vitest'
import { passwordFits } from '~/server/accounts/password-hashing'
import { cast, mailbox, newestEvents, signInAs } from '~/server/backstage'
import { NotFound, TooMany } from '~/server/errors'
import { env } from '~/server/platform/env'
import { visitor } from '~/server/viewer'
import { setClock } from '~/server/platform/clock'
import { aMember } from '../support/cast'
import { personOf } from './support'

afterEach(() => {
  env.PARLEY_DEMO = true
})

/* Limits are counted by the quarter of an hour: a test does not stand across two. */
afterEach(() => setClock(null))

test('in the demo one sits in anybody’s seat, and sees mails and events', async () => {
  const amina = await aMember('Amina')
  expect((await personOf(await signInAs(visitor, amina.handle, 'Test'))).personId).toBe(amina.personId)
  expect((await cast()).length).toBeGreaterThan(0)
  expect((await newestEvents())[0]?.kind).toBe('session.started')
  expect(await mailbox()).toBeInstanceOf(Array)
  await expect(signInAs(visitor, 'nobody-at-all', 'Test')).rejects.toThrow(NotFound)
})

test('without the demo none of it exists', async () => {
  const amina = await aMember('Amina')
  env.PARLEY_DEMO = false
  for (const page of [cast, mailbox, newestEvents, () => signInAs(visitor, amina.handle, 'Test')])
    await expect(page()).rejects.toThrow(NotFound)
})

test('a rush of passwords waits in a short line; beyond it everybody is told to come back', async () => {
  setClock(new Date())
  const tries = await Promise.allSettled(Array.from({ length: 100 }, () => passwordFits('a guess', null)))
  const refused = tries.filter((one) => one.status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.every((one) => one.reason instanceof TooMany)).toBe(true)
  expect(await passwordFits('a guess', null)).toBe(false)
})
