import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { accountEmails, handles, interactions, notifications, posts } from '~/db/schema'
import { openCase } from '~/server/cases'
import { Forbidden } from '~/server/errors'
import type { Happened } from '~/server/events'
import { appeal, decide, decisionPage } from '~/server/moderation'
import { nameVendor, repliesLike, requestList, requestOf, requestPage, requestRecommendations } from '~/server/peers'
import { threadFeed } from '~/server/publishing'
import { reactor } from '~/server/reactions'
import { cutFrom } from '~/server/recommendations'
import { searchPage } from '~/server/search'
import { acceptAnswer, asAskedHere, commentOn, editPost, followRoom, mentionable, threadList, threadPage, voteOn } from '~/server/threads'
import { visitor, type PersonViewer, type Viewer } from '~/server/viewer'
import { aCommunity, aMember, aStaffMember, aVendor, owner, refreshed, trusted, unique } from '../support/cast'

const wanted = {
  title: 'Whom would you use for e-invoices of the EU?',
  body: 'Two hundred people, four countries, and an auditor who asks.',
  tags: [],
  organisationSize: '51-250' as const,
  industry: 'health' as const,
  mustHaves: 'Peppol',
  budget: undefined,
  shownAs: 'unnamed' as const,
}
const because = {
  body: 'It sends what the authorities accept, each month.',
  relation: 'customer' as const,
  incentive: 'none' as const,
  invitedBy: 'nobody' as const,
  organisationSize: null,
  industry: null,
}

/** Noor, a prospect, asks without showing a name in a room of no vendor; Dara works for one that is named there. */
async function anUnnamedRequest() {
  const vendor = await aVendor(unique('Halyard'))
  const [noor, bo, dara] = await Promise.all([aMember('Noor'), aMember('Bo'), aStaffMember(vendor)])
  const room = await aCommunity({ members: [noor], moderators: [bo] })
  await followRoom(dara, room.slug, null)
  const asked = await requestRecommendations(await refreshed(noor), room.slug, wanted)
  const number = String(asked.number)
  const page = async (viewer: Viewer, search = '') => {
    const cut = cutFrom(new URLSearchParams(search))
    const thread = await threadPage(viewer, { slug: room.slug, number, order: 'helpful', among: repliesLike(cut) })
    return { thread, request: await requestOf(viewer, thread, cut) }
  }
  const again = await refreshed(noor)
  return { vendor, room, noor: again, there: await asAskedHere(again, { number }), bo: await refreshed(bo), dara, asked, number, page }
}
const eventsOf = async (threadId: string) =>
  (await db
    .select()
    .from(interactions)
    .where(sql`${interactions.payload} ->> 'threadId' = ${threadId}`)
    .orderBy(interactions.id)) as unknown as Happened[]
async function followUp(threadId: string) {
  for (const event of await eventsOf(threadId)) for (const name of reactor.reactionsTo(event.kind)) await reactor.react(name, event)
}
const told = async (person: PersonViewer) =>
  owner.select().from(notifications).where(eq(notifications.personId, person.personId)).orderBy(notifications.id)
const pathsOfFeed = { thread: () => '', post: () => '' } as unknown as Parameters<typeof threadFeed>[2]

test('nothing that others read leads to whoever asks without a name: no page, list, search, feed, log or notification', async () => {
  const { noor, dara, bo, room, asked, number, page, there } = await anUnnamedRequest()
  const answer = await nameVendor(bo, number, { ...because, named: 'Somebody’s script' })
  await commentOn(there, answer.postId, { body: 'Does it do Peppol as well?' })
  await followUp(asked.threadId)
  const [email] = await owner.select().from(accountEmails).where(eq(accountEmails.personId, noor.personId))
  const hers = new RegExp([noor.personId, noor.handleId, noor.handle, email?.address, 'Noor'].join('|'))
  for (const viewer of [dara, bo, visitor]) {
    const seen = {
      page: await page(viewer),
      asked: await requestList(viewer, { limit: 100 }),
      list: await threadList(viewer, { communityId: room.id, view: 'new' as never }),
      found: await searchPage(viewer, { q: 'e-invoices of the EU' } as never),
    }
    expect(seen.page.thread.opening.by).toMatchObject({ handle: null, placeholder: true, seat: { kind: 'member' } })
    expect(JSON.stringify(seen)).not.toMatch(hers)
  }
  expect(await threadFeed(room.slug, number, pathsOfFeed)).not.toMatch(hers)
  expect(JSON.stringify(await eventsOf(asked.threadId))).not.toMatch(hers)
  const heard = await told(dara)
  expect(heard.map(({ kind }) => kind)).toContain('question.asked')
  expect(JSON.stringify(heard)).not.toMatch(hers)
  // Nor is she offered as somebody who takes part there.
  expect(JSON.stringify(await mentionable(dara, 'answer', asked.threadId, ''))).not.toMatch(hers)
})

test('where she asked she is the asker, still without a name; elsewhere nothing of it is hers', async () => {
  const { noor, there, bo, asked, number, page } = await anUnnamedRequest()
  expect(there.handleId).not.toBe(noor.handleId)
  const answer = await nameVendor(bo, number, { ...because, named: 'A neighbour’s script' })
  await followUp(asked.threadId)
  expect((await told(noor)).map(({ kind }) => kind)).toContain('question.answered')

  const mine = await page(there)
  expect(mine.thread).toMatchObject({ opening: { mine: true, may: { edit: true, vote: false } }, following: true })
  expect(mine.request?.may.name).toBe(false)
  expect(mine.thread.me?.displayName).not.toBe('Noor')
  await editPost(there, asked.postId, { title: wanted.title, body: 'Two hundred and ten people.', tags: [] } as never)
  await acceptAnswer(there, answer.postId)
  await voteOn(there, answer.postId, 1)
  const written = await owner.select({ handleId: posts.handleId }).from(posts).where(eq(posts.threadId, asked.threadId))
  expect(written.some(({ handleId }) => handleId === noor.handleId)).toBe(false)
  expect(await asAskedHere(noor, { postId: answer.postId })).toMatchObject({ handleId: there.handleId })
  expect(await asAskedHere(noor, { number: '1' })).toMatchObject({ handleId: noor.handleId })
  expect(await asAskedHere(bo, { number })).toBe(bo)
})

test('whatever would put her name beside her question is refused by the database', async () => {
  const { noor, bo, asked, number } = await anUnnamedRequest()
  const answer = await nameVendor(bo, number, { ...because, named: 'A script' })
  await expect(commentOn(noor, answer.postId, { body: 'That was me who asked.' })).rejects.toThrow()
  await expect(commentOn(noor, asked.postId, { body: 'That was me who asked.' })).rejects.toThrow()
})

test('staff of a vendor say who they are, and nobody takes a handle for another', async () => {
  const { room, dara, noor, there } = await anUnnamedRequest()
  await expect(requestRecommendations(dara, room.slug, wanted)).rejects.toMatchObject({ key: 'request.staffNamed' })
  expect([(await requestPage(dara, room.slug)).mayBeUnnamed, (await requestPage(noor, room.slug)).mayBeUnnamed]).toEqual([false, true])
  const make = (viewer: PersonViewer, personId: string) =>
    transaction(viewer, (tx) => tx.insert(handles).values({ id: newId(), kind: 'unnamed', personId, displayName: 'Somebody' }))
  await expect(make(dara, dara.personId)).rejects.toThrow()
  await expect(make(dara, noor.personId)).rejects.toThrow()
  await expect(
    transaction(dara, (tx) => tx.update(handles).set({ displayName: 'Noor' }).where(eq(handles.id, there.handleId))),
  ).rejects.toThrow()
})

test('vendors cannot write to her: there is no case and nobody to call, until she opens one herself', async () => {
  const { dara, asked, page } = await anUnnamedRequest()
  expect((await page(dara)).thread.may.openCase).toBe(false)
  await expect(openCase(dara, asked.threadId, { body: 'We would like to show you what we have.' } as never)).rejects.toThrow(Forbidden)
})

test('what a moderator takes down she is told of, and may contest', async () => {
  const { noor, bo, asked } = await anUnnamedRequest()
  const { decisionId } = await decide(bo, 'thread', asked.threadId, {
    act: 'hide',
    rule: 'advertising',
    facts: 'It sells.',
    why: 'It asks nothing.',
    seen: '',
  })
  for (const event of await db
    .select()
    .from(interactions)
    .where(sql`${interactions.payload} ->> 'decisionId' = ${decisionId}`))
    for (const name of reactor.reactionsTo(event.kind as never)) await reactor.react(name, event as unknown as Happened)
  expect((await told(noor)).map(({ kind }) => kind)).toContain('content.decided')
  const there = await asAskedHere(noor, { decisionId })
  expect(await decisionPage(there, decisionId)).toMatchObject({ concerned: true, may: { appeal: true } })
  expect(await appeal(there, decisionId, { body: 'I ask whom others would use, and sell nothing.' } as never)).toHaveProperty('appealId')
})

test('without a name a newcomer asks no more than with one', async () => {
  const [room, noor] = await Promise.all([aCommunity(), aMember('Noor')])
  const ask = async (at: number) =>
    requestRecommendations(await refreshed(noor), room.slug, {
      ...wanted,
      title: `${wanted.title} (${at})`,
      shownAs: at % 2 ? 'unnamed' : 'handle',
    })
  const asked = []
  for (let at = 0; at < 8; at += 1)
    asked.push(
      await ask(at).then(
        () => 'asked',
        (error: Error) => error.constructor.name,
      ),
    )
  expect(asked).toContain('Invalid')
  expect(new Set(asked.slice(asked.indexOf('Invalid')))).not.toContain('asked')
})

test('answers are told apart by those who are of the same size and industry, by role and by what they speak of', async () => {
  const { number, page } = await anUnnamedRequest()
  const people = await Promise.all(['Ana', 'Ben', 'Cleo', 'Dov'].map((name) => aMember(name).then((one) => trusted(one))))
  const says = [
    { organisationSize: '51-250', industry: 'health', authorRole: 'runs', body: 'Peppol works since the day we began.' },
    { organisationSize: '51-250', industry: 'media', authorRole: 'uses', body: 'We use it for what we send abroad.' },
    { organisationSize: '1-10', industry: 'health', authorRole: null, body: 'Good enough for the few of us here.' },
    { organisationSize: null, industry: null, authorRole: null, body: 'A friend says that it is peppol too.' },
  ] as const
  const answered: string[] = []
  for (const [at, said] of says.entries())
    answered.push((await nameVendor(people[at] as PersonViewer, number, { ...because, ...said, named: `Tool ${at}` })).postId)
  const found = async (search: string) => {
    const { thread, request } = await page(visitor, search)
    expect(request?.replies.found).toBe(thread.answers.length)
    return thread.answers.map(({ postId }) => answered.indexOf(postId)).toSorted()
  }
  expect((await page(visitor)).request?.replies).toEqual({ all: 4, found: 4, size: 2, industry: 2, both: 1 })
  expect(await found('')).toEqual([0, 1, 2, 3])
  expect(await found('size=51-250&industry=health')).toEqual([0])
  expect(await found('size=51-250')).toEqual([0, 1])
  expect(await found('industry=health')).toEqual([0, 2])
  expect(await found('role=uses')).toEqual([1])
  expect(await found('about=PEPPOL')).toEqual([0, 3])
  expect(await found('size=over-1000')).toEqual([])
  expect(await found('size=enormous')).toEqual([0, 1, 2, 3])
})
