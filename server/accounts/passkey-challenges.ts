import { randomBytes } from 'node:crypto'
import { eq, lt } from 'drizzle-orm'
import { db } from '~/db/client'
import { passkeyChallenges } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { digest } from './addresses'
import { cookie, readCookie } from './cookies'

/** Long enough to take the phone out of the other room. */
const LASTS_SECONDS = 300
export const CHALLENGE_MS = LASTS_SECONDS * 1000

export type PasskeyPurpose = (typeof passkeyChallenges.$inferSelect)['purpose']

/** Something to sign that nobody could know before, and the cookie by which this browser alone can hand it back. */
export async function newChallenge(purpose: PasskeyPurpose, personId: string | null) {
  const token = randomBytes(32).toString('base64url')
  const challenge = randomBytes(32).toString('base64url')
  const createdAt = now()
  const expiresAt = new Date(createdAt.getTime() + CHALLENGE_MS)
  await db.insert(passkeyChallenges).values({ tokenHash: digest(token), challenge, purpose, personId, expiresAt, createdAt })
  return { challenge, cookie: cookie('challenge', token, LASTS_SECONDS) }
}

/** What this browser was to sign for this act. A try uses it up, right or wrong; of two at once one gets it. */
export async function takeChallenge(cookies: string | null, purpose: PasskeyPurpose, personId: string | null): Promise<string | null> {
  const token = readCookie(cookies, 'challenge')
  if (!token) return null
  const [taken] = await db
    .delete(passkeyChallenges)
    .where(eq(passkeyChallenges.tokenHash, digest(token)))
    .returning()
  if (!taken || taken.purpose !== purpose || taken.personId !== personId || taken.expiresAt <= now()) return null
  return taken.challenge
}

export async function forgetChallenges(): Promise<void> {
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, now()))
}
