import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { printEnvExample } from '~/server/platform/env'
import { projectRoot } from '~/server/platform/root'
import { eventsPage, permissionsPage } from './printed-docs'
import { erasurePage } from './printed-erasure'
import { personalDataPage } from './printed-personal-data'

writeFileSync(join(projectRoot, 'docs/permissions.md'), permissionsPage())
writeFileSync(join(projectRoot, 'docs/events.md'), eventsPage())
writeFileSync(join(projectRoot, 'docs/personal-data.md'), personalDataPage())
writeFileSync(join(projectRoot, 'docs/erasure.md'), erasurePage())
printEnvExample()
