import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { notifications } from '~/db/schema'
import { Conflict, Forbidden, Invalid } from '~/server/errors'
import { notifyWhoIsTold } from '~/server/notifications'
import { markDuplicate, threadList, threadPage, unmarkDuplicate } from '~/server/threads'
import { visitor, type Viewer } from '~/server/viewer'
import { owner } from '../support/cast'
import { aQuestion, kindsIn, lastEventIn } from './scene'

const pageOf = (viewer: Viewer, { slug, number }: { slug: string; number: number }) =>
  threadPage(viewer, { slug, number: String(number), order: 'helpful' })

test('the asker or a moderator points a question to the one asked before, once, and takes it back', async () => {
  const original = await aQuestion()
  const again = await aQuestion()
  const { amina, chen, bo, question } = again
  const address = `http://parley.example/c/${original.community.slug}/${original.question.number}/deleted-messages-come-back`
  for (const viewer of [chen, original.amina, visitor])
    await expect(markDuplicate(viewer, question.threadId, address)).rejects.toThrow(Forbidden)
  await markDuplicate(bo, question.threadId, address)
  await markDuplicate(amina, question.threadId, String(original.question.number))
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  expect(await owner.select().from(notifications).where(eq(notifications.personId, amina.personId))).toMatchObject([
    { kind: 'thread.marked-duplicate', why: 'asker' },
  ])
  expect(await pageOf(visitor, question)).toMatchObject({ duplicateOf: { number: original.question.number }, duplicates: [] })
  expect(await pageOf(visitor, original.question)).toMatchObject({ duplicateOf: null, duplicates: [{ number: question.number }] })
  expect((await threadList(visitor, { communityId: again.community.id, view: 'new' })).threads).toMatchObject([{ duplicate: true }])
  await unmarkDuplicate(amina, question.threadId)
  await unmarkDuplicate(amina, question.threadId)
  expect(await pageOf(visitor, question)).toMatchObject({ duplicateOf: null })
  expect((await kindsIn(question.threadId)).slice(1)).toEqual(['thread.marked-duplicate', 'thread.unmarked-duplicate'])
})

test('never to itself, nor in a circle, nor to two; a duplicate of a duplicate points to the same question', async () => {
  const [one, two, three] = [await aQuestion(), await aQuestion(), await aQuestion()]
  const at = ({ question }: typeof one) => String(question.number)
  await expect(markDuplicate(one.amina, one.question.threadId, at(one))).rejects.toThrow(Invalid)
  await markDuplicate(two.amina, two.question.threadId, at(one))
  await expect(markDuplicate(one.amina, one.question.threadId, at(two))).rejects.toThrow(Invalid)
  await expect(markDuplicate(two.amina, two.question.threadId, at(three))).rejects.toThrow(Conflict)
  await markDuplicate(three.amina, three.question.threadId, at(two))
  expect(await pageOf(visitor, three.question)).toMatchObject({ duplicateOf: { number: one.question.number } })
})

test('what one may not read is not there to be pointed to, and never shown to others', async () => {
  const hidden = await aQuestion({ access: 'invitation' })
  const open = await aQuestion()
  const tried = (of: string) => markDuplicate(open.amina, open.question.threadId, of).catch((error: Invalid) => error.fields)
  expect(await tried(String(hidden.question.number))).toEqual(await tried('99999999'))
  for (const nonsense of ['', 'nonsense', '/c/room/', '9'.repeat(40)])
    expect(await tried(nonsense)).toEqual({ of: 'thread.noSuchQuestion' })
  await markDuplicate(hidden.amina, hidden.question.threadId, String(open.question.number))
  expect(await pageOf(visitor, open.question)).toMatchObject({ duplicates: [] })
  expect(await pageOf(hidden.amina, open.question)).toMatchObject({ duplicates: [{ number: hidden.question.number }] })
})
