import { STAYS } from '~/server/erasure'

/** docs/erasure.md: what of somebody outlives their erasure, and why. */
export function erasurePage(): string {
  const lines = Object.entries(STAYS).map(([column, why]) => `| ${column} | ${why} |`)
  return `# What outlives an erasure

Printed from [server/erasure/tables.ts](../server/erasure/tables.ts) by \`npm run docs\`. Whoever is erased leaves a number with nothing on it, and the handle of a
former member. Every column that names a person or a handle is emptied or goes with its row, but for these; the tests compare the list with the database. What
stays by law or by somebody’s claim is in the statement that they are sent, with its day.

| column | why it stays |
| --- | --- |
${lines.join('\n')}
`
}
