import { desc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { interactions, notifications } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import { notifyWhoIsTold } from '~/server/notifications'
import {
  acceptSuggestion,
  commentOn,
  editPost,
  postHistory,
  refuseSuggestion,
  restoreVersion,
  suggestEdit,
  suggestionPage,
  threadPage,
  withdrawSuggestion,
} from '~/server/threads'
import { visitor } from '~/server/viewer'
import type { Happened } from '~/server/events'
import { aMember, owner } from '../support/cast'
import { aQuestionOf, aQuestionWithAnAnswer, kindsIn, lastEventIn, postRow, threadRow } from './scene'

const CLEARER = { body: 'Nothing comes back: the index of the folder disagrees with the mailbox.', reason: 'Says which index' }
const told = async (person: { personId: string }) =>
  (await owner.select().from(notifications).where(eq(notifications.personId, person.personId))).map(({ kind, why }) => `${kind} ${why}`)

test('a suggested edit waits for the author or a moderator, and accepted it is the next version in the name of who suggested it', async () => {
  const { amina, chen, bo, question, answer } = await aQuestionWithAnAnswer()
  const { suggestionId } = await suggestEdit(amina, answer.postId, CLEARER)
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  expect(await told(chen)).toContain('edit.suggested author')
  expect((await suggestionPage(chen, suggestionId)).lines).toEqual([
    { kind: 'removed', text: 'Nothing comes back: the index disagrees.' },
    { kind: 'added', text: CLEARER.body },
  ])
  for (const viewer of [amina, await aMember('Jun')]) await expect(acceptSuggestion(viewer, suggestionId)).rejects.toThrow()
  expect((await postRow(answer.postId)).editCount).toBe(0)
  await acceptSuggestion(chen, suggestionId)
  await acceptSuggestion(bo, suggestionId)
  expect(await postRow(answer.postId)).toMatchObject({ markdown: CLEARER.body, editCount: 1, handleId: chen.handleId })
  expect((await postHistory(visitor, answer.postId)).versions[0]).toMatchObject({ number: 2, by: 'Amina', reason: 'Says which index' })
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  expect(await told(amina)).toContain('edit.accepted person')
  expect((await kindsIn(question.threadId)).slice(2)).toEqual(['edit.suggested', 'edit.accepted'])
})

test('a suggestion is seen by who made it, who wrote the post and moderators; for others it is not there', async () => {
  const { amina, chen, bo, question, answer } = await aQuestionWithAnAnswer()
  const jun = await aMember('Jun')
  const { suggestionId } = await suggestEdit(amina, answer.postId, CLEARER)
  for (const viewer of [jun, visitor]) await expect(suggestionPage(viewer, suggestionId)).rejects.toThrow(NotFound)
  const waitingFor = async (viewer: Parameters<typeof threadPage>[0]) =>
    (await threadPage(viewer, { slug: question.slug, number: String(question.number), order: 'helpful' })).answers[0]?.waitingEdit
  expect([await waitingFor(chen), await waitingFor(bo), await waitingFor(amina)]).toEqual([suggestionId, suggestionId, suggestionId])
  expect([await waitingFor(jun), await waitingFor(visitor)]).toEqual([null, null])
})

test('who refuses says why, who suggested may withdraw, and what is decided is decided', async () => {
  const { amina, chen, bo, question, answer } = await aQuestionWithAnAnswer()
  const first = await suggestEdit(amina, answer.postId, CLEARER)
  await refuseSuggestion(bo, first.suggestionId, 'The index is not the fault here.')
  expect(await suggestionPage(amina, first.suggestionId)).toMatchObject({
    state: 'refused',
    answer: 'The index is not the fault here.',
    may: { decide: false },
  })
  await expect(withdrawSuggestion(amina, first.suggestionId)).rejects.toThrow(Conflict)
  await expect(acceptSuggestion(chen, first.suggestionId)).rejects.toThrow(Conflict)
  const second = await suggestEdit(amina, answer.postId, CLEARER)
  expect(second.suggestionId).not.toBe(first.suggestionId)
  await expect(withdrawSuggestion(chen, second.suggestionId)).rejects.toThrow(Forbidden)
  await withdrawSuggestion(amina, second.suggestionId)
  await withdrawSuggestion(amina, second.suggestionId)
  expect((await kindsIn(question.threadId)).slice(2)).toEqual(['edit.suggested', 'edit.refused', 'edit.suggested', 'edit.withdrawn'])
})

test('one waits at a time from one member: the next replaces it; one’s own post is edited, not suggested for', async () => {
  const { amina, chen, answer } = await aQuestionWithAnAnswer()
  const first = await suggestEdit(amina, answer.postId, CLEARER)
  const again = await suggestEdit(amina, answer.postId, { ...CLEARER, body: 'Quite another text.' })
  expect(again).toEqual(first)
  expect((await suggestionPage(chen, first.suggestionId)).lines.at(-1)).toEqual({ kind: 'added', text: 'Quite another text.' })
  await expect(suggestEdit(chen, answer.postId, CLEARER)).rejects.toThrow(Forbidden)
  await expect(suggestEdit(visitor, answer.postId, CLEARER)).rejects.toThrow(Forbidden)
  await expect(suggestEdit(amina, answer.postId, { body: 'Nothing comes back: the index disagrees.', reason: 'None' })).rejects.toThrow(
    Invalid,
  )
  const comment = await commentOn(chen, answer.postId, { body: 'By the way' })
  await expect(suggestEdit(amina, comment.postId, { body: 'x'.repeat(3001), reason: 'Long' })).rejects.toThrow(Invalid)
})

test('a suggestion never runs over words that came meanwhile', async () => {
  const { amina, chen, answer } = await aQuestionWithAnAnswer()
  const { suggestionId } = await suggestEdit(amina, answer.postId, { ...CLEARER, version: 0 })
  await editPost(chen, answer.postId, { body: 'I found another cause.', tags: [], reason: undefined })
  expect((await suggestionPage(chen, suggestionId)).stale).toBe(true)
  await expect(acceptSuggestion(chen, suggestionId)).rejects.toThrow('thread.suggestionIsOld')
  await expect(suggestEdit(amina, answer.postId, { ...CLEARER, version: 0 })).rejects.toThrow(Conflict)
})

test('ten accept at once and it is one version', async () => {
  const { amina, chen, bo, answer } = await aQuestionWithAnAnswer()
  const { suggestionId } = await suggestEdit(amina, answer.postId, CLEARER)
  await Promise.all(Array.from({ length: 10 }, (_, n) => acceptSuggestion(n % 2 ? chen : bo, suggestionId)))
  expect((await postRow(answer.postId)).editCount).toBe(1)
})

test('a suggested title becomes the title; an earlier version is restored as the next, with its title', async () => {
  const { amina, chen, question } = await aQuestionWithAnAnswer()
  const body = 'I delete forty newsletters and compact; twenty are back.'
  const { suggestionId } = await suggestEdit(chen, question.postId, { title: 'Twenty messages come back', body, reason: 'Shorter' })
  await acceptSuggestion(amina, suggestionId)
  expect((await threadRow(question.threadId)).title).toBe('Twenty messages come back')
  await expect(restoreVersion(chen, question.postId, 1)).rejects.toThrow(Forbidden)
  await expect(restoreVersion(amina, question.postId, 7)).rejects.toThrow(NotFound)
  await restoreVersion(amina, question.postId, 1)
  await restoreVersion(amina, question.postId, 1)
  expect(await threadRow(question.threadId)).toMatchObject({ title: aQuestionOf.title })
  expect(await postRow(question.postId)).toMatchObject({ markdown: aQuestionOf.body, editCount: 2 })
  const { versions } = await postHistory(amina, question.postId)
  expect(versions.map(({ number, reason }) => [number, reason])).toEqual([
    [3, 'Version 1 restored'],
    [2, 'Shorter'],
    [1, ''],
  ])
  const [last] = await owner.select().from(interactions).orderBy(desc(interactions.id)).limit(1)
  expect((last as unknown as Happened).kind).toBe('post.edited')
})
