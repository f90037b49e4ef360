import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { decisions, discountedReporters, flags, interactions } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import {
  appeal,
  communityQueue,
  decide,
  decideAppeal,
  decisionPage,
  flag,
  judgeReporter,
  ownDiscount,
  recommendationQueue,
  reporterPage,
} from '~/server/moderation'
import type { ReporterInput } from '~/server/moderation/input'
import { oftenUnfounded, stepForReporter } from '~/server/moderation/rules'
import { answerQuestion } from '~/server/threads'
import type { PersonViewer } from '~/server/viewer'
import { aMember, anOperator, aStaffMember, aVendor, owner, refreshed, trusted } from '../support/cast'
import { aQuestion } from '../threads/scene'

const rude = { reason: 'abuse' as const, note: 'It is rude.' }
const because = (act: ReporterInput['act'], seen = '', days: ReporterInput['days'] = '30'): ReporterInput => ({
  act,
  rule: act === 'trust-reporter' ? 'none' : 'false',
  facts: 'Ten reports of plain answers, all refused.',
  why: 'None of the ten says what would be wrong.',
  days,
  seen,
})

/** Rita flags what Chen writes, and a moderator refuses so many of them. */
async function aReporter(refused = 10, agreed = 0) {
  const scene = await aQuestion()
  const rita = await trusted(await aMember('Rita'))
  const olu = await anOperator()
  const { chen, bo, question } = scene
  const { postId } = await answerQuestion(chen, question.threadId, { body: 'Choose Share in the menu of the folder.' })
  await decide(bo, 'post', postId, { act: 'keep', rule: 'none', facts: 'Nothing is wrong with it.', seen: '' })
  const [settled] = await owner.select({ id: decisions.id }).from(decisions).where(eq(decisions.subjectId, postId))
  const about = { subjectKind: 'post' as const, communityId: scene.community.id, flaggedBy: rita.handleId, reason: 'abuse' as const }
  const states = [...Array<'declined'>(refused).fill('declined'), ...Array<'upheld'>(agreed).fill('upheld')]
  if (states.length > 0)
    await owner
      .insert(flags)
      .values(states.map((state) => ({ ...about, id: newId(), subjectId: newId(), state, settledByDecisionId: settled?.id })))
  const open = await answerQuestion(chen, question.threadId, { body: 'Or drag the folder onto the name.' })
  return { ...scene, rita, olu, open: open.postId }
}
const proposedTo = async (who: PersonViewer, reporter: PersonViewer) =>
  (await recommendationQueue(who)).reporters.some(({ handle }) => handle === reporter.handle)

test('ten decided reports, four of five refused, are often; fewer say nothing', () => {
  const often = (decided: number, unfounded: number) => oftenUnfounded({ decided, unfounded })
  expect([often(9, 9), often(10, 7), often(10, 8), often(100, 79), often(0, 0)]).toEqual([false, false, true, false, false])
  expect([
    stepForReporter({ warned: 0, discounted: 0 }),
    stepForReporter({ warned: 1, discounted: 0 }),
    stepForReporter({ warned: 0, discounted: 2 }),
  ]).toEqual([
    { act: 'warn-reporter', days: '30' },
    { act: 'discount-reporter', days: '30' },
    { act: 'discount-reporter', days: '90' },
  ])
})

test('who is wrong often is proposed to operators, never to whom they report, and nothing is taken by itself', async () => {
  const { rita, olu, bo, chen, open, question } = await aReporter()
  expect(await proposedTo(olu, rita)).toBe(true)
  expect(await reporterPage(olu, rita.handle)).toMatchObject({
    decided: 10,
    unfounded: 10,
    proposed: true,
    offered: { act: 'warn-reporter' },
  })
  expect(await ownDiscount(rita)).toBeNull()
  await flag(rita, 'post', open, rude)

  await expect(reporterPage(bo, rita.handle)).rejects.toThrow(Forbidden)
  await expect(judgeReporter(chen, rita.handle, because('warn-reporter'))).rejects.toThrow(Forbidden)
  await expect(judgeReporter(olu, olu.handle, because('warn-reporter'))).rejects.toThrow(Forbidden)
  const author = await anOperator('Otto')
  const { postId } = await answerQuestion(author, question.threadId, { body: 'We have a page about that.' })
  await flag(rita, 'post', postId, rude)
  expect(await proposedTo(author, rita)).toBe(false)
  await expect(reporterPage(author, rita.handle)).rejects.toThrow(NotFound)
  await expect(judgeReporter(author, rita.handle, because('warn-reporter'))).rejects.toThrow(NotFound)
})

test('seven of ten is no habit; and what was looked at and left is proposed no more', async () => {
  const seldom = await aReporter(7, 3)
  expect(await proposedTo(seldom.olu, seldom.rita)).toBe(false)
  const { rita, olu } = await aReporter()
  await judgeReporter(olu, rita.handle, because('trust-reporter'))
  expect(await proposedTo(olu, rita)).toBe(false)
  expect(await kindsOf(rita)).toEqual(['reporter.cleared'])
})

test('a warning comes first; then their flags weigh nothing for thirty days, and end by the clock', async () => {
  const { rita, olu, bo, community, open, question } = await aReporter(0)
  await flag(rita, 'thread', question.threadId, rude)
  expect((await flagsOf(rita, question.threadId))[0]?.weight).toBeGreaterThan(0)
  await expect(judgeReporter(olu, rita.handle, because('discount-reporter'))).rejects.toThrow(Invalid)
  const { decisionId: warned } = await judgeReporter(olu, rita.handle, because('warn-reporter'))
  expect(await decisionPage(rita, warned)).toMatchObject({ concerned: true, facts: expect.any(String), may: { appeal: true } })
  await expect(judgeReporter(olu, rita.handle, because('discount-reporter'))).rejects.toThrow(Conflict)
  await expect(judgeReporter(olu, rita.handle, { ...because('discount-reporter', warned), days: undefined })).rejects.toThrow(Invalid)
  const { decisionId } = await judgeReporter(olu, rita.handle, because('discount-reporter', warned))
  expect(await ownDiscount(rita)).toMatchObject({ decisionId, until: expect.any(Date) })
  expect(await ownDiscount(bo)).toBeNull()

  await flag(rita, 'post', open, rude)
  expect(await flagsOf(rita, open)).toMatchObject([{ weight: 0, state: 'open' }])
  const [item] = (await queueOf(bo, community.slug)).filter(({ id }) => id === open)
  expect(item).toMatchObject({ score: 0, flags: 1 })
  await owner
    .update(discountedReporters)
    .set({ until: sql`now() - interval '1 second'` })
    .where(eq(discountedReporters.decisionId, decisionId))
  expect(await ownDiscount(rita)).toBeNull()
  expect(await kindsOf(rita)).toEqual(['reporter.warned', 'reporter.discounted'])
})

test('another operator takes it back on appeal, and it weighs for no next step', async () => {
  const { rita, olu } = await aReporter()
  const another = await anOperator('Otto')
  const { decisionId: warned } = await judgeReporter(olu, rita.handle, because('warn-reporter'))
  const { decisionId } = await judgeReporter(olu, rita.handle, because('discount-reporter', warned, '90'))
  const { appealId } = await appeal(rita, decisionId, { body: 'Half of them were advertisements.' })
  await expect(decideAppeal(olu, appealId, { outcome: 'overturned', facts: 'I look at it again myself.' })).rejects.toThrow(Forbidden)
  await decideAppeal(another, appealId, { outcome: 'overturned', facts: 'Half of them were advertisements indeed.' })
  expect(await ownDiscount(rita)).toBeNull()
  expect(await reporterPage(olu, rita.handle)).toMatchObject({ until: null, stands: { warned: 1, discounted: 0 } })
  expect(await kindsOf(rita)).toEqual(['reporter.warned', 'reporter.discounted', 'reporter.trusted'])
})

test('an operator who serves a vendor judges no reporter, and by plain SQL nobody does without a decision', async () => {
  const { rita, olu, chen } = await aReporter()
  const seller = await aStaffMember(await aVendor())
  await owner.execute(sql`update people set is_operator = true where id = ${seller.personId}::uuid`)
  await expect(judgeReporter(await refreshed(seller), rita.handle, because('warn-reporter'))).rejects.toThrow(Forbidden)
  const { decisionId } = await judgeReporter(olu, rita.handle, because('warn-reporter'))
  const byHand = (who: PersonViewer) =>
    transaction(who, (tx) =>
      tx.insert(discountedReporters).values({ id: newId(), personId: rita.personId, decisionId, until: new Date(Date.now() + 86_400_000) }),
    )
  await expect(byHand(chen)).rejects.toThrow()
  await expect(byHand(olu)).rejects.toMatchObject({ cause: { message: expect.stringContaining('by a decision about them') } })
})

test('ten at once warn once', async () => {
  const { rita, olu } = await aReporter()
  const ten = await Promise.allSettled(Array.from({ length: 10 }, () => judgeReporter(olu, rita.handle, because('warn-reporter'))))
  expect(ten.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

const flagsOf = (who: PersonViewer, subjectId: string) =>
  owner
    .select()
    .from(flags)
    .where(sql`${flags.flaggedBy} = ${who.handleId}::uuid and ${flags.subjectId} = ${subjectId}::uuid`)
const queueOf = async (who: PersonViewer, slug: string) => (await communityQueue(who, slug)).items
const kindsOf = async (person: PersonViewer) =>
  (
    await owner
      .select({ kind: interactions.kind })
      .from(interactions)
      .where(sql`${interactions.payload} ->> 'personId' = ${person.personId} and ${interactions.payload} ->> 'decisionId' is not null`)
      .orderBy(interactions.id)
  ).map(({ kind }) => kind)
