import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { decisionBatches, flags, moderationNotes, notifications, queueItems, trustLevels } from '~/db/schema'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import {
  batchPage,
  claimItem,
  communityQueue,
  decide,
  decideTogether,
  flag,
  itemPage,
  moderationLog,
  noteOn,
  recommendationQueue,
  releaseItem,
  togetherPage,
  undoTogether,
} from '~/server/moderation'
import { notifyWhoIsTold } from '~/server/notifications'
import { answerQuestion, threadPage } from '~/server/threads'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aMember, anOperator, aStaffMember, aVendor, owner } from '../support/cast'
import { aRecommendation } from '../recommendations/scene'
import { aQuestion, aQuestionWithAnAnswer, lastEventOf } from '../threads/scene'

const because = { rule: 'advertising' as const, facts: 'The same link under every question.', why: 'Nobody had asked for it.' }
const spam = { reason: 'spam' as const, note: undefined }

/** Pim has written so many answers under Amina’s question. */
async function spammed(answers: number) {
  const scene = await aQuestion()
  const pim = await trusted(await aMember('Pim'), 2)
  const posts: string[] = []
  for (let each = 0; each < answers; each += 1)
    posts.push((await answerQuestion(pim, scene.question.threadId, { body: `Buy the other one, offer ${each}, today only.` })).postId)
  return { ...scene, pim, posts }
}
const trusted = async (person: PersonViewer, level: number) => {
  await owner
    .insert(trustLevels)
    .values({ personId: person.personId, level, since: new Date(), weighedAt: new Date() })
    .onConflictDoUpdate({ target: trustLevels.personId, set: { level } })
  return person
}
const asSeen = (items: { kind: string; id: string; seen: string }[]) => items.map(({ kind, id, seen }) => `${kind}:${id}:${seen}`)
const flagsOn = (id: string) => owner.select({ state: flags.state }).from(flags).where(eq(flags.subjectId, id))

test('forty flags on nine posts are nine items, the heaviest first; one decision settles all of one, and each reporter is thanked once', async () => {
  const { bo, community, posts } = await spammed(9)
  const reporters = await Promise.all(Array.from({ length: 5 }, () => aMember('Mateo')))
  await trusted(reporters[0] as PersonViewer, 4)
  // Nine times four, and the fifth for the first four: forty.
  for (const [at, post] of posts.entries())
    await Promise.all(reporters.slice(0, at < 4 ? 5 : 4).map((reporter) => flag(reporter, 'post', post, spam)))
  await flag(reporters[0] as PersonViewer, 'post', posts[0] as string, spam)

  const queue = await communityQueue(bo, community.slug)
  expect(queue).toMatchObject({ waiting: 9 })
  expect(queue.items).toHaveLength(9)
  expect(queue.items.map((item) => item.score)).toEqual([9, 9, 9, 9, 8, 8, 8, 8, 8])
  expect(queue.items[0]).toMatchObject({ flags: 5, reasons: ['spam'], others: 8, by: { displayName: 'Pim' } })

  const first = posts[0] as string
  const { decisionId } = await decide(bo, 'post', first, { ...because, act: 'hide', seen: '' })
  expect(await flagsOn(first)).toEqual(Array(5).fill({ state: 'upheld' }))
  expect((await communityQueue(bo, community.slug)).waiting).toBe(8)
  const settled = await lastEventOf('flags.settled', 'decisionId', decisionId)
  await notifyWhoIsTold(settled)
  await notifyWhoIsTold(settled)
  const told = await owner
    .select({ personId: notifications.personId })
    .from(notifications)
    .where(and(eq(notifications.kind, 'flags.settled'), eq(notifications.objectId, decisionId)))
  expect(told.map((row) => row.personId).sort()).toEqual(reporters.map((reporter) => reporter.personId).sort())
})

test('a page of the queue ends where the next begins', async () => {
  const { amina, bo, community, posts } = await spammed(33)
  await owner.insert(flags).values(
    posts.map((post) => ({
      id: crypto.randomUUID(),
      subjectKind: 'post' as const,
      subjectId: post,
      communityId: community.id,
      flaggedBy: amina.handleId,
      reason: 'spam' as const,
    })),
  )
  const first = await communityQueue(bo, community.slug)
  expect(first.items).toHaveLength(30)
  const second = await communityQueue(bo, community.slug, { after: first.more })
  expect(second).toMatchObject({ waiting: 33, more: null })
  expect(new Set([...first.items, ...second.items].map((item) => item.id)).size).toBe(33)
})

test('ten flags at once are one item with ten', async () => {
  const { bo, community, answer } = await aQuestionWithAnAnswer()
  const reporters = await Promise.all(Array.from({ length: 10 }, () => aMember('Mateo')))
  await Promise.all(
    reporters.flatMap((reporter) => [flag(reporter, 'post', answer.postId, spam), flag(reporter, 'post', answer.postId, spam)]),
  )
  expect(await communityQueue(bo, community.slug)).toMatchObject({ waiting: 1, items: [{ flags: 10, score: 10 }] })
})

test('one moderator has it; the other sees who, and may decide all the same', async () => {
  const { amina, chen, bo, community, answer } = await aQuestionWithAnAnswer()
  const olu = await anOperator()
  await expect(claimItem(bo, 'post', answer.postId)).rejects.toThrow(Conflict)
  await flag(amina, 'post', answer.postId, spam)
  await expect(claimItem(chen, 'post', answer.postId)).rejects.toThrow(Forbidden)
  const both = await Promise.allSettled([
    claimItem(bo, 'post', answer.postId),
    claimItem(bo, 'post', answer.postId),
    claimItem(olu, 'post', answer.postId),
  ])
  const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as Conflict] : []))
  expect(refused.length).toBeGreaterThan(0)
  expect(refused[0]).toMatchObject({ key: 'moderation.claimedMeanwhile' })
  const [holder, other] = refused[0]?.values.name === 'Bo' ? [bo, olu] : [olu, bo]
  expect(await communityQueue(other, community.slug)).toMatchObject({ items: [{ claim: { by: holder.displayName, mine: false } }] })
  await releaseItem(other, 'post', answer.postId)
  expect(await itemPage(holder, 'post', answer.postId)).toMatchObject({ claim: { mine: true } })
  await releaseItem(holder, 'post', answer.postId)
  await claimItem(other, 'post', answer.postId)
  await decide(holder, 'post', answer.postId, { ...because, act: 'hide', seen: '' })
  expect(await itemPage(holder, 'post', answer.postId)).toMatchObject({ claim: null, waits: false })
})

test('a claim is over after half an hour', async () => {
  const { amina, bo, answer } = await aQuestionWithAnAnswer()
  const olu = await anOperator()
  await flag(amina, 'post', answer.postId, spam)
  await claimItem(bo, 'post', answer.postId)
  await owner.execute(sql`update queue_claims set claimed_at = now() - interval '31 minutes' where subject_id = ${answer.postId}`)
  await claimItem(olu, 'post', answer.postId)
  expect(await itemPage(bo, 'post', answer.postId)).toMatchObject({ claim: { by: 'Olu', mine: false } })
})

test('who was slower reads who decided, when and what', async () => {
  const { amina, bo, answer } = await aQuestionWithAnAnswer()
  const olu = await anOperator()
  await flag(amina, 'post', answer.postId, spam)
  await decide(olu, 'post', answer.postId, { ...because, act: 'hide', seen: '' })
  await expect(decide(bo, 'post', answer.postId, { ...because, act: 'hide', seen: '' })).rejects.toMatchObject({
    key: 'moderation.decidedBefore',
    values: { who: 'Olu', did: 'hide', ago: 0 },
  })
})

test('nobody decides on their own, nor reads who flagged it', async () => {
  const { amina, bo, question } = await aQuestion()
  const own = await answerQuestion(bo, question.threadId, { body: 'I would know, I moderate here.' })
  await flag(amina, 'post', own.postId, spam)
  await expect(itemPage(bo, 'post', own.postId)).rejects.toThrow(Forbidden)
  await expect(decide(bo, 'post', own.postId, { ...because, act: 'keep', seen: '' })).rejects.toThrow(Forbidden)
  await expect(claimItem(bo, 'post', own.postId)).rejects.toThrow(Forbidden)
})

test('notes are for moderators alone, in the database too', async () => {
  const { amina, chen, bo, community, answer } = await aQuestionWithAnAnswer()
  await flag(amina, 'post', answer.postId, spam)
  await noteOn(bo, 'post', answer.postId, { body: 'Second time this week.' })
  await expect(noteOn(chen, 'post', answer.postId, { body: 'What do they say?' })).rejects.toThrow(Forbidden)
  expect(await itemPage(await anOperator(), 'post', answer.postId)).toMatchObject({
    notes: [{ body: 'Second time this week.', by: { displayName: 'Bo' } }],
  })
  for (const other of [amina, chen]) {
    expect(await transaction(other, (tx) => tx.select().from(moderationNotes).where(eq(moderationNotes.subjectId, answer.postId)))).toEqual(
      [],
    )
    expect(await transaction(other, (tx) => tx.select().from(queueItems).where(eq(queueItems.subjectId, answer.postId)))).toEqual([])
  }
  await expect(
    transaction(chen, (tx) =>
      tx.insert(moderationNotes).values({
        id: crypto.randomUUID(),
        subjectKind: 'post',
        subjectId: answer.postId,
        communityId: community.id,
        handleId: chen.handleId,
        body: 'x',
      }),
    ),
  ).rejects.toThrow()
})

test('what waits of one person is hidden together, each by a decision of its own, and taken back together', async () => {
  const { amina, bo, pim, community, question, posts } = await spammed(4)
  for (const post of posts) await flag(amina, 'post', post, spam)
  const { items } = await togetherPage(bo, pim.handle, community.slug)
  expect(items.map((item) => item.id).sort()).toEqual([...posts].sort())
  await expect(togetherPage(amina, pim.handle, community.slug)).rejects.toThrow(Forbidden)
  await expect(decideTogether(amina, pim.handle, community.slug, { ...because, items: asSeen(items) })).rejects.toThrow(Forbidden)

  const { batchId } = await decideTogether(bo, pim.handle, community.slug, { ...because, items: asSeen(items) })
  const page = await batchPage(bo, batchId)
  expect(page.decided).toHaveLength(4)
  const log = (await moderationLog(visitor, { community: community.slug })).rows.map((row) => row.id)
  expect(page.decided.every(({ decisionId }) => log.includes(decisionId))).toBe(true)
  const answers = async () =>
    (await threadPage(visitor, { slug: question.slug, number: String(question.number), order: 'helpful' })).answers.length
  expect(await answers()).toBe(0)
  await expect(decideTogether(bo, pim.handle, community.slug, { ...because, items: asSeen(items) })).rejects.toThrow(Conflict)

  await expect(undoTogether(await anOperator(), batchId)).rejects.toThrow(NotFound)
  // One of them is looked at again before: that stands.
  const one = { decisionId: page.decided[0]?.decisionId ?? '' }
  const shown = await owner.execute<{ subject_id: string }>(sql`select subject_id from decisions where id = ${one.decisionId}`)
  await decide(await anOperator(), 'post', shown[0]?.subject_id as string, {
    ...because,
    act: 'restore',
    rule: 'none',
    seen: one.decisionId,
  })
  const twice = await Promise.allSettled([undoTogether(bo, batchId), undoTogether(bo, batchId)])
  expect(twice.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await answers()).toBe(4)
  expect((await communityQueue(bo, community.slug)).waiting).toBe(3)
  expect((await moderationLog(visitor, { community: community.slug })).rows.filter((row) => row.act === 'restore')).toHaveLength(4)
})

test('after ten minutes nothing is taken back together; what is not theirs is not decided with it', async () => {
  const { amina, bo, chen, pim, community, question, posts } = await spammed(2)
  const other = await answerQuestion(chen, question.threadId, { body: 'Not one of them.' })
  for (const post of [...posts, other.postId]) await flag(amina, 'post', post, spam)
  const { items } = await togetherPage(bo, pim.handle, community.slug)
  await expect(
    decideTogether(bo, pim.handle, community.slug, { ...because, items: [...asSeen(items), `post:${other.postId}:`] }),
  ).rejects.toThrow(NotFound)
  const { batchId } = await decideTogether(bo, pim.handle, community.slug, { ...because, items: asSeen(items) })
  await owner
    .update(decisionBatches)
    .set({ createdAt: sql`now() - interval '11 minutes'` })
    .where(eq(decisionBatches.id, batchId))
  await expect(undoTogether(bo, batchId)).rejects.toThrow(Conflict)
})

test('staff of a rival weigh nothing on a recommendation and are labelled; staff of the vendor count once', async () => {
  const { dara, bo, recommendationId } = await aRecommendation()
  const ines = await aStaffMember(await aVendor('Orbit'), 'Ines')
  await flag(dara, 'recommendation', recommendationId, { reason: 'illegal', note: undefined })
  await flag(ines, 'recommendation', recommendationId, { reason: 'illegal', note: undefined })
  const { item } = await recommendationQueue(bo, { item: `recommendation:${recommendationId}` })
  expect(item).toMatchObject({ score: 1 })
  expect(item?.flags.map(({ by, weight, stake }) => [by?.displayName, weight, stake]).sort()).toEqual([
    ['Dara', 1, 'subject'],
    ['Ines', 0, 'rival'],
  ])
  const plain = sql`insert into flags (id, subject_kind, subject_id, vendor_id, flagged_by, reason, weight) values (${crypto.randomUUID()}, 'recommendation', ${recommendationId},
    (select vendor_id from recommendations where id = ${recommendationId}), ${(await aStaffMember(await aVendor('Kite'), 'Kai')).handleId}, 'spam', 9)`
  await expect(transaction(ines, (tx) => tx.execute(plain))).rejects.toThrow()
})
