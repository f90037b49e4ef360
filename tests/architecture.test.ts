import { getTableName, isTable } from 'drizzle-orm'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import * as accounts from '~/db/schema/accounts'
import * as authorship from '~/db/schema/authorship'
import * as cases from '~/db/schema/cases'
import * as communities from '~/db/schema/communities'
import * as drafts from '~/db/schema/drafts'
import * as moderation from '~/db/schema/moderation'
import * as notifications from '~/db/schema/notifications'
import * as recommendations from '~/db/schema/recommendations'
import * as peers from '~/db/schema/peers'
import * as relationships from '~/db/schema/relationships'
import * as threads from '~/db/schema/threads'
import * as vault from '~/db/schema/vault'
import * as vendors from '~/db/schema/vendors'
import { events } from '~/server/events'
import { policy } from '~/server/policy'
import { projectRoot } from '~/server/platform/root'

function filesIn(folder: string): string[] {
  return readdirSync(join(projectRoot, folder)).flatMap((name) => {
    const path = join(folder, name)
    return statSync(join(projectRoot, path)).isDirectory() ? filesIn(path) : [path]
  })
}
const source = (file: string) => readFileSync(join(projectRoot, file), 'utf8')
const code = (folder: string) => filesIn(folder).filter((file) => /\.tsx?$/.test(file))

test('every loader and every action goes through load() and act()', () => {
  const bare = code('app').filter((file) => {
    const text = source(file)
    return (
      /export (const|async function|function) (loader|action)\b/.test(text) && !/export const (loader|action) = (load|act)\(/.test(text)
    )
  })
  expect(bare).toEqual([])
})

test('every permission is asked for and every event is recorded', () => {
  const all = [...code('server'), ...code('app')]
    .filter((file) => !/server\/(policy|events|reactions)\.ts$/.test(file))
    .map(source)
    .join('\n')
  // `content.${verb}` asks for each of its kind.
  const askedFor = (action: string) => all.includes(`'${action}'`) || all.includes(`\`${action.split('.')[0]}.\${`)
  expect(Object.keys(policy).filter((action) => !askedFor(action))).toEqual([])
  expect(Object.keys(events).filter((kind) => !all.includes(`'${kind}'`))).toEqual([])
})

test('a domain writes only its own tables', () => {
  const owners = {
    accounts,
    authorship,
    cases,
    communities,
    drafts,
    moderation,
    notifications,
    peers,
    recommendations,
    relationships,
    threads,
    vault,
    vendors,
  }
  const ownerOf = new Map<string, string>()
  for (const [domain, schema] of Object.entries(owners))
    for (const [name, table] of Object.entries(schema)) if (isTable(table)) ownerOf.set(name, domain)
  // The search index follows the threads; imports and the demo bring whole communities in.
  ownerOf.set('searchDocuments', 'search')
  for (const name of ['importKeys', 'importRuns']) ownerOf.set(name, 'imports')
  const trespasses: string[] = []
  for (const file of code('server')) {
    const domain = relative('server', file).split('/')[0] ?? ''
    if (['imports', 'demo', 'cli', 'platform'].includes(domain) || !file.includes('/')) continue
    for (const [, name] of source(file).matchAll(/\.(?:insert|update|delete)\(\s*([a-zA-Z]+)\s*\)/g)) {
      const owner = ownerOf.get(name ?? '')
      if (owner && owner !== domain) trespasses.push(`${file} writes ${name}, which belongs to ${owner}`)
    }
  }
  expect(trespasses).toEqual([])
})

test('every table that holds what a person owns is guarded by a row policy', () => {
  const migrations = filesIn('db/migrations')
    .filter((file) => file.endsWith('.sql'))
    .map(source)
    .join('\n')
  const guarded = [
    ...Object.values(vault),
    authorship.authorshipRequests,
    authorship.authorshipWords,
    relationships.relationships,
    relationships.relationshipNotes,
    relationships.relationshipTasks,
    relationships.relationshipStates,
    relationships.relationshipContests,
    recommendations.recommendations,
    moderation.decisions,
    moderation.flags,
    notifications.notifications,
    drafts.drafts,
    ...Object.values(cases),
    ...Object.values(peers),
  ]
  for (const table of guarded)
    if (isTable(table))
      expect(migrations, getTableName(table)).toMatch(new RegExp(`ALTER TABLE ${getTableName(table)} ENABLE ROW LEVEL SECURITY`))
})

test('links in the documentation lead somewhere', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', ...filesIn('docs').filter((file) => file.endsWith('.md'))]
  const dead = pages.flatMap((page) =>
    [...source(page).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)]
      .map(([, target]) => join(page, '..', target ?? ''))
      .filter((target) => {
        try {
          statSync(join(projectRoot, target))
          return false
        } catch {
          return true
        }
      })
      .map((target) => `${page} -> ${target}`),
  )
  expect(dead).toEqual([])
})
