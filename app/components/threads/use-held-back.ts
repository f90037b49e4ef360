import { useLocation, useNavigation } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'

type Said = { createdAt: Date | string; mine: boolean }

/**
 * What others add while a page is open waits, so that nothing being read moves; what one adds oneself is there at once.
 * Following a link lets everything in; sending a form (a vote, an answer) does not.
 */
export function useHeldBack(readAt: number) {
  const { key } = useLocation()
  const { state, formMethod } = useNavigation()
  const [until, setUntil] = useState(readAt)
  // How the page was left last; that it has arrived says nothing of that any more.
  const bySending = useRef(false)
  useEffect(() => {
    if (state !== 'idle') bySending.current = formMethod === 'POST'
  }, [state, formMethod])
  useEffect(() => {
    if (!bySending.current) setUntil(readAt)
    // A new reading of the same page does not let anything in; a new visit does.
  }, [key])
  return {
    shown: <S extends Said>(said: S[]) => said.filter((one) => one.mine || new Date(one.createdAt).getTime() <= until),
    held: <S extends Said>(said: S[]) => said.filter((one) => !one.mine && new Date(one.createdAt).getTime() > until).length,
    letIn: () => setUntil(readAt),
  }
}
