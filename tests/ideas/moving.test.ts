import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { interactions, notifications, posts } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import {
  changelog,
  chooseCredit,
  contributorsPage,
  ideaPage,
  moveIdea,
  movePage,
  namedInCredits,
  proposeIdea,
  roadmap,
  voteForIdea,
} from '~/server/ideas'
import { STEPS } from '~/server/ideas/rules'
import { notifyWhoIsTold } from '~/server/notifications'
import { transaction } from '~/db/client'
import { followThread, hidePost, mergeThreads } from '~/server/threads'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'
import { aDecision, kindsIn, lastEventIn } from '../threads/scene'
import { anIdea, anIdeaOf, ideaRow, move, stepsOf } from './scene'

const toldOf = async (threadId: string, ...people: PersonViewer[]) => {
  const event = await lastEventIn(threadId)
  await notifyWhoIsTold(event)
  await notifyWhoIsTold(event)
  const rows = await owner.select().from(notifications).where(eq(notifications.interactionId, event.id)).orderBy(notifications.id)
  const names = new Map(people.map(({ personId, displayName }) => [personId, displayName]))
  return rows.map(({ personId, kind, why }) => `${names.get(personId) ?? 'somebody else'}: ${kind} ${why}`).sort()
}

test('the staff of the vendor concerned say how an idea stands, and nobody else does', async () => {
  const { amina, chen, bo, dara, idea } = await anIdea()
  const joost = await aStaffMember(await aVendor('Halyard'), 'Joost')
  for (const other of [amina, chen, bo, joost, visitor])
    await expect(moveIdea(other, idea.threadId, { from: 'open', status: 'planned', response: undefined })).rejects.toThrow(Forbidden)
  await move(dara, idea.threadId, 'open', 'planned', 'We start in **spring**.')
  expect(await ideaRow(idea.threadId)).toMatchObject({ status: 'planned' })
  expect(await kindsIn(idea.threadId)).toEqual(['idea.proposed', 'idea.moved'])
  const page = await ideaPage(visitor, idea.threadId)
  expect(page.steps).toMatchObject([{ status: 'planned', before: 'open', by: { displayName: 'Dara' }, vendor: 'Tern Works' }])
  expect(page.steps[0]?.html).toContain('<strong>spring</strong>')
  await expect(moveIdea(dara, newId(), { from: 'open', status: 'planned', response: '' })).rejects.toThrow(NotFound)
})

test('in an independent room its moderators say so; in a vendor’s room they do not', async () => {
  const { bo, dara, chen, idea } = await anIdea({ hosted: false })
  await expect(move(dara, idea.threadId, 'open', 'planned')).rejects.toThrow(Forbidden)
  await expect(move(chen, idea.threadId, 'open', 'planned')).rejects.toThrow(Forbidden)
  await move(bo, idea.threadId, 'open', 'planned')
  expect((await ideaPage(visitor, idea.threadId)).steps).toMatchObject([{ by: { displayName: 'Bo' }, vendor: null }])
  expect((await movePage(bo, String(idea.number))).steps).toEqual(STEPS.planned)
})

test('whoever declines or ships says it in words, and only the steps of the table are taken', async () => {
  const { dara, idea } = await anIdea()
  await expect(move(dara, idea.threadId, 'open', 'declined')).rejects.toThrow(Invalid)
  await expect(move(dara, idea.threadId, 'open', 'shipped')).rejects.toThrow(Invalid)
  await expect(move(dara, idea.threadId, 'open', 'open')).rejects.toThrow(Invalid)
  await expect(move(dara, idea.threadId, 'planned', 'started')).rejects.toThrow(Conflict)
  await move(dara, idea.threadId, 'open', 'shipped', 'It is in version 4.')
  await expect(move(dara, idea.threadId, 'shipped', 'planned', 'Or not.')).rejects.toThrow(Invalid)
  await move(dara, idea.threadId, 'shipped', 'shipped', 'On Windows as well, since today.')
  await move(dara, idea.threadId, 'shipped', 'started', 'We took it back for a week.')
  expect((await stepsOf(idea.threadId)).map(({ before, status }) => `${before} ${status}`)).toEqual([
    'open shipped',
    'shipped shipped',
    'shipped started',
  ])
})

test('ten who say the same at once are one step', async () => {
  const { dara, idea } = await anIdea()
  const tries = await Promise.allSettled(Array.from({ length: 10 }, () => move(dara, idea.threadId, 'open', 'planned', 'In spring.')))
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await stepsOf(idea.threadId)).toHaveLength(1)
  expect((await kindsIn(idea.threadId)).filter((kind) => kind === 'idea.moved')).toHaveLength(1)
})

test('everybody who proposed, voted or follows hears every step once, and hears why', async () => {
  const { amina, chen, jun, bo, dara, community, idea } = await anIdea()
  const mara = await aMember('Mara')
  const other = await proposeIdea(mara, community.slug, { ...anIdeaOf, title: 'Select several appointments' })
  await voteForIdea(chen, idea.threadId)
  await voteForIdea(dara, idea.threadId)
  await followThread(jun, idea.threadId)
  await followThread(chen, idea.threadId)
  await mergeThreads(bo, idea.threadId, { questions: String(other.number) })
  await move(dara, idea.threadId, 'open', 'planned')
  const everybody = [amina, chen, jun, mara, dara, bo]
  expect(await toldOf(idea.threadId, ...everybody)).toEqual([
    'Amina: idea.planned asker',
    'Chen: idea.planned voter',
    'Jun: idea.planned follower',
    'Mara: idea.planned asker',
  ])
  await move(dara, idea.threadId, 'planned', 'shipped', 'Since version 4.')
  expect((await toldOf(idea.threadId, ...everybody)).every((line) => line.includes('idea.shipped'))).toBe(true)
})

test('the roadmap has what is planned, being made and done; the changelog what shipped, with its words and thanks', async () => {
  const { amina, chen, dara, community, idea } = await anIdea()
  const other = await proposeIdea(chen, community.slug, { ...anIdeaOf, title: 'Select several appointments' })
  await move(dara, idea.threadId, 'open', 'planned')
  await move(dara, other.threadId, 'open', 'shipped', 'Hold the shift key.')
  expect(await roadmap(visitor, community.id)).toMatchObject({
    planned: [{ title: anIdeaOf.title }],
    started: [],
    shipped: [{ title: 'Select several appointments' }],
  })
  expect((await changelog(visitor, community.id)).shipped).toMatchObject([
    { title: 'Select several appointments', html: expect.stringContaining('shift'), thanks: [{ displayName: 'Chen' }] },
  ])
  expect((await ideaPage(amina, other.threadId)).credited).toMatchObject([{ displayName: 'Chen' }])
  expect((await ideaPage(amina, idea.threadId)).credited).toEqual([])
})

test('the ledger says who had the ideas and what became of them: whose were merged in as well, and not the vendor’s own', async () => {
  const { amina, chen, jun, bo, dara, community, idea } = await anIdea()
  const merged = await proposeIdea(chen, community.slug, { ...anIdeaOf, title: 'Select several appointments' })
  await proposeIdea(jun, community.slug, { ...anIdeaOf, title: 'A dark theme for the calendar' })
  await proposeIdea(dara, community.slug, { ...anIdeaOf, title: 'Something of our own, for the list' })
  await mergeThreads(bo, idea.threadId, { questions: String(merged.number) })
  await move(dara, idea.threadId, 'open', 'shipped', 'Since version 4.')
  const ledger = async () => (await contributorsPage(visitor, community.id)).contributors
  expect((await ledger()).map(({ who, proposed, shipped }) => [who?.displayName, proposed, shipped]).sort()).toEqual([
    ['Amina', 1, 1],
    ['Chen', 1, 1],
    ['Jun', 1, 0],
  ])
  expect((await ledger()).find(({ who }) => who?.displayName === 'Chen')?.ideas).toMatchObject([
    { title: 'Select several appointments', status: 'shipped', mergedInto: anIdeaOf.title, number: idea.number },
  ])

  await chooseCredit(amina, false)
  await chooseCredit(amina, false)
  expect(await namedInCredits(amina)).toBe(false)
  expect((await ledger()).map(({ who }) => who?.displayName ?? null)).toContain(null)
  expect((await ideaPage(visitor, idea.threadId)).credited.map(({ displayName }) => displayName)).toEqual(['Chen'])
  await chooseCredit(amina, true)
  expect((await ideaPage(visitor, idea.threadId)).credited).toHaveLength(2)
  expect(await owner.$count(interactions, eq(interactions.actorHandleId, amina.handleId))).toBeGreaterThan(2)
  await expect(chooseCredit(visitor, false)).rejects.toThrow(Forbidden)
})

test('an idea that was merged and then hidden keeps its title to itself, in the ledger too', async () => {
  const { chen, bo, community, idea } = await anIdea()
  const merged = await proposeIdea(chen, community.slug, { ...anIdeaOf, title: 'Call this number for cheap calendars' })
  await mergeThreads(bo, idea.threadId, { questions: String(merged.number) })
  const [asked] = await owner.select({ id: posts.id }).from(posts).where(eq(posts.homeThreadId, merged.threadId))
  const decision = await aDecision(bo, { kind: 'post', id: asked?.id ?? '', communityId: community.id })
  await transaction(bo, (tx) => hidePost(tx, asked?.id ?? '', decision))
  const { contributors } = await contributorsPage(visitor, community.id)
  expect(contributors.map(({ who }) => who?.displayName)).toEqual(['Amina'])
  expect(JSON.stringify(contributors)).not.toContain('cheap calendars')
})
