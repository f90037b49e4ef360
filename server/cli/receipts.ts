import type { Command } from 'commander'
import { readFile, stat } from 'node:fs/promises'
import { findPublishedKey } from '~/server/platform/signing-keys'
import type { JWK } from '~/server/platform/signatures'
import { checkSigned, type Checked } from '~/server/receipts'
import { answering, type Answer } from './answering'

const LARGEST_BYTES = 1_000_000

export function addReceipts(program: Command) {
  program
    .command('receipts')
    .description('signed records of consent and of agreements')
    .command('verify <file>')
    .description('says whether a receipt or the record of an agreement is as both sides signed it')
    .option('--keys <file>', 'public keys, as /.well-known/jwks.json gives them; without it those of this portal')
    .action((file: string, options: { keys?: string }, command: Command) =>
      options.keys
        ? offline(file, options.keys, command)
        : answering(async (_, path: string) => answer(await checkSigned(await read(path), findPublishedKey)))(file, options, command),
    )
}

/** Needs no portal and no database: the file, and the keys. */
async function offline(file: string, keysFile: string, command: Command): Promise<void> {
  const { keys } = JSON.parse(await read(keysFile)) as { keys: JWK[] }
  const { json, text, failed } = answer(await checkSigned(await read(file), (kid) => keys.find((key) => key.kid === kid) ?? null))
  console.log(command.optsWithGlobals().json === true ? JSON.stringify(json, null, 2) : text)
  if (failed) process.exitCode = 1
}

async function read(path: string): Promise<string> {
  if ((await stat(path)).size > LARGEST_BYTES) throw new Error(`${path} is too large to be a signed record`)
  return readFile(path, 'utf8')
}

function answer(checked: Checked): Answer {
  if (!checked.holds)
    return { json: checked, text: 'NOT as it was signed: a signature does not hold, or nobody knows its key.', failed: true }
  const lines = [
    `As it was signed: ${checked.kind} ${checked.identifier}`,
    ...checked.signed.map(({ kid }) => `  signed with ${kid}`),
    ...checked.states.map(({ state, at }) => `  ${at}  ${state}`),
    ...(checked.counted
      ? [`  readings since: ${checked.counted.reads}, refused: ${checked.counted.refusals}, counted at ${checked.counted.asOf}`]
      : []),
  ]
  return { json: checked, text: lines.join('\n') }
}
