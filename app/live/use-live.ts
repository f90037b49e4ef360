import { useRevalidator } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { listenTo } from './line'
import { whenSeen } from './when-seen'

/** Hears what happens in the rooms, and in every room when the rights of the one who listens change. */
export function usePokes(rooms: string[], hear: (event: string) => void) {
  const roomKey = rooms.join(' ')
  const latest = useRef(hear)
  latest.current = hear
  useEffect(() => listenTo(roomKey.split(' ').filter(Boolean), ({ event }) => latest.current(event)), [roomKey])
}

/**
 * Reads the page's data again when something happens in the rooms. Kinds of events in `quietly` do not move what is
 * being read: they are counted, and `show` lets them in.
 */
export function useLive(rooms: string[], quietly: string[] = []): { waiting: number; show: () => void } {
  const { revalidate } = useRevalidator()
  const [waiting, setWaiting] = useState(0)
  const reading = useRef<ReturnType<typeof whenSeen> | null>(null)

  usePokes(rooms, (event) => {
    if (quietly.includes(event)) setWaiting((count) => count + 1)
    else reading.current?.ask()
  })
  useEffect(() => {
    const made = whenSeen(() => void revalidate())
    reading.current = made
    return made.stop
  }, [revalidate])

  const show = useCallback(() => {
    setWaiting(0)
    revalidate()
  }, [revalidate])
  return { waiting, show }
}
