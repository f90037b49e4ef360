import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { liveEvents, memberships } from '~/db/schema'
import { missedSince } from '~/server/catching-up'
import { Invalid } from '~/server/errors'
import { forgetLiveEvents, missedIn } from '~/server/platform/live-log'
import { poke, recheckRooms } from '~/server/platform/realtime'
import { mayEnter } from '~/server/rooms'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, owner, refreshed } from '../support/cast'
import { aDoor, aLine, enter } from '../support/door'

async function aSocket(door: string, person?: PersonViewer, origin?: string) {
  const socket = await aLine(door, person, origin)
  const heard: { room: string; event: string; seq?: number }[] = []
  socket.on('poke', (told) => heard.push(told))
  return { socket, heard }
}

const happened = (kind: string) => ({ id: newId(), kind })

test('what happens in a room is numbered, one after another, and the same event has the same number', async () => {
  const [community, door] = [await aCommunity(), await aDoor()]
  const room = `community:${community.id}`
  const { socket, heard } = await aSocket(door)
  expect(await enter(socket, room)).toEqual({ seq: 0, missed: [], all: false })
  const [first, second] = [happened('question.asked'), happened('question.answered')]
  for (const event of [first, second, first]) await poke([room], event)
  await expect.poll(() => heard.length).toBe(3)
  expect(heard).toEqual([
    { room, event: 'question.asked', seq: 1 },
    { room, event: 'question.answered', seq: 2 },
    { room, event: 'question.asked', seq: 1 },
  ])
})

test('who comes back asks since a number and is told each that was missed; who was away too long reads everything again', async () => {
  const [community, door] = [await aCommunity(), await aDoor()]
  const room = `community:${community.id}`
  const before = await aSocket(door)
  await enter(before.socket, room)
  await poke([room], happened('question.asked'))
  before.socket.close()
  for (const kind of ['question.answered', 'post.voted']) await poke([room], happened(kind))
  const { socket } = await aSocket(door)
  expect(await enter(socket, room, 1)).toEqual({
    seq: 3,
    missed: [
      { seq: 2, event: 'question.answered' },
      { seq: 3, event: 'post.voted' },
    ],
    all: false,
  })
  expect(await enter(socket, room, 3)).toEqual({ seq: 3, missed: [], all: false })
  await owner
    .update(liveEvents)
    .set({ createdAt: new Date(Date.now() - 25 * 3_600_000) })
    .where(eq(liveEvents.room, room))
  await forgetLiveEvents()
  expect(await enter(socket, room, 1)).toEqual({ seq: 3, missed: [], all: true })
  expect(await enter(socket, room, 3)).toEqual({ seq: 3, missed: [], all: false })
})

test('a page that knows no number yet learns whether anything happened since it was read', async () => {
  const [community, door] = [await aCommunity(), await aDoor()]
  const room = `community:${community.id}`
  await poke([room], happened('question.asked'))
  const { socket } = await aSocket(door)
  expect(await enter(socket, room, null, 60_000)).toEqual({ seq: 1, missed: [], all: true })
  await owner
    .update(liveEvents)
    .set({ createdAt: new Date(Date.now() - 61_000) })
    .where(eq(liveEvents.room, room))
  expect(await enter(socket, room, null, 60_000)).toEqual({ seq: 1, missed: [], all: false })
})

test('a hundred missed are told one by one, more are not; twenty at once in two rooms are numbered without gaps', async () => {
  const [one, other] = [await aCommunity(), await aCommunity()]
  const rooms = [`community:${one.id}`, `community:${other.id}`]
  await Promise.all(Array.from({ length: 20 }, (_, n) => poke(n % 2 ? rooms : [...rooms].reverse(), happened('post.voted'))))
  for (const room of rooms)
    expect((await missedIn(room, 0)).missed.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
  for (let n = 20; n < 101; n += 1) await poke([rooms[0] ?? ''], happened('post.voted'))
  expect(await missedIn(rooms[0] ?? '', 0)).toEqual({ seq: 101, missed: [], all: true })
  expect((await missedIn(rooms[0] ?? '', 1)).missed).toHaveLength(100)
})

test('rooms are entered by the policy, by socket and by asking, and left when the right ends', async () => {
  const [chen, jun, door] = [await aMember('Chen'), await aMember('Jun'), await aDoor()]
  const community = await aCommunity({ access: 'invitation', members: [chen] })
  const room = `community:${community.id}`
  const [member, stranger] = [await aSocket(door, await refreshed(chen)), await aSocket(door, jun)]
  expect(await enter(stranger.socket, room)).toBe(null)
  expect(await enter(member.socket, room)).toMatchObject({ seq: 0 })
  await poke([room], happened('question.asked'))
  await expect.poll(() => member.heard.length).toBe(1)
  expect(stranger.heard).toEqual([])
  expect(await missedSince(await refreshed(chen), [`${room}@0`])).toEqual([
    { room, seq: 1, missed: [{ seq: 1, event: 'question.asked' }], all: false },
  ])
  for (const viewer of [jun, visitor]) expect(await missedSince(viewer, [`${room}@0`])).toEqual([])

  await owner.delete(memberships).where(eq(memberships.personId, chen.personId))
  await recheckRooms(chen.personId, 'community.left')
  await poke([room], happened('question.answered'))
  await expect.poll(() => member.heard.map(({ event }) => event)).toEqual(['question.asked', 'community.left'])
})

test('a socket cannot leave what makes it known: its rooms are left when the right ends', async () => {
  const [chen, door] = [await aMember('Chen'), await aDoor()]
  const community = await aCommunity({ access: 'invitation', members: [chen] })
  const room = `community:${community.id}`
  const { socket, heard } = await aSocket(door, await refreshed(chen))
  socket.emit('leave', `sockets:${chen.personId}`)
  expect(await enter(socket, `sockets:${chen.personId}`)).toBe(null)
  expect(await enter(socket, room)).toMatchObject({ seq: 0 })
  await owner.delete(memberships).where(eq(memberships.personId, chen.personId))
  await recheckRooms(chen.personId, 'community.left')
  await poke([room], happened('question.asked'))
  await expect.poll(() => heard.map(({ event }) => event)).toEqual(['community.left'])
})

test('a right that ends while the socket is on its way into the room keeps it out', async () => {
  const chen = await aMember('Chen')
  const community = await aCommunity({ access: 'invitation', members: [chen] })
  const room = `community:${community.id}`
  let asked = 0
  const door = await aDoor(async (viewer, wanted) => {
    const answer = await mayEnter(viewer, wanted)
    if (++asked === 1) {
      await owner.delete(memberships).where(eq(memberships.personId, chen.personId))
      await recheckRooms(chen.personId, 'community.left')
    }
    return answer
  })
  const { socket, heard } = await aSocket(door, await refreshed(chen))
  expect(await enter(socket, room)).toBe(null)
  await poke([room], happened('question.asked'))
  await recheckRooms(chen.personId, 'factor.added')
  await expect.poll(() => heard.map(({ event }) => event)).toEqual(['community.left', 'factor.added'])
})

test('a socket from another site is not let in, and one that floods or sends too much is put out', async () => {
  const [community, door] = [await aCommunity(), await aDoor()]
  await expect(aSocket(door, undefined, 'http://another-site.example')).rejects.toThrow()
  const flooding = await aSocket(door)
  const out = new Promise((resolve) => flooding.socket.once('disconnect', resolve))
  for (let n = 0; n <= 100; n += 1) flooding.socket.emit('leave', `community:${community.id}`)
  await out
  const large = await aSocket(door)
  const away = new Promise((resolve) => large.socket.once('disconnect', resolve))
  large.socket.emit('enter', { room: 'x'.repeat(5000) })
  await away
})

test('nonsense is answered, and opens nothing', async () => {
  const [community, door] = [await aCommunity(), await aDoor()]
  const { socket } = await aSocket(door)
  for (const asked of [
    null,
    7,
    'community',
    { room: 7 },
    { room: `community:${community.id}`, since: -1 },
    { room: 'nothing:x', since: null },
    { room: '__proto__:x', since: null },
    { room: `community:${community.id}:junk`, since: null },
    { room: `community:${community.id}:`, since: null },
    { room: 'recommendation-queue', since: null },
  ])
    expect(await socket.timeout(5000).emitWithAck('enter', asked)).toBe(null)
  for (const asked of [[], ['community'], ['community:x@y'], Array.from({ length: 31 }, () => `community:${community.id}@0`)])
    await expect(missedSince(visitor, asked)).rejects.toThrow(Invalid)
})
