import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { communities, threadClaims, threads } from '~/db/schema'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { mayEnter } from '~/server/rooms'
import { acceptAnswer, answerQuestion, askQuestion, claimThread, commentOn, releaseThread, threadPage, waitingPage } from '~/server/threads'
import type { WaitingView } from '~/server/threads/types'
import { visitor, type Viewer } from '~/server/viewer'
import { aProduct, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { aDecision, aQuestion, aQuestionOf, kindsIn } from './scene'

const HOUR = 3_600_000

/** A question in a room of Tern Works, where Dara is staff. */
async function aQuestionForTheVendor(access: 'open' | 'request' = 'open') {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const scene = await aQuestion({ access, hostVendorId: vendor.id, productId: product.id })
  return { ...scene, dara: await aStaffMember(vendor) }
}

const waiting = async (viewer: Viewer, slug: string, view: WaitingView = 'unanswered', now = new Date()) =>
  waitingPage(viewer, slug, { view, now })
const titles = async (viewer: Viewer, slug: string, view: WaitingView) =>
  (await waiting(viewer, slug, view)).threads.map((row) => row.title)
const turnsOf = async (viewer: Viewer, slug: string) =>
  Object.fromEntries((await waiting(viewer, slug)).views.map(({ view, count }) => [view, count]))

test('whose turn it is follows what is said: the vendor’s, the asker’s, nobody’s once an answer is accepted', async () => {
  const { amina, chen, bo, dara, community, question } = await aQuestionForTheVendor()
  const { slug } = community
  expect(await turnsOf(dara, slug)).toEqual({ unanswered: 1, vendor: 1, asker: 0, unaccepted: 0 })
  const { postId } = await answerQuestion(chen, question.threadId, { body: 'The index disagrees with the folder.' })
  expect(await turnsOf(bo, slug)).toEqual({ unanswered: 0, vendor: 0, asker: 1, unaccepted: 1 })
  await commentOn(amina, postId, { body: 'I did that, and they still come back.' })
  expect(await turnsOf(bo, slug)).toEqual({ unanswered: 0, vendor: 1, asker: 0, unaccepted: 1 })
  await commentOn(dara, postId, { body: 'Which version is it? We may have mended that.' })
  expect(await turnsOf(bo, slug)).toEqual({ unanswered: 0, vendor: 0, asker: 1, unaccepted: 1 })
  await acceptAnswer(amina, postId)
  expect(await turnsOf(bo, slug)).toEqual({ unanswered: 0, vendor: 0, asker: 0, unaccepted: 0 })
})

test('a room of no vendor waits for none, and what is locked or hidden waits for nobody', async () => {
  const { bo, community, question, amina } = await aQuestion()
  expect(Object.keys(await turnsOf(bo, community.slug))).toEqual(['unanswered', 'asker', 'unaccepted'])
  expect((await waiting(bo, community.slug, 'vendor')).view).toBe('unanswered')
  await askQuestion(amina, community.slug, { ...aQuestionOf, title: 'Folders vanish after the update' })
  const decision = await aDecision(bo, { kind: 'thread', id: question.threadId, communityId: community.id, act: 'lock' })
  await owner.update(threads).set({ lockedByDecisionId: decision }).where(eq(threads.id, question.threadId))
  expect(await titles(bo, community.slug, 'unanswered')).toEqual(['Folders vanish after the update'])
})

test('the longest waiting comes first, page after page, and is late by what the room has promised', async () => {
  const { dara, amina, community, question } = await aQuestionForTheVendor()
  const asked = new Date(Date.now() - 9 * HOUR)
  await owner.update(communities).set({ responseTargetHours: 8 }).where(eq(communities.id, community.id))
  await askQuestion(amina, community.slug, { ...aQuestionOf, title: 'Asked later, waits less' })
  await owner.update(threads).set({ createdAt: asked }).where(eq(threads.id, question.threadId))
  for (const view of ['unanswered', 'vendor'] as const) {
    const { threads: rows } = await waiting(dara, community.slug, view)
    expect(rows.map(({ title, overdue }) => [title, overdue])).toEqual([
      [aQuestionOf.title, true],
      ['Asked later, waits less', false],
    ])
    expect(rows[0]?.dueAt).toEqual(new Date(asked.getTime() + 8 * HOUR))
  }
  expect((await waiting(dara, community.slug, 'unaccepted')).threads).toEqual([])
})

test('sixty that wait are walked through once each', async () => {
  const { bo, amina, community, question } = await aQuestion()
  const one = (await owner.select().from(threads).where(eq(threads.id, question.threadId)))[0] as typeof threads.$inferSelect
  const { number: _, ...again } = one
  await owner.insert(threads).values(
    Array.from({ length: 59 }, (_, n) => ({
      ...again,
      id: crypto.randomUUID(),
      title: `Question ${n}`,
      handleId: amina.handleId,
      createdAt: one.createdAt,
    })),
  )
  const seen: string[] = []
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page: Awaited<ReturnType<typeof waitingPage>> = await waitingPage(bo, community.slug, {
      view: 'unanswered',
      cursor,
      now: new Date(),
    })
    seen.push(...page.threads.map(({ title }) => title))
    cursor = page.next
  }
  expect([seen.length, new Set(seen).size]).toEqual([60, 60])
})

test('moderators and the vendor’s staff work from it; members are refused, and of a private room others learn nothing', async () => {
  const { amina, chen, bo, dara, community } = await aQuestionForTheVendor()
  const other = await aStaffMember(await aVendor('Halyard'), 'Joost')
  for (const viewer of [amina, chen, other, visitor]) await expect(waiting(viewer, community.slug)).rejects.toThrow(Forbidden)
  for (const viewer of [bo, dara]) expect((await waiting(viewer, community.slug)).threads).toHaveLength(1)
  expect(await mayEnter(dara, `waiting:${community.id}`)).toBe(true)
  expect(await mayEnter(chen, `waiting:${community.id}`)).toBe(false)
  const closed = await aQuestionForTheVendor('request')
  await expect(waiting(closed.dara, closed.community.slug)).rejects.toThrow(Forbidden)
  await expect(waiting(bo, 'no-such-room')).rejects.toThrow(NotFound)
})

test('who takes a question on is seen by those who serve the room, lets it go by answering, and is not overrun', async () => {
  const { amina, chen, bo, dara, community, question } = await aQuestionForTheVendor()
  const { threadId } = question
  const claimSeenBy = async (viewer: Viewer) =>
    (await threadPage(viewer, { slug: question.slug, number: String(question.number), order: 'helpful' })).claim?.by.displayName ?? null
  await claimThread(dara, threadId)
  await claimThread(dara, threadId)
  expect([await claimSeenBy(bo), await claimSeenBy(amina), await claimSeenBy(visitor)]).toEqual(['Dara', null, null])
  await expect(claimThread(bo, threadId)).rejects.toThrow(Conflict)
  for (const viewer of [amina, chen]) await expect(claimThread(viewer, threadId)).rejects.toThrow(Forbidden)
  const [row] = (await waiting(bo, community.slug)).threads
  expect(row).toMatchObject({ mayClaim: true, claim: { mine: false, by: { displayName: 'Dara' } } })
  await claimThread(bo, threadId, dara.handle)
  await releaseThread(dara, threadId)
  expect(await claimSeenBy(dara)).toBe('Bo')
  await answerQuestion(await refreshed(bo), threadId, { body: 'Repair the folder, then compact it.' })
  expect(await claimSeenBy(dara)).toBe(null)
  expect(await kindsIn(threadId)).toEqual(['question.asked', 'thread.claimed', 'thread.claimed', 'question.answered'])
})

test('ten who reach for a question at once: one has it', async () => {
  const { community, question } = await aQuestionForTheVendor()
  const vendor = { id: community.hostVendorId ?? '' }
  const staff = await Promise.all(Array.from({ length: 10 }, (_, n) => aStaffMember(vendor, `Staff ${n}`)))
  const tried = await Promise.allSettled(staff.map((one) => claimThread(one, question.threadId)))
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(tried.flatMap((one) => (one.status === 'rejected' && !(one.reason instanceof Conflict) ? [one.reason] : []))).toEqual([])
})

test('a claim that nobody followed up counts for nothing after two hours', async () => {
  const { bo, dara, community, question } = await aQuestionForTheVendor()
  await claimThread(dara, question.threadId)
  await owner
    .update(threadClaims)
    .set({ claimedAt: new Date(Date.now() - 2 * HOUR - 1000) })
    .where(eq(threadClaims.threadId, question.threadId))
  expect((await waiting(bo, community.slug)).threads[0]?.claim).toBe(null)
  await claimThread(bo, question.threadId)
  expect((await waiting(dara, community.slug)).threads[0]?.claim?.by.displayName).toBe('Bo')
})
