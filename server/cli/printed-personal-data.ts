import { personalData } from '~/db/personal-data'

type Guard = (typeof personalData)[string][0]

/** docs/personal-data.md: which columns tell of a person, and what decides who reads them. */
export function personalDataPage(): string {
  const lines = Object.entries(personalData).flatMap(([table, [guard, columns]]) => {
    const personal = columns.split(' ').filter((column) => column.endsWith('*'))
    return personal.length > 0 ? [`| ${table} | ${personal.map((column) => column.slice(0, -1)).join(', ')} | ${guardedBy(guard)} |`] : []
  })
  return `# Personal data

Printed from [db/personal-data.ts](../db/personal-data.ts) by \`npm run docs\`. Each table that tells of a person, the columns that do, and what
decides who reads them: policies of the database itself, the permission of the page on which it stands, or that few parts of the server name
the table at all. The tests compare it with the database: a new column that is not in it fails.

| table | of a person | guarded by |
| --- | --- | --- |
${lines.join('\n')}
`
}

function guardedBy(guard: Guard): string {
  if (typeof guard === 'string') return guard === 'everybody' ? 'public' : '–'
  if ('rows' in guard) return `row-level security: ${guard.rows.join(', ')}`
  if ('pages' in guard) return `pages, by the permission \`${guard.pages}\``
  return guard.readBy.length > 0 ? `read by ${guard.readBy.join(', ')} alone` : 'read by nothing'
}
