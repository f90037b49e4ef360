import { afterEach, expect, test, vi } from 'vitest'
import { whenSeen } from '~/app/live/when-seen'

afterEach(() => vi.unstubAllGlobals())

/** A page, and how often it was read again. */
function aPage() {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  vi.stubGlobal('document', page)
  const turn = (to: 'visible' | 'hidden') => {
    page.visibilityState = to
    page.dispatchEvent(new Event('visibilitychange'))
  }
  const read = vi.fn()
  return { turn, read, ...whenSeen(read) }
}

test('a page that is seen is read again at once', () => {
  const { read, ask } = aPage()
  ask()
  ask()
  expect(read).toHaveBeenCalledTimes(2)
})

test('what happens while a page is not seen is one reading, when it is seen again', () => {
  const { turn, read, ask } = aPage()
  turn('hidden')
  for (let n = 0; n < 20; n++) ask()
  turn('hidden')
  expect(read).not.toHaveBeenCalled()
  turn('visible')
  turn('hidden')
  turn('visible')
  expect(read).toHaveBeenCalledTimes(1)
})

test('a page that was left is not read any more', () => {
  const { turn, read, ask, stop } = aPage()
  turn('hidden')
  ask()
  stop()
  turn('visible')
  expect(read).not.toHaveBeenCalled()
})
