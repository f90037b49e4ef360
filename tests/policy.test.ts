import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventsPage, permissionsPage } from '~/server/cli/printed-docs'
import { envExample } from '~/server/platform/env'
import { projectRoot } from '~/server/platform/root'

const printed = (file: string) => readFileSync(join(projectRoot, file), 'utf8')

test('docs/permissions.md says what policy.ts says; npm run docs prints it', () => {
  expect(printed('docs/permissions.md')).toBe(permissionsPage())
})

test('docs/events.md says what events.ts and reactions.ts say; npm run docs prints it', () => {
  expect(printed('docs/events.md')).toBe(eventsPage())
})

test('.env.example says what the environment’s schema says; npm run docs prints it', () => {
  expect(printed('.env.example')).toBe(envExample())
})
