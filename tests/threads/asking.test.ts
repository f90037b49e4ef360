import { expect, test } from 'vitest'
import { Forbidden, Invalid, NotFound } from '~/server/errors'
import { askQuestion, popularTags, threadFacts, threadPage } from '~/server/threads'
import { AnswerInput, AskInput, EditInput } from '~/server/threads/input'
import { visitor } from '~/server/viewer'
import { aCommunity, aMember, aProduct, aVendor, refreshed, trusted } from '../support/cast'
import { aQuestion, aQuestionOf, communityRow, eventsIn, kindsIn } from './scene'

test('a question stands in its room, is followed by its asker, counts its tags and leaves its event', async () => {
  const { amina, community, question } = await aQuestion()
  const page = await threadPage(amina, { slug: community.slug, number: String(question.number), order: 'helpful' })
  expect(page).toMatchObject({
    title: aQuestionOf.title,
    state: 'unanswered',
    following: true,
    followerCount: 1,
    tags: ['folders', 'imap'],
  })
  expect(page.opening.html).toContain('<p>I delete forty newsletters')
  expect((await communityRow(community.id)).threadCount).toBe(1)
  expect(await popularTags(community.id)).toEqual([
    { name: 'folders', threadCount: 1 },
    { name: 'imap', threadCount: 1 },
  ])
  expect(await kindsIn(question.threadId)).toEqual(['question.asked'])
})

test('the event names the host, else the maker of the product, else nobody', async () => {
  const [host, maker] = [await aVendor('Tern Works'), await aVendor('Halyard')]
  const product = await aProduct(maker)
  const hosted = await aQuestion({ hostVendorId: host.id, productId: product.id })
  const about = await aQuestion({ productId: product.id })
  const alone = await aQuestion()
  const vendorOf = async (threadId: string) => (await eventsIn(threadId))[0]?.payload
  expect(await vendorOf(hosted.question.threadId)).toMatchObject({ vendorId: host.id })
  expect(await vendorOf(about.question.threadId)).toMatchObject({ vendorId: maker.id })
  expect(await vendorOf(alone.question.threadId)).toMatchObject({ vendorId: null })
  expect(await threadFacts(about.question.threadId)).toMatchObject({ vendorId: maker.id })
})

test('who may not ask is refused, and a private room does not exist for strangers', async () => {
  const stranger = await aMember('Stranger')
  const [byRequest, byInvitation] = [await aCommunity({ access: 'request' }), await aCommunity({ access: 'invitation' })]
  await expect(askQuestion(stranger, byRequest.slug, aQuestionOf)).rejects.toThrow(Forbidden)
  await expect(askQuestion(stranger, byInvitation.slug, aQuestionOf)).rejects.toThrow(NotFound)
  await expect(askQuestion(await aMember('New', { confirmed: false }), (await aCommunity()).slug, aQuestionOf)).rejects.toThrow(Forbidden)
  await expect(askQuestion(visitor, (await aCommunity()).slug, aQuestionOf)).rejects.toThrow(Forbidden)
})

test('a thread of a private room is not there for others, not even by its number', async () => {
  const { community, question } = await aQuestion({ access: 'invitation' })
  const elsewhere = await aCommunity()
  for (const viewer of [visitor, await aMember('Stranger')])
    for (const slug of [community.slug, elsewhere.slug])
      await expect(threadPage(viewer, { slug, number: String(question.number), order: 'helpful' })).rejects.toThrow(NotFound)
})

test('a product of another vendor is no choice', async () => {
  const amina = await aMember()
  const community = await aCommunity({ hostVendorId: (await aVendor()).id, members: [amina] })
  const foreign = await aProduct(await aVendor('Halyard'))
  await expect(askQuestion(await refreshed(amina), community.slug, { ...aQuestionOf, product: foreign.id })).rejects.toThrow(Invalid)
})

test('ten questions an hour, then a pause', async () => {
  const { amina, community } = await aQuestion()
  await trusted(amina)
  for (let n = 0; n < 9; n += 1) await askQuestion(amina, community.slug, aQuestionOf)
  await expect(askQuestion(amina, community.slug, aQuestionOf)).rejects.toThrow('tooOften')
})

test('the bounds of what is typed', () => {
  const ok = { title: 'Ten letters', body: 'Twenty characters at least', tags: 'c++, node.js  c#' }
  expect(AskInput.parse(ok)).toMatchObject({ tags: ['c++', 'node.js', 'c#'] })
  const wrong = (change: object) => AskInput.safeParse({ ...ok, ...change }).error?.issues[0]?.message
  expect(wrong({ title: 'Short' })).toBe('tooShort:10')
  expect(wrong({ title: 'x'.repeat(151) })).toBe('tooLong:150')
  expect(wrong({ body: 'x'.repeat(19) })).toBe('tooShort:20')
  expect(wrong({ body: 'x'.repeat(30_001) })).toBe('tooLong:30000')
  expect(wrong({ body: `null\u0000${'x'.repeat(30)}` })).toBe('notText')
  expect(wrong({ body: `lone \ud800 ${'x'.repeat(30)}` })).toBe('notText')
  expect(wrong({ tags: 'one two three four five six' })).toBe('tooMany:5')
  expect(wrong({ tags: 'a' })).toBe('badTag')
  expect(wrong({ tags: 'naïve' })).toBe('badTag')
  expect(wrong({ product: 'nonsense' })).toBeDefined()
  expect(AnswerInput.safeParse({ body: '' }).success).toBe(false)
  expect(EditInput.parse({ body: 'Only this', version: '2' })).toMatchObject({ tags: [], version: 2 })
})
