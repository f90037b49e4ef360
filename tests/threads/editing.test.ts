import { expect, test } from 'vitest'
import { Conflict, Forbidden, Invalid } from '~/server/errors'
import { commentOn, editPage, editPost, popularTags, postHistory, threadPage } from '~/server/threads'
import { changedLines } from '~/server/threads/changed-lines'
import { aQuestionOf, aQuestionWithAnAnswer, kindsIn } from './scene'

test('editing keeps every earlier version and says what changed', async () => {
  const { amina, question } = await aQuestionWithAnAnswer()
  await editPost(amina, question.postId, {
    title: 'Deleted messages return',
    body: `${aQuestionOf.body}\n\nOn Linux.`,
    tags: ['imap', 'linux'],
    reason: 'the system',
    version: 0,
  })
  await editPost(amina, question.postId, {
    title: 'Deleted messages return',
    body: `${aQuestionOf.body}\n\nOn Debian.`,
    tags: ['imap', 'linux'],
    reason: undefined,
    version: 1,
  })
  const { versions } = await postHistory(amina, question.postId)
  expect(versions.map(({ number, title, by, reason }) => ({ number, title, by, reason }))).toEqual([
    { number: 3, title: 'Deleted messages return', by: 'Amina', reason: '' },
    { number: 2, title: 'Deleted messages return', by: 'Amina', reason: 'the system' },
    { number: 1, title: 'Deleted messages come back', by: 'Amina', reason: '' },
  ])
  expect(versions[0]?.lines.filter((line) => line.kind !== 'same')).toEqual([
    { kind: 'removed', text: 'On Linux.' },
    { kind: 'added', text: 'On Debian.' },
  ])
  expect(versions[2]?.lines.every((line) => line.kind === 'added')).toBe(true)
  expect((await kindsIn(question.threadId)).filter((kind) => kind === 'post.edited')).toHaveLength(2)
})

test('tags follow the edit, with their counts', async () => {
  const { amina, community, question } = await aQuestionWithAnAnswer()
  await editPost(amina, question.postId, { body: aQuestionOf.body, tags: ['imap', 'linux'], reason: undefined })
  expect(await popularTags(community.id)).toEqual([
    { name: 'imap', threadCount: 1 },
    { name: 'linux', threadCount: 1 },
  ])
  const page = await threadPage(amina, { slug: community.slug, number: String(question.number), order: 'helpful' })
  expect(page).toMatchObject({ tags: ['imap', 'linux'], opening: { editCount: 0 } })
})

test('only the author edits; the same words change nothing; an older version is told so', async () => {
  const { amina, chen, bo, question, answer } = await aQuestionWithAnAnswer()
  await expect(editPost(bo, answer.postId, { body: 'Mine now', tags: [], reason: undefined })).rejects.toThrow(Forbidden)
  await expect(editPage(amina, answer.postId)).rejects.toThrow(Forbidden)
  const { markdown, version } = await editPage(chen, answer.postId)
  await editPost(chen, answer.postId, { body: markdown, tags: [], reason: undefined, version })
  expect(await kindsIn(question.threadId)).not.toContain('post.edited')
  await editPost(chen, answer.postId, { body: 'Better.', tags: [], reason: undefined, version })
  await expect(editPost(chen, answer.postId, { body: 'Worse.', tags: [], reason: undefined, version })).rejects.toThrow(Conflict)
  const comment = await commentOn(chen, answer.postId, { body: 'Short' })
  await expect(editPost(chen, comment.postId, { body: 'x'.repeat(3001), tags: [], reason: undefined })).rejects.toThrow(Invalid)
})

test('changed lines', () => {
  expect(changedLines('a\nb\nc', 'a\nx\nc')).toEqual([
    { kind: 'same', text: 'a' },
    { kind: 'removed', text: 'b' },
    { kind: 'added', text: 'x' },
    { kind: 'same', text: 'c' },
  ])
  expect(changedLines('', 'a')).toEqual([{ kind: 'added', text: 'a' }])
  const long = Array.from({ length: 3000 }, (_, n) => `${n}`).join('\n')
  expect(changedLines(long, [...long.split('\n')].reverse().join('\n')).length).toBeGreaterThan(3000)
})
