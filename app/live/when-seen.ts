/** Does it at once on a page that is seen; else once, as soon as the page is seen again, however often it was asked for. */
export function whenSeen(act: () => void): { ask: () => void; stop: () => void } {
  let waits = false
  const seen = () => document.visibilityState === 'visible'
  const back = () => {
    if (!waits || !seen()) return
    waits = false
    act()
  }
  document.addEventListener('visibilitychange', back)
  return {
    ask: () => (seen() ? act() : void (waits = true)),
    stop: () => document.removeEventListener('visibilitychange', back),
  }
}
