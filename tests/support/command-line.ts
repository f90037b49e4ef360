import { build } from 'esbuild'
import { join } from 'node:path'
import { projectRoot } from '~/server/platform/root'

/** The command line in one file: it starts several times as fast as from its sources, and tests start it often. */
export const COMMAND_LINE = join(projectRoot, 'build/tests/parley.mjs')

/** Once a run. */
export const bundleCommandLine = () =>
  build({
    entryPoints: [join(projectRoot, 'server/cli/main.ts')],
    outfile: COMMAND_LINE,
    ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' },
  })
