import { useLocation, useNavigation } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { say } from '~/words'

const SLOW_AFTER_MS = 400

/** Going from page to page without reloading: a line when it takes a while, and the new page said aloud. */
export function Travel() {
  return (
    <>
      <SlowLine />
      <Arrival />
    </>
  )
}

function SlowLine() {
  const { state } = useNavigation()
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (state === 'idle') return setSlow(false)
    const timer = window.setTimeout(() => setSlow(true), SLOW_AFTER_MS)
    return () => window.clearTimeout(timer)
  }, [state])
  return (
    <div aria-live="polite">
      <div className="slow-line" role="progressbar" aria-label={say('ui.loading')} hidden={!slow} />
    </div>
  )
}

function Arrival() {
  const { pathname, hash } = useLocation()
  const [said, setSaid] = useState('')
  const first = useRef(true)
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    setSaid(document.title)
    if (!hash) document.getElementById('main')?.focus({ preventScroll: true })
  }, [pathname, hash])
  return (
    <p className="hush" aria-live="polite">
      {said}
    </p>
  )
}
