import { sql, type SQL } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { Forbidden, NotFound } from '~/server/errors'
import { communityQueue, decide, decisionPage, flag, hideWhatIsFlagged, showWhatIsMended } from '~/server/moderation'
import { editPost } from '~/server/threads'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aPortalModerator, owner } from '../support/cast'
import { aRecommendation } from '../recommendations/scene'
import { aQuestionWithAnAnswer, lastEventOf, postRow, threadRow } from '../threads/scene'

const spam = { reason: 'spam' as const, note: undefined }
const anEdit = (body: string) => ({ body, tags: [], files: [], details: [] }) as unknown as Parameters<typeof editPost>[2]

/** So many whom nobody knows flag it; what follows has followed. */
async function flagged(id: string, many: number, kind: 'post' | 'thread' | 'recommendation' = 'post') {
  const reporters: PersonViewer[] = []
  for (let each = 0; each < many; each += 1) reporters.push(await aMember('Mateo'))
  for (const reporter of reporters) {
    await flag(reporter, kind, id, spam)
    await hideWhatIsFlagged(await lastEventOf('content.flagged', 'subjectId', id))
  }
}
/** As if they had been decided so long ago; put back afterwards, since decisions are sealed. */
async function decidedEarlier(which: SQL, minutes: number) {
  const sealed = await owner.execute<{ id: string; decided_at: string; appeal_until: string | null }>(
    sql`select id, decided_at::text, appeal_until::text from decisions where ${which}`,
  )
  onTestFinished(async () => {
    for (const { id, decided_at, appeal_until } of sealed)
      await owner.execute(
        sql`update decisions set decided_at = ${decided_at}::timestamptz, appeal_until = ${appeal_until}::timestamptz where id = ${id}::uuid`,
      )
  })
  await owner.execute(
    sql`update decisions set decided_at = decided_at - make_interval(mins => ${minutes}), appeal_until = appeal_until + interval '1 day' where ${which}`,
  )
}
const earlier = (id: string, minutes: number) => decidedEarlier(sql`id = ${id}::uuid`, minutes)

test('eight who are unknown hide nothing, the ninth hides it; the author reads that a check did, and it waits for people all the same', async () => {
  const { chen, bo, community, answer } = await aQuestionWithAnAnswer()
  await flagged(answer.postId, 8)
  expect((await postRow(answer.postId)).hiddenByDecisionId).toBeNull()
  await flagged(answer.postId, 1)
  const by = (await postRow(answer.postId)).hiddenByDecisionId as string
  expect(await decisionPage(chen, by)).toMatchObject({
    concerned: true,
    decided: 'check',
    source: 'notice',
    rule: 'advertising',
    mend: answer.postId,
  })
  const queue = await communityQueue(bo, community.slug)
  expect(queue).toMatchObject({ waiting: 1, items: [{ hidden: true, flags: 9 }], item: { acts: ['restore', 'hide'] } })
  const { decisionId } = await decide(bo, 'post', answer.postId, {
    act: 'hide',
    rule: 'advertising',
    facts: 'It sells something.',
    why: 'Nobody had asked.',
    seen: by,
  })
  expect((await postRow(answer.postId)).hiddenByDecisionId).toBe(decisionId)
  expect((await communityQueue(bo, community.slug)).waiting).toBe(0)
  await expect(editPost(chen, answer.postId, anEdit('Nothing is sold any more, and the index disagrees.'))).rejects.toThrow(Forbidden)
})

test('what its author mends is shown again after ten minutes; its flags wait for people, and no check hides it again', async () => {
  const { chen, amina, bo, community, answer } = await aQuestionWithAnAnswer()
  await flagged(answer.postId, 9)
  const by = (await postRow(answer.postId)).hiddenByDecisionId as string
  await earlier(by, 9)
  await expect(editPost(amina, answer.postId, anEdit('Somebody else would mend it.'))).rejects.toThrow(NotFound)
  await editPost(chen, answer.postId, anEdit('The index disagrees: compact it again, nothing is lost.'))
  await showWhatIsMended()
  expect((await postRow(answer.postId)).hiddenByDecisionId).toBe(by)
  await earlier(by, 2)
  await Promise.all([showWhatIsMended(), showWhatIsMended()])
  expect((await postRow(answer.postId)).hiddenByDecisionId).toBeNull()
  const queue = await communityQueue(bo, community.slug)
  expect(queue).toMatchObject({ items: [{ hidden: false, flags: 9 }], item: { changed: answer.postId, acts: ['keep', 'hide'] } })
  await decidedEarlier(sql`subject_id = ${answer.postId}::uuid`, 2 * 24 * 60)
  await flagged(answer.postId, 3)
  expect((await postRow(answer.postId)).hiddenByDecisionId).toBeNull()
})

test('ten at once hide it once', async () => {
  const { answer } = await aQuestionWithAnAnswer()
  const reporters = await Promise.all(Array.from({ length: 10 }, () => aMember('Mateo')))
  for (const reporter of reporters) await flag(reporter, 'post', answer.postId, spam)
  const flaggedNow = await lastEventOf('content.flagged', 'subjectId', answer.postId)
  await Promise.all(reporters.map(() => hideWhatIsFlagged(flaggedNow)))
  const [{ hides } = { hides: 0 }] = await owner.execute<{ hides: number }>(
    sql`select count(*)::int as hides from decisions where subject_id = ${answer.postId}`,
  )
  expect(hides).toBe(1)
})

test('what is hidden and not mended stays hidden', async () => {
  const { answer } = await aQuestionWithAnAnswer()
  await flagged(answer.postId, 9)
  await earlier((await postRow(answer.postId)).hiddenByDecisionId as string, 600)
  await showWhatIsMended()
  expect((await postRow(answer.postId)).hiddenByDecisionId).not.toBeNull()
})

test('a question is hidden in the same way; one that a moderator left today is not', async () => {
  const { bo, question } = await aQuestionWithAnAnswer()
  await decide(bo, 'thread', question.threadId, { act: 'keep', rule: 'none', facts: 'A question like others.', seen: '' })
  await flagged(question.threadId, 9, 'thread')
  expect((await threadRow(question.threadId)).hiddenByDecisionId).toBeNull()
  const other = await aQuestionWithAnAnswer()
  await flagged(other.question.threadId, 9, 'thread')
  expect((await threadRow(other.question.threadId)).hiddenByDecisionId).not.toBeNull()
})

test('a recommendation is never hidden by a check, whoever flags it', async () => {
  const { recommendationId } = await aRecommendation()
  for (const moderator of [await aPortalModerator(), await aPortalModerator(), await aPortalModerator()]) {
    await flag(moderator, 'recommendation', recommendationId, { reason: 'illegal', note: undefined })
    await hideWhatIsFlagged(await lastEventOf('content.flagged', 'subjectId', recommendationId))
  }
  const [row] = await owner.execute<{ hidden: string | null }>(
    sql`select hidden_by_decision_id as hidden from recommendations where id = ${recommendationId}`,
  )
  expect(row?.hidden).toBeNull()
})
