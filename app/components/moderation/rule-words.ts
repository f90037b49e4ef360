import { hasWords, say } from '~/words'

/** A rule by its name on the list; what stands there otherwise is its own words. */
export function ruleWords(rule: string): string {
  const key = `moderation.rule.${rule}`
  return hasWords(key) ? say(key) : rule
}
