import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import { Forbidden } from '~/server/errors'
import { appeal, decide, decideAppeal } from '~/server/moderation'
import { systemViewer, visitor } from '~/server/viewer'
import { anOperator, owner } from '../support/cast'
import { aRecommendation } from '../recommendations/scene'
import { aQuestionWithAnAnswer } from '../threads/scene'

const because = { act: 'hide', rule: 'civil', facts: 'What the second sentence says of Amina.', why: 'It is about her.', seen: '' } as const

const broken = sql`select link::int as link, what from broken_moderation_link()`
const linksOf = async (rowIds: string[]) =>
  (await owner.execute<{ kind: string }>(sql`select kind from moderation_chain where row_id::text in ${rowIds} order by nth`)).map(
    ({ kind }) => kind,
  )

/** As somebody with the keys of the database could; put back afterwards. */
async function tampered(statement: ReturnType<typeof sql>) {
  const found: unknown[] = []
  await owner
    .transaction(async (tx) => {
      await tx.execute(statement)
      found.push(...(await tx.execute(broken)), ...(await tx.execute(sql`select unchained_moderation()::int as unchained`)))
      tx.rollback()
    })
    .catch(() => {})
  return found
}

async function anOverturnedDecision() {
  const it = await aQuestionWithAnAnswer()
  const { decisionId } = await decide(it.bo, 'post', it.answer.postId, because)
  const { appealId } = await appeal(it.chen, decisionId, { body: 'I meant the index, and not her.' })
  await decideAppeal(await anOperator(), appealId, { outcome: 'overturned', facts: 'It is about the index.' })
  return { ...it, decisionId, appealId }
}

test('decisions, appeals, their outcomes and refused attempts are sealed in their order, and every link holds', async () => {
  const { decisionId, appealId } = await anOverturnedDecision()
  expect(await linksOf([decisionId, appealId])).toEqual(['decision', 'appeal', 'outcome'])
  const { dara, recommendationId } = await aRecommendation()
  const count = async () =>
    (await owner.execute<{ n: number }>(sql`select count(*)::int as n from moderation_chain where kind = 'refusal'`))[0]?.n ?? 0
  const before = await count()
  await expect(decide(dara, 'recommendation', recommendationId, because)).rejects.toThrow(Forbidden)
  expect(await count()).toBe(before + 1)
  expect(await owner.execute(broken)).toEqual([])
})

test('ten decisions at once are ten links, one after the other', async () => {
  const scenes = await Promise.all(Array.from({ length: 10 }, () => aQuestionWithAnAnswer()))
  await Promise.all(scenes.map(({ bo, answer }) => decide(bo, 'post', answer.postId, because)))
  expect(await owner.execute(broken)).toEqual([])
  expect(await owner.execute(sql`select nth from moderation_chain group by nth having count(*) > 1`)).toEqual([])
})

test('a decision, an appeal or a link that was changed, cut out or cut off is found, the first of them by its number', async () => {
  const { decisionId, appealId } = await anOverturnedDecision()
  const [link] = await owner.execute<{ nth: number }>(sql`select nth::int as nth from moderation_chain where row_id = ${decisionId}`)
  const nth = link?.nth ?? 0
  const changed = expect.objectContaining({ link: nth, what: expect.stringContaining(decisionId) as string }) as unknown
  expect(await tampered(sql`update decisions set facts = 'Something else was seen.' where id = ${decisionId}`)).toContainEqual(changed)
  expect(await tampered(sql`update decisions set decided_at = decided_at - interval '1 day' where id = ${decisionId}`)).toContainEqual(
    changed,
  )
  expect(await tampered(sql`update appeals set reasons = 'No reason.' where id = ${appealId}`)).toContainEqual(
    expect.objectContaining({ what: expect.stringContaining('outcome') as string }),
  )
  expect(await tampered(sql`update moderation_chain set content = '{}' where nth = ${nth}`)).toContainEqual({
    link: nth,
    what: 'its content was changed',
  })
  expect(await tampered(sql`delete from moderation_chain where nth = ${nth}`)).toContainEqual({
    link: nth + 1,
    what: 'links before it are missing',
  })
  expect(await tampered(sql`delete from moderation_chain where nth >= ${nth}`)).toContainEqual({ unchained: 4 })
})

test('the role that the product runs as adds no link and changes none; only the system reads them', async () => {
  const { bo } = await anOverturnedDecision()
  for (const statement of [
    sql`update moderation_chain set content = '{}'`,
    sql`delete from moderation_chain`,
    sql`insert into moderation_chain values (0, 'decision', gen_random_uuid(), '{}', '', '', now())`,
    sql`select link_to_moderation_chain('decision', gen_random_uuid(), '{}')`,
  ])
    await expect(transaction(bo, (tx) => tx.execute(statement))).rejects.toThrow()
  expect(await db.execute(sql`select 1 from moderation_chain limit 1`)).toEqual([])
  expect(await transaction(visitor, (tx) => tx.execute(sql`select 1 from moderation_chain limit 1`))).toEqual([])
  expect(await transaction(systemViewer('doctor'), (tx) => tx.execute(sql`select 1 as one from moderation_chain limit 1`))).toEqual([
    { one: 1 },
  ])
})
