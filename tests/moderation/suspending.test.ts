import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { interactions } from '~/db/schema'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { decideOnPerson, decisionPage, suspensionPage } from '~/server/moderation'
import type { SuspensionInput } from '~/server/moderation/input'
import { answerQuestion } from '~/server/threads'
import { anOperator, refreshed } from '../support/cast'
import { aQuestion } from '../threads/scene'

const because = (act: SuspensionInput['act'], seen = ''): SuspensionInput => ({
  act,
  rule: act === 'suspend' ? 'civil' : 'none',
  facts: 'Three answers in a row about persons.',
  why: 'None of the three is about the matter.',
  days: '7',
  seen,
})

test('the moderators of a community suspend from it, and only from it', async () => {
  const { amina, chen, bo, community, question } = await aQuestion()
  await expect(decideOnPerson(amina, chen.handle, community.slug, because('suspend'))).rejects.toThrow(Forbidden)
  await expect(decideOnPerson(bo, chen.handle, null, because('suspend'))).rejects.toThrow(Forbidden)
  await expect(decideOnPerson(bo, bo.handle, community.slug, because('suspend'))).rejects.toThrow(Forbidden)
  await expect(decideOnPerson(bo, 'nobody-here', community.slug, because('suspend'))).rejects.toThrow(NotFound)

  const { decisionId } = await decideOnPerson(bo, chen.handle, community.slug, because('suspend'))
  await expect(answerQuestion(await refreshed(chen), question.threadId, { body: 'But I know this.' })).rejects.toThrow(Forbidden)
  await expect(decideOnPerson(bo, chen.handle, community.slug, because('suspend'))).rejects.toThrow(Conflict)
  expect(await suspensionPage(bo, chen.handle, community.slug)).toMatchObject({
    held: { as: 'suspended', until: expect.any(Date) },
    acts: ['unsuspend'],
    seen: decisionId,
  })
  expect(await decisionPage(chen, decisionId)).toMatchObject({
    act: 'suspend',
    concerned: true,
    facts: expect.stringContaining('Three answers'),
  })

  await decideOnPerson(bo, chen.handle, community.slug, because('unsuspend', decisionId))
  await answerQuestion(await refreshed(chen), question.threadId, { body: 'But I know this.' })
  expect(await kindsOf(chen.personId)).toEqual(['person.suspended', 'person.unsuspended'])
})

test('each suspension is offered one step further', async () => {
  const { chen, bo, community } = await aQuestion()
  const offered: object[] = []
  let seen = ''
  for (let step = 0; step < 5; step += 1) {
    offered.push((await suspensionPage(bo, chen.handle, community.slug)).offered)
    seen = (await decideOnPerson(bo, chen.handle, community.slug, because('suspend', seen))).decisionId
    seen = (await decideOnPerson(bo, chen.handle, community.slug, because('unsuspend', seen))).decisionId
  }
  expect(offered).toEqual([{ act: 'warn', days: '' }, ...['3', '7', '30', '30'].map((days) => ({ act: 'suspend', days }))])
})

test('operators suspend from the whole portal', async () => {
  const { chen, question } = await aQuestion()
  const olu = await anOperator()
  await decideOnPerson(olu, chen.handle, null, { ...because('suspend'), days: '' })
  expect(await refreshed(chen)).toMatchObject({ suspended: true })
  await expect(answerQuestion(await refreshed(chen), question.threadId, { body: 'But I know this.' })).rejects.toThrow(Forbidden)
})

const kindsOf = async (personId: string) =>
  (
    await db
      .select({ kind: interactions.kind })
      .from(interactions)
      .where(sql`${interactions.payload} ->> 'personId' = ${personId} and ${interactions.kind} like 'person.%suspended'`)
      .orderBy(interactions.id)
  ).map((row) => row.kind)
