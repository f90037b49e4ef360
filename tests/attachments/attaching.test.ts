import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { attachments, leftoverFiles, memberships, posts, threads } from '~/db/schema'
import { filesFor, keepFile, reconcileFiles, sweepFiles } from '~/server/attachments'
import type { FilePlace } from '~/server/attachments/types'
import { keepDraft } from '~/server/drafts'
import { DraftInput } from '~/server/drafts/input'
import { NotFound } from '~/server/errors'
import { proposeIdea } from '~/server/ideas'
import { storage } from '~/server/platform/storage'
import {
  answerQuestion,
  askQuestion,
  commentOn,
  editPost,
  fileOf,
  hidePost,
  mergeThreads,
  previewOf,
  renderAgain,
  threadPage,
} from '~/server/threads'
import { visitor, type PersonViewer, type Viewer } from '~/server/viewer'
import { aMember, owner, refreshed } from '../support/cast'
import { aDecision, aQuestion, aQuestionOf, aQuestionWithAnAnswer, kindsIn, postRow } from '../threads/scene'
import { aPicture } from './scene'

const aNote = (viewer: PersonViewer, place: FilePlace, name = 'notes.txt') =>
  keepFile(viewer, place, { name, bytes: Buffer.from(`what ${name} says`) })
const aDrawing = async (viewer: PersonViewer, place: FilePlace) =>
  keepFile(viewer, place, { name: 'folders.png', bytes: await aPicture(1920, 960) })
const page = (viewer: Viewer, { slug, number }: { slug: string; number: number }) =>
  threadPage(viewer, { slug, number: String(number), order: 'helpful' })
const keyOf = async (id: string) =>
  (await owner.select({ key: attachments.storageKey }).from(attachments).where(eq(attachments.id, id)))[0]?.key ?? ''

test('what was ticked or stands in the text goes with the question, and only that', async () => {
  const { amina, community } = await aQuestion()
  const place = { kind: 'ask', subjectId: community.id } as const
  const [log, drawing, unwanted, other] = [
    await aNote(amina, place, 'folder.log'),
    await aDrawing(amina, place),
    await aNote(amina, place, 'private.txt'),
    await aNote(amina, place, 'of-another-tab.txt'),
  ]
  const asked = await askQuestion(amina, community.slug, {
    ...aQuestionOf,
    body: `It looks like this:\n\n![Two folders, one empty](/files/${drawing.id})`,
    files: [log.id],
    shown: [log.id, unwanted.id],
  })
  const { opening } = await page(visitor, asked)
  expect(opening.files.map(({ name }) => name)).toEqual(['folder.log'])
  expect(opening.html).toContain(
    `<a href="/files/${drawing.id}" class="picture" rel="nofollow ugc noopener"><img src="/files/${drawing.id}/small" alt="Two folders, one empty" width="960" height="480" loading="lazy" decoding="async" /></a>`,
  )
  for (const { id } of [log, drawing]) expect(await fileOf(visitor, id, '')).toMatchObject({ fileId: id })
  await expect(fileOf(amina, unwanted.id, '')).rejects.toThrow(NotFound)
  expect((await filesFor(amina, place)).map(({ id }) => id)).toEqual([other.id])
  expect(await kindsIn(asked.threadId)).toEqual(['question.asked'])
})

test('nobody posts, shows or takes away a file of somebody else, or one of another place', async () => {
  const { amina, chen, question, answer } = await aQuestionWithAnAnswer()
  const of = { kind: 'answer', subjectId: question.threadId } as const
  const [hers, elsewhere] = [await aDrawing(amina, of), await aDrawing(chen, { kind: 'answer', subjectId: answer.postId })]
  const body = `![one](/files/${hers.id}) ![two](/files/${elsewhere.id})`
  const { postId } = await answerQuestion(chen, question.threadId, { body, files: [hers.id, elsewhere.id], shown: [hers.id] })
  expect((await postRow(postId)).html).not.toContain('<img')
  expect(await previewOf(chen, 'answer', question.threadId, body)).not.toContain('<img')
  expect(await previewOf(amina, 'answer', question.threadId, body)).toContain('<img')
  expect((await filesFor(amina, of)).map(({ id }) => id)).toEqual([hers.id])
  await expect(fileOf(chen, hers.id, '')).rejects.toThrow(NotFound)
  const rows = await transaction(chen, (tx) => tx.execute(sql`select id from attachments where id = ${hers.id}`))
  expect(rows).toHaveLength(0)
  const removed = await transaction(chen, (tx) => tx.execute(sql`delete from attachments where id = ${hers.id} returning id`))
  expect(removed).toHaveLength(0)
})

test('an edit adds files, takes unticked ones away, and leaves those that its form did not show', async () => {
  const { chen, question, answer } = await aQuestionWithAnAnswer()
  const place = { kind: 'edit', subjectId: answer.postId } as const
  const [first, second] = [await aNote(chen, place, 'first.txt'), await aNote(chen, place, 'second.txt')]
  const words = { body: 'Nothing comes back: the index disagrees.', tags: [], reason: undefined }
  const filesOf = async () => (await page(visitor, question)).answers[0]?.files.map(({ name }) => name)
  await editPost(chen, answer.postId, { ...words, files: [first.id, second.id], shown: [first.id, second.id] })
  expect(await filesOf()).toEqual(['first.txt', 'second.txt'])
  expect((await postRow(answer.postId)).editCount).toBe(0)
  await editPost(chen, answer.postId, { ...words, body: 'Nothing comes back.' })
  expect(await filesOf()).toEqual(['first.txt', 'second.txt'])
  await editPost(chen, answer.postId, { ...words, files: [second.id], shown: [first.id, second.id] })
  expect(await filesOf()).toEqual(['second.txt'])
  await expect(fileOf(visitor, first.id, '')).rejects.toThrow(NotFound)
  expect((await kindsIn(question.threadId)).filter((kind) => kind === 'post.edited')).toHaveLength(3)
})

test('a file is there for whoever may read its post: not in a private room, not once the post is hidden', async () => {
  const { amina, chen, bo, community, question } = await aQuestion({ access: 'invitation' })
  const log = await aNote(chen, { kind: 'answer', subjectId: question.threadId })
  const { postId } = await answerQuestion(chen, question.threadId, { body: 'See the log.', files: [log.id] })
  expect(await fileOf(amina, log.id, '')).toMatchObject({ fileId: log.id })
  for (const viewer of [visitor, await aMember('Jun')]) await expect(fileOf(viewer, log.id, '')).rejects.toThrow(NotFound)
  await owner.delete(memberships).where(eq(memberships.personId, amina.personId))
  await expect(fileOf(await refreshed(amina), log.id, '')).rejects.toThrow(NotFound)
  const decision = await aDecision(bo, { kind: 'post', id: postId, communityId: community.id })
  await owner.update(posts).set({ hiddenByDecisionId: decision }).where(eq(posts.id, postId))
  await expect(fileOf(await aMember('Olu', { operator: true }), log.id, '')).resolves.toMatchObject({ fileId: log.id })
  await owner.update(threads).set({ hiddenByDecisionId: decision }).where(eq(threads.id, question.threadId))
  await expect(fileOf(visitor, log.id, '')).rejects.toThrow(NotFound)
})

test('a file of a comment goes with the answer above it; a comment takes no files', async () => {
  const { amina, chen, bo, community, answer } = await aQuestionWithAnAnswer()
  const { postId } = await commentOn(chen, answer.postId, { body: 'See the log.' })
  const log = await aNote(chen, { kind: 'edit', subjectId: postId })
  const edit = { body: 'See the log, please.', tags: [], reason: undefined }
  for (const along of [{ files: [log.id] }, { body: `See [the log](/files/${log.id})` }])
    await expect(editPost(chen, postId, { ...edit, ...along })).rejects.toMatchObject({ fields: { body: 'thread.commentFiles' } })
  await editPost(chen, postId, edit)
  await owner.update(attachments).set({ postId }).where(eq(attachments.id, log.id))
  await expect(fileOf(visitor, log.id, '')).resolves.toMatchObject({ fileId: log.id })
  const decision = await aDecision(bo, { kind: 'post', id: answer.postId, communityId: community.id })
  await transaction(bo, (tx) => hidePost(tx, answer.postId, decision))
  for (const viewer of [visitor, amina]) await expect(fileOf(viewer, log.id, '')).rejects.toThrow(NotFound)
  await expect(fileOf(bo, log.id, '')).resolves.toMatchObject({ fileId: log.id })
})

test('files follow a merged question, and are drawn again as they stand', async () => {
  const { amina, bo, community, question } = await aQuestion()
  const place = { kind: 'ask', subjectId: community.id } as const
  const [drawing, log] = [await aDrawing(amina, place), await aNote(amina, place)]
  const body = `Half of them are back: ![a folder](/files/${drawing.id})`
  const other = await askQuestion(amina, community.slug, { ...aQuestionOf, title: 'Messages come back again', body, files: [log.id] })
  await mergeThreads(bo, question.threadId, { questions: String(other.number) })
  const merged = (await page(visitor, question)).merged[0]?.post
  expect(merged?.files.map(({ name }) => name)).toEqual(['notes.txt'])
  expect(merged?.html).toContain('<img')
  await expect(fileOf(visitor, drawing.id, 'small')).resolves.toMatchObject({ picture: true })
  await owner.update(posts).set({ html: 'old' }).where(eq(posts.id, other.postId))
  await renderAgain()
  expect((await postRow(other.postId)).html).toBe(merged?.html)
})

test('an idea takes files too', async () => {
  const { amina, community } = await aQuestion()
  const log = await aNote(amina, { kind: 'idea', subjectId: community.id })
  const idea = await proposeIdea(amina, community.slug, { ...aQuestionOf, title: 'Folders that stay as they are', files: [log.id] })
  expect((await page(visitor, idea)).opening.files).toMatchObject([{ name: 'notes.txt', bytes: 'what notes.txt says'.length }])
})

test('what was uploaded for nothing is swept after two days, unless a draft waits for it; files follow their rows', async () => {
  const { amina, chen, question } = await aQuestion()
  const place = { kind: 'answer', subjectId: question.threadId } as const
  const [forgotten, drafted, fresh] = [await aNote(chen, place), await aNote(amina, place), await aNote(chen, place)]
  await keepDraft(amina, 'answer', question.threadId, DraftInput.parse({ body: 'Half an answer, with a log' }))
  const longAgo = new Date(Date.now() - 49 * 3_600_000)
  for (const { id } of [forgotten, drafted]) await owner.update(attachments).set({ createdAt: longAgo }).where(eq(attachments.id, id))
  const key = await keyOf(forgotten.id)
  await sweepFiles()
  expect((await filesFor(chen, place)).map(({ id }) => id)).toEqual([fresh.id])
  expect(await filesFor(amina, place)).toHaveLength(1)
  expect(await storage().has(key)).toBe(false)
  expect(await owner.select().from(leftoverFiles).where(eq(leftoverFiles.storageKey, key))).toEqual([])
})

test('each night a file that no row knows goes, and a row whose file is lost', async () => {
  const { chen, question } = await aQuestion()
  const place = { kind: 'answer', subjectId: question.threadId } as const
  const [lost, kept] = [await aNote(chen, place, 'lost.txt'), await aDrawing(chen, place)]
  await storage().put('stray-file-of-nobody', Buffer.from('whose?'))
  await storage().remove(await keyOf(lost.id))
  await owner
    .update(attachments)
    .set({ createdAt: new Date(Date.now() - 25 * 3_600_000) })
    .where(eq(attachments.id, lost.id))
  await reconcileFiles()
  expect(await storage().has('stray-file-of-nobody'), 'it may be one that is being written just now').toBe(true)
  expect((await filesFor(chen, place)).map(({ id }) => id)).toEqual([kept.id])
})
