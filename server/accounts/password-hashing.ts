import { hash, verify } from '@node-rs/argon2'
import { randomBytes } from 'node:crypto'
import { TooMany } from '~/server/errors'

/** Argon2id (the library's default kind). 19 MiB a hash, which is why so few may run at once. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const AT_ONCE = 2
/** At about 25 ms each, nobody waits longer than a second; beyond that it is an attack or a rush, and is told to come back. */
const MOST_WAITING = 60

let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) throw new TooMany(5)
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else running += 1
  try {
    return await work()
  } finally {
    // The place goes to whoever waits longest, without becoming free in between.
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, COST))
}

let nobodys: Promise<string> | undefined

/** With no hash to compare, a comparison of the same cost that fails: the time does not tell who is here. */
export async function passwordFits(password: string, passwordHash: string | null): Promise<boolean> {
  nobodys ??= hashPassword(randomBytes(32).toString('base64url'))
  const compared = passwordHash ?? (await nobodys)
  const fits = await inTurn(() => verify(compared, password))
  return fits && passwordHash !== null
}
