import { expect, test } from 'vitest'
import { eq, inArray } from 'drizzle-orm'
import { newId } from '~/db/ids'
import { communities, searchDocuments } from '~/db/schema'
import { acceptAnswer, hidePost, hideThread } from '~/server/threads'
import { transaction } from '~/db/client'
import { indexImported, indexThread, searchPage } from '~/server/search'
import { visitor, type Viewer } from '~/server/viewer'
import { aMember, owner, unique } from '../support/cast'
import { aDecision, aQuestionWithAnAnswer, lastEventIn } from '../threads/scene'

const found = async (viewer: Viewer, q: string, more: object = {}) =>
  (await searchPage(viewer, { q, ...more })).results.map((result) => result.threadId)

test('a question is found by its words, those of its answers and its tags, and marks them', async () => {
  const { chen, community, question } = await aQuestionWithAnAnswer()
  await indexThread(await lastEventIn(question.threadId))
  await indexThread(await lastEventIn(question.threadId))
  const here = { community: community.slug }
  expect(await found(chen, 'deleting newsletter', here)).toEqual([question.threadId])
  expect(await found(chen, 'disagrees', here)).toEqual([question.threadId])
  expect(await found(chen, 'imap', { ...here, tag: 'imap' })).toEqual([question.threadId])
  expect(await found(chen, 'imap', { ...here, tag: 'other' })).toEqual([])
  expect(await found(chen, 'absentword', here)).toEqual([])
  const [result] = (await searchPage(chen, { q: 'messages', ...here })).results
  expect(result?.titlePieces).toEqual([
    { text: 'Deleted ', found: false },
    { text: 'messages', found: true },
    { text: ' come back', found: false },
  ])
})

test('solved is a filter that follows the acceptance', async () => {
  const { amina, community, question, answer } = await aQuestionWithAnAnswer()
  await indexThread(await lastEventIn(question.threadId))
  const solved = { community: community.slug, solved: true }
  expect(await found(amina, 'messages', solved)).toEqual([])
  await acceptAnswer(amina, answer.postId)
  await indexThread(await lastEventIn(question.threadId))
  expect(await found(amina, 'messages', solved)).toEqual([question.threadId])
})

test('a room beyond the hundred busiest narrows a search as any other does, and stands in the list once it is chosen', async () => {
  const busier = Array.from({ length: 100 }, (_, n) => ({
    id: newId(),
    slug: unique(`busy-${n}`),
    name: 'Busy',
    access: 'open' as const,
    threadCount: 1000,
  }))
  await owner.insert(communities).values(busier)
  const { chen, community, question } = await aQuestionWithAnAnswer()
  await indexThread(await lastEventIn(question.threadId))
  const page = await searchPage(chen, { q: 'messages', community: community.slug })
  const closed = await searchPage(chen, { q: 'messages' })
  await owner.delete(communities).where(
    inArray(
      communities.id,
      busier.map(({ id }) => id),
    ),
  )
  expect(page.results.map((result) => result.threadId)).toEqual([question.threadId])
  expect(page.rooms[0]?.slug).toBe(community.slug)
  expect(closed.rooms.map(({ slug }) => slug)).not.toContain(community.slug)
})

test('private rooms do not leak, nor do their names', async () => {
  const { chen, community, question } = await aQuestionWithAnAnswer({ access: 'request' })
  await indexThread(await lastEventIn(question.threadId))
  const stranger = await aMember('Stranger')
  for (const viewer of [visitor, stranger]) {
    const page = await searchPage(viewer, { q: 'messages', community: community.slug })
    expect(page.results).toEqual([])
    expect(page.rooms.map((room) => room.slug)).not.toContain(community.slug)
  }
  expect(await found(chen, 'messages', { community: community.slug })).toEqual([question.threadId])
})

test('what is hidden is not found, even before the index has heard of it', async () => {
  const { chen, bo, community, question, answer } = await aQuestionWithAnAnswer()
  await indexThread(await lastEventIn(question.threadId))
  const here = { community: community.slug }
  await transaction(bo, async (tx) =>
    hidePost(tx, answer.postId, await aDecision(bo, { kind: 'post', id: answer.postId, communityId: community.id })),
  )
  await indexThread(await lastEventIn(question.threadId))
  expect(await found(chen, 'disagrees', here)).toEqual([])
  await transaction(bo, async (tx) =>
    hideThread(tx, question.threadId, await aDecision(bo, { kind: 'thread', id: question.threadId, communityId: community.id })),
  )
  expect(await found(chen, 'messages', here)).toEqual([])
  await indexThread(await lastEventIn(question.threadId))
  expect(await owner.select().from(searchDocuments).where(eq(searchDocuments.threadId, question.threadId))).toEqual([])
})

test('an import is indexed at its end', async () => {
  const { chen, community, question } = await aQuestionWithAnAnswer()
  expect(await indexImported(community.id)).toBe(1)
  expect(await found(chen, 'newsletters', { community: community.slug })).toEqual([question.threadId])
})

test('no query is an error', async () => {
  for (const q of [
    '',
    '   ',
    '"',
    "'",
    '-',
    '!!',
    '&|()',
    ':*',
    '<->',
    'a:*b',
    '\\',
    'NUL\u0000',
    'lone \ud800',
    'x'.repeat(5000),
    '-a -b',
    '" or "',
    '%',
    'こんにちは',
    'or or or',
  ])
    await expect(searchPage(visitor, { q, cursor: '-1', tag: "'", community: '%' })).resolves.toBeDefined()
})

test('what people wrote stays text', async () => {
  const { amina, community } = await aQuestionWithAnAnswer()
  const { askQuestion } = await import('~/server/threads')
  const asked = await askQuestion(amina, community.slug, {
    title: 'A <b>bold</b> <script> title',
    body: 'Why does `<script>alert(1)</script>` not appear here?',
    tags: [],
    product: undefined,
  })
  await indexThread(await lastEventIn(asked.threadId))
  const [result] = (await searchPage(amina, { q: 'appear', community: community.slug })).results
  expect(result?.snippet.map((piece) => piece.text).join('')).toContain('<script>alert(1)</script>')
})
