import { desc, inArray, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { deliveries, interactions, outgoingMails } from '~/db/schema'
import { replaceSession, handlesShown, personByHandle } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { env } from '~/server/platform/env'
import type { Viewer } from '~/server/viewer'

/** The product from behind: for the demo alone, and not there otherwise. */
export function demoOnly(): void {
  if (!env.PARLEY_DEMO) throw new NotFound()
}

const SHOWN = 100

/** The newest mails, as they were written. */
export async function mailbox() {
  demoOnly()
  return db
    .select({
      id: outgoingMails.id,
      to: outgoingMails.toAddress,
      subject: outgoingMails.subject,
      text: outgoingMails.textBody,
      at: outgoingMails.createdAt,
      sentAt: outgoingMails.sentAt,
      failedAt: outgoingMails.failedAt,
    })
    .from(outgoingMails)
    .orderBy(desc(outgoingMails.createdAt), desc(outgoingMails.id))
    .limit(SHOWN)
}

/** The newest events of the log, and which of their reactions still wait. */
export async function newestEvents() {
  demoOnly()
  const events = await db
    .select({
      id: interactions.id,
      kind: interactions.kind,
      at: interactions.occurredAt,
      actorKind: interactions.actorKind,
      actorHandleId: interactions.actorHandleId,
      payload: interactions.payload,
    })
    .from(interactions)
    .orderBy(desc(interactions.id))
    .limit(SHOWN)
  const ids = events.map((event) => event.id)
  const [names, waiting] = await Promise.all([
    handlesShown(events.map((event) => event.actorHandleId)),
    ids.length === 0
      ? []
      : db
          .select({
            eventId: deliveries.interactionId,
            reaction: deliveries.reaction,
            attempts: deliveries.attempts,
            lastError: deliveries.lastError,
            gaveUpAt: deliveries.gaveUpAt,
          })
          .from(deliveries)
          .where(inArray(deliveries.interactionId, ids)),
  ])
  return events.map((event) => ({
    id: event.id,
    kind: event.kind,
    at: event.at,
    bySystem: event.actorKind === 'system',
    who: event.actorHandleId ? (names.get(event.actorHandleId)?.displayName ?? null) : null,
    payload: JSON.stringify(event.payload, null, 2),
    waiting: waiting
      .filter((delivery) => delivery.eventId === event.id)
      .map(({ eventId: _, ...delivery }) => ({ ...delivery, gaveUp: delivery.gaveUpAt !== null })),
  }))
}

/** Everybody who can sign in: those with a duty first, then the newest. */
export async function cast() {
  demoOnly()
  const people = await db.execute<{ handle_id: string }>(sql`
    select h.id as handle_id from people p join handles h on h.person_id = p.id and h.kind = 'member'
    where p.status = 'member'
    order by p.is_operator desc,
      exists (select 1 from portal_moderators m where m.person_id = p.id and m.ended_at is null)
        or exists (select 1 from community_moderators m where m.person_id = p.id and m.ended_at is null) desc,
      exists (select 1 from vendor_staff s where s.person_id = p.id and s.ended_at is null) desc, p.id
    limit ${SHOWN}`)
  const names = await handlesShown(people.map((person) => person.handle_id))
  return people.flatMap((person) => names.get(person.handle_id) ?? [])
}

/** A session as one of them, without a password. Returns its cookie. */
export async function signInAs(viewer: Viewer, handle: string, device: string): Promise<string> {
  demoOnly()
  const person = await personByHandle(handle)
  if (!person) throw new NotFound()
  return replaceSession(person.personId, viewer, device)
}
