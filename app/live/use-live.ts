import { useRevalidator } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Socket } from 'socket.io-client'

type Poke = { room: string; event: string }
type Listener = (poke: Poke) => void

// One socket for the whole page, made when the first room is wanted; socket.io is not part of the first download.
let socket: Promise<Socket> | null = null
const wanted = new Map<string, number>()
const listeners = new Set<Listener>()

function connect(): Promise<Socket> {
  socket ??= import('socket.io-client').then(({ io }) => {
    const made = io({ path: '/live', transports: ['websocket'] })
    made.on('poke', (poke: Poke) => listeners.forEach((listen) => listen(poke)))
    // What happened while the line was down is found by reading again.
    made.io.on('reconnect', () => {
      for (const room of wanted.keys()) made.emit('enter', room)
      listeners.forEach((listen) => listen({ room: 'you', event: 'reconnected' }))
    })
    return made
  })
  return socket
}

/** Hears what happens in the rooms, and in every room when the rights of the one who listens change. */
export function usePokes(rooms: string[], hear: (event: string) => void) {
  const roomKey = rooms.join(' ')
  const latest = useRef(hear)
  latest.current = hear

  useEffect(() => {
    const names = roomKey.split(' ').filter(Boolean)
    const listen: Listener = ({ room, event }) => {
      if (room === 'you' || names.includes(room)) latest.current(event)
    }
    listeners.add(listen)
    for (const name of names) {
      wanted.set(name, (wanted.get(name) ?? 0) + 1)
      void connect().then((made) => made.emit('enter', name))
    }
    return () => {
      listeners.delete(listen)
      for (const name of names) {
        const left = (wanted.get(name) ?? 1) - 1
        if (left > 0) wanted.set(name, left)
        else {
          wanted.delete(name)
          void socket?.then((made) => made.emit('leave', name))
        }
      }
    }
  }, [roomKey])
}

/**
 * Reads the page's data again when something happens in the rooms. Kinds of events in `quietly` do not move what is
 * being read: they are counted, and `show` lets them in.
 */
export function useLive(rooms: string[], quietly: string[] = []): { waiting: number; show: () => void } {
  const { revalidate } = useRevalidator()
  const [waiting, setWaiting] = useState(0)

  usePokes(rooms, (event) => {
    if (quietly.includes(event)) setWaiting((count) => count + 1)
    else if (document.visibilityState === 'visible') revalidate()
    else document.addEventListener('visibilitychange', () => revalidate(), { once: true })
  })

  const show = useCallback(() => {
    setWaiting(0)
    revalidate()
  }, [revalidate])
  return { waiting, show }
}
