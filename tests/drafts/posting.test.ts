import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { memberships, threads } from '~/db/schema'
import { draftFor, draftPage, keepDraft } from '~/server/drafts'
import { DraftInput } from '~/server/drafts/input'
import type { DraftKind } from '~/server/drafts/types'
import { proposeIdea } from '~/server/ideas'
import { answerQuestion, askQuestion, commentOn, editPost, placesOfWriting, previewOf, suggestEdit, threadPage } from '~/server/threads'
import type { PersonViewer } from '~/server/viewer'
import { aMember, owner, refreshed } from '../support/cast'
import { aDecision, aQuestionOf, aQuestionWithAnAnswer } from '../threads/scene'

const keep = async (viewer: PersonViewer, kind: DraftKind, subjectId: string, fields: Record<string, string>) => {
  const { id, version } = await keepDraft(viewer, kind, subjectId, DraftInput.parse(fields))
  return { draftId: id ?? '', draftVersion: version }
}
const stillThere = async (viewer: PersonViewer, kind: DraftKind, subjectId: string) =>
  (await draftPage(viewer, kind, subjectId)).texts.map(({ fields }) => fields.body)

test('what is posted is no draft any more, in the same transaction', async () => {
  const { amina, chen, community, question, answer } = await aQuestionWithAnAnswer()
  const body = 'Since this morning the whole folder is empty.'
  const asked = await keep(amina, 'ask', community.id, { title: aQuestionOf.title, body })
  await askQuestion(amina, community.slug, { ...aQuestionOf, body: `${body} And more.`, ...asked })
  expect(await stillThere(amina, 'ask', community.id)).toEqual([])

  // Without JavaScript a form does not know of a draft that another tab has saved; the same words are the same draft.
  await keep(chen, 'answer', question.threadId, { body })
  await answerQuestion(chen, question.threadId, { body })
  await keep(chen, 'comment', answer.postId, { body })
  await commentOn(chen, answer.postId, { body })
  await keep(chen, 'edit', answer.postId, { body })
  await editPost(chen, answer.postId, { body, tags: [], reason: undefined })
  await keep(amina, 'suggestion', answer.postId, { body: 'Clearer words of it' })
  await suggestEdit(amina, answer.postId, { body: 'Clearer words of it', reason: 'Shorter' })
  for (const [viewer, kind, subject] of [
    [chen, 'answer', question.threadId],
    [chen, 'comment', answer.postId],
    [chen, 'edit', answer.postId],
    [amina, 'suggestion', answer.postId],
  ] as const)
    expect(await stillThere(viewer, kind, subject), kind).toEqual([])
})

test('an idea half written is kept apart from a question of the same room, and is no draft once proposed', async () => {
  const { amina, community } = await aQuestionWithAnAnswer()
  const body = 'Folders that sort themselves, so that nobody has to.'
  await keep(amina, 'ask', community.id, { body: 'A question of the same room' })
  const kept = await keep(amina, 'idea', community.id, { title: 'Folders that sort themselves', body })
  expect(await previewOf(amina, 'idea', community.id, '*Folders*')).toBe('<p><em>Folders</em></p>\n')
  await proposeIdea(amina, community.slug, { title: 'Folders that sort themselves', body, tags: [], ...kept })
  expect(await stillThere(amina, 'idea', community.id)).toEqual([])
  expect(await stillThere(amina, 'ask', community.id)).toEqual(['A question of the same room'])
})

test('a post that is refused keeps its draft, and one with other words leaves the other text', async () => {
  const { chen, bo, community, question } = await aQuestionWithAnAnswer()
  const kept = await keep(chen, 'answer', question.threadId, { body: 'My second thought' })
  // Another tab went on in the same draft meanwhile: what is posted is older than what is kept.
  const further = DraftInput.parse({ body: 'My second thought, at length', ...kept })
  await keepDraft(chen, 'answer', question.threadId, further)
  await answerQuestion(chen, question.threadId, { body: 'My second thought', ...kept })
  expect(await stillThere(chen, 'answer', question.threadId)).toEqual(['My second thought, at length'])

  const lock = await aDecision(bo, { kind: 'thread', id: question.threadId, communityId: community.id, act: 'lock' })
  await owner.update(threads).set({ lockedByDecisionId: lock }).where(eq(threads.id, question.threadId))
  const again = (await draftFor(chen, 'answer', question.threadId))?.newest
  const sent = { body: 'My second thought, at length', draftId: again?.id, draftVersion: again?.version }
  await expect(answerQuestion(chen, question.threadId, sent)).rejects.toThrow()
  expect(await stillThere(chen, 'answer', question.threadId)).toEqual(['My second thought, at length'])
})

test('a thread shows the viewer their own draft of an answer, and nobody else’s', async () => {
  const { amina, chen, question } = await aQuestionWithAnAnswer()
  await keep(chen, 'answer', question.threadId, { body: 'Half an answer' })
  const draftSeenBy = async (viewer: PersonViewer) =>
    (await threadPage(viewer, { slug: question.slug, number: String(question.number), order: 'helpful' })).draft
  expect(await draftSeenBy(chen)).toMatchObject({ newest: { version: 1, fields: { body: 'Half an answer' } }, others: 0 })
  expect((await draftSeenBy(chen))?.newest?.savedAt).toBeInstanceOf(Date)
  expect(await draftSeenBy(amina)).toMatchObject({ newest: null })
})

test('who may no longer read the thread still reads what they wrote for it, and no longer where it belongs', async () => {
  const { chen, community, question, answer } = await aQuestionWithAnAnswer({ access: 'invitation' })
  await keep(chen, 'answer', question.threadId, { body: 'Half an answer' })
  const drafts = [
    { kind: 'answer' as const, subjectId: question.threadId },
    { kind: 'edit' as const, subjectId: answer.postId },
    { kind: 'ask' as const, subjectId: community.id },
  ]
  expect([...(await placesOfWriting(chen, drafts)).keys()].sort()).toEqual(drafts.map(({ subjectId }) => subjectId).sort())
  await owner.delete(memberships).where(eq(memberships.personId, chen.personId))
  const outside = await refreshed(chen)
  expect((await placesOfWriting(outside, drafts)).size).toBe(0)
  expect((await placesOfWriting(await aMember('Jun'), drafts)).size).toBe(0)
  expect(await stillThere(outside, 'answer', question.threadId)).toEqual(['Half an answer'])
})
