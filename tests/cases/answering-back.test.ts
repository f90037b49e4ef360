import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { notifications, relationships, threads, vendorStaff } from '~/db/schema'
import {
  casePage,
  closeCase,
  declineAnswer,
  linkIdea,
  noteOnCase,
  proposeAnswer,
  publishAnswer,
  withdrawAnswer,
  writeInCase,
} from '~/server/cases'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import { ideaPage, proposeIdea, withdrawVoteOnBehalf } from '~/server/ideas'
import { notifyWhoIsTold } from '~/server/notifications'
import { acceptAnswer, askQuestion, editPage, editPost, followThread, mergeThreads, suggestEdit, threadPage } from '~/server/threads'
import { visitor } from '~/server/viewer'
import { aCommunity, owner } from '../support/cast'
import { waitingHere } from '../support/waiting'
import { aQuestionOf, eventsIn, lastEventIn, threadRow } from '../threads/scene'
import { anIdeaOf } from '../ideas/scene'
import { anOffer, answersIn, caseRow, kindsOf, REPLY } from './scene'

const ANSWER = 'Rebuild the index of the folder: it disagrees with the mailbox.'

async function aProposal() {
  const scene = await anOffer()
  await writeInCase(scene.amina, scene.caseId, { body: REPLY })
  await proposeAnswer(scene.dara, scene.caseId, { body: ANSWER })
  const [answer] = await answersIn(scene.caseId)
  const thread = () => threadPage(visitor, { slug: scene.question.slug, number: String(scene.question.number), order: 'helpful' })
  return { ...scene, answerId: answer?.id ?? '', thread }
}

test('the asker reads an answer first; agreed, it stands in public as its writer’s, from a private case', async () => {
  const { amina, dara, chen, question, caseId, answerId, thread } = await aProposal()
  await followThread(chen, question.threadId)
  expect((await thread()).answers).toEqual([])
  expect((await casePage(amina, caseId, null)).answers).toMatchObject([{ state: 'proposed', by: { displayName: 'Dara' } }])
  const { postId } = await publishAnswer(amina, caseId, answerId)
  expect(await thread()).toMatchObject({
    answerCount: 1,
    answers: [{ postId, fromCase: true, by: { displayName: 'Dara' } }],
    privately: [{ vendor: 'Tern Works', cameBackAt: expect.any(Date) as Date }],
  })
  expect(await caseRow(caseId)).toMatchObject({ state: 'closed', closedBy: amina.handleId })
  expect((await kindsOf(caseId)).slice(2)).toEqual(['case.answer-proposed', 'case.answer-published', 'case.closed'])
  for (const event of (await eventsIn(question.threadId)).slice(1)) await notifyWhoIsTold(event)
  const heard = async (who: { personId: string }) =>
    (await owner.select().from(notifications).where(eq(notifications.personId, who.personId)).orderBy(notifications.id)).map(
      ({ kind, why }) => `${kind} ${why}`,
    )
  expect(await heard(dara)).toEqual(['case.continued staff', 'case.answer-published staff'])
  expect(await heard(amina)).toEqual(['case.opened asker', 'case.answer-proposed asker'])
  expect(await heard(chen)).toContain('question.answered follower')
  await acceptAnswer(amina, postId)
  expect((await threadRow(question.threadId)).acceptedPostId).toBe(postId)
})

test('ten presses post it once', async () => {
  const { amina, caseId, answerId, thread } = await aProposal()
  const posted = await Promise.all(Array.from({ length: 10 }, () => publishAnswer(amina, caseId, answerId)))
  expect(new Set(posted.map(({ postId }) => postId)).size).toBe(1)
  expect((await thread()).answerCount).toBe(1)
})

test('only the asker agrees, and may rather not: nothing leaves the case', async () => {
  const { amina, dara, sanne, chen, bo, caseId, answerId, thread } = await aProposal()
  for (const staff of [dara, sanne]) await expect(publishAnswer(staff, caseId, answerId)).rejects.toThrow(Forbidden)
  for (const other of [chen, bo]) await expect(publishAnswer(other, caseId, answerId)).rejects.toThrow(NotFound)
  await declineAnswer(amina, caseId, answerId)
  await declineAnswer(amina, caseId, answerId)
  await expect(publishAnswer(amina, caseId, answerId)).rejects.toThrow(Conflict)
  expect((await thread()).answers).toEqual([])
  expect(await caseRow(caseId)).toMatchObject({ state: 'waiting-vendor' })
})

test('a new one takes its place, and what was taken back cannot be agreed to', async () => {
  const { amina, dara, sanne, caseId, answerId } = await aProposal()
  await proposeAnswer(sanne, caseId, { body: 'Compact the folder twice.' })
  await expect(publishAnswer(amina, caseId, answerId)).rejects.toThrow('case.answerChanged')
  const second = (await answersIn(caseId)).find(({ state }) => state === 'proposed')?.id ?? ''
  await withdrawAnswer(dara, caseId, second)
  await expect(publishAnswer(amina, caseId, second)).rejects.toThrow('case.answerChanged')
  await expect(proposeAnswer(amina, caseId, { body: ANSWER })).rejects.toThrow(Forbidden)
})

test('whoever has left the vendor answers for it no more', async () => {
  const { amina, dara, caseId, answerId, thread } = await aProposal()
  await owner.update(vendorStaff).set({ endedAt: new Date() }).where(eq(vendorStaff.personId, dara.personId))
  await expect(publishAnswer(amina, caseId, answerId)).rejects.toThrow('case.writerLeft')
  expect((await thread()).answers).toEqual([])
})

test('the asker sees how many internal notes there are, and staff alone what they say', async () => {
  const { amina, chen, dara, sanne, caseId } = await aProposal()
  await noteOnCase(dara, caseId, { body: 'Careful: a clinic.' })
  for (const other of [amina, chen]) await expect(noteOnCase(other, caseId, { body: 'x' })).rejects.toThrow()
  expect(await casePage(amina, caseId, null)).toMatchObject({ notes: [], noteCount: 1 })
  expect((await casePage(sanne, caseId, null)).notes).toMatchObject([{ body: 'Careful: a clinic.', by: { displayName: 'Dara' } }])
})

async function aFault() {
  const scene = await aProposal()
  await owner
    .insert(relationships)
    .values({ id: newId(), vendorId: scene.vendor.id, handleId: scene.amina.handleId, since: new Date(), lastAt: new Date() })
  const idea = await proposeIdea(scene.chen, scene.community.slug, anIdeaOf)
  const link = (by = scene.dara) => linkIdea(by, scene.caseId, { idea: String(idea.number), said: 'It loses her mail.' })
  return { ...scene, idea, link, votes: async () => (await threadRow(idea.threadId)).score }
}

test('a case that shows a fault points to the idea, whose vote is the customer’s, with notice to her', async () => {
  const { amina, caseId, idea, link, votes } = await aFault()
  await link()
  await link()
  expect(await votes()).toBe(1)
  expect((await casePage(amina, caseId, null)).idea).toMatchObject({ number: idea.number, status: 'open' })
  await notifyWhoIsTold(await lastEventIn(idea.threadId))
  const heard = await owner
    .select()
    .from(notifications)
    .where(and(eq(notifications.personId, amina.personId), eq(notifications.kind, 'idea.voted-on-behalf')))
  expect(heard).toHaveLength(1)
  expect((await ideaPage(amina, idea.threadId)).onBehalf).toMatchObject({ said: 'It loses her mail.' })
  await withdrawVoteOnBehalf(amina, idea.threadId)
  await link()
  expect(await votes()).toBe(0)
  expect((await kindsOf(caseId)).filter((kind) => kind === 'case.linked')).toHaveLength(1)
})

test('only staff link it, and only to an idea of the same vendor', async () => {
  const { amina, joost, chen, link, dara, caseId } = await aFault()
  await expect(link(amina)).rejects.toThrow(Forbidden)
  await expect(link(joost)).rejects.toThrow(NotFound)
  const elsewhere = await aCommunity()
  const foreign = await proposeIdea(chen, elsewhere.slug, anIdeaOf)
  for (const idea of [String(foreign.number), 'no such idea', '99999999'])
    await expect(linkIdea(dara, caseId, { idea, said: 'It loses her mail.' })).rejects.toThrow(Invalid)
})

test('what is declined in a closed case leaves it closed', async () => {
  const { amina, caseId, answerId } = await aProposal()
  await closeCase(amina, caseId)
  await declineAnswer(amina, caseId, answerId)
  expect(await answersIn(caseId)).toMatchObject([{ state: 'declined' }])
  expect(await caseRow(caseId)).toMatchObject({ state: 'closed', closedBy: amina.handleId })
})

/** Done first while the thread is held, `then` waits behind it. */
async function oneAfterAnother(threadId: string, first: () => Promise<unknown>, then: () => Promise<unknown>) {
  const outcome = owner.transaction(async (tx) => {
    await tx.select({ id: threads.id }).from(threads).where(eq(threads.id, threadId)).for('no key update')
    const waiting = async (most: number) => {
      while ((await waitingHere(tx)) < most) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const both = [Promise.resolve(first())]
    await waiting(1)
    both.push(Promise.resolve(then()))
    await waiting(2)
    return { both: Promise.allSettled(both) }
  })
  return (await outcome).both
}

test('an answer is neither posted nor proposed to a question that is merged at that moment', async () => {
  const { amina, bo, dara, community, question, caseId, answerId } = await aProposal()
  const into = await askQuestion(amina, community.slug, { ...aQuestionOf, title: 'Compacting brings back what I deleted' })
  const merge = () => mergeThreads(bo, into.threadId, { questions: `/c/${question.slug}/${question.number}/x` })
  const [merged, published] = await oneAfterAnother(question.threadId, merge, () => publishAnswer(amina, caseId, answerId))
  expect(merged).toMatchObject({ status: 'fulfilled' })
  expect(published).toMatchObject({ status: 'rejected', reason: { key: 'thread.mergedMeanwhile' } })
  expect(await answersIn(caseId)).toMatchObject([{ state: 'proposed' }])
  const further = await askQuestion(amina, community.slug, { ...aQuestionOf, title: 'A third one about compacting' })
  const again = () => mergeThreads(bo, further.threadId, { questions: `/c/${into.slug}/${into.number}/x` })
  const [, proposed] = await oneAfterAnother(into.threadId, again, () => proposeAnswer(dara, caseId, { body: 'Compact the folder twice.' }))
  expect(proposed).toMatchObject({ status: 'rejected', reason: { key: 'thread.mergedMeanwhile' } })
  const { slug, number, postId } = await publishAnswer(amina, caseId, answerId)
  expect(await threadPage(visitor, { slug, number: String(number), order: 'helpful' })).toMatchObject({
    answers: [{ postId, fromCase: true }],
  })
  expect(number).toBe(further.number)
})

test('the words that were agreed to stay: its writer changes them by proposing anew, and nobody suggests others', async () => {
  const { amina, dara, chen, caseId, question, answerId } = await aProposal()
  const { postId } = await publishAnswer(amina, caseId, answerId)
  const other = { body: 'Send us the whole mailbox.', tags: [], reason: undefined }
  for (const attempt of [
    () => editPage(dara, postId),
    () => editPost(dara, postId, other),
    () => suggestEdit(chen, postId, { title: undefined, body: other.body, reason: 'Shorter' }),
  ])
    await expect(attempt()).rejects.toMatchObject({ key: 'thread.agreedWords' })
  const seenBy = async (who: typeof dara) =>
    (await threadPage(who, { slug: question.slug, number: String(question.number), order: 'helpful' })).answers
  expect(await seenBy(dara)).toMatchObject([{ postId, editCount: 0, may: { edit: false } }])
  expect(await seenBy(chen)).toMatchObject([{ postId, may: { suggestEdit: false } }])
  await writeInCase(dara, caseId, { body: 'One thing was wrong in it.' })
  await proposeAnswer(dara, caseId, { body: 'Rebuild the index twice.' })
  const [anew] = (await casePage(amina, caseId, null)).answers
  await publishAnswer(amina, caseId, anew?.id ?? '')
  expect(await seenBy(chen)).toHaveLength(2)
})
