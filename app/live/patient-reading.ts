/** Together about a minute: a restart, a lift, a change of network. */
const WAITS_MILLISECONDS = [500, 1000, 2000, 4000, 8000, 15_000, 30_000]
/** What a proxy answers while the site behind it is away. */
const AWAY = [502, 503, 504]

/**
 * What a page reads again while the line is down waits until it is back, and whoever reads on keeps the page with all that is
 * typed into it; only after a minute is it an error. Forms are sent once.
 */
export function readPatiently() {
  const fetchOnce = window.fetch.bind(window)
  window.fetch = async (input, init) => {
    if (!isPageData(input, init)) return fetchOnce(input, init)
    for (const milliseconds of WAITS_MILLISECONDS) {
      const answer = await fetchOnce(input, init).catch((error: unknown) => {
        if (init?.signal?.aborted) throw error
        return null
      })
      if (answer && !AWAY.includes(answer.status)) return answer
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      init?.signal?.throwIfAborted()
    }
    return fetchOnce(input, init)
  }
}

function isPageData(input: RequestInfo | URL, init?: RequestInit): boolean {
  if (input instanceof Request || (init?.method ?? 'GET').toUpperCase() !== 'GET') return false
  const { origin, pathname } = new URL(input, location.href)
  return origin === location.origin && pathname.endsWith('.data')
}
