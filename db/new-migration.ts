import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// npm run db:migration accept_answers: compares db/schema with the last migration and writes the difference, to be read before it is committed.
const name = process.argv[2]
if (!name || !/^[a-z][a-z0-9_]+$/.test(name)) {
  console.error('Name the migration by what it does: npm run db:migration accept_answers')
  process.exit(1)
}
const { status } = spawnSync(process.execPath, ['node_modules/drizzle-kit/bin.cjs', 'generate', '--name', name], { stdio: 'inherit' })
// `order by x desc` puts nulls first, and only an index in the same order serves it.
for (const file of readdirSync('db/migrations').filter((file) => file.endsWith(`_${name}.sql`))) {
  const path = join('db/migrations', file)
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(' DESC NULLS LAST', ' DESC'))
}
process.exit(status ?? 1)
