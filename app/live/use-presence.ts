import { useEffect, useState } from 'react'
import { paths } from '~/app/paths'
import type { Presence } from '~/server/presence'
import { lookOut, sayForAMoment, sayNoMore } from './line'

/** Who else has the thread open; null until that is known. The page has to listen to the thread as well. */
export function usePresence(threadId: string, number: number, wanted: boolean): Presence | null {
  const [presence, setPresence] = useState<Presence | null>(null)
  useEffect(() => {
    if (!wanted) return
    const ended = new AbortController()
    const look = async () => {
      if (document.visibilityState !== 'visible') return
      const answer = await fetch(paths.presence(number), { signal: ended.signal }).catch(() => null)
      if (answer?.ok) setPresence((await answer.json()) as Presence)
    }
    const back = () => void look()
    document.addEventListener('visibilitychange', back)
    const stop = lookOut(`thread:${threadId}`, back)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', back)
      ended.abort()
      setPresence(null)
    }
  }, [threadId, number, wanted])
  return presence
}

const SAY_AGAIN_MILLISECONDS = 5000

/** Says that an answer is being written in the field of this form, never what; silent after the last letter, or when it is empty. */
export function useSayAnswering(threadId: string, form: string, wanted: boolean) {
  useEffect(() => {
    if (!wanted) return
    const room = `answering:${threadId}`
    let said = 0
    const typing = (event: Event) => {
      const field = event.target
      if (!(field instanceof HTMLTextAreaElement) || !field.closest(form)) return
      if (field.value.trim() === '') return stop()
      if (Date.now() - said < SAY_AGAIN_MILLISECONDS) return
      said = Date.now()
      sayForAMoment(room)
    }
    const stop = () => {
      if (said > 0) sayNoMore(room)
      said = 0
    }
    const sent = (event: Event) => void (event.target instanceof Element && event.target.closest(form) && stop())
    document.addEventListener('input', typing)
    document.addEventListener('submit', sent)
    return () => {
      stop()
      document.removeEventListener('input', typing)
      document.removeEventListener('submit', sent)
    }
  }, [threadId, form, wanted])
}
