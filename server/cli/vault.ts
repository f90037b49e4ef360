import type { Command } from 'commander'
import { masterKeys } from '~/server/platform/master-keys'
import { rewrapKeys } from '~/server/platform/person-keys'
import { resealSigningKeys } from '~/server/platform/signing-keys'
import { sealVaults } from '~/server/vault'
import { answering } from './answering'

export function addVault(program: Command) {
  program
    .command('vault')
    .description('keeps the keys under which vaults are sealed')
    .command('rotate')
    .description('wraps every key under the first key of PARLEY_VAULT_KEY; the others can be taken out after it')
    .action(
      answering(async () => {
        const [current] = masterKeys()
        const [rewrapped, sealed] = [(await rewrapKeys()) + (await resealSigningKeys()), await sealVaults()]
        return {
          json: { key: current.id, rewrapped, sealed },
          text: `Under the key “${current.id}”: ${rewrapped} keys wrapped anew, ${sealed} fields sealed.`,
        }
      }),
    )
}
