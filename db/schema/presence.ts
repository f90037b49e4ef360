import { pgTable, uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts'
import { createdAt } from './columns'

/** Who does not want to be seen where they read and write. Who is where stands in no table: the open sockets say it. */
export const unseenPeople = pgTable('unseen_people', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => people.id, { onDelete: 'cascade' }),
  createdAt: createdAt(),
})
