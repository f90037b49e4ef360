/** The hour, minute and day on the clock of somebody's wall. */
export function localTime(moment: Date, timeZone: string) {
  const parts = Object.fromEntries(
    formatFor(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  )
  const [year, month, day, hour, minute] = ['year', 'month', 'day', 'hour', 'minute'].map((name) => Number(parts[name])) as [
    number,
    number,
    number,
    number,
    number,
  ]
  return { year, month, day, hour, minute }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const
    try {
      format = new Intl.DateTimeFormat('en', { timeZone, ...fields })
    } catch {
      format = new Intl.DateTimeFormat('en', { timeZone: 'UTC', ...fields })
    }
    formats.set(timeZone, format)
  }
  return format
}

type Quiet = { quietFrom: number | null; quietUntil: number | null }

/** When it may be said: now, or at the end of the person's quiet hours. From 22 until 7 goes over midnight; from 7 until 7 is no quiet at all. */
export function afterQuiet({ quietFrom, quietUntil }: Quiet, timeZone: string, moment: Date): Date {
  if (quietFrom === null || quietUntil === null || quietFrom === quietUntil) return moment
  const { hour, minute } = localTime(moment, timeZone)
  const inside = quietFrom < quietUntil ? hour >= quietFrom && hour < quietUntil : hour >= quietFrom || hour < quietUntil
  if (!inside) return moment
  const hours = (quietUntil - hour + 24) % 24
  const end = new Date(Math.floor(moment.getTime() / 60_000) * 60_000 + (hours * 60 - minute) * 60_000)
  // A night on which the clocks change is an hour longer or shorter.
  const drift = quietUntil - localTime(end, timeZone).hour
  return new Date(end.getTime() + (drift > 12 ? drift - 24 : drift < -12 ? drift + 24 : drift) * 3_600_000)
}
