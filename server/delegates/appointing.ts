import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { accountEmails, delegates } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record, type Happened } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { publicOrigins } from '~/server/platform/env'
import { queueMail } from '~/server/platform/mail'
import { plainly } from '~/server/platform/manner'
import { authorize, mustBeFound } from '~/server/policy'
import { ownFields } from '~/server/vault'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import { say } from '~/words'
import { DELEGATE_WRITES, type DelegateInput } from './input'
import { hashOf, newToken } from './knowing'

const DAY_MS = 86_400_000
/** More than these at once nobody keeps an eye on. */
export const MOST_DELEGATES = 20

/** Lets an agent act in the person's name. Returns its token, which is not kept and shown this once. */
export async function appointDelegate(viewer: PersonViewer, input: DelegateInput): Promise<{ id: string; token: string }> {
  authorize(viewer, 'delegate.appoint', null)
  await countAgainst('appoint-delegate', viewer.personId)
  const may = await ownFields(viewer)
  const fields = [...new Set(input.fields)].filter((key) => may.some((field) => field.key === key))
  if (input.scopes.includes('vault:read') && fields.length === 0) throw new Invalid({ fields: 'delegates.chooseFields' })
  const scopes = [...new Set(input.scopes)]
  const token = newToken()
  const id = newId()
  await transaction(viewer, async (tx) => {
    const [{ live } = { live: 0 }] = await tx
      .select({ live: sql<number>`count(*)::int` })
      .from(delegates)
      .where(
        and(
          eq(delegates.personId, viewer.personId),
          isNull(delegates.parentId),
          isNull(delegates.endedAt),
          sql`${delegates.expiresAt} > now()`,
        ),
      )
    if (live >= MOST_DELEGATES) throw new Conflict('delegates.tooMany', { most: MOST_DELEGATES })
    const at = now()
    await tx.insert(delegates).values({
      id,
      personId: viewer.personId,
      name: input.name,
      scopes,
      fields: scopes.includes('vault:read') ? fields : [],
      preapproved: DELEGATE_WRITES.filter((scope) => scopes.includes(scope) && input.preapproved.includes(scope)),
      tokenHash: hashOf(token),
      createdAt: at,
      expiresAt: new Date(at.getTime() + Number(input.days) * DAY_MS),
    })
    await mailAppointed(tx, viewer, input.name)
    await record(tx, viewer, 'delegate.appointed', { personId: viewer.personId, delegateId: id })
  })
  return { id, token }
}

/** Ends it now, and whatever it handed on to. */
export async function endDelegate(viewer: PersonViewer, id: string): Promise<void> {
  if (!isId(id)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const [delegate] = await tx
      .select({ personId: delegates.personId, endedAt: delegates.endedAt })
      .from(delegates)
      .where(eq(delegates.id, id))
    if (!delegate) throw new NotFound()
    mustBeFound(viewer, 'delegate.end', delegate)
    if (delegate.endedAt) return
    await tx
      .update(delegates)
      .set({ endedAt: now() })
      .where(and(eq(delegates.id, id), isNull(delegates.endedAt)))
    await record(tx, viewer, 'delegate.ended', { personId: viewer.personId, delegateId: id })
  })
}

/** Whoever sits at somebody’s browser must not get a key to their vault unnoticed. */
async function mailAppointed(tx: Tx, viewer: PersonViewer, name: string): Promise<void> {
  const [account] = await tx
    .select({ to: accountEmails.address })
    .from(accountEmails)
    .where(eq(accountEmails.personId, viewer.personId))
    .orderBy(sql`${accountEmails.confirmedAt} is null`, desc(accountEmails.createdAt))
    .limit(1)
  if (!account) return
  const page = `${publicOrigins()[0] ?? ''}/me/delegates`
  await queueMail(tx, {
    to: account.to,
    personId: viewer.personId,
    ...plainly(() => ({ subject: say('delegates.mail.subject'), text: say('delegates.mail.text', { name, page }) })),
  })
}

/**
 * Reaction: where a way in was somebody else’s (“this was not me”), or the password was set anew by mail, whatever was appointed before
 * ends. A password that its owner changed leaves them.
 */
export async function endAllAfterTheft(event: Happened): Promise<void> {
  const { personId } = event.payload as { personId: string }
  if (event.kind === 'password.changed' && event.actorHandleId !== null) return
  await transaction({ kind: 'person', personId }, async (tx) => {
    const ended = await tx
      .update(delegates)
      .set({ endedAt: now() })
      .where(and(eq(delegates.personId, personId), isNull(delegates.endedAt), lt(delegates.createdAt, event.occurredAt)))
      .returning({ id: delegates.id })
    for (const { id } of ended) await record(tx, systemViewer('end-delegates'), 'delegate.ended', { personId, delegateId: id })
  })
}
