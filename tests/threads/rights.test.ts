import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { people, relationships, relationshipStates } from '~/db/schema'
import { RIGHTS, rightsAt } from '~/server/rights'
import { ownStanding } from '~/server/standing'
import { answerQuestion, askQuestion, commentOn } from '~/server/threads'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner, trusted } from '../support/cast'
import { aQuestion, aQuestionOf } from './scene'

const LEVELS = [0, 1, 2, 3, 4] as const

test('no level may less than the one below it', () => {
  const worth = (most: number | null) => most ?? Infinity
  for (const right of Object.keys(RIGHTS) as (keyof typeof RIGHTS)[])
    for (const level of LEVELS.slice(1))
      expect(worth(rightsAt(level)[right])).toBeGreaterThanOrEqual(worth(rightsAt((level - 1) as 0)[right]))
})

test('three questions on the first day of a newcomer, nine at once or one by one; from the second day as many as anybody', async () => {
  const { community } = await aQuestion()
  const pim = await aMember('Pim')
  const asking = () => askQuestion(pim, community.slug, aQuestionOf)
  const asked = await Promise.allSettled(Array.from({ length: 9 }, asking))
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  await expect(asking()).rejects.toMatchObject({ fields: { body: 'right.threadsOnFirstDay:3' } })
  // The tries that were refused count against the hour as well.
  const other = await aMember('Pim')
  await Promise.all([1, 2, 3].map(() => askQuestion(other, community.slug, aQuestionOf)))
  await cameYesterday(other)
  await askQuestion(other, community.slug, aQuestionOf)
})

test('three replies in a row to somebody else, then it is another’s turn; under one’s own question there is no such count', async () => {
  const { amina, chen, question } = await aQuestion()
  const replying = () => answerQuestion(chen, question.threadId, { body: 'And another thing.' })
  for (let each = 0; each < 3; each += 1) await replying()
  await expect(replying()).rejects.toMatchObject({ fields: { body: 'right.repliesInARow:3' } })
  await expect(commentOn(chen, question.postId, { body: 'One more.' })).rejects.toMatchObject({ fields: { body: 'right.repliesInARow:3' } })
  for (let each = 0; each < 4; each += 1) await commentOn(amina, question.postId, { body: 'Thank you.' })
  await replying()
})

test('ten replies on the first day of a newcomer', async () => {
  const pim = await aMember('Pim')
  for (let each = 0; each < 10; each += 1) {
    const { question } = await aQuestion()
    await answerQuestion(pim, question.threadId, { body: 'Try the index.' })
  }
  const { question } = await aQuestion()
  const replying = () => commentOn(pim, question.postId, { body: 'And the index?' })
  await expect(replying()).rejects.toMatchObject({ fields: { body: 'right.repliesOnFirstDay:10' } })
  await cameYesterday(pim)
  await replying()
})

test('who is known is asked none of it: at level 1, a confirmed customer, staff and moderators', async () => {
  const vendor = await aVendor()
  const { bo, question } = await aQuestion()
  const [settled, customer, dara] = [await trusted(await aMember('Chen'), 1), await aMember('Femi'), await aStaffMember(vendor)]
  await confirmedCustomer(customer, vendor.id)
  for (const each of [settled, customer, dara, bo])
    for (let time = 0; time < 4; time += 1) await answerQuestion(each, question.threadId, { body: `Look at the index, part ${time}.` })
})

test('the page of one’s standing says what one may and what the next level brings, by the same table', async () => {
  const pim = await aMember('Pim')
  const { rights } = await ownStanding(pim)
  expect(rights.known).toBe(false)
  expect(Object.fromEntries(rights.now.map(({ right, most }) => [right, most]))).toEqual(rightsAt(0))
  expect(Object.fromEntries(rights.next.map(({ right, most }) => [right, most]))).toEqual(rightsAt(1))
  const dara = await aStaffMember(await aVendor())
  expect((await ownStanding(dara)).rights).toMatchObject({ known: true, next: [] })
})

async function cameYesterday(person: PersonViewer) {
  await owner
    .update(people)
    .set({ createdAt: sql`now() - interval '25 hours'` })
    .where(eq(people.id, person.personId))
}

async function confirmedCustomer(person: PersonViewer, vendorId: string) {
  const relationshipId = newId()
  await owner
    .insert(relationships)
    .values({ id: relationshipId, vendorId, handleId: person.handleId, since: new Date(), lastAt: new Date() })
  await owner
    .insert(relationshipStates)
    .values({ id: newId(), relationshipId, state: 'customer', vendorConfirmedAt: new Date(), personConfirmedAt: new Date() })
}
