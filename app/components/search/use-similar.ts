import { useFetcher } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { paths } from '~/app/paths'

/** A pause in typing. */
const PAUSE_MILLISECONDS = 200
const FEWEST_LETTERS = 6

/** Looks for similar questions whenever typing pauses; before that, what the page came with. */
export function useSimilar<T>(
  room: string,
  given: T[],
  address = paths.similar,
): { similar: T[]; live: boolean; typing: (title: string) => void } {
  const fetcher = useFetcher<{ similar: T[] }>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [live, setLive] = useState(false)
  const [short, setShort] = useState(false)
  useEffect(() => {
    setLive(true)
    return () => clearTimeout(timer.current)
  }, [])

  function typing(title: string) {
    clearTimeout(timer.current)
    const letters = title.trim().length
    setShort(letters < FEWEST_LETTERS)
    if (letters >= FEWEST_LETTERS) timer.current = setTimeout(() => fetcher.load(address(room, title)), PAUSE_MILLISECONDS)
  }
  return { similar: short ? [] : (fetcher.data?.similar ?? given), live, typing }
}
