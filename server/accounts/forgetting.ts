import { and, asc, eq, gt, isNull, lt, not, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { accountEmails, accountTokens, handles, outgoingMails, passwords, people, sessions } from '~/db/schema'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { systemViewer } from '~/server/viewer'

/** Whoever has not confirmed their address after this many days is not coming back for it. */
const CLAIM_DAYS = 30
const AT_A_TIME = 200

const job = systemViewer('forget-unconfirmed')

/**
 * Forgets accounts whose address was never confirmed, whose sessions have all ended and that did nothing else: address, password and
 * handle go. Whoever follows a thread, keeps a vault or left anything behind stays as they are.
 */
export async function forgetUnconfirmed(): Promise<void> {
  for (let last = ''; ;) {
    const claims = await claimsAfter(last)
    for (const { personId } of claims) await forget(personId)
    last = claims.at(-1)?.personId ?? ''
    if (claims.length < AT_A_TIME) return
  }
}

function neverConfirmed() {
  const longAgo = new Date(now().getTime() - CLAIM_DAYS * 86_400_000)
  return and(isNull(accountEmails.confirmedAt), lt(accountEmails.createdAt, longAgo))
}

async function claimsAfter(last: string) {
  const signedIn = sql`exists (select 1 from ${sessions} where ${sessions.personId} = ${accountEmails.personId} and ${sessions.expiresAt} > ${now().toISOString()}::timestamptz)`
  return db
    .select({ personId: accountEmails.personId })
    .from(accountEmails)
    .innerJoin(people, eq(people.id, accountEmails.personId))
    .where(and(neverConfirmed(), last ? gt(accountEmails.personId, last) : undefined, eq(people.isOperator, false), not(signedIn)))
    .orderBy(asc(accountEmails.personId))
    .limit(AT_A_TIME)
}

async function forget(personId: string): Promise<void> {
  try {
    await transaction(job, (tx) => forgetWithin(tx, personId))
  } catch (error) {
    if (!isStillNeeded(error)) throw error
  }
}

async function forgetWithin(tx: Tx, personId: string) {
  const claimed = await tx
    .delete(accountEmails)
    .where(and(eq(accountEmails.personId, personId), neverConfirmed()))
    .returning({ id: accountEmails.id })
  if (claimed.length === 0) return
  await tx.delete(accountTokens).where(eq(accountTokens.personId, personId))
  await tx.delete(passwords).where(eq(passwords.personId, personId))
  await tx.delete(outgoingMails).where(eq(outgoingMails.personId, personId))
  await tx.delete(sessions).where(and(eq(sessions.personId, personId), lt(sessions.expiresAt, now())))
  await tx.delete(handles).where(eq(handles.personId, personId))
  await tx.delete(people).where(eq(people.id, personId))
  await record(tx, job, 'person.forgotten', { personId })
}

// Every table that holds something of a person points at the person or at a handle: the database knows them all, also those to come.
function isStillNeeded(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } }
  return (code ?? cause?.code) === '23503'
}
