import type { Command } from 'commander'
import { sql } from 'drizzle-orm'
import { randomBytes } from 'node:crypto'
import { db, transaction } from '~/db/client'
import { createPerson, resetSecondStep } from '~/server/accounts'
import { systemViewer } from '~/server/viewer'
import { answering, table } from './answering'

export function addPerson(program: Command) {
  const person = program.command('person').description('the people of the portal')

  person
    .command('create')
    .description('makes somebody who can sign in, with a confirmed address and a password that is shown once')
    .requiredOption('--email <address>')
    .requiredOption('--handle <handle>')
    .option('--name <name>', 'the name that is shown; the handle when left out')
    .option('--operator', 'may run the portal')
    .action(
      answering(async (_, given: { email: string; handle: string; name?: string; operator?: boolean }) => {
        const viewer = systemViewer('command-line')
        const password = randomBytes(12).toString('base64url')
        const made = await transaction(viewer, (tx) =>
          createPerson(
            tx,
            { email: given.email, handle: given.handle, displayName: given.name, operator: given.operator, password, confirmed: true },
            viewer,
          ),
        )
        const { personId, handle } = made
        return {
          json: { personId, handle, operator: given.operator ?? false, password },
          text: `${handle} can sign in with the password ${password}`,
        }
      }),
    )

  person
    .command('reset-second-step <handle>')
    .description('takes away every second step of somebody who lost phone and codes; make sure first that it is them')
    .action(
      answering(async (_, handle: string) => {
        const reset = await resetSecondStep(systemViewer('command-line'), handle)
        return { json: { handle, reset }, text: reset ? `${handle} signs in with the password alone.` : `${handle} had no second step.` }
      }),
    )

  person
    .command('list')
    .description('everybody who can sign in, newest first')
    .action(
      answering(async () => {
        const people = await db.execute<{ handle: string; operator: boolean; confirmed: boolean; since: string }>(sql`
          select h.handle, p.is_operator as operator, e.confirmed_at is not null as confirmed, to_char(p.created_at, 'YYYY-MM-DD') as since
          from people p join handles h on h.person_id = p.id and h.kind = 'member' join account_emails e on e.person_id = p.id
          where p.status = 'member' order by p.id desc limit 1000`)
        const rows = people.map((one) => [
          one.handle,
          one.operator ? 'operator' : 'member',
          one.confirmed ? '' : 'unconfirmed',
          `since ${one.since}`,
        ])
        return { json: { people: [...people] }, text: rows.length > 0 ? table(rows) : 'Nobody has signed up.' }
      }),
    )
}
