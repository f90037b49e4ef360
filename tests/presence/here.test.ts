import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { newId } from '~/db/ids'
import { memberships, unseenPeople } from '~/db/schema'
import { blockPerson, unblockPerson } from '~/server/accounts'
import { Forbidden, NotFound } from '~/server/errors'
import type { EventKind, Happened } from '~/server/events'
import { recheckRooms, tellWhereTheyAre } from '~/server/platform/realtime'
import { chooseBeingSeen, isSeen, whoIsHere } from '~/server/presence'
import { reactor } from '~/server/reactions'
import { visitor, type PersonViewer, type Viewer } from '~/server/viewer'
import { aMember, owner, refreshed } from '../support/cast'
import { aDoor, aLine, enter } from '../support/door'
import { aQuestion } from '../threads/scene'

/** A tab of somebody, with these rooms open. */
async function aTab(door: string, person: PersonViewer | null, ...rooms: string[]) {
  const socket = await aLine(door, person)
  const told: string[] = []
  socket.on('here', ({ room }: { room: string }) => told.push(room))
  const entered = []
  for (const room of rooms) entered.push(await enter(socket, room))
  return { socket, told, entered }
}

async function aThread(room: Parameters<typeof aQuestion>[0] = {}) {
  const [scene, door] = [await aQuestion(room), await aDoor()]
  const { threadId, number } = scene.question
  const here = async (viewer: Viewer) => {
    const { count, named, answering } = await whoIsHere(viewer, String(number))
    return { count, named: named.map(({ handle }) => handle), answering: answering.map(({ handle }) => handle) }
  }
  return { ...scene, door, here, room: `thread:${threadId}`, answering: `answering:${threadId}` }
}
async function reactToBlocking({ personId }: PersonViewer, kind: EventKind) {
  const event = { id: newId(), kind, occurredAt: new Date(), payload: { personId } } as unknown as Happened
  for (const name of reactor.reactionsTo(kind)) await reactor.react(name, event)
}
const NOBODY = { count: 0, named: [], answering: [] }

test('a person in five tabs is one, and stays until the last is closed; everybody there is told to look', async () => {
  const { amina, chen, door, here, room } = await aThread()
  const watching = await aTab(door, amina, room)
  const tabs = await Promise.all(Array.from({ length: 5 }, () => aTab(door, chen, room)))
  expect(await here(amina)).toEqual({ count: 1, named: [chen.handle], answering: [] })
  await expect.poll(() => watching.told).toContain(room)
  for (const { socket } of tabs.slice(1)) socket.close()
  await expect.poll(async () => (await here(amina)).count).toBe(1)
  tabs[0]?.socket.close()
  await expect.poll(() => here(amina)).toEqual(NOBODY)
})

test('nobody sees themselves; a visitor is not counted and is told nothing', async () => {
  const { amina, door, here, room } = await aThread()
  await Promise.all([aTab(door, amina, room), aTab(door, null, room)])
  expect(await here(amina)).toEqual(NOBODY)
  await expect(here(visitor)).rejects.toThrow(Forbidden)
})

test('who writes an answer is named, not what; it ends when said, and by itself', async () => {
  const { amina, chen, door, here, room, answering } = await aThread()
  const { socket } = await aTab(door, chen, room, answering)
  expect(await here(amina)).toEqual({ count: 1, named: [chen.handle], answering: [chen.handle] })
  socket.emit('leave', answering)
  await expect.poll(async () => (await here(amina)).answering).toEqual([])
  await enter(socket, answering)
  expect((await here(amina)).answering).toEqual([chen.handle])
  await expect.poll(async () => (await here(amina)).answering, { timeout: 16_000, interval: 500 }).toEqual([])
  expect((await here(amina)).count).toBe(1)
}, 30_000)

test('only who may answer can be said to', async () => {
  const { door, here, amina, answering, room } = await aThread()
  const mateo = await aMember('Mateo', { confirmed: false })
  const { entered } = await aTab(door, mateo, room, answering)
  expect(entered[1]).toBeNull()
  expect(await here(amina)).toEqual({ count: 1, named: [mateo.handle], answering: [] })
})

test('who does not want to be seen is neither named nor counted, from now on and everywhere; twice is once', async () => {
  const { amina, chen, door, here, room, answering } = await aThread()
  const { told } = await aTab(door, amina, room)
  await aTab(door, chen, room, answering)
  await chooseBeingSeen(chen, false)
  await chooseBeingSeen(chen, false)
  expect([await isSeen(chen), await here(amina)]).toEqual([false, NOBODY])
  const before = told.length
  tellWhereTheyAre(chen.personId)
  await expect.poll(() => told.length).toBeGreaterThan(before)
  await chooseBeingSeen(chen, true)
  expect((await here(amina)).named).toEqual([chen.handle])
  expect(await db.select().from(unseenPeople)).toEqual([])
})

test('people who blocked one another do not see each other, on either side', async () => {
  const { amina, chen, bo, door, here, room } = await aThread()
  await Promise.all([aTab(door, amina, room), aTab(door, chen, room)])
  await blockPerson(amina, chen.handle)
  expect(await here(amina)).toEqual(NOBODY)
  expect(await here(chen)).toEqual(NOBODY)
  expect((await here(bo)).count).toBe(2)
})

test('an open page looks again when somebody there blocks another, and when they do so no more', async () => {
  const { amina, chen, door, room } = await aThread()
  const [{ told }] = await Promise.all([aTab(door, chen, room), aTab(door, amina, room)])
  await expect.poll(() => told).toEqual([room])
  await blockPerson(amina, chen.handle)
  await reactToBlocking(amina, 'person.blocked')
  await expect.poll(() => told, { timeout: 5000 }).toEqual([room, room])
  await unblockPerson(amina, chen.handle)
  await reactToBlocking(amina, 'person.unblocked')
  await expect.poll(() => told, { timeout: 5000 }).toEqual([room, room, room])
}, 30_000)

test('of a room that nobody is in any more nothing is kept', async () => {
  const { chen, door, room } = await aThread()
  const { socket } = await aTab(door, chen, room)
  socket.emit('leave', room)
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect((globalThis as { parleyStir?: { told: Map<string, number> } }).parleyStir?.told.has(room)).toBe(false)
})

test('a private room tells nobody outside it, and who lost the right is there no more', async () => {
  const { amina, chen, door, here, room } = await aThread({ access: 'invitation' })
  const stranger = await aTab(door, await aMember('Mateo'), room)
  expect(stranger.entered).toEqual([null])
  await aTab(door, chen, room)
  expect((await here(amina)).named).toEqual([chen.handle])
  await expect(here(await aMember('Jun'))).rejects.toThrow(NotFound)
  await expect(here(visitor)).rejects.toThrow(NotFound)
  await owner.delete(memberships).where(eq(memberships.personId, chen.personId))
  await recheckRooms(chen.personId, 'community.left')
  expect(await here(amina)).toEqual(NOBODY)
  await expect(here(await refreshed(chen))).rejects.toThrow(NotFound)
})

test('a crowd that comes at once is told of seldom', async () => {
  const { chen, door, room } = await aThread()
  const { told } = await aTab(door, chen, room)
  const people = await Promise.all(Array.from({ length: 12 }, (_, n) => aMember(`Crowd${n}`)))
  await Promise.all(people.map((person) => aTab(door, person, room)))
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(told.length).toBeLessThanOrEqual(3)
}, 30_000)
