import type { Server } from 'socket.io'

// Who is in a room is read from the open sockets whenever somebody asks. Nothing is stored, so nothing is left behind: not by a
// tab that is closed, a line that breaks or a server that starts again.

/** What somebody does for a moment is a room as well: its stay ends by itself unless it is said again. */
const PASSING = { 'answering:': { seconds: 12, tells: 'thread:' } } as const
/** In small rooms at once; in large ones so seldom that all who then ask are this many a second at most. */
const SOONEST_MILLISECONDS = 300
const AGAIN_AFTER_MILLISECONDS = 1500
const ASK_A_SECOND = 20

type Timer = ReturnType<typeof setTimeout>
const kept = globalThis as typeof globalThis & {
  parleyStir?: { pending: Map<string, Timer>; told: Map<string, number>; stays: Map<string, Timer> }
}
const stir = (kept.parleyStir ??= { pending: new Map(), told: new Map(), stays: new Map() })

const passing = (room: string) => Object.entries(PASSING).find(([prefix]) => room.startsWith(prefix))?.[1]
export const isPassing = (room: string) => passing(room) !== undefined

/** From now on a room is told when who is in it changes: by the bare word, after which each page asks for itself. */
export function watchComingAndGoing(io: Server): void {
  const { adapter } = io.of('/')
  const changed = (room: string) => {
    const [kind = '', id = ''] = room.split(/(?<=:)/)
    const tells = passing(room)?.tells ?? kind
    if (tells === 'thread:') tellSoon(io, tells + id)
  }
  adapter.on('join-room', changed)
  adapter.on('leave-room', changed)
}

/** The stay of a socket in a passing room, until it is said again. */
export function stayFor(io: Server, socketId: string, room: string): void {
  const stay = passing(room)
  if (!stay) return
  const key = `${socketId} ${room}`
  clearTimeout(stir.stays.get(key))
  const timer = setTimeout(() => {
    stir.stays.delete(key)
    void io.sockets.sockets.get(socketId)?.leave(room)
  }, stay.seconds * 1000)
  timer.unref()
  stir.stays.set(key, timer)
}

/** Who is where has changed in a way that the sockets do not show. */
export function tellSoon(io: Server, room: string): void {
  if (stir.pending.has(room)) return
  const size = io.sockets.adapter.rooms.get(room)?.size ?? 0
  if (size === 0) return void stir.told.delete(room)
  const pause = Math.max(AGAIN_AFTER_MILLISECONDS, (size * 1000) / ASK_A_SECOND)
  const wait = Math.max(SOONEST_MILLISECONDS, (stir.told.get(room) ?? 0) + pause - Date.now())
  const timer = setTimeout(() => {
    stir.pending.delete(room)
    if (!io.sockets.adapter.rooms.has(room)) return void stir.told.delete(room)
    stir.told.set(room, Date.now())
    io.to(room).emit('here', { room })
  }, wait)
  timer.unref()
  stir.pending.set(room, timer)
}

/** The people in a room, each once however many tabs they have open. */
export function peopleIn(io: Server, room: string, everySocketOf: string): string[] {
  const found = new Set<string>()
  for (const id of io.sockets.adapter.rooms.get(room) ?? [])
    for (const name of io.sockets.sockets.get(id)?.rooms ?? [])
      if (name.startsWith(everySocketOf)) found.add(name.slice(everySocketOf.length))
  return [...found]
}
