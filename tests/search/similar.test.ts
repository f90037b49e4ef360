import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { db } from '~/db/client'
import { answeredBy, foundAnswer, indexThread, quickly, similarQuestions } from '~/server/search'
import { NotFound, TooMany } from '~/server/errors'
import { acceptAnswer, answerQuestion, askPage, askQuestion, threadIdOf } from '~/server/threads'
import { visitor, type PersonViewer } from '~/server/viewer'
import { setClock } from '~/server/platform/clock'
import { aCommunity, aMember, refreshed, trusted, unique } from '../support/cast'
import { kindsIn, lastEventIn } from '../threads/scene'

async function aRoom(access: 'open' | 'invitation' = 'open') {
  const [amina, chen] = await Promise.all([aMember('Amina'), aMember('Chen')])
  const community = await aCommunity({ access, members: [amina, chen] })
  return { amina: await trusted(await refreshed(amina)), chen: await trusted(await refreshed(chen)), community }
}

async function asked(amina: PersonViewer, slug: string, title: string) {
  const question = await askQuestion(amina, slug, {
    title,
    body: 'It began on Monday, and nobody touched anything.',
    tags: [],
    product: undefined,
  })
  await indexThread(await lastEventIn(question.threadId))
  return question
}

async function solved(people: { amina: PersonViewer; chen: PersonViewer }, slug: string, title: string, body: string) {
  const question = await asked(people.amina, slug, title)
  const answer = await answerQuestion(people.chen, question.threadId, { body })
  await acceptAnswer(people.amina, answer.postId)
  await indexThread(await lastEventIn(question.threadId))
  return question
}

/* Limits are counted by the quarter of an hour: a test does not stand across two. */
afterEach(() => setClock(null))

test('a visitor who mistypes sees the solved question first, with its accepted answer', async () => {
  const { community, ...people } = await aRoom()
  await asked(people.amina, community.slug, 'Rotated key and webhook 401, does anybody know')
  const question = await solved(
    people,
    community.slug,
    'Webhook returns 401 after key rotation',
    'Restart the **worker**: it keeps the old key.',
  )
  for (let index = 0; index < 6; index += 1) await asked(people.amina, community.slug, `The key of the garage, number ${index}`)
  const similar = await similarQuestions(visitor, community.slug, '401 webhok rotated key')
  expect(similar[0]).toMatchObject({ number: question.number, state: 'solved', answer: 'Restart the worker : it keeps the old key.' })
  expect(similar.length).toBeLessThanOrEqual(5)
  expect(similar[0]?.titlePieces.filter((piece) => piece.found).map((piece) => piece.text)).toContain('Webhook')
})

test('the last word need not be typed to its end', async () => {
  const { amina, community } = await aRoom()
  const { number } = await asked(amina, community.slug, 'Calendar invitations disappear overnight')
  for (const typed of ['calendar inv', 'calendar invitatio', 'Calendar invitations disap'])
    expect(
      (await similarQuestions(visitor, community.slug, typed)).map((one) => one.number),
      typed,
    ).toContain(number)
})

test('nothing of a room that is not theirs is similar', async () => {
  const { amina, community } = await aRoom('invitation')
  const word = unique('zephyr').replace(/[^a-z]/g, '')
  await asked(amina, community.slug, `The ${word} does not start`)
  // Others' questions of this worker may be like it by chance; none is of that room.
  const shown = await similarQuestions(visitor, community.slug, `${word} start`)
  expect(shown.filter(({ slug }) => slug === community.slug)).toEqual([])
  const own = await similarQuestions(amina, community.slug, `${word} start`)
  expect(own.filter(({ slug }) => slug === community.slug)).toHaveLength(1)
  expect((await quickly(visitor, word)).threads).toEqual([])
  expect((await quickly(amina, word)).threads).toHaveLength(1)
})

test('whatever is typed, nothing breaks', async () => {
  for (const typed of [
    '',
    ' ',
    "'",
    '\\',
    'a',
    'NUL\u0000',
    '\ud800',
    'x'.repeat(9000),
    '!!! ???',
    "o'neill | & !",
    '=in:x',
    '^title',
    '日本'.repeat(80),
  ]) {
    await expect(similarQuestions(visitor, 'no-such-room', typed)).resolves.toBeDefined()
    await expect(quickly(visitor, typed)).resolves.toBeDefined()
  }
})

test('“this answers it” is counted without saying whose, and who is signed in follows', async () => {
  const { community, ...people } = await aRoom()
  const { threadId, number } = await solved(people, community.slug, 'Webhook returns 401 after key rotation', 'Restart the worker.')
  const jun = await aMember('Jun')
  await foundAnswer(visitor, threadId, '192.0.2.1')
  expect((await kindsIn(threadId)).filter((kind) => kind === 'thread.followed')).toEqual([])
  await foundAnswer(jun, threadId, '192.0.2.1')
  const rows = await db.execute<{ actor_kind: string; actor_handle_id: string | null; payload: object }>(
    sql`select actor_kind, actor_handle_id, payload from interactions where kind = 'question.deflected' and payload ->> 'threadId' = ${threadId}`,
  )
  expect([...rows]).toEqual(
    Array(2).fill({ actor_kind: 'system', actor_handle_id: null, payload: { threadId, communityId: community.id, vendorId: null } }),
  )
  expect(await kindsIn(threadId)).toContain('thread.followed')
  expect(await answeredBy(visitor, String(number), threadIdOf)).toMatchObject({ number })
})

test('what one may not see answers nothing, and nobody counts without end', async () => {
  setClock(new Date())
  const { amina, community } = await aRoom('invitation')
  const { threadId, number } = await asked(amina, community.slug, 'The tester build does not start')
  await expect(foundAnswer(visitor, threadId, '192.0.2.2')).rejects.toThrow(NotFound)
  await expect(answeredBy(visitor, String(number), threadIdOf)).rejects.toThrow(NotFound)
  const open = await aRoom()
  const there = await asked(open.amina, open.community.slug, 'The usual build does not start')
  for (let index = 0; index < 60; index += 1) await foundAnswer(visitor, there.threadId, '192.0.2.3')
  await expect(foundAnswer(visitor, there.threadId, '192.0.2.3')).rejects.toThrow(TooMany)
})

test('who has not signed in may look at the form of an open room, and of no other', async () => {
  const open = await aRoom()
  expect(await askPage(visitor, open.community.slug)).toMatchObject({ signedIn: false })
  const invited = await aRoom('invitation')
  await expect(askPage(visitor, invited.community.slug)).rejects.toThrow(NotFound)
})
