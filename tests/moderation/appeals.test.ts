import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { appeals, decisions, interactions, notifications } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import type { Happened } from '~/server/events'
import {
  appeal,
  appealItemPage,
  appealPage,
  communityQueue,
  decide,
  decideAppeal,
  decideOnPerson,
  decisionPage,
  flag,
} from '~/server/moderation'
import { recommendationQueue } from '~/server/moderation'
import { sixMonthsAfter, workingDaysAfter } from '~/server/moderation/rules'
import { notifyWhoIsTold } from '~/server/notifications'
import { answerQuestion, threadPage } from '~/server/threads'
import { visitor, type PersonViewer } from '~/server/viewer'
import { anOperator, aPortalModerator, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { aRecommendation } from '../recommendations/scene'
import { aDecision, aQuestionWithAnAnswer, postRow } from '../threads/scene'

const because = { rule: 'civil', facts: 'What the second sentence says of Amina.', why: 'It is about her.', seen: '' } as const
const wrong = { body: 'I meant the index, and not her: read it again.' }
const reasons = (outcome: 'upheld' | 'overturned') => ({ outcome, facts: 'The sentence is about the index of the folder.' })

async function aHiddenAnswer() {
  const scene = await aQuestionWithAnAnswer()
  const { decisionId } = await decide(scene.bo, 'post', scene.answer.postId, { act: 'hide', ...because })
  return { ...scene, decisionId, olu: await anOperator() }
}

const toldOf = async (person: PersonViewer) =>
  (await owner.select().from(notifications).where(eq(notifications.personId, person.personId)).orderBy(notifications.id)).map(
    ({ kind, why }) => `${kind} ${why}`,
  )
async function notifyAbout(decisionId: string) {
  const rows = await owner
    .select()
    .from(interactions)
    .where(
      sql`${interactions.payload} ->> 'decisionId' = ${decisionId} or ${interactions.payload} ->> 'decisionId' in (select instead_decision_id::text from appeals where decision_id = ${decisionId})`,
    )
    .orderBy(interactions.id)
  for (const row of rows) await notifyWhoIsTold(row as unknown as Happened)
  return rows.map(({ kind }) => kind)
}

test('whom it concerns appeals; somebody else decides; overturned, the answer is back where and when it was', async () => {
  const { chen, bo, amina, olu, answer, question, decisionId } = await aHiddenAnswer()
  const { createdAt } = await postRow(answer.postId)
  expect((await decisionPage(chen, decisionId)).may.appeal).toBe(true)
  expect((await decisionPage(amina, decisionId)).may.appeal).toBe(false)
  for (const other of [amina, bo, olu]) await expect(appeal(other, decisionId, wrong)).rejects.toThrow(NotFound)
  const { appealId } = await appeal(chen, decisionId, wrong)

  const { appeals: waiting } = await communityQueue(olu, question.slug)
  expect(waiting).toMatchObject({ waiting: 1, rows: [{ id: appealId, own: false, decidedBy: 'Bo', overdue: false }] })
  await expect(appealItemPage(chen, appealId)).rejects.toThrow(NotFound)
  expect(await appealItemPage(bo, appealId)).toMatchObject({ words: wrong.body, may: { decide: false, decided: true } })
  await expect(decideAppeal(bo, appealId, reasons('overturned'))).rejects.toThrow(Forbidden)
  await decideAppeal(olu, appealId, reasons('overturned'))

  const [shown] = (await threadPage(visitor, { slug: question.slug, number: String(question.number), order: 'helpful' })).answers
  expect(shown).toMatchObject({ postId: answer.postId, hiddenBy: null, createdAt })
  expect(await decisionPage(chen, decisionId)).toMatchObject({
    appealedAs: 'overturned',
    appeal: { outcome: 'overturned', reasons: reasons('upheld').facts },
  })
  expect((await communityQueue(olu, question.slug)).appeals.waiting).toBe(0)
  expect(await notifyAbout(decisionId)).toEqual(['content.decided', 'appeal.written', 'content.decided', 'appeal.decided'])
  expect(await toldOf(chen)).toEqual(expect.arrayContaining(['content.decided target', 'appeal.overturned target']))
  expect((await toldOf(chen)).filter((line) => line.startsWith('content.decided'))).toHaveLength(1)
  expect(await toldOf(bo)).toContain('appeal.overturned moderator')
})

test('upheld, it stays hidden, and says why to whom it concerns and to nobody else', async () => {
  const { chen, amina, olu, answer, decisionId } = await aHiddenAnswer()
  const { appealId } = await appeal(chen, decisionId, wrong)
  await decideAppeal(olu, appealId, reasons('upheld'))
  await expect(decideAppeal(olu, appealId, reasons('overturned'))).rejects.toThrow(Conflict)
  expect((await postRow(answer.postId)).hiddenByDecisionId).toBe(decisionId)
  const seen = await decisionPage(amina, decisionId)
  expect(seen).toMatchObject({ appealedAs: 'upheld', appeal: null })
  expect(JSON.stringify(seen)).not.toContain('about the index')
})

test('twice is once, ten at once too; and after six months it is too late, in words', async () => {
  const { chen, decisionId } = await aHiddenAnswer()
  const ten = await Promise.allSettled(Array.from({ length: 10 }, () => appeal(chen, decisionId, wrong)))
  expect(ten.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  await expect(appealPage(chen, decisionId)).rejects.toThrow(Conflict)
  expect(await owner.select().from(appeals).where(eq(appeals.decisionId, decisionId))).toHaveLength(1)

  const old = await aQuestionWithAnAnswer()
  const decidedAt = new Date(Date.now() - 190 * 86_400_000)
  const oldId = await aDecision(old.bo, {
    ...{ kind: 'post' as const, id: old.answer.postId, communityId: old.community.id, target: old.chen.handleId },
    ...{ decidedAt, appealUntil: new Date(sixMonthsAfter(decidedAt).getTime() + 1000) },
  })
  await expect(appeal(old.chen, oldId, wrong)).rejects.toThrow(expect.objectContaining({ key: 'appeal.tooLate' }) as Error)
  expect((await decisionPage(old.chen, oldId)).may.appeal).toBe(false)
})

test('ten decide at once: one outcome, one decision instead', async () => {
  const { chen, decisionId, answer } = await aHiddenAnswer()
  const { appealId } = await appeal(chen, decisionId, wrong)
  const others = await Promise.all(Array.from({ length: 5 }, () => anOperator()))
  const ten = await Promise.allSettled(
    others.flatMap((other) => [decideAppeal(other, appealId, reasons('overturned')), decideAppeal(other, appealId, reasons('upheld'))]),
  )
  expect(ten.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const made = await owner.select({ act: decisions.act }).from(decisions).where(eq(decisions.subjectId, answer.postId))
  expect(made.filter(({ act }) => act === 'restore').length).toBeLessThanOrEqual(1)
})

test('a suspended person appeals, and is let in again', async () => {
  const { chen, bo, community, question } = await aQuestionWithAnAnswer()
  const olu = await anOperator()
  const { decisionId } = await decideOnPerson(olu, chen.handle, null, { act: 'suspend', ...because, days: '' })
  const held = await refreshed(chen)
  expect(held.suspended).toBe(true)
  const { appealId } = await appeal(held, decisionId, wrong)
  expect((await communityQueue(bo, community.slug)).appeals.waiting).toBe(0)
  const another = await anOperator()
  expect((await recommendationQueue(another)).appeals.rows.map(({ id }) => id)).toContain(appealId)
  await decideAppeal(another, appealId, reasons('overturned'))
  await answerQuestion(await refreshed(chen), question.threadId, { body: 'I am back, with the answer.' })
})

test('whoever flagged what was left as it is appeals too; to take it down takes a whole statement', async () => {
  const { amina, chen, bo, question, answer } = await aQuestionWithAnAnswer()
  await flag(amina, 'post', answer.postId, { reason: 'abuse', note: undefined })
  const { decisionId } = await decide(bo, 'post', answer.postId, { act: 'keep', rule: 'none', facts: 'It is about the index.', seen: '' })
  await expect(appeal(chen, decisionId, wrong)).rejects.toThrow(NotFound)
  const { appealId } = await appeal(amina, decisionId, { body: 'It is about me, and everybody reads it so.' })
  const olu = await anOperator()
  await expect(decideAppeal(olu, appealId, reasons('overturned'))).rejects.toThrow(Invalid)
  await decideAppeal(olu, appealId, { ...reasons('overturned'), rule: 'civil', why: 'It is about a person.' })
  expect((await threadPage(visitor, { slug: question.slug, number: String(question.number), order: 'helpful' })).answers).toEqual([])
  // Whom that concerns can appeal it in turn.
  const [taken] = await owner
    .select({ id: decisions.id })
    .from(decisions)
    .where(sql`${decisions.subjectId} = ${answer.postId} and ${decisions.act} = 'hide'`)
  await appeal(chen, taken?.id ?? '', wrong)
})

test('appeals about recommendations stand before independent moderators alone', async () => {
  const { amina, bo, dara, vendor, recommendationId } = await aRecommendation()
  const { decisionId } = await decide(bo, 'recommendation', recommendationId, { act: 'hide', ...because })
  const { appealId } = await appeal(amina, decisionId, wrong)
  const rival = await aStaffMember(await aVendor('Orbit'), 'Ines')
  const seated = await aStaffMember(vendor, 'Sam')
  await owner.execute(sql`insert into portal_moderators (person_id) values (${rival.personId}), (${seated.personId})`)
  for (const other of [dara, await refreshed(rival), await refreshed(seated)])
    await expect(decideAppeal(other, appealId, reasons('upheld'))).rejects.toThrow(NotFound)
  await decideAppeal(await aPortalModerator('Mira'), appealId, reasons('overturned'))
  expect((await decisionPage(visitor, decisionId)).appealedAs).toBe('overturned')
})

test('the database lets nobody judge their own decision or case, decide twice, or write in another’s name', async () => {
  const { chen, bo, amina, olu, community, answer, decisionId } = await aHiddenAnswer()
  const refused = async (by: PersonViewer, statement: ReturnType<typeof sql>) => {
    const outcome = await transaction(by, (tx) => tx.execute(statement)).then(
      (rows) => `${rows.length} rows`,
      (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
    )
    expect(['0 rows', '42501', '23514', '23505']).toContain(outcome)
  }
  const written = (
    by: PersonViewer,
    standing: string,
  ) => sql`insert into appeals (id, decision_id, person_id, handle_id, standing, words, due_at)
    values (${newId()}, ${decisionId}, ${by.personId}, ${by.handleId}, ${standing}, 'Wrong', now()) returning id`
  for (const standing of ['target', 'reporter']) await refused(amina, written(amina, standing))
  await refused(bo, written(chen, 'target'))
  const { appealId } = await appeal(chen, decisionId, wrong)
  const instead = newId()
  const restore = sql`insert into decisions (id, act, subject_kind, subject_id, community_id, target_handle_id, decided_by, rule, facts)
    values (${instead}, 'restore', 'post', ${answer.postId}, ${community.id}, ${chen.handleId}, ${bo.personId}, 'none', 'Mine, again.')`
  const settle = (
    by: PersonViewer,
    outcome: string,
    decision: string | null = null,
  ) => sql`update appeals set outcome = ${outcome}, reasons = 'So', decided_by = ${by.personId},
    decided_at = now(), instead_decision_id = ${decision} where id = ${appealId} returning id`
  for (const by of [chen, amina, bo]) await refused(by, settle(by, 'upheld'))
  await refused(bo, settle(olu, 'upheld'))
  await refused(olu, settle(olu, 'overturned'))
  await transaction(bo, (tx) => tx.execute(restore))
  await refused(olu, settle(olu, 'overturned', instead))
  await refused(olu, sql`update appeals set words = 'I was wrong' where id = ${appealId} returning id`)
  await refused(olu, sql`delete from appeals where id = ${appealId} returning id`)
  expect(await transaction(olu, (tx) => tx.execute(settle(olu, 'upheld')))).toHaveLength(1)
  await refused(olu, settle(olu, 'overturned'))
  expect(await transaction(amina, (tx) => tx.execute(sql`select id from appeals where id = ${appealId}`))).toEqual([])
})

test('six months are never a day less, and working days are Monday to Friday', () => {
  for (const day of ['2026-08-31', '2026-08-29', '2026-02-28', '2027-12-31']) {
    const moment = new Date(`${day}T10:00:00Z`)
    expect(sixMonthsAfter(moment).getTime() - moment.getTime()).toBeGreaterThanOrEqual(181 * 86_400_000)
  }
  const due = (day: string, days: number) =>
    workingDaysAfter(new Date(`${day}T23:00:00Z`), days)
      .toISOString()
      .slice(0, 10)
  // A Monday, a Friday, a Saturday, a Sunday.
  expect([due('2026-11-23', 5), due('2026-11-27', 5), due('2026-11-28', 5), due('2026-11-29', 5)]).toEqual([
    '2026-11-30',
    '2026-12-04',
    '2026-12-04',
    '2026-12-04',
  ])
  expect(due('2026-11-27', 1)).toBe('2026-11-30')
  expect(due('2026-11-23', 0)).toBe('2026-11-23')
})
