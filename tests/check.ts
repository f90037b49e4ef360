import { spawn } from 'node:child_process'

const node = process.execPath
const bin = (name: string) => `node_modules/.bin/${name}`

/** What is checked before every commit; each is quick alone and the slow ones come last. */
const checks: Record<string, string[]> = {
  format: [bin('prettier'), '--check', '--log-level', 'warn', '.'],
  lint: [bin('eslint'), '.'],
  arrows: [bin('depcruise'), 'app', 'server', 'db', 'words', '--config', '.dependency-cruiser.cjs', '--output-type', 'err'],
  'dead exports': [bin('knip'), '--no-progress'],
  types: ['node_modules/typescript/bin/tsc', '--noEmit'],
  capabilities: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot'],
}

const onlyStatic = process.argv.includes('--static')
const chosen = Object.entries(checks).filter(([name]) => !(onlyStatic && name === 'capabilities'))

let failed = 0
for (const [name, [script = '', ...args]] of chosen) {
  const began = Date.now()
  const { code, said } = await run([script, ...args])
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
  if (code !== 0) {
    failed++
    console.log(said.trim())
  }
}
console.log(failed === 0 ? 'All checks hold.' : `${failed} of ${chosen.length} checks failed.`)
process.exit(failed === 0 ? 0 : 1)

function run(args: string[]) {
  return new Promise<{ code: number; said: string }>((resolve) => {
    const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stdout.on('data', (text) => (said += text))
    child.stderr.on('data', (text) => (said += text))
    child.once('close', (code) => resolve({ code: code ?? 1, said }))
  })
}
