import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { decisions, heldPosts, interactions, notifications, relationships, relationshipStates, roomChecks } from '~/db/schema'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { draftFor, keepDraft } from '~/server/drafts'
import { DraftInput } from '~/server/drafts/input'
import { changeChecks, checksPage, openingStamp } from '~/server/holding'
import { checked, linksIn } from '~/server/holding/checks'
import { ChecksInput } from '~/server/holding/input'
import { proposeIdea } from '~/server/ideas'
import { appeal, communityQueue, decide, decideAppeal, decisionPage, itemPage } from '~/server/moderation'
import { notifyWhoIsTold } from '~/server/notifications'
import { communityFeed } from '~/server/publishing'
import { paths } from '~/app/paths'
import { signedToken } from '~/server/platform/signing'
import { indexThread, searchPage } from '~/server/search'
import { answerQuestion, askQuestion, commentOn, editPost, threadList, threadPage } from '~/server/threads'
import { visitor, type PersonViewer, type Viewer } from '~/server/viewer'
import { aMember, anOperator, aVendor, owner, trusted } from '../support/cast'
import { aQuestion, aQuestionOf, communityRow, eventsIn, kindsIn, postRow, threadRow } from '../threads/scene'

const LINKS = 'See https://one.example/a, https://two.example/b and https://three.example/c for how to.'
const free = { rule: 'none' as const, facts: 'Three links to its own manual, and all of them help.' }
const because = { rule: 'advertising' as const, facts: 'Three links to one shop, under every question.', why: 'Nobody asked for it.' }
const pageOf = (viewer: Viewer, { slug, number }: { slug: string; number: number }) =>
  threadPage(viewer, { slug, number: String(number), order: 'helpful' })
const answersFor = async (viewer: Viewer, question: { slug: string; number: number }) =>
  (await pageOf(viewer, question)).answers.map(({ postId }) => postId)
const decisionOn = async (id: string) =>
  (await owner.select().from(decisions).where(eq(decisions.subjectId, id)).orderBy(decisions.nth)).at(-1) as typeof decisions.$inferSelect
const told = async (person: PersonViewer) =>
  (await owner.select().from(notifications).where(eq(notifications.personId, person.personId)).orderBy(notifications.id)).map(
    ({ kind }) => kind,
  )
const tellAll = async (threadId: string) => {
  for (const event of await eventsIn(threadId)) await notifyWhoIsTold(event)
}
const stateOf = async (postId: string) => (await owner.select().from(heldPosts).where(eq(heldPosts.postId, postId)))[0]?.state

/** Pim is new, and answers with three links. */
async function aHeldAnswer() {
  const scene = await aQuestion()
  const pim = await aMember('Pim')
  const answer = await answerQuestion(pim, scene.question.threadId, { body: LINKS })
  return { ...scene, pim, answer }
}

test('a newcomer’s answer with three links is hers and the moderators’ to see, and nobody is told of it', async () => {
  const { amina, bo, chen, pim, question, answer } = await aHeldAnswer()
  for (const other of [amina, chen, visitor]) expect(await answersFor(other, question)).toEqual([])
  for (const one of [pim, bo]) expect(await answersFor(one, question)).toEqual([answer.postId])
  const [shown] = (await pageOf(pim, question)).answers
  expect(shown?.heldFor).toBe('It has 3 links. At level 0 a post may have 2 before a moderator reads it first.')
  expect(await threadRow(question.threadId)).toMatchObject({ answerCount: 0, answeredAt: null })
  expect(await kindsIn(question.threadId)).toEqual(['question.asked', 'post.held'])
  await tellAll(question.threadId)
  expect([await told(amina), await told(pim)]).toEqual([[], ['post.held']])
})

test('an edit is read by the checks as a new post is; what a moderator let out once is held no more', async () => {
  const { amina, bo, chen, community, question } = await aQuestion()
  const pim = await aMember('Pim')
  const answer = await answerQuestion(pim, question.threadId, { body: 'It is in the manual.' })
  expect(await answersFor(chen, question)).toEqual([answer.postId])
  await editPost(pim, answer.postId, { body: LINKS, tags: [], reason: undefined })
  for (const other of [amina, chen, visitor]) expect(await answersFor(other, question)).toEqual([])
  for (const one of [pim, bo]) expect(await answersFor(one, question)).toEqual([answer.postId])
  expect(await stateOf(answer.postId)).toBe('waiting')
  expect(await threadRow(question.threadId)).toMatchObject({ answerCount: 0 })
  await decide(bo, 'post', answer.postId, { act: 'restore', ...free, seen: (await decisionOn(answer.postId)).id })
  await editPost(pim, answer.postId, { body: `${LINKS} That is all.`, tags: [], reason: undefined })
  expect(await answersFor(chen, question)).toEqual([answer.postId])

  const asked = await askQuestion(pim, question.slug, { ...aQuestionOf, title: 'How do I compact a folder' })
  const opening = (await pageOf(pim, asked)).opening.postId
  await editPost(pim, opening, { title: 'How do I compact a folder', body: LINKS, tags: [], reason: undefined })
  const shown = (await threadList(chen, { communityId: community.id, view: 'new' })).threads.map(({ number }) => number)
  expect(shown).not.toContain(asked.number)
  await trusted(chen)
  const other = await answerQuestion(chen, question.threadId, { body: 'Ask the vendor.' })
  await editPost(chen, other.postId, { body: LINKS, tags: [], reason: undefined })
  expect(await answersFor(visitor, question)).toContain(other.postId)
})

test('what is held is mended by its author, waits on, and is let out only as the moderator has read it', async () => {
  const { bo, chen, pim, question, answer } = await aHeldAnswer()
  const seen = (await decisionOn(answer.postId)).id
  const { version } = await itemPage(bo, 'post', answer.postId)
  await editPost(pim, answer.postId, { body: 'It is in the manual, under folders.', tags: [], reason: undefined })
  expect(await stateOf(answer.postId)).toBe('waiting')
  expect(await answersFor(chen, question)).toEqual([])
  const letOut = { act: 'restore' as const, ...free, seen }
  await expect(decide(bo, 'post', answer.postId, { ...letOut, version })).rejects.toThrow(Conflict)
  const read = await itemPage(bo, 'post', answer.postId)
  expect(read.html).toContain('under folders')
  await decide(bo, 'post', answer.postId, { ...letOut, version: read.version })
  expect(await answersFor(chen, question)).toEqual([answer.postId])
  await expect(editPost(chen, answer.postId, { body: 'Mine now.', tags: [], reason: undefined })).rejects.toThrow(Forbidden)
})

test('the check says why, as a moderator would: a statement of reasons that names the automation', async () => {
  const { pim, answer, chen } = await aHeldAnswer()
  const { id } = await decisionOn(answer.postId)
  expect(await decisionPage(pim, id)).toMatchObject({
    act: 'hide',
    rule: 'advertising',
    concerned: true,
    detected: 'check',
    decided: 'check',
    source: 'own-initiative',
    may: { appeal: true },
  })
  expect(await decisionPage(chen, id)).toMatchObject({ facts: null, why: null, words: null })
})

test('let out, it stands at its original time, and those who would have been told are told once', async () => {
  const { amina, bo, pim, community, question, answer } = await aHeldAnswer()
  const { createdAt } = await postRow(answer.postId)
  const queue = await communityQueue(bo, community.slug)
  expect(queue.items).toMatchObject([
    { kind: 'post', id: answer.postId, heldBy: 'links', flags: 0, reasons: [], seen: expect.any(String) as string },
  ])
  const item = await itemPage(bo, 'post', answer.postId)
  expect(item).toMatchObject({ held: true, acts: ['restore', 'hide'], removedBefore: 0, waits: true })
  await decide(bo, 'post', answer.postId, { act: 'restore', ...free, seen: item.seen })

  expect(await answersFor(visitor, question)).toEqual([answer.postId])
  expect((await postRow(answer.postId)).createdAt).toEqual(createdAt)
  const thread = await threadRow(question.threadId)
  expect(thread.answerCount).toBe(1)
  expect(thread.answeredAt).not.toBeNull()
  expect(await kindsIn(question.threadId)).toEqual(['question.asked', 'post.held', 'question.answered', 'content.decided'])
  const answered = (await eventsIn(question.threadId)).find(({ kind }) => kind === 'question.answered')
  expect(answered?.actorHandleId).toBe(pim.handleId)
  await tellAll(question.threadId)
  await tellAll(question.threadId)
  expect(await told(amina)).toEqual(['question.answered'])
  expect((await communityQueue(bo, community.slug)).waiting).toBe(0)
  expect(await stateOf(answer.postId)).toBe('released')
})

test('kept hidden, it is so by a person, with reasons of their own; on appeal another lets it out, and it is told then', async () => {
  const { amina, bo, pim, community, question, answer } = await aHeldAnswer()
  const { seen } = await itemPage(bo, 'post', answer.postId)
  await decide(bo, 'post', answer.postId, { act: 'hide', ...because, seen })
  expect((await communityQueue(bo, community.slug)).waiting).toBe(0)
  const human = await decisionOn(answer.postId)
  expect(human).toMatchObject({ decidedBy: bo.personId, decidedAutomatically: false })
  expect((await postRow(answer.postId)).hiddenByDecisionId).toBe(human.id)
  expect((await pageOf(pim, question)).answers[0]).toMatchObject({ heldFor: null, hiddenBy: human.id })
  expect(await threadRow(question.threadId)).toMatchObject({ answerCount: 0 })

  await appeal(pim, human.id, { body: 'These three are the manual itself.' })
  const olu = await anOperator()
  const [waiting] = (await communityQueue(olu, community.slug)).appeals.rows
  await decideAppeal(olu, waiting?.id ?? '', { outcome: 'overturned', facts: 'All three lead to the manual.' })
  expect(await answersFor(amina, question)).toEqual([answer.postId])
  await tellAll(question.threadId)
  expect(await told(amina)).toEqual(['question.answered'])
})

test('an appeal against the check is decided by a person, and that settles what waited', async () => {
  const { bo, pim, community, question, answer } = await aHeldAnswer()
  await appeal(pim, (await decisionOn(answer.postId)).id, { body: 'These three are the manual itself.' })
  const [waiting] = (await communityQueue(bo, community.slug)).appeals.rows
  await decideAppeal(bo, waiting?.id ?? '', { outcome: 'upheld', facts: 'All three lead to one shop.' })
  expect([await stateOf(answer.postId), (await communityQueue(bo, community.slug)).waiting]).toEqual(['rejected', 0])
  expect(await answersFor(visitor, question)).toEqual([])

  const other = await answerQuestion(pim, question.threadId, { body: `${LINKS} And that is all.` })
  await appeal(pim, (await decisionOn(other.postId)).id, { body: 'These three are the manual itself.' })
  const [again] = (await communityQueue(bo, community.slug)).appeals.rows
  await decideAppeal(bo, again?.id ?? '', { outcome: 'overturned', facts: 'All three lead to the manual.' })
  expect(await answersFor(visitor, question)).toEqual([other.postId])
  expect(await stateOf(other.postId)).toBe('released')
})

test('a held question is in no list, no count, no search and no feed until it is let out; an idea and a comment likewise', async () => {
  const { amina, bo, chen, community } = await aQuestion()
  const pim = await aMember('Pim')
  const before = await communityRow(community.id)
  const held = await askQuestion(pim, community.slug, { ...aQuestionOf, title: 'Where is the manual of this', body: LINKS })
  const idea = await proposeIdea(pim, community.slug, {
    title: 'A manual of all of this',
    body: `Like ${LINKS}`,
    tags: [],
  })
  for (const event of await eventsIn(held.threadId)) await indexThread(event)
  const list = async (viewer: Viewer) =>
    (await threadList(viewer, { communityId: community.id, view: 'new' })).threads.map(({ number }) => number)
  for (const other of [chen, visitor]) {
    expect(await list(other)).not.toContain(held.number)
    await expect(pageOf(other, held)).rejects.toThrow(NotFound)
    await expect(pageOf(other, idea)).rejects.toThrow(NotFound)
  }
  expect((await pageOf(pim, held)).heldFor).toContain('3 links')
  expect((await searchPage(chen, { q: 'manual', community: community.slug })).results).toEqual([])
  expect(await communityFeed(community.slug, paths)).not.toContain('Where is the manual')
  expect((await communityRow(community.id)).threadCount).toBe(before.threadCount)

  const { seen } = await itemPage(bo, 'thread', held.threadId)
  await decide(bo, 'thread', held.threadId, { act: 'restore', ...free, seen })
  expect(await list(visitor)).toContain(held.number)
  expect((await communityRow(community.id)).threadCount).toBe(before.threadCount + 1)
  expect(await kindsIn(held.threadId)).toEqual(['post.held', 'question.asked', 'content.decided'])

  const mine = await askQuestion(amina, community.slug, { ...aQuestionOf, title: 'And another one of mine' })
  const comment = await commentOn(pim, mine.postId, { body: LINKS })
  expect((await pageOf(visitor, mine)).opening.comments).toEqual([])
  await decide(bo, 'post', comment.postId, { act: 'restore', ...free, seen: (await itemPage(bo, 'post', comment.postId)).seen })
  expect((await pageOf(visitor, mine)).opening.comments).toHaveLength(1)
  expect(await kindsIn(mine.threadId)).toEqual(['question.asked', 'post.held', 'post.commented', 'content.decided'])
})

test('nothing is held of those who take part, of confirmed customers, or of moderators', async () => {
  const { bo, question } = await aQuestion()
  const [regular, customer, vendor] = [await trusted(await aMember('Chen')), await aMember('Femi'), await aVendor()]
  const at = new Date()
  const relationshipId = newId()
  await owner.insert(relationships).values({ id: relationshipId, vendorId: vendor.id, handleId: customer.handleId, since: at, lastAt: at })
  await owner
    .insert(relationshipStates)
    .values({ id: newId(), relationshipId, state: 'customer', vendorConfirmedAt: at, personConfirmedAt: at })
  for (const each of [regular, customer, bo]) await answerQuestion(each, question.threadId, { body: LINKS })
  expect(await answersFor(visitor, question)).toHaveLength(3)
})

test('the same words elsewhere within a day are held, short ones and the next day’s are not', async () => {
  const said = 'Compact the folder, then repair its index, and after that restart the whole program twice.'
  const pim = await aMember('Pim')
  const [one, other, third] = [await aQuestion(), await aQuestion(), await aQuestion()]
  await answerQuestion(pim, one.question.threadId, { body: said })
  await answerQuestion(pim, other.question.threadId, { body: `**${said.toUpperCase()}**` })
  expect(await answersFor(visitor, other.question)).toEqual([])
  for (const { question } of [one, other]) await commentOn(pim, question.postId, { body: 'It works now, thank you!' })
  expect((await pageOf(visitor, other.question)).opening.comments).toHaveLength(1)
  await owner.execute(sql`update posts set created_at = created_at - interval '25 hours' where handle_id = ${pim.handleId}`)
  await answerQuestion(pim, third.question.threadId, { body: said })
  expect(await answersFor(visitor, third.question)).toHaveLength(1)
})

test('the room’s moderators choose words, domains and whose posts they read first; nobody else reads or changes that', async () => {
  const { amina, bo, community, question } = await aQuestion()
  const chosen = ChecksInput.parse({ approval: 'first-post', words: 'Miracle  cure\n\nmiracle cure', domains: 'Shop.example' })
  expect(chosen).toEqual({ approval: 'first-post', words: ['miracle cure'], domains: ['shop.example'] })
  await expect(changeChecks(amina, community.slug, chosen)).rejects.toThrow(Forbidden)
  await Promise.all(Array.from({ length: 10 }, () => changeChecks(bo, community.slug, chosen)))
  const happened = await owner
    .select()
    .from(interactions)
    .where(sql`kind = 'checks.chosen' and community_id = ${community.id}`)
  expect(happened).toHaveLength(1)
  expect(await checksPage(bo, community.slug)).toMatchObject(chosen)
  await expect(checksPage(amina, community.slug)).rejects.toThrow(Forbidden)
  expect(await transaction(amina, (tx) => tx.select().from(roomChecks))).toEqual([])

  const pim = await aMember('Pim')
  const first = await answerQuestion(pim, question.threadId, { body: 'Repair the folder.' })
  expect((await communityQueue(bo, community.slug)).items).toMatchObject([{ id: first.postId, heldBy: 'approval' }])
  await decide(bo, 'post', first.postId, { act: 'restore', ...free, seen: (await itemPage(bo, 'post', first.postId)).seen })
  const second = await answerQuestion(pim, question.threadId, { body: 'Then compact it.' })
  expect((await postRow(second.postId)).hiddenByDecisionId).toBeNull()
  await commentOn(amina, question.postId, { body: 'Thank you both.' })
  const third = await answerQuestion(pim, question.threadId, { body: 'A miracle-cure!' })
  expect((await decisionOn(third.postId)).facts).toContain('“miracle cure”')
  expect((await decisionOn(third.postId)).rule).toBe('community')
})

test('the database lets nobody settle a held post but a moderator by their own decision', async () => {
  const { amina, bo, pim, answer } = await aHeldAnswer()
  const check = await decisionOn(answer.postId)
  const settle = (by: PersonViewer) =>
    transaction(by, (tx) =>
      tx.update(heldPosts).set({ state: 'released', settledByDecisionId: check.id }).where(eq(heldPosts.postId, answer.postId)).returning(),
    )
  for (const by of [amina, pim]) expect(await settle(by)).toEqual([])
  await expect(settle(bo)).rejects.toThrow()
  expect(await transaction(amina, (tx) => tx.select().from(heldPosts).where(eq(heldPosts.postId, answer.postId)))).toEqual([])
  expect(await stateOf(answer.postId)).toBe('waiting')
})

test('a newcomer’s long first words, sent a moment after the form was opened, are held and say why; later, shorter, continued or unsigned they are not', async () => {
  const long = 'It stops every morning at nine and nobody here knows why. '.repeat(5)
  const { question, bo, chen } = await aQuestion()
  const write = async (body: string, opened?: string) => {
    const pim = await aMember('Pim')
    const { postId } = await answerQuestion(pim, question.threadId, { body, opened })
    return { pim, postId, held: (await stateOf(postId)) === 'waiting' }
  }
  const fast = await write(long, await openingStamp())
  expect(fast.held).toBe(true)
  expect(await answersFor(chen, question)).toEqual([])
  const mine = (await pageOf(fast.pim, question)).answers.find(({ postId }) => postId === fast.postId)
  expect(mine?.heldFor).toBe('A first post here of 290 letters was sent a second after its form was opened.')
  await decide(bo, 'post', fast.postId, { act: 'restore', ...free, seen: (await decisionOn(fast.postId)).id })
  expect(await answersFor(chen, question)).toEqual([fast.postId])
  const second = await aQuestion()
  const again = await answerQuestion(fast.pim, second.question.threadId, { body: `${long} Again.`, opened: await openingStamp() })
  expect(await stateOf(again.postId)).toBe('waiting')

  const minutesAgo = await signedToken('form-opened', (Date.now() - 60_000).toString(36))
  const daysAgo = await signedToken('form-opened', (Date.now() - 3 * 86_400_000).toString(36))
  const stamp = await openingStamp()
  for (const [body, opened] of [
    ['It is in the manual.', stamp],
    [`${long} One.`, minutesAgo],
    [`${long} Two.`, daysAgo],
    [`${long} Three.`, `${stamp.startsWith('b') ? 'c' : 'b'}${stamp.slice(1)}`],
    [`${long} Four.`, undefined],
  ] as const)
    expect((await write(body, opened)).held, body.slice(-6)).toBe(false)
  expect((await draftFor(fast.pim, 'answer', question.threadId))?.opened).toBeTruthy()
  await keepDraft(fast.pim, 'answer', question.threadId, DraftInput.parse({ body: long }))
  expect((await draftFor(fast.pim, 'answer', question.threadId))?.opened).toBe('')
})

test('what a check finds: different addresses, whole words, a domain with all below it', () => {
  const post = { text: '', body: '', html: '', mostLinks: 2, level: 0, first: false, secondsOpen: null, earlier: [] }
  const none = { words: [], domains: [], approval: 'none' as const }
  const link = (to: string) => `<a href="${to}">x</a>`
  expect(linksIn(`${link('https://a.example/?x=1&amp;y')}${link('https://a.example/?x=1&amp;y')}${link('/people/bo')}`)).toEqual([
    'https://a.example/?x=1&y',
  ])
  expect(checked({ ...post, html: link('https://www.Shop.example./a') }, { ...none, domains: ['shop.example'] })?.check).toBe('domain')
  expect(checked({ ...post, html: link('https://workshop.example/a') }, { ...none, domains: ['shop.example'] })).toBeNull()
  expect(checked({ ...post, text: 'Specialist wanted' }, { ...none, words: ['cialis'] })).toBeNull()
  expect(checked({ ...post, text: 'Buy CIALIS, now' }, { ...none, words: ['cialis'] })?.check).toBe('words')
  for (const text of ['Buy ci\u00adalis', 'Buy ci\u200balis', 'Buy \u202ecialis\u202c', 'Buy ｃｉａｌｉｓ'])
    expect(checked({ ...post, text }, { ...none, words: ['cialis'] })?.check, text).toBe('words')
  expect(checked({ ...post, text: 'AN DER STRASSE' }, { ...none, words: ['straße'] })?.check).toBe('words')
  expect(checked(post, { ...none, approval: 'every-post' })?.check).toBe('approval')
  expect(checked({ ...post, level: 1 }, { ...none, approval: 'every-post' })).toBeNull()
})
