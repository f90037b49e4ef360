import { eq } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { interactions, readingDays, relationships, relationshipStates, threadReads, trustLevels } from '~/db/schema'
import { decideOnPerson } from '~/server/moderation'
import { markThreadRead } from '~/server/notifications'
import { now, setClock } from '~/server/platform/clock'
import { ownStanding, weighEverybody, weighTrustOf } from '~/server/standing'
import {
  GRACE_DAYS,
  KEPT_FOR_GOOD,
  levelOf,
  LEVELS,
  movedTo,
  needsOf,
  type Level,
  type Standing,
  type TrustFacts,
} from '~/server/standing/levels'
import { weighPeople } from '~/server/standing/weighing'
import { acceptAnswer } from '~/server/threads'
import type { Happened } from '~/server/events'
import { aMember, anOperator, aVendor, owner } from '../support/cast'
import { aQuestion, aQuestionWithAnAnswer } from '../threads/scene'
import { drawing, followed } from './support'

afterEach(() => setClock(null))
const drawn = drawing(11)
const DAY = 86_400_000

const NOBODY_YET: TrustFacts = {
  ...{ confirmed: false, verified: false, threadsRead: 0, daysRead: 0, answersTaken: 0, peopleHelped: 0, threadsWrittenIn: 0 },
  ...{ recentDaysRead: 0, recentThreadsRead: 0, recentThreadsWrittenIn: 0, recentlyRemoved: 0, recentlySuspended: false },
}
const upTo = (most: number) => Math.floor(drawn() * (most + 1))
const anybody = (): TrustFacts => ({
  ...{ confirmed: drawn() < 0.9, verified: drawn() < 0.3, threadsRead: upTo(400), daysRead: upTo(200) },
  ...{ answersTaken: upTo(30), peopleHelped: upTo(20), threadsWrittenIn: upTo(40), recentDaysRead: upTo(60), recentThreadsRead: upTo(120) },
  ...{ recentThreadsWrittenIn: upTo(25), recentlyRemoved: upTo(7), recentlySuspended: drawn() < 0.1 },
})
const people = Array.from({ length: 2000 }, anybody)
const MORE: (keyof TrustFacts)[] = [
  'threadsRead',
  'daysRead',
  'answersTaken',
  'peopleHelped',
  'threadsWrittenIn',
  'recentDaysRead',
  'recentThreadsRead',
  'recentThreadsWrittenIn',
]

test('more reading and more help never lower a level, and nothing raises it that moderators had to remove', () => {
  for (const facts of people) {
    for (const fact of MORE) expect(levelOf({ ...facts, [fact]: Number(facts[fact]) + 10 })).toBeGreaterThanOrEqual(levelOf(facts))
    expect(levelOf({ ...facts, verified: true })).toBeGreaterThanOrEqual(levelOf(facts))
    expect(levelOf({ ...facts, recentlyRemoved: facts.recentlyRemoved + 1 })).toBeLessThanOrEqual(levelOf(facts))
    expect(levelOf({ ...facts, recentlySuspended: true })).toBeLessThanOrEqual(levelOf(facts))
    expect(levelOf({ ...facts, confirmed: false })).toBe(0)
  }
})

test('whoever has all that the next level needs, has reached it', () => {
  for (const facts of people) {
    const level = levelOf(facts)
    const needs = needsOf(facts, level)
    expect(needs.length === 0).toBe(level === 4)
    if (level < 4) expect(needs.every(({ met }) => met)).toBe(false)
  }
  expect(
    needsOf({ ...NOBODY_YET, confirmed: true, threadsRead: 3 }, 0).map(({ fact, has, needs, met }) => `${fact} ${has}/${needs} ${met}`),
  ).toEqual(['confirmed 1/1 true', 'threadsRead 3/5 false', 'daysRead 0/2 false'])
})

test('each level asks at least as much as the one below', () => {
  for (const step of [2, 3, 4] as const) {
    const below = LEVELS[(step - 1) as 1 | 2 | 3].byReading.atLeast
    for (const [fact, needs] of Object.entries(below))
      expect(LEVELS[step].byReading.atLeast[fact as keyof TrustFacts] ?? needs).toBeGreaterThanOrEqual(needs)
  }
})

test('a level is lost after the days of grace, not before; the first two are kept; what moderators did against somebody waits for nothing', () => {
  const start = new Date('2026-01-01T00:00:00Z')
  for (const facts of people) {
    for (const level of [0, 1, 2, 3, 4] as Level[]) {
      const before: Standing = { level, since: start, shortSince: null }
      const first = movedTo(before, facts, start)
      expect(movedTo(first, facts, start)).toEqual(first)
      if (levelOf(facts) >= level) {
        expect(first.level).toBe(levelOf(facts))
        continue
      }
      const acted = facts.recentlySuspended || facts.recentlyRemoved > (level === 4 ? 0 : 5)
      if (!acted) expect(first.level).toBe(level)
      const within = movedTo(first, facts, new Date(start.getTime() + (GRACE_DAYS - 1) * DAY))
      if (!acted) expect(within.level).toBe(level)
      const after = movedTo(within, facts, new Date(start.getTime() + GRACE_DAYS * DAY))
      expect(after.level).toBe(Math.max(levelOf(facts), Math.min(level, KEPT_FOR_GOOD)))
    }
  }
})

const levelNow = async (personId: string) =>
  (await owner.select().from(trustLevels).where(eq(trustLevels.personId, personId)))[0]?.level ?? 0
const changesOf = async (personId: string) =>
  (await owner.select().from(interactions).where(eq(interactions.kind, 'trust.changed')).orderBy(interactions.id))
    .map(({ payload }) => payload)
    .filter((payload) => payload.personId === personId)
    .map(({ value }) => value)

test('reading five threads on two days settles somebody in; the change is in the log, once', async () => {
  const jun = await aMember('Jun')
  const threads = await Promise.all(Array.from({ length: 5 }, () => aQuestion()))
  setClock(new Date(Date.now() - 2 * DAY))
  for (const { question } of threads.slice(0, 4)) await markThreadRead(jun, question.threadId)
  setClock(null)
  await weighPeople([jun.personId])
  expect(await levelNow(jun.personId)).toBe(0)
  for (const { question } of threads) await markThreadRead(jun, question.threadId)
  await Promise.all(Array.from({ length: 5 }, () => weighPeople([jun.personId])))
  expect(await levelNow(jun.personId)).toBe(1)
  expect(await changesOf(jun.personId)).toEqual([1])
  const { level, needs } = await ownStanding(jun)
  expect([level, needs.find(({ fact }) => fact === 'threadsRead')]).toEqual([1, { fact: 'threadsRead', has: 5, needs: 20, met: false }])
})

test('a customer, by both sides’ word, is settled in at once, and takes part with the first person helped', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  const vendor = await aVendor()
  const [relationshipId, at] = [newId(), now()]
  await owner.insert(relationships).values({ id: relationshipId, vendorId: vendor.id, handleId: chen.handleId, since: at, lastAt: at })
  const states = { relationshipId, state: 'customer' as const, vendorConfirmedAt: at }
  await owner.insert(relationshipStates).values({ id: newId(), ...states })
  const confirmed = { kind: 'relationship.state-confirmed', payload: { handleId: chen.handleId } } as unknown as Happened
  await weighTrustOf(confirmed)
  expect(await levelNow(chen.personId)).toBe(0)
  await owner.update(relationshipStates).set({ personConfirmedAt: at }).where(eq(relationshipStates.relationshipId, relationshipId))
  await weighTrustOf(confirmed)
  expect(await levelNow(chen.personId)).toBe(1)

  await acceptAnswer(amina, answer.postId)
  await followed(question.threadId)
  expect(await levelNow(chen.personId)).toBe(2)
  expect(await changesOf(chen.personId)).toEqual([1, 2])
})

test('a regular who is suspended is none at once; whose suspension was lifted is not held to it', async () => {
  const [olu, jun] = await Promise.all([anOperator(), aMember('Jun')])
  await owner.insert(trustLevels).values({ personId: jun.personId, level: 3, since: now(), weighedAt: now() })
  const event = { kind: 'person.suspended', payload: { personId: jun.personId } } as unknown as Happened
  await weighTrustOf(event)
  expect(await levelNow(jun.personId)).toBe(3)
  const why = { rule: 'civil', facts: 'Insulted three people in one evening.', why: 'It is about persons.' } as const
  const { decisionId } = await decideOnPerson(olu, jun.handle, null, { act: 'suspend', days: '7', ...why })
  await weighTrustOf(event)
  expect(await levelNow(jun.personId)).toBe(2)
  await decideOnPerson(olu, jun.handle, null, { act: 'unsuspend', rule: 'none', facts: 'It was somebody else.', seen: decisionId })
  expect((await ownStanding(jun)).needs.find(({ fact }) => fact === 'recentlySuspended')?.met).toBe(true)
})

test('days of reading are forgotten one by one after a hundred days, and still counted', async () => {
  const { amina, question } = await aQuestion()
  const days = [130, 120, 110, 3, 1].map((ago) => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10))
  await owner.insert(readingDays).values(days.map((day) => ({ personId: amina.personId, day })))
  await owner.insert(threadReads).values({ personId: amina.personId, threadId: question.threadId, readAt: now() })
  await weighEverybody()
  await weighEverybody()
  expect(await owner.select().from(readingDays).where(eq(readingDays.personId, amina.personId))).toHaveLength(2)
  expect((await ownStanding(amina)).needs.find(({ fact }) => fact === 'daysRead')?.has).toBe(5)
})
