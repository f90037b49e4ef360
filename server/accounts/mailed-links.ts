import { randomBytes } from 'node:crypto'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { db, type Tx } from '~/db/client'
import { accountEmails, accountTokens, handles } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { digest } from './addresses'

const DAY = 24
/** Long enough to come back from a fortnight away and find the mail. */
export const UNDO_DAYS = 14
const LASTS_HOURS = {
  'confirm-email': DAY,
  'reset-password': 1,
  'change-email': DAY,
  'undo-email': UNDO_DAYS * DAY,
  'not-me': UNDO_DAYS * DAY,
} as const
export type Purpose = keyof typeof LASTS_HOURS

/** A secret that is mailed once; here only its hash is kept. */
export async function makeLink(tx: Tx, personId: string, purpose: Purpose, aboutId: string | null = null): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const createdAt = now()
  const expiresAt = new Date(createdAt.getTime() + LASTS_HOURS[purpose] * 3_600_000)
  await tx.insert(accountTokens).values({ tokenHash: digest(token), personId, purpose, aboutId, expiresAt, createdAt })
  return token
}

/** Whose link this is and how it stands. Looking uses nothing up: mail scanners follow every link they see. */
export async function linkOf(token: string, purpose: Purpose) {
  const [found] = await db
    .select({
      personId: accountTokens.personId,
      aboutId: accountTokens.aboutId,
      expiresAt: accountTokens.expiresAt,
      usedAt: accountTokens.usedAt,
      address: accountEmails.address,
      confirmedAt: accountEmails.confirmedAt,
      handle: handles.handle,
    })
    .from(accountTokens)
    .innerJoin(accountEmails, eq(accountEmails.personId, accountTokens.personId))
    .innerJoin(handles, eq(handles.personId, accountTokens.personId))
    .where(and(eq(accountTokens.tokenHash, digest(token)), eq(accountTokens.purpose, purpose)))
    .limit(1)
  return found ? { ...found, usable: found.usedAt === null && found.expiresAt > now() } : null
}

type Spent = { personId: string; aboutId: string | null; createdAt: Date }

/** Uses the link up and returns whose it was; null when it was used before, is too old or never was. Of two at once, one wins. */
export async function spendLink(tx: Tx, token: string, purpose: Purpose): Promise<Spent | null> {
  const [used] = await tx
    .update(accountTokens)
    .set({ usedAt: now() })
    .where(
      and(
        eq(accountTokens.tokenHash, digest(token)),
        eq(accountTokens.purpose, purpose),
        isNull(accountTokens.usedAt),
        gt(accountTokens.expiresAt, now()),
      ),
    )
    .returning({ personId: accountTokens.personId, aboutId: accountTokens.aboutId, createdAt: accountTokens.createdAt })
  return used ?? null
}

/** Every other link of this kind that the person was sent: none of them opens anything any more. */
export async function voidLinks(tx: Tx, personId: string, purpose: Purpose): Promise<void> {
  await tx
    .update(accountTokens)
    .set({ usedAt: now() })
    .where(and(eq(accountTokens.personId, personId), eq(accountTokens.purpose, purpose), isNull(accountTokens.usedAt)))
}
