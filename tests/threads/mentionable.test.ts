import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { blocks, handles, memberships } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { answerQuestion, mentionable } from '~/server/threads'
import { visitor } from '~/server/viewer'
import { aMember, owner, refreshed, unique } from '../support/cast'
import { aQuestion, aQuestionWithAnAnswer } from './scene'

const names = (people: { handle: string }[]) => people.map(({ handle }) => handle)

test('after an @ alone those who wrote in the thread are offered, the latest first, and never oneself', async () => {
  const { amina, bo, chen, question } = await aQuestionWithAnAnswer()
  await answerQuestion(bo, question.threadId, { body: 'Compact the folder, then look again.' })
  expect(names(await mentionable(amina, 'answer', question.threadId, ''))).toEqual([bo.handle, chen.handle])
  expect(names(await mentionable(chen, 'answer', question.threadId, ''))).toEqual([bo.handle, amina.handle])
})

test('two letters find others by handle or by a word of their name, members of the room first; one letter finds nobody else', async () => {
  const { amina, chen, question } = await aQuestion()
  const word = unique('zwaluw').replaceAll(/[^a-z]/g, '')
  const outside = await aMember(`Ria ${word}`)
  await owner.insert(handles).values({ id: newId(), kind: 'placeholder', displayName: `Old ${word}`, source: 'elsewhere' })
  expect(names(await mentionable(amina, 'answer', question.threadId, word.slice(0, 12).toUpperCase()))).toEqual([outside.handle])
  expect(names(await mentionable(amina, 'answer', question.threadId, outside.handle))).toEqual([outside.handle])
  expect(names(await mentionable(amina, 'answer', question.threadId, chen.handle))).toEqual([chen.handle])
  expect(await mentionable(amina, 'answer', question.threadId, word.slice(0, 1))).toEqual([])
  for (const odd of ['%', '_', '\\', '\u0000', '-', `${word}%`, 'x'.repeat(5000)])
    expect(names(await mentionable(amina, 'answer', question.threadId, odd)), odd.slice(0, 20)).toEqual(
      odd === `${word}%` ? [outside.handle] : expect.any(Array),
    )
})

test('in a private room only those are offered who may read it; who may not read it is told nothing', async () => {
  const { amina, bo, question } = await aQuestion({ access: 'invitation' })
  const jun = await aMember('Jun')
  expect(names(await mentionable(amina, 'answer', question.threadId, jun.handle))).toEqual([])
  expect(names(await mentionable(amina, 'answer', question.threadId, bo.handle))).toEqual([bo.handle])
  await expect(mentionable(jun, 'answer', question.threadId, 'am')).rejects.toThrow(NotFound)
  await expect(mentionable(visitor, 'answer', question.threadId, 'am')).rejects.toThrow(NotFound)
  await expect(mentionable(amina, 'answer', 'no-id', 'am')).rejects.toThrow(NotFound)
})

test('whom one has blocked is not offered', async () => {
  const { amina, chen, question } = await aQuestionWithAnAnswer()
  await owner.insert(blocks).values({ personId: amina.personId, blockedHandleId: chen.handleId, createdAt: now() })
  expect(await mentionable(amina, 'answer', question.threadId, '')).toEqual([])
})

test('in a private room its own are found among however many others begin so, and no operator who is not of it', async () => {
  const { amina, bo, question, community } = await aQuestion({ access: 'invitation' })
  const word = unique('reiger').replaceAll(/[^a-z]/g, '')
  const others = Array.from({ length: 450 }, (_, n) => ({
    id: newId(),
    kind: 'placeholder' as const,
    handle: `${word}-${n}`,
    displayName: `Old ${word}`,
  }))
  await owner.insert(handles).values(others)
  await aMember(`Olu ${word}`, { operator: true })
  const ria = await aMember(`Ria ${word}`)
  await owner.insert(memberships).values({ communityId: community.id, personId: ria.personId, handleId: ria.handleId })
  expect(names(await mentionable(amina, 'answer', question.threadId, word))).toEqual([ria.handle])
  const olu = await refreshed(await aMember('Olu', { operator: true }))
  expect(names(await mentionable(amina, 'answer', question.threadId, olu.handle))).toEqual([])
  await answerQuestion(olu, question.threadId, { body: 'Compact the folder, then look again.' })
  expect(names(await mentionable(amina, 'answer', question.threadId, olu.handle))).toEqual([olu.handle])
  expect(names(await mentionable(amina, 'answer', question.threadId, bo.handle))).toEqual([bo.handle])
})
