import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { communityModerators, decisions, interactions, silences } from '~/db/schema'
import { Conflict, Forbidden, Invalid } from '~/server/errors'
import { keepDraft } from '~/server/drafts'
import { DraftInput } from '~/server/drafts/input'
import { appeal, decideAppeal, decideOnPerson, decisionPage, suspensionPage, transparencyPage } from '~/server/moderation'
import type { SuspensionInput } from '~/server/moderation/input'
import { nextStep } from '~/server/moderation/rules'
import { answerQuestion, askPage, askQuestion, commentOn, threadPage, voteOn } from '~/server/threads'
import type { PersonViewer } from '~/server/viewer'
import { anOperator, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { aQuestion, aQuestionWithAnAnswer } from '../threads/scene'

const because = (act: SuspensionInput['act'], seen = '', days: SuspensionInput['days'] = '7'): SuspensionInput => ({
  act,
  rule: act.startsWith('un') ? 'none' : 'civil',
  facts: 'Three answers in a row about persons.',
  why: 'None of the three is about the matter.',
  days,
  seen,
})
const words = { body: 'But I know how this is done.' }
const stepOf = async (by: PersonViewer, handle: string, slug: string | null) => (await suspensionPage(by, handle, slug)).offered

test('a warning comes first, then silence for a day, a week and a month, then suspension', () => {
  const after = (warned: number, silenced: number, suspended = 0) =>
    Object.values(nextStep({ warned, silenced, suspended })).join(' ').trim()
  expect([
    after(0, 0),
    after(1, 0),
    after(2, 0),
    after(0, 1),
    after(1, 1),
    after(1, 2),
    after(1, 3),
    after(1, 3, 1),
    after(0, 0, 9),
  ]).toEqual([...['warn', 'silence 1', 'silence 7', 'silence 7', 'silence 7', 'silence 30'], ...['suspend 1', 'suspend 3', 'suspend 30']])
})

test('who is warned goes on writing, reads why, and may contest it; the next step is proposed and taken by nobody', async () => {
  const { chen, bo, community, question } = await aQuestion()
  expect(await stepOf(bo, chen.handle, community.slug)).toEqual({ act: 'warn', days: '' })
  const { decisionId } = await decideOnPerson(bo, chen.handle, community.slug, because('warn'))
  await answerQuestion(await refreshed(chen), question.threadId, words)
  expect(await decisionPage(chen, decisionId)).toMatchObject({ act: 'warn', concerned: true, until: null, may: { appeal: true } })
  await expect(decideOnPerson(bo, chen.handle, community.slug, because('warn'))).rejects.toThrow(Conflict)
  await decideOnPerson(bo, chen.handle, community.slug, because('warn', decisionId))
  expect(await suspensionPage(bo, chen.handle, community.slug)).toMatchObject({
    held: null,
    stands: { warned: 2, silenced: 0, suspended: 0, months: 12 },
    offered: { act: 'silence', days: '7' },
  })
})

test('what is older than a year, decided elsewhere or taken back on appeal proposes nothing', async () => {
  const { chen, bo, community } = await aQuestion()
  const olu = await anOperator()
  const { decisionId } = await decideOnPerson(bo, chen.handle, community.slug, because('warn'))
  expect(await stepOf(olu, chen.handle, null)).toEqual({ act: 'warn', days: '' })
  const { appealId } = await appeal(chen, decisionId, { body: 'I spoke of the folder, and of nobody.' })
  await expect(decideAppeal(bo, appealId, { outcome: 'overturned', facts: 'I look at it again myself.' })).rejects.toThrow(
    'appeal.ownDecision',
  )
  await decideAppeal(olu, appealId, { outcome: 'overturned', facts: 'All three are about the folder.' })
  expect(await stepOf(bo, chen.handle, community.slug)).toEqual({ act: 'warn', days: '' })
  expect(await kindsOf(chen)).toEqual(['person.warned', 'person.unwarned'])
})

test('a silence that an appeal ends early does not count for the next step', async () => {
  const { chen, bo, community } = await aQuestion()
  const { decisionId } = await decideOnPerson(bo, chen.handle, community.slug, because('silence'))
  expect((await suspensionPage(bo, chen.handle, community.slug)).stands).toMatchObject({ silenced: 1 })
  const { appealId } = await appeal(await refreshed(chen), decisionId, { body: 'I spoke of the folder, and of nobody.' })
  await decideAppeal(await anOperator(), appealId, { outcome: 'overturned', facts: 'All three are about the folder.' })
  expect((await suspensionPage(bo, chen.handle, community.slug)).stands).toMatchObject({ silenced: 0 })
  expect(await stepOf(bo, chen.handle, community.slug)).toEqual({ act: 'warn', days: '' })
})

test('who is silenced in a room reads, votes and keeps drafts there, and writes nothing; elsewhere they write', async () => {
  const { chen, bo, community, question, answer } = await aQuestionWithAnAnswer()
  const elsewhere = await aQuestion()
  await expect(decideOnPerson(bo, chen.handle, community.slug, because('silence', '', '90'))).rejects.toThrow(Invalid)
  await decideOnPerson(bo, chen.handle, community.slug, because('silence'))
  const silent = await refreshed(chen)
  expect(silent.silences).toMatchObject([{ communityId: community.id, communityName: expect.any(String), rule: 'civil' }])
  for (const attempt of [
    () => answerQuestion(silent, question.threadId, words),
    () => commentOn(silent, answer.postId, words),
    () =>
      askQuestion(silent, community.slug, { title: 'How is this folder shared?', body: 'I cannot find it.', tags: [], product: undefined }),
  ]) {
    const refused: unknown = await attempt().catch((error: unknown) => error)
    expect(refused).toMatchObject({ key: 'silenced', values: { untilWhen: expect.stringMatching(/UTC/), where: 'room' } })
  }
  const page = await threadPage(silent, { slug: community.slug, number: String(question.number), order: 'helpful' })
  expect(page.may.answer).toBe(true)
  expect(await askPage(silent, community.slug)).toMatchObject({ communityId: community.id })
  await keepDraft(silent, 'answer', question.threadId, DraftInput.parse({ body: 'For later.' }))
  await voteOn(silent, question.postId, 1)
  await answerQuestion(silent, elsewhere.question.threadId, words)
  expect(await suspensionPage(bo, chen.handle, community.slug)).toMatchObject({ held: { as: 'silenced' }, acts: ['unsilence', 'suspend'] })
})

test('a silence ends by the clock, and at once where it is lifted', async () => {
  const { chen, bo, community, question } = await aQuestion()
  const { decisionId } = await decideOnPerson(bo, chen.handle, community.slug, because('silence', '', '1'))
  await owner
    .update(silences)
    .set({ until: sql`now() - interval '1 second'` })
    .where(eq(silences.decisionId, decisionId))
  await answerQuestion(await refreshed(chen), question.threadId, words)
  const again = await decideOnPerson(bo, chen.handle, community.slug, because('silence', decisionId))
  await expect(answerQuestion(await refreshed(chen), question.threadId, words)).rejects.toThrow('silenced')
  await decideOnPerson(bo, chen.handle, community.slug, because('unsilence', again.decisionId))
  await answerQuestion(await refreshed(chen), question.threadId, { body: 'And this is how it is shared.' })
})

test('operators silence in the whole portal; another lifts it on appeal, and that is counted', async () => {
  const { chen, question } = await aQuestion()
  const [olu, another] = [await anOperator(), await anOperator()]
  const { decisionId } = await decideOnPerson(olu, chen.handle, null, because('silence', '', '30'))
  await expect(answerQuestion(await refreshed(chen), question.threadId, words)).rejects.toThrow('silenced')
  const { appealId } = await appeal(await refreshed(chen), decisionId, { body: 'I spoke of the folder, and of nobody.' })
  await decideAppeal(another, appealId, { outcome: 'overturned', facts: 'All three are about the folder.' })
  await answerQuestion(await refreshed(chen), question.threadId, words)
  expect(await transparencyPage(chen, null)).toMatchObject({ penalties: { silenced: expect.any(Number), takenBack: expect.any(Number) } })
  expect(await kindsOf(chen)).toEqual(['person.silenced', 'person.unsilenced'])
})

test('who serves a vendor, or once served the one whom somebody serves, decides on nobody: not by the form, and not by hand', async () => {
  const { chen, bo, community } = await aQuestion()
  const vendor = await aVendor()
  const seller = await aStaffMember(vendor)
  const colleague = await aStaffMember(vendor)
  await owner.insert(communityModerators).values({ communityId: community.id, personId: seller.personId })
  const moderating = await refreshed(seller)
  await expect(decideOnPerson(moderating, chen.handle, community.slug, because('silence'))).rejects.toThrow(Forbidden)
  const byHand = transaction(moderating, (tx) =>
    tx.insert(decisions).values({
      ...{
        id: newId(),
        act: 'silence',
        subjectKind: 'person',
        subjectId: chen.personId,
        communityId: community.id,
        targetHandleId: chen.handleId,
      },
      ...{ decidedBy: seller.personId, scope: 'community', duration: 'until-changed', facts: 'Said no.', source: 'own-initiative' },
      ...{ detectedAutomatically: false, decidedAutomatically: false, rule: 'civil', why: 'We did not like it.' },
      appealUntil: new Date(Date.now() + 200 * 86_400_000),
    }),
  )
  await expect(byHand).rejects.toMatchObject({ cause: { message: expect.stringContaining('without ties') } })
  await owner.execute(
    sql`insert into vendor_staff (id, vendor_id, person_id, role, started_at, ended_at) select ${newId()}::uuid, vendor_id, ${bo.personId}::uuid, role, started_at, now() from vendor_staff where person_id = ${seller.personId}::uuid limit 1`,
  )
  await expect(decideOnPerson(await refreshed(bo), colleague.handle, community.slug, because('warn'))).rejects.toThrow('moderation.tied')
})

test('ten at once silence once', async () => {
  const { chen, bo, community } = await aQuestion()
  const ten = await Promise.allSettled(
    Array.from({ length: 10 }, () => decideOnPerson(bo, chen.handle, community.slug, because('silence'))),
  )
  expect(ten.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

const kindsOf = async (person: PersonViewer) =>
  (
    await owner
      .select({ kind: interactions.kind })
      .from(interactions)
      .where(sql`${interactions.payload} ->> 'personId' = ${person.personId} and ${interactions.payload} ->> 'decisionId' is not null`)
      .orderBy(interactions.id)
  ).map(({ kind }) => kind)
