import { randomBytes } from 'node:crypto'
import { and, eq, gt, lt } from 'drizzle-orm'
import { db } from '~/db/client'
import { halfSignIns, people } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { digest } from './addresses'
import { cookie, readCookie } from './cookies'

/** Long enough to find the phone. */
const LASTS_SECONDS = 600

/** The first step was right, by the password or at a provider. What the cookie carries opens the second step and nothing else. */
export async function beginHalfway(personId: string, startedBy: 'password' | 'provider' = 'password'): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const createdAt = now()
  const expiresAt = new Date(createdAt.getTime() + LASTS_SECONDS * 1000)
  await db.insert(halfSignIns).values({ tokenHash: digest(token), personId, startedBy, expiresAt, createdAt })
  return cookie('half', token, LASTS_SECONDS)
}

export async function halfwayPerson(cookies: string | null) {
  const token = readCookie(cookies, 'half')
  if (!token) return null
  const [found] = await db
    .select({ personId: halfSignIns.personId, startedBy: halfSignIns.startedBy })
    .from(halfSignIns)
    .innerJoin(people, and(eq(people.id, halfSignIns.personId), eq(people.status, 'member')))
    .where(and(eq(halfSignIns.tokenHash, digest(token)), gt(halfSignIns.expiresAt, now())))
  return found ?? null
}

/** Ends it; false when it had ended already, so that of two at once one goes on. */
export async function endHalfway(cookies: string | null): Promise<boolean> {
  const token = readCookie(cookies, 'half')
  if (!token) return false
  const ended = await db
    .delete(halfSignIns)
    .where(eq(halfSignIns.tokenHash, digest(token)))
    .returning({ personId: halfSignIns.personId })
  return ended.length > 0
}

export const halfwayOver = () => cookie('half', '', 0)

export async function forgetHalfSignIns(): Promise<void> {
  await db.delete(halfSignIns).where(lt(halfSignIns.expiresAt, now()))
}
