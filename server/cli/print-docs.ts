import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { printEnvExample } from '~/server/platform/env'
import { projectRoot } from '~/server/platform/root'
import { eventsPage, permissionsPage } from './printed-docs'

writeFileSync(join(projectRoot, 'docs/permissions.md'), permissionsPage())
writeFileSync(join(projectRoot, 'docs/events.md'), eventsPage())
printEnvExample()
