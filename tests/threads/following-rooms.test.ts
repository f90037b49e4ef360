import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { communityFollows, notifications, tagFollows } from '~/db/schema'
import { blockPerson } from '~/server/accounts'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { notifyWhoIsTold } from '~/server/notifications'
import {
  answerQuestion,
  askQuestion,
  claimThread,
  followedRooms,
  followRoom,
  followsHere,
  needingAnswers,
  releaseThread,
  unfollowRoom,
} from '~/server/threads'
import { MOST_FOLLOWED } from '~/server/threads/rules'
import type { PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, owner, refreshed, trusted } from '../support/cast'
import { aQuestion, aQuestionOf, lastEventIn } from './scene'

let scene: Awaited<ReturnType<typeof aQuestion>>
let ines: PersonViewer
beforeEach(async () => {
  ;[scene, ines] = await Promise.all([aQuestion(), aMember('Ines')])
  await Promise.all([scene.amina, scene.chen, ines].map((each) => trusted(each)))
})

const asked = async (by: PersonViewer, tags: string[], slug = scene.community.slug) => {
  const question = await askQuestion(by, slug, { ...aQuestionOf, title: 'Billing shows last month twice', tags })
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  return question
}
const toldOf = (person: PersonViewer, threadId: string) =>
  owner
    .select({ kind: notifications.kind, why: notifications.why })
    .from(notifications)
    .where(and(eq(notifications.personId, person.personId), eq(notifications.threadId, threadId)))
const needed = async (person: PersonViewer) => (await needingAnswers(person)).threads.map(({ threadId }) => threadId)

test('whoever follows a tag hears of new questions under it, and of no others', async () => {
  await asked(scene.amina, ['billing'])
  await followRoom(ines, scene.community.slug, 'billing')

  const [one, other] = [await asked(scene.amina, ['billing', 'imap']), await asked(scene.amina, ['imap'])]
  expect(await toldOf(ines, one.threadId)).toEqual([{ kind: 'question.asked', why: 'room' }])
  expect(await toldOf(ines, other.threadId)).toEqual([])
})

test('whoever follows the room and a tag of it hears once; whoever asks hears nothing of it', async () => {
  await followRoom(ines, scene.community.slug, null)
  await followRoom(ines, scene.community.slug, 'imap')
  await followRoom(scene.amina, scene.community.slug, null)

  const question = await asked(scene.amina, ['imap'])
  expect(await toldOf(ines, question.threadId)).toHaveLength(1)
  expect(await toldOf(scene.amina, question.threadId)).toEqual([])
})

test('following twice is once, ten at once as well, and unfollowing ends it', async () => {
  await Promise.all(Array.from({ length: 10 }, () => followRoom(ines, scene.community.slug, null)))
  expect(await owner.$count(communityFollows, eq(communityFollows.handleId, ines.handleId))).toBe(1)
  expect(await followsHere(ines, scene.community.id, null)).toEqual({ follows: true })

  await unfollowRoom(ines, scene.community.slug, null)
  await unfollowRoom(ines, scene.community.slug, null)
  expect(await followsHere(ines, scene.community.id, null)).toEqual({ follows: false })
  expect(await toldOf(ines, (await asked(scene.amina, [])).threadId)).toEqual([])
})

test('nobody hears of whom they blocked', async () => {
  await followRoom(ines, scene.community.slug, null)
  await blockPerson(ines, scene.amina.handle)
  expect(await toldOf(ines, (await asked(scene.amina, [])).threadId)).toEqual([])
})

test('a private room is followed by its members alone; who leaves hears nothing more and sees it in no list', async () => {
  const room = await aCommunity({ access: 'invitation', members: [scene.amina, ines] })
  const [amina, inside] = await Promise.all([refreshed(scene.amina), refreshed(ines)])
  await expect(followRoom(scene.chen, room.slug, null)).rejects.toThrow(NotFound)
  await followRoom(inside, room.slug, null)
  const question = await asked(amina, [], room.slug)
  expect(await needed(inside)).toEqual([question.threadId])

  const outside: PersonViewer = { ...inside, memberOf: [] }
  expect(await needed(outside)).toEqual([])
  expect(await followedRooms(outside)).toEqual([])
})

test('unfollowing says nothing of the tags of a room that is by request, and ends what one followed there', async () => {
  const room = await aCommunity({ access: 'request', members: [scene.amina, ines] })
  const [amina, inside] = await Promise.all([refreshed(scene.amina), refreshed(ines)])
  await asked(amina, ['billing'], room.slug)
  await followRoom(inside, room.slug, 'billing')
  const stranger = await aMember('Mateo')
  for (const tag of ['billing', 'nobody-uses-this']) expect(await unfollowRoom(stranger, room.slug, tag)).toBeUndefined()

  const outside: PersonViewer = { ...inside, memberOf: [] }
  await unfollowRoom(outside, room.slug, 'billing')
  expect(await owner.$count(tagFollows, eq(tagFollows.handleId, ines.handleId))).toBe(0)
})

test('visitors follow nothing, and a tag that nobody used cannot be followed', async () => {
  await expect(followRoom({ kind: 'visitor' }, scene.community.slug, null)).rejects.toThrow(Forbidden)
  await expect(followRoom(ines, scene.community.slug, 'nobody-uses-this')).rejects.toThrow(NotFound)
  expect(await followsHere(ines, scene.community.id, 'nobody-uses-this')).toBeNull()
})

test(`nobody follows more than ${MOST_FOLLOWED}`, async () => {
  const rooms = await Promise.all(Array.from({ length: 3 }, () => aCommunity({})))
  const [first] = rooms
  await owner.execute(
    `insert into tags (id, community_id, name) select gen_random_uuid(), '${first?.id}', 'many-' || n from generate_series(1, ${MOST_FOLLOWED}) n`,
  )
  await owner.execute(
    `insert into tag_follows (tag_id, handle_id) select id, '${ines.handleId}' from tags where community_id = '${first?.id}'`,
  )
  await expect(followRoom(ines, rooms[1]?.slug ?? '', null)).rejects.toThrow(Conflict)
})

test('what needs an answer leaves out one’s own, what was answered, and what somebody has taken on', async () => {
  await followRoom(ines, scene.community.slug, null)
  const [own, claimed, answered, open] = [
    await asked(ines, []),
    await asked(scene.amina, []),
    await asked(scene.amina, []),
    await asked(scene.amina, []),
  ]
  await answerQuestion(scene.chen, answered.threadId, { body: 'Look at the settings of the account first.' })
  await claimThread(scene.bo, claimed.threadId)
  const list = await needed(ines)
  expect(list[0]).toBe(open.threadId)
  expect(list).not.toContain(own.threadId)
  expect(list).not.toContain(claimed.threadId)
  expect(list).not.toContain(answered.threadId)

  await releaseThread(scene.bo, claimed.threadId)
  expect(await needed(ines)).toContain(claimed.threadId)
})

test('the list goes on where it ended, without a gap and without a repetition', async () => {
  await followRoom(ines, scene.community.slug, null)
  const askers = await Promise.all(Array.from({ length: 6 }, (_, n) => aMember(`Asker ${n}`).then((each) => trusted(each))))
  for (const asker of askers) for (let n = 0; n < 5; n++) await asked(asker, [])
  const first = await needingAnswers(ines)
  const second = await needingAnswers(ines, first.next)
  const all = [...first.threads, ...second.threads].map(({ threadId }) => threadId)
  expect(first.threads).toHaveLength(25)
  expect(new Set(all).size).toBe(31)
  expect(second.next).toBeNull()
  expect((await needingAnswers(ines, 'nonsense')).threads).toHaveLength(25)
})
