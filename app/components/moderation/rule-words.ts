import { hasWords, say } from '~/words'

/** A rule by its name on the list, with the law or the rule of the community that it stands for; what is not on the list is its own words. */
export function ruleWords(rule: string, clause = ''): string {
  const key = `moderation.rule.${rule}`
  const named = hasWords(key) ? say(key) : rule
  return clause ? say('moderation.rule.withClause', { rule: named, clause }) : named
}
