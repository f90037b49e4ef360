import type { Command } from 'commander'
import { buffer } from 'node:stream/consumers'
import { beginMail, receiveMail } from '~/server/notifications'
import { answering } from './answering'

export function addMail(program: Command) {
  const mail = program.command('mail').description('mail that comes in')

  mail
    .command('receive')
    .description('take one mail from the standard input, as a mail server hands it over')
    .option('--to <address...>', 'whom it was delivered to, where its headers do not say')
    .action(
      answering(async (_, { to }: { to?: string[] }) => {
        beginMail()
        const outcome = await receiveMail(await buffer(process.stdin), to ?? [])
        return { json: { outcome }, text: outcome, failed: outcome === 'unknown' || outcome === 'too-large' }
      }),
    )
}
