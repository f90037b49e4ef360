import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { handles, notificationChoices, notifications, posts } from '~/db/schema'
import { newId } from '~/db/ids'
import { Invalid } from '~/server/errors'
import { muteThread, notifyWhoIsTold } from '~/server/notifications'
import { answerQuestion, askQuestion, commentOn, editPost, followThread, previewOf, renderAgain } from '~/server/threads'
import { aMember, owner, trusted, unique } from '../support/cast'
import { aQuestion, aQuestionOf, eventsIn, postRow } from './scene'

const told = async (person: { personId: string }) =>
  (await owner.select().from(notifications).where(eq(notifications.personId, person.personId)).orderBy(notifications.id)).map(
    ({ kind, why }) => `${kind} ${why}`,
  )
const tellAll = async (threadId: string) => {
  for (const event of await eventsIn(threadId)) await notifyWhoIsTold(event)
}
const linked = (html: string) => [...html.matchAll(/href="\/people\/([^"]+)"/g)].map(([, name]) => name)

test('a handle in a post becomes a link, and its person hears of it once', async () => {
  const { amina, chen, question } = await aQuestion()
  const dara = await aMember('Dara')
  const body = `@${dara.handle.toUpperCase()} knows this, see @${dara.handle}. Not @nobody-of-this-name, \`@${chen.handle}\` or ${chen.handle}@mail.example.`
  const { postId } = await answerQuestion(chen, question.threadId, { body })
  expect(linked((await postRow(postId)).html)).toEqual([dara.handle, dara.handle])
  await tellAll(question.threadId)
  await tellAll(question.threadId)
  expect(await told(dara)).toEqual(['person.mentioned mentioned'])
  expect(await told(amina)).toEqual(['question.answered asker'])
})

test('whoever is told anyway is told once, as the one who was mentioned; who mentions themselves is not', async () => {
  const { amina, chen, bo, question } = await aQuestion()
  await followThread(bo, question.threadId)
  await answerQuestion(chen, question.threadId, { body: `@${amina.handle} and @${chen.handle}: the index disagrees.` })
  await tellAll(question.threadId)
  expect(await told(amina)).toEqual(['person.mentioned mentioned'])
  expect(await told(bo)).toEqual(['question.answered follower'])
  expect(await told(chen)).toEqual([])
})

test('who wants to hear of no mentions still hears of answers to their question', async () => {
  const { amina, chen, question } = await aQuestion()
  await owner.insert(notificationChoices).values({ personId: amina.personId, topic: 'mentions', channel: 'inbox', wanted: false })
  await answerQuestion(chen, question.threadId, { body: `@${amina.handle}: the index disagrees.` })
  await tellAll(question.threadId)
  const shown = await owner
    .select({ kind: notifications.kind })
    .from(notifications)
    .where(and(eq(notifications.personId, amina.personId), eq(notifications.shown, true)))
  expect(shown).toEqual([{ kind: 'question.answered' }])
})

test('a private room calls nobody from outside, and its name stays plain text there', async () => {
  const { amina, chen, bo, question, community } = await aQuestion({ access: 'invitation' })
  const jun = await aMember('Jun')
  const { postId } = await answerQuestion(chen, question.threadId, { body: `@${jun.handle}, @${amina.handle} and @${bo.handle}` })
  expect(linked((await postRow(postId)).html)).toEqual([amina.handle, bo.handle])
  await tellAll(question.threadId)
  expect(await told(jun)).toEqual([])
  expect(await told(bo)).toEqual(['person.mentioned mentioned'])
  expect(linked(await previewOf(chen, 'answer', question.threadId, `@${jun.handle} @${amina.handle}`))).toEqual([amina.handle])
  await expect(previewOf(jun, 'answer', question.threadId, 'Let me see')).rejects.toThrow()
  await expect(previewOf(jun, 'ask', community.id, 'Let me see')).rejects.toThrow()
})

test('an imported name is never called, whatever handle it looks like', async () => {
  const { chen, question } = await aQuestion()
  const handle = unique('placeholder')
  await owner.insert(handles).values({ id: newId(), kind: 'placeholder', handle, displayName: handle })
  const { postId } = await answerQuestion(chen, question.threadId, { body: `Thank you @${handle}` })
  expect(linked((await postRow(postId)).html)).toEqual([])
})

test('an edit calls only those who are named for the first time', async () => {
  const { chen, bo, question } = await aQuestion()
  const dara = await aMember('Dara')
  const { postId } = await answerQuestion(chen, question.threadId, { body: `@${dara.handle} knows this.` })
  await editPost(chen, postId, { body: `@${dara.handle} or @${bo.handle} knows this.`, tags: [], reason: undefined })
  await editPost(chen, postId, { body: `@${bo.handle} knows this.`, tags: [], reason: undefined })
  await tellAll(question.threadId)
  expect([await told(dara), await told(bo)]).toEqual([['person.mentioned mentioned'], ['person.mentioned mentioned']])
  expect(linked((await postRow(postId)).html)).toEqual([bo.handle])
})

test('ten people in a post and no more; a newcomer two, in questions and comments alike', async () => {
  const { chen, community, question } = await aQuestion()
  const crowd = await Promise.all(Array.from({ length: 11 }, () => aMember('Dara')))
  const calling = (count: number) =>
    crowd
      .slice(0, count)
      .map(({ handle }) => `@${handle}`)
      .join(' ')
  const asking = (body: string) => askQuestion(chen, community.slug, { ...aQuestionOf, body })
  await expect(asking(calling(3))).rejects.toThrow(Invalid)
  await expect(commentOn(chen, question.postId, { body: calling(3) })).rejects.toThrow(Invalid)
  await commentOn(chen, question.postId, { body: calling(2) })
  await trusted(chen)
  await expect(asking(calling(11))).rejects.toMatchObject({ fields: { body: 'right.mentions:10' } })
  await asking(calling(10))
})

test('a muted thread is silent, mentions and all', async () => {
  const { amina, chen, question } = await aQuestion()
  await muteThread(amina, question.threadId)
  await answerQuestion(chen, question.threadId, { body: `@${amina.handle}, look.` })
  await tellAll(question.threadId)
  expect(await told(amina)).toEqual([])
})

test('what was written before is drawn again as it would be today, and who was mentioned stays so', async () => {
  const { chen, question } = await aQuestion()
  const dara = await aMember('Dara')
  const { postId } = await answerQuestion(chen, question.threadId, { body: `@${dara.handle}\n\n\`\`\`sql\nselect 1\n\`\`\`` })
  const { html } = await postRow(postId)
  await owner.update(posts).set({ html: '<p>As it was</p>' }).where(eq(posts.id, postId))
  expect(await renderAgain()).toBeGreaterThan(0)
  expect((await postRow(postId)).html).toBe(html)
  expect(html).toContain('hljs-keyword')
  expect(linked(html)).toEqual([dara.handle])
})
