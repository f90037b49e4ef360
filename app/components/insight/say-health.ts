import { say } from '~/words'

/** How an account stands, in a word; null where it never was weighed. */
export function sayHealth(health: { score: number | null; capped: boolean } | null): string {
  if (!health) return say('health.never')
  if (health.score === null) return say('health.none.short')
  return say(health.capped ? 'health.capped' : 'health.score', { score: health.score })
}
