import type { Command } from 'commander'
import { sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { answering, table } from './answering'

export function addPerson(program: Command) {
  const person = program.command('person').description('the people of the portal')

  person
    .command('list')
    .description('everybody who can sign in, newest first')
    .action(
      answering(async () => {
        const people = await db.execute<{ handle: string; operator: boolean; confirmed: boolean; since: string }>(sql`
          select h.handle, p.is_operator as operator, e.confirmed_at is not null as confirmed, to_char(p.created_at, 'YYYY-MM-DD') as since
          from people p join handles h on h.person_id = p.id join account_emails e on e.person_id = p.id
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
