import { and, eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { communities, notificationSettings, threadMutes, threads } from '~/db/schema'
import { viewerOf } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { visibleTo } from '~/server/threads'
import { systemViewer } from '~/server/viewer'
import { readUnsubscribeToken, type Stream } from './streams'
import type { Topic } from './topics'
import { choose, wishesOf } from './wanting'

const doorkeeper = systemViewer('unsubscribe')

/** What a link in a mail would end, and whether it is ended already. No sign-in: who has the mail may end the mail. */
export async function unsubscribePage(
  token: string,
): Promise<{ kind: Stream['kind']; topic: Topic | null; title: string | null; ended: boolean }> {
  const { personId, stream } = await found(token)
  const ended = await transaction(doorkeeper, (tx) => isEnded(tx, personId, stream))
  const title = stream.kind === 'thread' ? await titleFor(personId, stream.threadId) : null
  return { kind: stream.kind, topic: stream.kind === 'topic' ? stream.topic : null, title, ended }
}

/** Ends exactly the one stream. Twice is once. */
export async function unsubscribe(token: string): Promise<void> {
  const { personId, stream } = await found(token)
  await transaction(doorkeeper, async (tx) => {
    if (stream.kind === 'thread')
      await tx.insert(threadMutes).values({ personId, threadId: stream.threadId, mailOnly: true, createdAt: now() }).onConflictDoNothing()
    if (stream.kind === 'topic') await choose(tx, personId, stream.topic, 'mail', false)
    if (stream.kind === 'digest')
      await tx
        .insert(notificationSettings)
        .values({ personId, digest: 'never', changedAt: now() })
        .onConflictDoUpdate({ target: notificationSettings.personId, set: { digest: 'never', digestSince: null, changedAt: now() } })
  })
}

/** “That was a mistake”: from the page that says it is done. A digest begins again as a weekly one. */
export async function subscribeAgain(token: string): Promise<void> {
  const { personId, stream } = await found(token)
  await transaction(doorkeeper, async (tx) => {
    if (stream.kind === 'thread')
      await tx
        .delete(threadMutes)
        .where(and(eq(threadMutes.personId, personId), eq(threadMutes.threadId, stream.threadId), eq(threadMutes.mailOnly, true)))
    if (stream.kind === 'topic') await choose(tx, personId, stream.topic, 'mail', true)
    if (stream.kind === 'digest')
      await tx
        .update(notificationSettings)
        .set({ digest: 'weekly', digestSince: now(), changedAt: now() })
        .where(and(eq(notificationSettings.personId, personId), eq(notificationSettings.digest, 'never')))
  })
}

async function found(token: string) {
  const read = await readUnsubscribeToken(token)
  if (!read) throw new NotFound()
  return read
}

async function isEnded(tx: Tx, personId: string, stream: Stream): Promise<boolean> {
  const { wants, settings } = await wishesOf(tx, [personId])
  if (stream.kind === 'topic') return !wants(personId, stream.topic, 'mail')
  if (stream.kind === 'digest') return settings(personId).digest === 'never'
  const rows = await tx
    .select({ one: sql`1` })
    .from(threadMutes)
    .where(and(eq(threadMutes.personId, personId), eq(threadMutes.threadId, stream.threadId)))
  return rows.length > 0
}

/** Only as long as the person may read the thread; a mail can be in other hands by now, so rooms that are not open stay unnamed. */
async function titleFor(personId: string, threadId: string): Promise<string | null> {
  const viewer = await viewerOf(personId)
  if (!viewer) return null
  const [row] = await transaction(viewer, (tx) =>
    tx
      .select({ title: threads.title })
      .from(threads)
      .innerJoin(communities, eq(communities.id, threads.communityId))
      .where(and(eq(threads.id, threadId), eq(communities.access, 'open'), visibleTo(viewer))),
  )
  return row?.title ?? null
}
