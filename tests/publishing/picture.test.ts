import sharp from 'sharp'
import { expect, test } from 'vitest'
import { NotFound } from '~/server/errors'
import { PICTURE, threadPicture } from '~/server/publishing/picture'
import { askQuestion } from '~/server/threads'
import { aCommunity, aMember, refreshed } from '../support/cast'

const asked = (title: string) => ({ title, body: 'It breaks, and it says nothing about why.', tags: [], product: undefined })

test('a link to a thread has a picture of its own, the same for the same words', async () => {
  const [amina, room] = [await aMember('Amina'), await aCommunity()]
  const one = await askQuestion(amina, room.slug, asked('Größe, размер and μέγεθος: which folder is the largest?'))
  const other = await askQuestion(amina, room.slug, asked('Another question with words of its own'))

  const picture = await threadPicture(String(one.number))
  expect(await sharp(picture as Buffer).metadata()).toMatchObject({ format: 'png', ...PICTURE })
  const [again, different] = await Promise.all([threadPicture(String(one.number)), threadPicture(String(other.number))])
  expect(again).toBe(picture)
  expect(different?.equals(picture as Buffer)).toBe(false)
})

test('ten at once are drawn once', async () => {
  const { number } = await askQuestion(await aMember('Amina'), (await aCommunity()).slug, asked('Ten people share this at one moment'))
  expect(new Set(await Promise.all(Array.from({ length: 10 }, () => threadPicture(String(number))))).size).toBe(1)
})

test('what a visitor may not read has no picture, and nothing else has one', async () => {
  const amina = await aMember('Amina')
  const closed = await aCommunity({ access: 'request', members: [amina] })
  const { number } = await askQuestion(await refreshed(amina), closed.slug, asked('What did it cost you in the end'))
  for (const one of [String(number), '99999999', '0', '-1', '1e3', 'x', '1'.repeat(40)])
    await expect(threadPicture(one)).rejects.toThrow(NotFound)
})

test('letters that our typefaces do not have are left to the portal’s own sign', async () => {
  const { number } = await askQuestion(await aMember('Amina'), (await aCommunity()).slug, asked('压缩文件夹后邮件又回来了,怎么办呢?'))
  expect(await threadPicture(String(number))).toBeNull()
})
