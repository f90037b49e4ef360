import { LOCALE } from '.'

type Moment = Date | string | number

const formats = new Map<string, Intl.DateTimeFormat>()

/** “9 November”; with its year when it is not this one. */
export function sayDay(moment: Moment, now: Moment = Date.now()): string {
  const then = new Date(moment)
  const sameYear = then.getUTCFullYear() === new Date(now).getUTCFullYear()
  return formatter(sameYear ? { day: 'numeric', month: 'long' } : { day: 'numeric', month: 'long', year: 'numeric' }).format(then)
}

/** “9 November 2026” */
export function sayDate(moment: Moment): string {
  return formatter({ day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(moment))
}

/** “10:14” */
export function sayTime(moment: Moment): string {
  return formatter({ hour: '2-digit', minute: '2-digit' }).format(new Date(moment))
}

/** “9 November 2026, 10:14 UTC” */
export function sayMoment(moment: Moment): string {
  return `${sayDate(moment)}, ${sayTime(moment)} UTC`
}

function formatter(options: Intl.DateTimeFormatOptions) {
  const key = JSON.stringify(options)
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' })
    formats.set(key, format)
  }
  return format
}
