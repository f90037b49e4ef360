import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import {
  answerAcceptances,
  authorshipRequests,
  authorshipWords,
  importedAddresses,
  interactions,
  notifications,
  posts,
  threads,
} from '~/db/schema'
import { personPage } from '~/server/accounts'
import {
  acceptAuthorship,
  askForAuthorship,
  authorshipForm,
  authorshipPage,
  importedPage,
  refuseAuthorship,
  refuseOthers,
  undoAuthorship,
  withdrawAuthorship,
} from '~/server/authorship'
import type { Happened } from '~/server/events'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { notifyWhoIsTold } from '~/server/notifications'
import { can } from '~/server/policy'
import { acceptAnswer, answerQuestion, editPost, voteOn } from '~/server/threads'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aMember, anOperator, owner, refreshed } from '../support/cast'
import { waitingHere } from '../support/waiting'
import { fieldsOf } from '../accounts/support'
import { aDecision, eventsIn, postRow, threadRow } from '../threads/scene'
import { anImportedRoom, hands, requestsFor } from './scene'

const words = 'My profile there says “Amina of Parley” since this morning.'
const md5 = (address: string) => ({ md5: createHash('md5').update(address.toLowerCase()).digest('hex') })

async function asked(viewer: PersonViewer, importedId: string) {
  await askForAuthorship(viewer, importedId, { words })
  return (await requestsFor(importedId)).find(({ personId }) => personId === viewer.personId)?.id ?? ''
}

async function lastEvent(communityId: string): Promise<Happened> {
  const [row] = await db
    .select()
    .from(interactions)
    .where(sql`${interactions.communityId} = ${communityId} and ${interactions.kind} like 'authorship.%'`)
    .orderBy(sql`${interactions.id} desc`)
    .limit(1)
  return row as unknown as Happened
}

test('a name proves nothing: without the address, the moderators are asked, in words', async () => {
  const scene = await anImportedRoom()
  const { amina, next } = scene
  expect(await authorshipForm(amina, next)).toMatchObject({ name: '@next', byAddress: false, posts: 3, taken: false })
  expect(await fieldsOf(askForAuthorship(amina, next, {}))).toEqual({ words: 'required' })
  expect(await fieldsOf(askForAuthorship(amina, next, { words: 'It was me.' }))).toEqual({ words: 'tooShort:20' })
  expect(await askForAuthorship(amina, next, { words })).toBe('waiting')
  expect((await hands(scene)).threads).toEqual(['@next', '@next', 'old hand'])
})

test('a moderator who believes it makes it theirs: threads, posts, acceptances; source, licence and tally stay', async () => {
  const scene = await anImportedRoom()
  const { amina, bo, next, slug, room, idOf } = scene
  const requestId = await asked(amina, next)
  expect((await authorshipPage(bo, slug)).waiting).toMatchObject([{ name: '@next', words, who: { displayName: 'Amina' }, mayDecide: true }])

  await acceptAuthorship(bo, requestId)
  await acceptAuthorship(bo, requestId)

  expect(await hands(scene)).toEqual({
    threads: ['Amina', 'Amina', 'old hand'],
    openings: ['Amina', 'Amina', 'old hand'],
    answers: ['old hand', 'Amina'],
    counted: true,
  })
  const opening = await postRow(await idOf('opening', 'q1'))
  expect(opening).toMatchObject({ source: 'support.elsewhere.example', licence: 'CC BY-SA 3.0', importedUp: 4, importedDown: 1, score: 3 })
  const [acceptance] = await owner
    .select()
    .from(answerAcceptances)
    .where(eq(answerAcceptances.threadId, await idOf('thread', 'q1')))
  expect(acceptance?.acceptedBy).toBe(amina.handleId)
  expect((await personPage(visitor, amina.handle)).acts.map(({ kind }) => kind).sort()).toEqual(['answered', 'asked', 'asked'])
  expect(await importedPage(visitor, next, null)).toMatchObject({
    acts: [],
    taken: { who: { displayName: 'Amina' }, isMine: false },
    mayAsk: false,
  })
  await editPost(amina, await idOf('answer', 'a3'), { body: 'That, and this.', tags: [], reason: '' })
  expect((await db.select().from(interactions).where(eq(interactions.communityId, room.id))).map(({ kind }) => kind).sort()).toEqual(
    ['authorship.asked', 'authorship.decided', 'community.created', 'community.imported', 'post.edited'].sort(),
  )
})

test('the address that came with the import proves it at once, also where only its MD5 came', async () => {
  for (const brought of [(email: string) => ({ address: email.toUpperCase() }), md5]) {
    const scene = await anImportedRoom(brought)
    const { amina, jun, next } = scene
    expect(await authorshipForm(jun, next)).toMatchObject({ byAddress: false })
    expect(await authorshipForm(amina, next)).toMatchObject({ byAddress: true })
    expect(await askForAuthorship(amina, next, {})).toBe('accepted')
    expect((await hands(scene)).threads).toEqual(['Amina', 'Amina', 'old hand'])
  }
})

test('an address that is only claimed proves nothing', async () => {
  const { next, email } = await anImportedRoom((address) => ({ address: `other-${address}` }))
  const claimant = await aMember('Claimant', { email: `other-${email}`, confirmed: false })
  await expect(askForAuthorship(claimant, next, {})).rejects.toThrow(Forbidden)
})

test('of an address only a keyed hash is kept', async () => {
  const { next, email } = await anImportedRoom((address) => ({ address }))
  const [kept] = await owner.select().from(importedAddresses).where(eq(importedAddresses.importedId, next))
  expect(kept?.addressMac).toMatch(/^[\w-]{43}$/)
  expect(kept?.addressMac).not.toContain(md5(email).md5)
})

test('only who moderates the room decides, and nobody about themselves', async () => {
  const { amina, jun, bo, next, slug } = await anImportedRoom()
  const requestId = await asked(amina, next)
  for (const somebody of [jun, amina])
    for (const act of [acceptAuthorship, refuseAuthorship])
      await expect(act(somebody, requestId, 'No.')).rejects.toThrow(somebody === jun ? NotFound : Forbidden)
  await expect(authorshipPage(jun, slug)).rejects.toThrow(NotFound)
  expect((await authorshipPage(bo, slug)).waiting.map(({ mayDecide }) => mayDecide)).toEqual([true])
  const own = await asked(bo, next)
  await expect(acceptAuthorship(bo, own)).rejects.toThrow(Forbidden)
  expect((await authorshipPage(bo, slug)).waiting).toMatchObject([{ requestId: own, mayDecide: false }])
})

test('a moderator who says it was them neither reads nor decides what others say, also after they withdraw', async () => {
  const { amina, bo, next, room, slug } = await anImportedRoom()
  const requestId = await asked(amina, next)
  await asked(bo, next)
  for (const act of [acceptAuthorship, refuseAuthorship]) await expect(act(bo, requestId, 'No.')).rejects.toThrow(NotFound)
  await withdrawAuthorship(bo, next)
  expect((await authorshipPage(bo, slug)).waiting).toEqual([])
  await expect(refuseAuthorship(bo, requestId, 'No.')).rejects.toThrow(NotFound)
  const rival = { communityId: room.id, access: room.access, claimants: [amina.handleId, bo.handleId] }
  expect(can(bo, 'authorship.decide', rival)).toBe(false)
  expect(await transaction(bo, (tx) => tx.select().from(authorshipWords).where(eq(authorshipWords.requestId, requestId)))).toEqual([])
  await acceptAuthorship(await anOperator(), requestId)
})

test('operators who say that it was them take nothing back', async () => {
  const { amina, bo, next } = await anImportedRoom()
  const [olu, oda] = [await anOperator(), await anOperator('Oda')]
  await asked(olu, next)
  const requestId = await asked(amina, next)
  await acceptAuthorship(bo, requestId)
  await expect(undoAuthorship(olu, requestId, 'It was me.')).rejects.toThrow(NotFound)
  expect(can(olu, 'authorship.undo', { claimants: [olu.handleId] })).toBe(false)
  expect([(await importedPage(olu, next, null)).undoable, (await importedPage(oda, next, null)).undoable]).toEqual([null, requestId])
  await undoAuthorship(oda, requestId, 'It was not.')
})

test('what somebody writes to prove it, they and the moderators read; the database shows it to nobody else', async () => {
  const { amina, jun, bo, next } = await anImportedRoom()
  const requestId = await asked(amina, next)
  const seenBy = (viewer: PersonViewer) =>
    transaction(viewer, async (tx) => [
      (await tx.select().from(authorshipRequests).where(eq(authorshipRequests.id, requestId))).length,
      (await tx.select().from(authorshipWords).where(eq(authorshipWords.requestId, requestId))).length,
    ])
  expect([await seenBy(amina), await seenBy(bo), await seenBy(jun)]).toEqual([
    [1, 1],
    [1, 1],
    [0, 0],
  ])
  await acceptAuthorship(bo, requestId)
  expect(await seenBy(jun)).toEqual([1, 0])
})

test('asking twice is asking once, and what waits can be withdrawn', async () => {
  const { amina, bo, next, slug } = await anImportedRoom()
  await Promise.all(Array.from({ length: 8 }, () => askForAuthorship(amina, next, { words })))
  await askForAuthorship(amina, next, { words: `${words} And my picture.` })
  expect((await authorshipPage(bo, slug)).waiting.map((it) => it.words)).toEqual([`${words} And my picture.`])
  await withdrawAuthorship(amina, next)
  await withdrawAuthorship(amina, next)
  expect((await authorshipPage(bo, slug)).waiting).toEqual([])
  expect((await importedPage(amina, next, null)).mayAsk).toBe(true)
})

test('two claim one author: the first who is believed has it, the other is told that it was somebody else', async () => {
  const scene = await anImportedRoom()
  const { amina, jun, bo, next, room } = scene
  const [hers, his] = [await asked(amina, next), await asked(jun, next)]
  await acceptAuthorship(bo, hers)
  const decided = await lastEvent(room.id)
  await refuseOthers(decided)
  await refuseOthers(decided)
  const [, ofJun] = await requestsFor(next)
  expect(ofJun).toMatchObject({ id: his, state: 'refused', reason: 'Somebody else was recognised as this author.' })
  await expect(acceptAuthorship(bo, his)).rejects.toThrow(Conflict)
  await expect(askForAuthorship(jun, next, { words })).rejects.toMatchObject({ key: 'authorship.taken' })
  expect(await authorshipForm(jun, next)).toMatchObject({ taken: true })
})

test('of ten decisions at once for two people, one stands', async () => {
  const scene = await anImportedRoom()
  const { amina, jun, bo, next } = scene
  const requests = [await asked(amina, next), await asked(jun, next)]
  await Promise.allSettled(Array.from({ length: 10 }, (_, n) => acceptAuthorship(bo, requests[n % 2] ?? '')))
  expect((await requestsFor(next)).filter(({ state }) => state === 'accepted')).toHaveLength(1)
  const { threads } = await hands(scene)
  expect(threads[0]).toBe(threads[1])
})

test('a refusal says why, reaches the person, and does not close the door', async () => {
  const { amina, bo, next, room } = await anImportedRoom()
  const requestId = await asked(amina, next)
  await refuseAuthorship(bo, requestId, 'That profile says nothing yet.')
  await notifyWhoIsTold(await lastEvent(room.id))
  expect(await importedPage(amina, next, null)).toMatchObject({
    mine: { state: 'refused', reason: 'That profile says nothing yet.' },
    mayAsk: true,
  })
  const told = await owner.select().from(notifications).where(eq(notifications.personId, amina.personId)).orderBy(notifications.id)
  expect(told).toMatchObject([{ kind: 'authorship.refused', objectKind: 'imported', actorHandleId: null }])
  expect(await askForAuthorship(amina, next, { words })).toBe('waiting')
})

test('being recognised is told to the person, and nobody hears of the old posts', async () => {
  const { amina, bo, next, room } = await anImportedRoom()
  await acceptAuthorship(bo, await asked(amina, next))
  await notifyWhoIsTold(await lastEvent(room.id))
  expect(
    await owner
      .select({ kind: notifications.kind })
      .from(notifications)
      .where(eq(notifications.personId, amina.personId))
      .orderBy(notifications.id),
  ).toEqual([{ kind: 'authorship.accepted' }])
})

test('votes that somebody gave to their own old words count no more', async () => {
  const { amina, bo, next, idOf } = await anImportedRoom()
  const opening = await idOf('opening', 'q1')
  await voteOn(amina, opening, 1)
  await voteOn(bo, opening, 1)
  expect((await postRow(opening)).score).toBe(5)
  await acceptAuthorship(bo, await asked(amina, next))
  expect((await postRow(opening)).score).toBe(4)
})

test('operators take it back for 30 days; what she wrote herself since stays hers', async () => {
  const scene = await anImportedRoom()
  const { amina, bo, next, idOf } = scene
  const [olu, requestId] = [await anOperator(), await asked(amina, next)]
  await acceptAuthorship(bo, requestId)
  const hers = await idOf('answer', 'a1')
  await owner.update(posts).set({ handleId: amina.handleId }).where(eq(posts.id, hers))

  await expect(undoAuthorship(bo, requestId, 'It was Jun.')).rejects.toThrow(Forbidden)
  await undoAuthorship(olu, requestId, 'It was Jun.')
  await undoAuthorship(olu, requestId, 'It was Jun.')

  expect(await hands(scene)).toMatchObject({ threads: ['@next', '@next', 'old hand'], answers: ['Amina', '@next'] })
  expect(await importedPage(amina, next, null)).toMatchObject({ taken: null, mine: { state: 'undone', reason: 'It was Jun.' } })
  expect(await askForAuthorship(scene.jun, next, { words })).toBe('waiting')
})

test('after it was taken back, the same address settles it no more: the moderators are asked, in words', async () => {
  const { amina, next, bring } = await anImportedRoom((address) => ({ address }))
  await askForAuthorship(amina, next, {})
  const [accepted] = await requestsFor(next)
  await undoAuthorship(await anOperator(), accepted?.id ?? '', 'The address is a list’s.')
  await bring()
  expect(await authorshipForm(amina, next)).toMatchObject({ byAddress: false })
  expect(await fieldsOf(askForAuthorship(amina, next, {}))).toEqual({ words: 'required' })
  expect(await askForAuthorship(amina, next, { words })).toBe('waiting')
})

test('words that were not true leave the address good for whoever has it', async () => {
  const { amina, jun, bo, next } = await anImportedRoom((address) => ({ address }))
  const requestId = await asked(jun, next)
  await acceptAuthorship(bo, requestId)
  await undoAuthorship(await anOperator(), requestId, 'It was not Jun.')
  expect(await askForAuthorship(amina, next, {})).toBe('accepted')
})

test('what somebody accepted as the asker goes when they turn out to be nobody’s author; what was accepted before comes back', async () => {
  const scene = await anImportedRoom()
  const { jun, bo, next, idOf } = scene
  const requestId = await asked(jun, next)
  await acceptAuthorship(bo, requestId)
  const [q1, q2] = [await idOf('thread', 'q1'), await idOf('thread', 'q2')]
  const { postId: answer } = await answerQuestion(await aMember('Sly'), q2, { body: 'Trust me.' })
  await acceptAnswer(await refreshed(jun), answer)
  await undoAuthorship(await anOperator(), requestId, 'It was not Jun.')
  const settled = (threadId: string) => owner.select().from(answerAcceptances).where(eq(answerAcceptances.threadId, threadId))
  expect(await settled(q2)).toEqual([])
  expect((await threadRow(q2)).acceptedPostId).toBeNull()
  expect(await settled(q1)).toMatchObject([{ acceptedBy: next, answerId: await idOf('answer', 'a1') }])
  expect((await eventsIn(q2)).findLast(({ kind }) => kind === 'answer.unaccepted')?.payload).toMatchObject({ postId: answer })
})

/** Each of `these` waits for the imported author or is done, in this order; then they go on at once. */
async function lettingGoOf(importedId: string, these: (() => Promise<unknown>)[]) {
  return owner.transaction(async (tx) => {
    await tx.execute(sql`select id from handles where id = ${importedId} for update`)
    const begun: Promise<unknown>[] = []
    for (const begin of these) {
      const before = await waitingHere(tx)
      let done = false
      begun.push(begin().finally(() => (done = true)))
      while (!done && (await waitingHere(tx)) <= before) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return { outcomes: Promise.allSettled(begun) }
  })
}

test('who asks holds the author and then the request, who decides as well: neither waits for the other in a circle', async () => {
  const { amina, bo, next } = await anImportedRoom()
  const requestId = await asked(amina, next)
  const { outcomes } = await lettingGoOf(next, [() => askForAuthorship(amina, next, { words }), () => acceptAuthorship(bo, requestId)])
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
})

test('a run that ends waits for the author, not in a circle with whoever takes something back', async () => {
  const scene = await anImportedRoom()
  const { amina, bo, next, idOf, bring } = scene
  const requestId = await asked(amina, next)
  await acceptAuthorship(bo, requestId)
  const olu = await anOperator()
  const { outcomes } = await lettingGoOf(next, [() => undoAuthorship(olu, requestId, 'It was not her.'), () => bring(true)])
  expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  expect(await postRow(await idOf('opening', 'q4'))).toMatchObject({ handleId: next })
})

test('asking, withdrawing and deciding at once wait for one another', async () => {
  const { amina, bo, next } = await anImportedRoom()
  for (let round = 0; round < 3; round++) {
    const requestId = await asked(amina, next)
    const outcomes = await Promise.allSettled([
      refuseAuthorship(bo, requestId, 'Not yet.'),
      askForAuthorship(amina, next, { words }),
      refuseAuthorship(bo, requestId, 'Not yet.'),
      askForAuthorship(amina, next, { words }),
      withdrawAuthorship(amina, next),
      acceptAuthorship(bo, requestId),
    ])
    const failed = outcomes.flatMap((it) => (it.status === 'rejected' && !(it.reason instanceof Conflict) ? [it.reason] : []))
    expect(failed).toEqual([])
    const [taken] = (await requestsFor(next)).filter(({ state }) => state === 'accepted')
    if (taken) await undoAuthorship(await anOperator(), taken.id, 'Again.')
    await withdrawAuthorship(amina, next)
  }
})

test('of an imported author’s posts those are counted that one may read', async () => {
  const { amina, bo, next, room, idOf } = await anImportedRoom()
  const q2 = await idOf('thread', 'q2')
  const hiddenByDecisionId = await aDecision(bo, { kind: 'thread', id: q2, communityId: room.id })
  await owner.update(threads).set({ hiddenByDecisionId }).where(eq(threads.id, q2))
  expect(await authorshipForm(amina, next)).toMatchObject({ posts: 2 })
})

test('after 30 days it stands', async () => {
  const { amina, bo, next } = await anImportedRoom()
  const requestId = await asked(amina, next)
  await acceptAuthorship(bo, requestId)
  await owner
    .update(authorshipRequests)
    .set({ decidedAt: new Date(Date.now() - 31 * 86_400_000) })
    .where(eq(authorshipRequests.id, requestId))
  const olu = await anOperator()
  await expect(undoAuthorship(olu, requestId, 'Late.')).rejects.toMatchObject({ key: 'authorship.tooLate' })
  expect((await importedPage(olu, next, null)).undoable).toBeNull()
})

test('what a later run brings of a recognised author is theirs as well', async () => {
  const scene = await anImportedRoom()
  const { amina, bo, next, idOf, bring } = scene
  await acceptAuthorship(bo, await asked(amina, next))
  await bring(true)
  expect(await postRow(await idOf('opening', 'q4'))).toMatchObject({ handleId: amina.handleId })
})

test('whoever may not read the room does not find its imported authors', async () => {
  const { amina, next, room } = await anImportedRoom()
  await owner.execute(sql`update communities set access = 'invitation' where id = ${room.id}`)
  await expect(importedPage(await refreshed(amina), next, null)).rejects.toThrow(NotFound)
  await expect(askForAuthorship(amina, next, { words })).rejects.toThrow(NotFound)
  await expect(importedPage(visitor, 'not-an-id', null)).rejects.toThrow(NotFound)
})
