import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io as connectTo, type Socket } from 'socket.io-client'
import { onTestFinished } from 'vitest'
import { startSession } from '~/server/accounts'
import { startRealtime, type Doorkeeper } from '~/server/platform/realtime'
import { mayEnter } from '~/server/rooms'
import type { PersonViewer } from '~/server/viewer'

const ORIGIN = 'http://parley.example'

/** A socket door on a port of its own, for one test. */
export async function aDoor(keeper: Doorkeeper = mayEnter) {
  const http = createServer()
  const io = startRealtime(http, { origins: [ORIGIN], mayEnter: keeper })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  onTestFinished(() => void io.close())
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`
}

/** The line of one tab: of somebody signed in, or of a visitor. Throws where the door stays closed. */
export async function aLine(door: string, person: PersonViewer | null = null, origin = ORIGIN): Promise<Socket> {
  const cookie = person ? (await startSession(person.personId, 'Test')).split(';')[0] : undefined
  const socket = connectTo(door, {
    path: '/live',
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin, ...(cookie ? { cookie } : {}) },
  })
  onTestFinished(() => void socket.close())
  await new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(undefined))
    socket.once('connect_error', reject)
  })
  return socket
}

export const enter = (socket: Socket, room: string, since: number | null = null, ago = 0): Promise<unknown> =>
  socket.timeout(5000).emitWithAck('enter', { room, since, ago })
