import { randomBytes } from 'node:crypto'
import { eq, lt } from 'drizzle-orm'
import { db } from '~/db/client'
import { providerArrivals, providerVisits } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { digest } from './addresses'
import { cookie, readCookie } from './cookies'

/** Long enough to find a password and a phone at the provider. */
const VISIT_SECONDS = 900
/** Long enough to choose a handle, or to sign in to the account that one has. */
const ARRIVAL_SECONDS = 1800

type Visit = Omit<typeof providerVisits.$inferInsert, 'tokenHash' | 'expiresAt' | 'createdAt'>
type Arrival = Omit<typeof providerArrivals.$inferInsert, 'tokenHash' | 'expiresAt' | 'createdAt'>

const fresh = (seconds: number) => {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: digest(token), expiresAt: new Date(now().getTime() + seconds * 1000), createdAt: now() }
}

/** Somebody sets out; only this browser can come back. */
export async function beginVisit(visit: Visit): Promise<string> {
  const { token, ...row } = fresh(VISIT_SECONDS)
  await db.insert(providerVisits).values({ ...visit, ...row })
  return cookie('visit', token, VISIT_SECONDS)
}

/** A return uses it up, right or wrong. */
export async function endVisit(cookies: string | null) {
  const token = readCookie(cookies, 'visit')
  if (!token) return null
  const [visit] = await db
    .delete(providerVisits)
    .where(eq(providerVisits.tokenHash, digest(token)))
    .returning()
  return visit && visit.expiresAt > now() ? visit : null
}

export const visitOver = () => cookie('visit', '', 0)

export async function beginArrival(arrival: Arrival): Promise<string> {
  const { token, ...row } = fresh(ARRIVAL_SECONDS)
  await db.insert(providerArrivals).values({ ...arrival, ...row })
  return cookie('arrival', token, ARRIVAL_SECONDS)
}

export async function arrivalOf(cookies: string | null) {
  const token = readCookie(cookies, 'arrival')
  if (!token) return null
  const [arrival] = await db
    .select()
    .from(providerArrivals)
    .where(eq(providerArrivals.tokenHash, digest(token)))
  return arrival && arrival.expiresAt > now() ? arrival : null
}

/** Whoever arrived is somebody now. False when that was settled before, so that of two at once one goes on. */
export async function endArrival(tx: Pick<typeof db, 'delete'>, tokenHash: string): Promise<boolean> {
  const ended = await tx
    .delete(providerArrivals)
    .where(eq(providerArrivals.tokenHash, tokenHash))
    .returning({ id: providerArrivals.tokenHash })
  return ended.length > 0
}

export const arrivalOver = () => cookie('arrival', '', 0)

export async function forgetVisits(): Promise<void> {
  await db.delete(providerVisits).where(lt(providerVisits.expiresAt, now()))
  await db.delete(providerArrivals).where(lt(providerArrivals.expiresAt, now()))
}
