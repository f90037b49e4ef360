import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { afterEach, expect, test } from 'vitest'
import { limitCounters } from '~/db/schema'
import { NotFound, TooMany } from '~/server/errors'
import { limits } from '~/server/limits'
import { PICTURE, threadPicture } from '~/server/publishing/picture'
import { askQuestion } from '~/server/threads'
import { setClock } from '~/server/platform/clock'
import { aCommunity, aMember, owner, refreshed } from '../support/cast'
import { readBy } from '../support/reader'

const asked = (title: string) => ({ title, body: 'It breaks, and it says nothing about why.', tags: [], product: undefined })

const HERE = '192.0.2.1'

/* Limits are counted by the quarter of an hour: a test does not stand across two. */
afterEach(() => setClock(null))

test('a link to a thread has a picture of its own, the same for the same words', async () => {
  const [amina, room] = [await aMember('Amina'), await aCommunity()]
  const one = await askQuestion(amina, room.slug, asked('Größe, размер and μέγεθος: which folder is the largest?'))
  const other = await askQuestion(amina, room.slug, asked('Another question with words of its own'))

  const picture = await threadPicture(String(one.number), HERE)
  expect(await sharp(picture as Buffer).metadata()).toMatchObject({ format: 'png', ...PICTURE })
  const [again, different] = await Promise.all([threadPicture(String(one.number), HERE), threadPicture(String(other.number), HERE)])
  expect(again).toBe(picture)
  expect(different?.equals(picture as Buffer)).toBe(false)
})

test('ten at once are drawn once', async () => {
  const { number } = await askQuestion(await aMember('Amina'), (await aCommunity()).slug, asked('Ten people share this at one moment'))
  expect(new Set(await Promise.all(Array.from({ length: 10 }, () => threadPicture(String(number), HERE)))).size).toBe(1)
})

test('what a visitor may not read has no picture, and nothing else has one', async () => {
  const amina = await aMember('Amina')
  const closed = await aCommunity({ access: 'request', members: [amina] })
  const { number } = await askQuestion(await refreshed(amina), closed.slug, asked('What did it cost you in the end'))
  for (const one of [String(number), '99999999', '0', '-1', '1e3', 'x', '1'.repeat(40)])
    await expect(threadPicture(one, HERE)).rejects.toThrow(NotFound)
})

test('letters that our typefaces do not have are left to the portal’s own sign', async () => {
  const { number } = await askQuestion(await aMember('Amina'), (await aCommunity()).slug, asked('压缩文件夹后邮件又回来了,怎么办呢?'))
  expect(await threadPicture(String(number), HERE)).toBeNull()
})

test('who walks from thread to thread is stopped, and what is kept is given to everybody', async () => {
  setClock(new Date())
  const [amina, room] = [await aMember('Amina'), await aCommunity()]
  const [drawn, next] = [
    await askQuestion(amina, room.slug, asked('This one was drawn before')),
    await askQuestion(amina, room.slug, asked('This one was never drawn')),
  ]
  const [walker, neighbour, previewer] = ['2001:db8:7:1::1', '2001:db8:7:1::2', '192.0.2.77']
  const picture = await threadPicture(String(drawn.number), walker)
  await owner.update(limitCounters).set({ used: limits['draw-picture'].most }).where(eq(limitCounters.key, '2001:db8:7:1::/64'))
  await expect(threadPicture(String(next.number), neighbour)).rejects.toThrow(TooMany)
  expect(await threadPicture(String(drawn.number), walker)).toBe(picture)
  const [refused, given] = await Promise.allSettled([
    threadPicture(String(next.number), neighbour),
    threadPicture(String(next.number), previewer),
  ])
  // Whoever was refused draws nothing; but what somebody else draws at that moment is given to them too.
  expect(given.status).toBe('fulfilled')
  if (refused.status === 'rejected') expect(refused.reason).toBeInstanceOf(TooMany)
  else expect(refused.value).toBe(given.status === 'fulfilled' && given.value)
})

test('a picture speaks to everybody, whoever asked first', async () => {
  const [amina, room] = [await aMember('Amina'), await aCommunity()]
  const { number } = await askQuestion(amina, room.slug, asked('Whose words stand in the picture'))
  const picture = await readBy('ar-XB', () => threadPicture(String(number), HERE))
  expect(await threadPicture(String(number), HERE)).toBe(picture)
})
