import type { Command } from 'commander'
import { verifyAudit } from '~/server/governance'
import { answering } from './answering'

const WHY = {
  missing: 'rows before it are missing',
  order: 'it does not follow the one before it',
  row: 'it was changed',
  value: 'what it changed was changed',
}

export function addAudit(program: Command) {
  program
    .command('audit')
    .description('the chain of changes to what stands on a vendor’s records')
    .command('verify <vendor>')
    .description('computes the chain of a vendor, by its slug, again and names the first row that does not hold')
    .action(
      answering(async (_, slug: string) => {
        const chain = await verifyAudit(slug)
        const { vendor, rows, lastHash, broken } = chain
        const whole = `${vendor}: ${rows} rows, every one holds.${lastHash ? ` Last hash ${lastHash}: keep it elsewhere, and rows that are cut off the end are missed too.` : ''}`
        return {
          json: chain,
          text: broken ? `${vendor}: broken at row ${broken.nth}: ${WHY[broken.why]}.` : whole,
          failed: broken !== null,
        }
      }),
    )
}
