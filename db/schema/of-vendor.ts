import { uuid } from 'drizzle-orm/pg-core'
import { people } from './accounts'
import { vendors } from './vendors'

/** Columns of what is one vendor's alone. */
export const vendorId = () =>
  uuid('vendor_id')
    .notNull()
    .references(() => vendors.id)
export const byPerson = (name: string) =>
  uuid(name)
    .notNull()
    .references(() => people.id)
export const createdBy = () => uuid('created_by').references(() => people.id)
