import { useEffect, useState } from 'react'

type Open = 'keys' | 'palette' | null

/** `/` goes to search, `?` lists the keys, Ctrl K or ⌘K opens the palette, j and k walk lists. What opens is fetched when first asked for. */
export function Keyboard() {
  const [open, setOpen] = useState<Open>(null)
  const [Panels, setPanels] = useState<typeof import('./keyboard-panels')>()

  useEffect(() => {
    const show = (which: Open) => {
      setOpen(which)
      void import('./keyboard-panels').then((panels) => setPanels(panels))
    }
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return
      if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        return show('palette')
      }
      if (event.ctrlKey || event.metaKey || isWriting(event.target)) return
      if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('.top .search input')
        event.preventDefault()
        if (search?.offsetParent) search.focus()
        else show('palette')
      } else if (event.key === '?') show('keys')
      else if (event.key === 'j') walk(1)
      else if (event.key === 'k') walk(-1)
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [])

  if (!Panels || !open) return null
  const close = () => setOpen(null)
  return open === 'keys' ? <Panels.Keys onClose={close} /> : <Panels.Palette onClose={close} />
}

function isWriting(target: EventTarget | null) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

// The rows of the page's own lists: the first link of each.
function walk(step: 1 | -1) {
  const stops = [...document.querySelectorAll<HTMLElement>('#main .rows > * :is(h2, h3) a, #main .rows > a, #main [data-walk]')].filter(
    (stop) => stop.offsetParent,
  )
  const at = stops.indexOf(document.activeElement as HTMLElement)
  const next = stops[at < 0 ? (step > 0 ? 0 : stops.length - 1) : at + step]
  next?.focus()
}
