import { eq, sql } from 'drizzle-orm'
import { db, type Tx } from '~/db/client'
import { accountEmails, passwords, recoveryCodes, totpSecrets } from '~/db/schema'
import { can } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { passkeysFor } from './passkey-place'
import { passkeysOf } from './passkeys'
import { providersFor } from './providers'
import { sessionList } from './sessions'

/** The person's own address and how it stands. Nobody else reads this. */
export async function ownAccount(viewer: PersonViewer, tx: Pick<Tx, 'select'> = db) {
  const [account] = await tx
    .select({ address: accountEmails.address, confirmedAt: accountEmails.confirmedAt, passwordChangedAt: passwords.changedAt })
    .from(accountEmails)
    .leftJoin(passwords, eq(passwords.personId, accountEmails.personId))
    .where(eq(accountEmails.personId, viewer.personId))
  return account ?? null
}

export async function accountPage(viewer: PersonViewer) {
  const [account, sessions, [app], keys, providers] = await Promise.all([
    ownAccount(viewer),
    sessionList(viewer),
    appAndCodes(viewer.personId),
    passkeysOf(viewer.personId),
    providersFor(viewer.personId),
  ])
  const mayEdit = can(viewer, 'profile.change', null)
  return {
    account,
    mayEdit,
    passkeys: keys,
    providers: providers.filter(({ boundAt }) => boundAt !== null),
    offered: providers.filter(({ boundAt }) => boundAt === null),
    passkeysFor: passkeysFor(),
    secondStep: { app: app?.since ?? null, codesLeft: app?.codesLeft ?? 0, needed: viewer.needsSecondStep },
    sessions: sessions.map((session) => ({ ...session, key: session.startedAt.toISOString() + session.device })),
  }
}

/** Since when codes of an app are asked for, and how many recovery codes could stand in. */
function appAndCodes(personId: string) {
  const codesLeft = sql<number>`(select count(*)::int from ${recoveryCodes} r where r.person_id = ${personId} and r.used_at is null)`
  return db.select({ since: totpSecrets.createdAt, codesLeft }).from(totpSecrets).where(eq(totpSecrets.personId, personId))
}
