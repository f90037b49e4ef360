import { useLocation } from '@remix-run/react'
import { useEffect, useState } from 'react'

type Said = { createdAt: Date | string; mine: boolean }

/**
 * What others add while a page is open waits, so that nothing being read moves; what one adds oneself is there at once.
 * Following a link or sending a form lets everything in.
 */
export function useHeldBack(readAt: number) {
  const { key } = useLocation()
  const [until, setUntil] = useState(readAt)
  useEffect(() => {
    setUntil(readAt)
    // A new reading of the same page does not let anything in; a new visit does.
  }, [key])
  return {
    shown: <S extends Said>(said: S[]) => said.filter((one) => one.mine || new Date(one.createdAt).getTime() <= until),
    held: <S extends Said>(said: S[]) => said.filter((one) => !one.mine && new Date(one.createdAt).getTime() > until).length,
    letIn: () => setUntil(readAt),
  }
}
