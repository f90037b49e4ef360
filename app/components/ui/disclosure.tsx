import { useLocation } from '@remix-run/react'
import { useEffect, useRef, type ReactNode } from 'react'
import { flushSync } from 'react-dom'

/** A <details> with a menu's manners: Escape, a press elsewhere and going elsewhere close it; arrows walk it. */
export function Disclosure({
  summary,
  label,
  className,
  summaryClass,
  children,
}: {
  summary: ReactNode
  label: string
  className?: string
  summaryClass?: string
  children: ReactNode
}) {
  const box = useRef<HTMLDetailsElement>(null)
  const { key } = useLocation()

  useEffect(() => {
    if (box.current) box.current.open = false
  }, [key])

  useEffect(() => {
    const details = box.current
    if (!details) return
    const close = (event: Event) => {
      if (details.open && !details.contains(event.target as Node)) details.open = false
    }
    const walk = (event: KeyboardEvent) => {
      if (!details.open) return
      const stops = [...details.querySelectorAll<HTMLElement>('a[href], button')].filter((stop) => stop.offsetParent !== null)
      const at = stops.indexOf(document.activeElement as HTMLElement)
      if (event.key === 'Escape') {
        details.open = false
        details.querySelector('summary')?.focus()
      } else if (event.key === 'ArrowDown') stops[(at + 1) % stops.length]?.focus()
      else if (event.key === 'ArrowUp') stops[(at <= 0 ? stops.length : at) - 1]?.focus()
      else return
      event.preventDefault()
    }
    document.addEventListener('pointerdown', close)
    details.addEventListener('focusout', (event) => {
      if (event.relatedTarget && !details.contains(event.relatedTarget as Node)) details.open = false
    })
    details.addEventListener('keydown', walk)
    return () => {
      document.removeEventListener('pointerdown', close)
      details.removeEventListener('keydown', walk)
    }
  }, [])

  return (
    <details className={['menu', className].filter(Boolean).join(' ')} ref={box}>
      <summary aria-label={label} className={summaryClass}>
        {summary}
      </summary>
      {children}
    </details>
  )
}

/** Swaps a <details> for its better half once that has arrived, unless somebody is using it just now. */
export function useBetterHalf<T>(load: () => Promise<T>, inUse: () => boolean, set: (better: T) => void) {
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    load().then(
      (better) => {
        // At once, or a press that begins meanwhile would end on another element and be lost.
        if (!inUse()) flushSync(() => set(better))
      },
      () => undefined,
    )
  })
}
