import type { Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import { viewerFromCookies } from '~/server/accounts'
import type { Viewer } from '~/server/viewer'
import { log } from './log'

export type Doorkeeper = (viewer: Viewer, room: string) => Promise<boolean>

const MOST_ROOMS = 30
/** Room names are short; nothing else is ever sent up. */
const LARGEST_MESSAGE_BYTES = 4096

// Editing a server module in development evaluates it anew; the sockets outlive that.
const kept = globalThis as typeof globalThis & { parleyIo?: { io: Server; mayEnter: Doorkeeper } }

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
  kept.parleyIo = { io, mayEnter: options.mayEnter }
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
    socket.on('enter', async (room: unknown, answer: unknown) => {
      const entered = await enter(socket, room).catch(() => false)
      if (typeof answer === 'function') answer(entered)
    })
    socket.on('leave', (room: unknown) => {
      if (typeof room === 'string') void socket.leave(room)
    })
    socket.on('error', () => socket.disconnect(true))
  })
  return io
}

// The viewer is read again at each entering: a client that reconnects replays its old rooms, and rights may have ended meanwhile.
async function enter(socket: Socket, room: unknown): Promise<boolean> {
  if (typeof room !== 'string' || room.length > 80 || socket.rooms.size > MOST_ROOMS || !kept.parleyIo) return false
  const { viewer } = await viewerFromCookies(socket.handshake.headers.cookie)
  if (!(await kept.parleyIo.mayEnter(viewer, room))) return false
  await socket.join(room)
  return true
}

/** That something happened, never what: the screen asks its loader, where the policy answers. */
export function poke(room: string, event: string): void {
  kept.parleyIo?.io.to(room).emit('poke', { room, event })
}

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
  const { io, mayEnter } = kept.parleyIo
  for (const socket of io.sockets.sockets.values()) {
    if (!concerns(socket)) continue
    const { viewer } = await viewerFromCookies(socket.handshake.headers.cookie)
    for (const room of socket.rooms) {
      if (room === socket.id || room.startsWith(EVERY_SOCKET)) continue
      if (!(await mayEnter(viewer, room))) await socket.leave(room)
    }
    socket.emit('poke', { room: 'you', event })
    if (viewer.kind !== 'person') for (const room of socket.rooms) if (room.startsWith(EVERY_SOCKET)) await socket.leave(room)
  }
}

const EVERY_SOCKET = 'sockets:'
const everySocketOf = (personId: string) => EVERY_SOCKET + personId
