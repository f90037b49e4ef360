import { say } from '~/words'

/** “40 min”, “2 h 40 min”, “3 d 4 h”: how long something took, no finer than it matters. */
export function sayHours(hours: number): string {
  const minutes = Math.round(hours * 60)
  if (minutes < 60) return say('communities.minutes', { minutes: Math.max(1, minutes) })
  if (minutes < 48 * 60) return say('communities.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 }).trim()
  const whole = Math.round(hours)
  return say('communities.days', { days: Math.floor(whole / 24), hours: whole % 24 }).trim()
}
