import type { Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import { z } from 'zod'
import { viewerFromCookies } from '~/server/accounts'
import type { Viewer } from '~/server/viewer'
import { missedIn, numberIn, type Missed } from './live-log'
import { log } from './log'
import { isPassing, peopleIn, stayFor, tellSoon, watchComingAndGoing } from './presence'

export type Doorkeeper = (viewer: Viewer, room: string) => Promise<boolean>

const MOST_ROOMS = 30
/** A page enters its rooms and leaves them; whoever sends more is no page. */
const MOST_MESSAGES = 100
const WINDOW_MILLISECONDS = 10_000
/** Room names are short; nothing else is ever sent up. */
const LARGEST_MESSAGE_BYTES = 4096

/** `since`: the last number heard in the room; `ago`: how many milliseconds back a page without one was read. */
const Asked = z.object({
  room: z.string().max(80),
  since: z.number().int().nonnegative().nullable(),
  ago: z.number().nonnegative().max(86_400_000).optional(),
})

// Editing a server module in development evaluates it anew; the sockets outlive that.
const kept = globalThis as typeof globalThis & { parleyIo?: { io: Server; mayEnter: Doorkeeper; rechecks: number } }

/** Opens the socket door beside the site: same port, websocket only, session from the cookie, origin from the list. */
export function startRealtime(http: HttpServer, options: { origins: string[]; mayEnter: Doorkeeper }): Server {
  const io = new Server(http, {
    path: '/live',
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: LARGEST_MESSAGE_BYTES,
    connectionStateRecovery: undefined,
    allowRequest: (request, decide) => decide(null, options.origins.includes(request.headers.origin ?? '')),
  })
  kept.parleyIo = { io, mayEnter: options.mayEnter, rechecks: 0 }
  watchComingAndGoing(io)
  io.use(async (socket, next) => {
    try {
      const { viewer } = await viewerFromCookies(socket.handshake.headers.cookie)
      if (viewer.kind === 'person') await socket.join(everySocketOf(viewer.personId))
      next()
    } catch (error) {
      log.error({ err: error }, 'a socket could not be admitted')
      next(new Error('unavailable'))
    }
  })
  io.on('connection', (socket) => {
    guardAgainstFloods(socket)
    socket.on('enter', async (asked: unknown, answer: unknown) => {
      const entered = await enter(socket, asked).catch(() => null)
      if (typeof answer === 'function') answer(entered)
    })
    socket.on('leave', (room: unknown) => {
      if (typeof room === 'string') void leave(socket, room)
    })
    socket.on('error', () => socket.disconnect(true))
  })
  return io
}

/** What the door itself knows the socket by is no room that it enters or leaves. */
const isOfTheDoor = (socket: Socket, room: string) => room === socket.id || room.startsWith(EVERY_SOCKET)

async function leave(socket: Socket, room: string): Promise<void> {
  if (!isOfTheDoor(socket, room)) await socket.leave(room)
}

// The viewer is read again at each entering: a client that reconnects replays its old rooms, and rights may have ended meanwhile.
// Rights that end between the asking and the joining find nobody in the room, so whoever came meanwhile is asked again.
// The room is joined before what was missed is read, so that nothing falls between.
async function enter(socket: Socket, asked: unknown): Promise<Missed | 'unnumbered' | null> {
  const wanted = Asked.safeParse(asked)
  if (!wanted.success || socket.rooms.size > MOST_ROOMS || !kept.parleyIo) return null
  const { room, since, ago } = wanted.data
  for (let rechecks = -1; rechecks !== kept.parleyIo.rechecks;) {
    rechecks = kept.parleyIo.rechecks
    const { viewer } = await viewerFromCookies(socket.handshake.headers.cookie)
    if (!(await kept.parleyIo.mayEnter(viewer, room))) {
      await leave(socket, room)
      return null
    }
    await socket.join(room)
  }
  stayFor(kept.parleyIo.io, socket.id, room)
  return isNumbered(room) ? missedIn(room, since, ago) : 'unnumbered'
}

function guardAgainstFloods(socket: Socket) {
  let [messages, until] = [0, 0]
  socket.use((_, next) => {
    const at = Date.now()
    if (at > until) [messages, until] = [0, at + WINDOW_MILLISECONDS]
    messages += 1
    if (messages > MOST_MESSAGES) socket.disconnect(true)
    else next()
  })
}

/**
 * That something happened, never what: the screen asks its loader, where the policy answers. Numbered in each room, so that
 * a page which was away knows what it missed and hears nothing twice.
 */
export async function poke(rooms: string[], event: { id: string; kind: string }): Promise<void> {
  if (rooms.length === 0) return
  for (const { room, seq } of await numberIn(rooms, event)) kept.parleyIo?.io.to(room).emit('poke', { room, event: event.kind, seq })
}

/** To everything that somebody has open. It counts what is unread, and that is counted anew whenever the line comes back. */
export function pokePeople(personIds: string[], event: string): void {
  for (const id of personIds) kept.parleyIo?.io.to(`${PERSON}${id}`).emit('poke', { room: `${PERSON}${id}`, event })
}

const PERSON = 'person:'
const isNumbered = (room: string) => !room.startsWith(PERSON) && !isPassing(room)

/** Rights have changed: every socket of the person leaves the rooms it may no longer be in, and their open pages read again. */
export async function recheckRooms(personId: string, event: string): Promise<void> {
  await recheck((socket) => socket.rooms.has(everySocketOf(personId)), event)
}

/** A rule of the whole portal has changed. */
export async function recheckEverybody(event: string): Promise<void> {
  await recheck((socket) => [...socket.rooms].some((room) => room.startsWith(EVERY_SOCKET)), event)
}

async function recheck(concerns: (socket: Socket) => boolean, event: string): Promise<void> {
  if (!kept.parleyIo) return
  kept.parleyIo.rechecks += 1
  const { io, mayEnter } = kept.parleyIo
  for (const socket of io.sockets.sockets.values()) {
    if (!concerns(socket)) continue
    const { viewer } = await viewerFromCookies(socket.handshake.headers.cookie)
    for (const room of socket.rooms) {
      if (isOfTheDoor(socket, room)) continue
      if (!(await mayEnter(viewer, room))) await socket.leave(room)
    }
    socket.emit('poke', { room: 'you', event })
    if (viewer.kind !== 'person') for (const room of socket.rooms) if (room.startsWith(EVERY_SOCKET)) await socket.leave(room)
  }
}

const EVERY_SOCKET = 'sockets:'
const everySocketOf = (personId: string) => EVERY_SOCKET + personId

/** Who has a page of this room open here and now, each person once. */
export function whoIsIn(room: string): string[] {
  return kept.parleyIo ? peopleIn(kept.parleyIo.io, room, EVERY_SOCKET) : []
}

/** Somebody chose to be seen or not: wherever they are, the others look again. */
export function tellWhereTheyAre(personId: string): void {
  if (!kept.parleyIo) return
  const { io } = kept.parleyIo
  for (const id of io.sockets.adapter.rooms.get(everySocketOf(personId)) ?? [])
    for (const room of io.sockets.sockets.get(id)?.rooms ?? []) if (room.startsWith('thread:')) tellSoon(io, room)
}
