import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

const node = process.execPath
const bin = (name: string) => `node_modules/.bin/${name}`

/** What is checked before every commit. The longest begins first; the capability tests take every core and come last. */
const checks: Record<string, string[]> = {
  lint: [bin('eslint'), '.'],
  types: ['node_modules/typescript-7/bin/tsc', '--noEmit'],
  format: [bin('prettier'), '--check', '--log-level', 'warn', '.'],
  arrows: [bin('depcruise'), 'app', 'server', 'db', 'words', '--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
  'dead exports': [bin('knip'), '--no-progress'],
  capabilities: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot'],
}

const onlyStatic = process.argv.includes('--static')
const waiting = Object.entries(checks).filter(([name]) => name !== 'capabilities')

let failed = 0
await Promise.all(
  Array.from({ length: Math.min(availableParallelism(), waiting.length) }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await check(...next)
  }),
)
if (!onlyStatic) await check('capabilities', checks.capabilities ?? [])
console.log(failed === 0 ? 'All checks hold.' : `${failed} of the checks failed.`)
process.exit(failed === 0 ? 0 : 1)

async function check(name: string, args: string[]) {
  const began = Date.now()
  const { code, said } = await run(args)
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
  if (code === 0) return
  failed++
  console.log(said.trim())
}

function run(args: string[]) {
  return new Promise<{ code: number; said: string }>((resolve) => {
    const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stdout.on('data', (text) => (said += text))
    child.stderr.on('data', (text) => (said += text))
    child.once('close', (code) => resolve({ code: code ?? 1, said }))
  })
}
