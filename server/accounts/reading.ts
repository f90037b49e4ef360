import { eq } from 'drizzle-orm'
import { db, type Tx } from '~/db/client'
import { accountEmails, passwords } from '~/db/schema'
import { can } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { appSince } from './factors'
import { passkeysFor } from './passkey-place'
import { passkeysOf } from './passkeys'
import { recoveryCodesLeft } from './recovery-codes'
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
  const [account, sessions, app, codesLeft, keys] = await Promise.all([
    ownAccount(viewer),
    sessionList(viewer),
    appSince(viewer.personId),
    recoveryCodesLeft(viewer.personId),
    passkeysOf(viewer.personId),
  ])
  const mayEdit = can(viewer, 'profile.change', null)
  return {
    account,
    mayEdit,
    passkeys: keys,
    passkeysFor: passkeysFor(),
    secondStep: { app, codesLeft, needed: viewer.needsSecondStep },
    sessions: sessions.map((session) => ({ ...session, key: session.startedAt.toISOString() + session.device })),
  }
}
