import { v4, v7 } from 'uuid'

/** UUIDv7: sorts by the time it was made, and is made here so that any PostgreSQL from 15 will do. */
export function newId(): string {
  return v7()
}

/** For rows that somebody reads who is not to know when they were made. */
export function newTimelessId(): string {
  return v4()
}

/** Whether a string from outside can be an id at all; anything else would make the database complain. */
export function isId(wish: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(wish)
}
