import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { posts, threads, threadTags, tags } from '~/db/schema'
import { placeOfPost, threadList, threadPage } from '~/server/threads'
import type { ThreadView } from '~/server/threads/types'
import { visitor } from '~/server/viewer'
import { aCommunity, aMember, owner } from '../support/cast'
import { aQuestion } from './scene'

const day = 86_400_000

/** Sixty threads of one asker, some answered, some tagged. */
async function aBusyRoom() {
  const [amina, community] = [await aMember(), await aCommunity()]
  const tag = newId()
  await owner.insert(tags).values({ id: tag, communityId: community.id, name: 'imap', threadCount: 60 })
  const made = Array.from({ length: 60 }, (_, n) => ({
    id: newId(), communityId: community.id, kind: 'question' as const, title: `Question ${n}`, handleId: amina.handleId, answerCount: n % 2, score: n % 7,
    createdAt: new Date(Date.now() - n * day), activeAt: new Date(Date.now() - ((n * 37) % 60) * day),
  })) // prettier-ignore
  await owner.insert(threads).values(made)
  await owner.insert(posts).values(
    made.map((thread) => ({
      id: newId(),
      threadId: thread.id,
      kind: 'opening' as const,
      handleId: amina.handleId,
      markdown: 'Why?',
      html: '<p>Why?</p>',
      createdAt: thread.createdAt,
    })),
  )
  await owner.insert(threadTags).values(made.map((thread) => ({ threadId: thread.id, tagId: tag, threadCreatedAt: thread.createdAt })))
  return { community, made }
}

test('each list in its order, page after page, nothing twice and nothing left out', async () => {
  const { community, made } = await aBusyRoom()
  const walk = async (view: ThreadView, tag?: string) => {
    const titles: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof threadList>> = await threadList(visitor, { communityId: community.id, view, tag, cursor })
      titles.push(...page.threads.map((thread) => thread.title))
      cursor = page.next
    } while (cursor)
    return titles
  }
  const by = (key: (thread: (typeof made)[number]) => number) =>
    [...made].sort((a, b) => key(b) - key(a) || (a.id < b.id ? 1 : -1)).map((thread) => thread.title)
  expect(await walk('new')).toEqual(by((thread) => thread.createdAt.getTime()))
  expect(await walk('active')).toEqual(by((thread) => thread.activeAt.getTime()))
  expect(await walk('top')).toEqual(by((thread) => thread.score))
  expect(await walk('unanswered')).toEqual(made.filter((thread) => thread.answerCount === 0).map((thread) => thread.title))
  expect(await walk('new', 'imap')).toEqual(by((thread) => thread.createdAt.getTime()))
  expect(await walk('new', 'nothing')).toEqual([])
})

test('a cursor that nobody gave is taken as the first page', async () => {
  const { community } = await aBusyRoom()
  for (const cursor of ['nonsense', '1.2', `9999999999999999999.${newId()}`, `1.${'-'.repeat(36)}`])
    expect((await threadList(visitor, { communityId: community.id, view: 'new', cursor })).threads).toHaveLength(25)
})

test('a long thread comes in pages, and every post is found on its own', async () => {
  const { chen, community, question } = await aQuestion()
  const made = Array.from({ length: 75 }, (_, n) => ({
    id: newId(),
    threadId: question.threadId,
    kind: 'answer' as const,
    handleId: chen.handleId,
    markdown: `Answer ${n}`,
    html: `<p>Answer ${n}</p>`,
    score: n % 5,
    createdAt: new Date(Date.now() + n),
  }))
  await owner.insert(posts).values(made)
  for (const order of ['helpful', 'newest'] as const) {
    const ids: string[] = []
    let after: string | null = null
    do {
      const page: Awaited<ReturnType<typeof threadPage>> = await threadPage(visitor, {
        slug: community.slug,
        number: String(question.number),
        order,
        after,
      })
      ids.push(...page.answers.map((answer) => answer.postId))
      after = page.next
    } while (after)
    expect(new Set(ids).size).toBe(75)
    expect(ids).toHaveLength(75)
  }
  for (const { id } of [made[0], made[34], made[74]] as { id: string }[]) {
    const { after } = await placeOfPost(visitor, id)
    const page = await threadPage(visitor, { slug: community.slug, number: String(question.number), order: 'helpful', after })
    expect(page.answers.map((answer) => answer.postId)).toContain(id)
  }
})
