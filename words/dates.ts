import { locale, manner } from './manner'

type Moment = Date | string | number

const formats = new Map<string, Intl.DateTimeFormat>()

/** “9 November”; with its year when it is not this one. */
export function sayDay(moment: Moment, now: Moment = Date.now()): string {
  return yearOf(moment) === yearOf(now) ? write(moment, { day: 'numeric', month: 'long' }) : sayDate(moment)
}

/** “9 November 2026” */
export function sayDate(moment: Moment): string {
  return write(moment, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** “9 November 2026”, of a day that was chosen as a day, such as a due date: the same by every clock. */
export function sayChosenDay(moment: Moment): string {
  return write(moment, { day: 'numeric', month: 'long', year: 'numeric' }, 'UTC')
}

/** “10:14” */
export function sayTime(moment: Moment): string {
  return write(moment, clock())
}

/** “9 November 2026, 10:14 UTC”, by the clock of whoever reads. */
export function sayMoment(moment: Moment): string {
  return `${sayDate(moment)}, ${write(moment, { ...clock(), timeZoneName: 'short' })}`
}

/** “09:14”, but “9:14 AM” */
function clock(): Intl.DateTimeFormatOptions {
  const of = locale()
  let known = clocks.get(of)
  if (!known) {
    const { hour12 } = new Intl.DateTimeFormat(of, { hour: 'numeric' }).resolvedOptions()
    clocks.set(of, (known = { hour: hour12 ? 'numeric' : '2-digit', minute: '2-digit' }))
  }
  return known
}
/** To ask for it costs a hundred times as much as to write a time. */
const clocks = new Map<string, Intl.DateTimeFormatOptions>()

const yearOf = (moment: Moment) => write(moment, { year: 'numeric' })

function write(moment: Moment, options: Intl.DateTimeFormatOptions, timeZone = manner().timeZone): string {
  const key = `${locale()} ${timeZone} ${JSON.stringify(options)}`
  let format = formats.get(key)
  if (!format) formats.set(key, (format = formatFor(options, timeZone)))
  // Browsers differ in the space before “AM”; server and browser must write the same.
  return format.format(new Date(moment)).replaceAll('\u202f', ' ')
}

function formatFor(options: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale(), { ...options, timeZone })
  } catch {
    // A zone that was known where it was chosen, and is not here.
    return new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' })
  }
}
