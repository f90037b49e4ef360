import { createElement, useEffect, useState } from 'react'
import { sayDay, sayMoment } from '~/words/dates'

let loading: Promise<unknown> | undefined

/**
 * A moment. The server writes the day; once the browser has GitHub's element, it reads “3 hours ago” and keeps up.
 * `at` is a Date or what a Date becomes on its way to the browser.
 */
export function RelativeTime({ at, className }: { at: Date | string | number; className?: string }) {
  const [ready, setReady] = useState(false)
  const iso = new Date(at).toISOString()
  useEffect(() => {
    let here = true
    loading ??= import('@github/relative-time-element')
    loading.then(
      () => here && setReady(true),
      () => undefined,
    )
    return () => {
      here = false
    }
  }, [])
  const absolute = sayDay(at)
  return (
    <time dateTime={iso} title={sayMoment(at)} className={['num', className].filter(Boolean).join(' ')}>
      {ready
        ? createElement(
            'relative-time',
            {
              datetime: iso,
              threshold: 'P7D',
              prefix: '',
              lang: 'en-GB',
              day: 'numeric',
              month: 'long',
              'no-title': '',
              suppressHydrationWarning: true,
            },
            absolute,
          )
        : absolute}
    </time>
  )
}
