import { v7 } from 'uuid'

/** UUIDv7: sorts by the time it was made, and is made here so that any PostgreSQL from 15 will do. */
export function newId(): string {
  return v7()
}
