import type { Command } from 'commander'
import { failedDeliveries, retryDeliveries } from '~/server/platform/outbox-care'
import { answering, table } from './answering'

export function addDeliveries(program: Command) {
  const deliveries = program.command('deliveries').description('what follows from events, where it failed')

  deliveries
    .command('list')
    .description('deliveries that failed: given up, or waiting for their next try')
    .action(
      answering(async () => {
        const failed = await failedDeliveries()
        const rows = failed.map((one) => [
          one.event,
          one.reaction,
          `${one.attempts} attempts`,
          one.lastError ?? '',
          one.gaveUp ? 'given up' : `next at ${one.nextAt}`,
        ])
        return { json: { deliveries: failed }, text: rows.length > 0 ? table(rows) : 'Nothing has failed.' }
      }),
    )

  deliveries
    .command('retry [event]')
    .description('try again now: those of one event, or all that were given up')
    .action(
      answering(async (_, event: string | undefined) => {
        const retried = await retryDeliveries(event)
        return { json: { retried }, text: `${retried} will be tried again.` }
      }),
    )
}
