import type { Socket } from 'socket.io-client'
import { paths } from '~/app/paths'

export type Heard = { room: string; event: string }
type Poke = Heard & { seq?: number }
type Missed = { seq: number; missed: { seq: number; event: string }[]; all: boolean }
type Listener = (heard: Heard) => void

/** Where sockets are blocked the page asks by itself, as often as this. */
const ASKS_EVERY_MILLISECONDS = 20_000
const PATIENCE_MILLISECONDS = 10_000
/** A page that was asked for by a link was read a little before it appeared. */
const READ_BEFORE_MILLISECONDS = 2000

// One line for the whole page, made when the first room is wanted; socket.io is not part of the first download.
let line: Promise<Socket> | null = null
let asking: ReturnType<typeof setInterval> | undefined
const listeners = new Set<Listener>()
/** Who want to know when somebody comes or goes. */
const lookouts = new Set<(room: string) => void>()
/** How many listen to each room, since when, and the number heard last in it. */
const rooms = new Map<string, { listeners: number; openedAt: number; reached: number | null; entered: boolean }>()

/** Calls `listen` for what happens in the rooms until the returned function is called. Nothing is missed, nothing heard twice. */
export function listenTo(names: string[], listen: Listener): () => void {
  const hear: Listener = (heard) => {
    if (heard.room === 'you' || names.includes(heard.room)) listen(heard)
  }
  listeners.add(hear)
  for (const name of names) want(name)
  return () => {
    listeners.delete(hear)
    for (const name of names) letGo(name)
  }
}

function want(name: string) {
  const known = rooms.get(name)
  if (known) {
    known.listeners += 1
    return
  }
  const first = line === null
  rooms.set(name, { listeners: 1, openedAt: first ? 0 : performance.now() - READ_BEFORE_MILLISECONDS, reached: null, entered: false })
  void connected().then((made) => (made.connected ? enter(made, name) : undefined))
}

function letGo(name: string) {
  const known = rooms.get(name)
  if (!known) return
  known.listeners -= 1
  if (known.listeners > 0) return
  rooms.delete(name)
  void line?.then((made) => made.emit('leave', name))
}

function connected(): Promise<Socket> {
  line ??= import('socket.io-client').then(({ io }) => {
    const made = io({ path: '/live', transports: ['websocket'] })
    made.on('poke', (poke: Poke) => hear(made, poke))
    made.on('here', ({ room }: { room: string }) => lookouts.forEach((look) => look(room)))
    made.on('connect', () => {
      clearInterval(asking)
      asking = undefined
      for (const name of rooms.keys()) void enter(made, name)
    })
    const askMeanwhile = () => (asking ??= setInterval(() => void ask(), ASKS_EVERY_MILLISECONDS))
    made.on('connect_error', askMeanwhile)
    made.on('disconnect', askMeanwhile)
    return made
  })
  return line
}

const tell = (heard: Heard) => listeners.forEach((listen) => listen(heard))

function hear(made: Socket, { room, event, seq }: Poke) {
  const known = rooms.get(room)
  if (seq === undefined || !known) return tell({ room, event })
  if (known.reached !== null && seq <= known.reached) return
  if (known.reached !== null && seq > known.reached + 1) return void enter(made, room)
  known.reached = seq
  tell({ room, event })
}

async function enter(made: Socket, name: string) {
  const known = rooms.get(name)
  if (!known) return
  const asked = { room: name, since: known.reached, ago: Math.min(performance.now() - known.openedAt, 86_400_000) }
  const answer: unknown = await made
    .timeout(PATIENCE_MILLISECONDS)
    .emitWithAck('enter', asked)
    .catch(() => null)
  const again = known.entered
  known.entered = true
  // A room without numbers counts anew whenever the line comes back.
  if (answer === 'unnumbered') {
    if (again) tell({ room: name, event: 'missed' })
  } else if (answer) catchUp(name, answer as Missed)
}

function catchUp(name: string, { seq, missed, all }: Missed) {
  const known = rooms.get(name)
  if (!known) return
  const before = known.reached ?? -1
  known.reached = Math.max(seq, before)
  if (all) tell({ room: name, event: 'missed' })
  else for (const each of missed) if (each.seq > before) tell({ room: name, event: each.event })
}

/** Calls `look` when somebody comes to the room or goes. Who that is, the page asks for itself. */
export function lookOut(room: string, look: () => void): () => void {
  const looks = (where: string) => void (where === room && look())
  lookouts.add(looks)
  return () => void lookouts.delete(looks)
}

/** In a room where one is for a moment only: to be said again while it is so. */
export function sayForAMoment(room: string): void {
  void line?.then((made) => made.connected && made.emit('enter', { room, since: null }))
}

export function sayNoMore(room: string): void {
  void line?.then((made) => made.emit('leave', room))
}

async function ask() {
  if (document.visibilityState !== 'visible') return
  const asked = [...rooms].map(([name, { reached }]) => `${name}@${reached ?? 0}`)
  if (asked.length === 0) return
  const answer = await fetch(paths.missed(asked)).catch(() => null)
  if (!answer?.ok) return
  for (const { room, ...missed } of (await answer.json()) as ({ room: string } & Missed)[]) {
    // Without a number yet: how far it has come is where to go on from, and the page reads once what may have happened.
    const known = rooms.get(room)
    if (known && known.reached === null) catchUp(room, { ...missed, missed: [], all: missed.seq > 0 })
    else catchUp(room, missed)
  }
}
