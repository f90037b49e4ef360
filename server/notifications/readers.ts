import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { accountEmails, addressTroubles, notifications, recommendations, threadMutes } from '~/db/schema'
import { unblocked, viewerOf } from '~/server/accounts'
import { caseFacts } from '~/server/cases'
import { can } from '~/server/policy'
import { invitationStands } from '~/server/recommendations'
import { postFacts } from '~/server/threads'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import { topicOf, type Channel } from './topics'
import { wishesOf, type Settings } from './wanting'

export type Notification = typeof notifications.$inferSelect

/** Somebody who can be written to: a confirmed address that takes mail. */
export async function mailReader(personId: string): Promise<{ viewer: PersonViewer; address: string } | null> {
  const [viewer, [row]] = await Promise.all([
    viewerOf(personId),
    db
      .select({ address: accountEmails.address, suppressedAt: addressTroubles.suppressedAt })
      .from(accountEmails)
      .leftJoin(addressTroubles, eq(addressTroubles.addressNorm, accountEmails.addressNorm))
      .where(and(eq(accountEmails.personId, personId), isNotNull(accountEmails.confirmedAt))),
  ])
  return viewer && row && !row.suppressedAt ? { viewer, address: row.address } : null
}

/** Of these, what the person has not read, still wants in this channel and may still read. Asked at the last moment. */
export async function stillToTell(viewer: PersonViewer, ids: string[], channel: Exclude<Channel, 'inbox'>): Promise<Notification[]> {
  const { personId } = viewer
  const { rows, wants, muted } = await transaction(systemViewer('notifications'), async (tx) => {
    const [rows, { wants }, mutes] = await Promise.all([
      tx
        .select()
        .from(notifications)
        .where(
          and(
            eq(notifications.personId, personId),
            isNull(notifications.readAt),
            sql`${notifications.id} in ${ids}`,
            unblocked(sql`${personId}::uuid`, sql`${notifications.actorHandleId}`),
          ),
        )
        .orderBy(notifications.createdAt, notifications.id),
      wishesOf(tx, [personId]),
      tx
        .select({ threadId: threadMutes.threadId, mailOnly: threadMutes.mailOnly })
        .from(threadMutes)
        .where(eq(threadMutes.personId, personId)),
    ])
    const muted = new Set(mutes.filter((mute) => !mute.mailOnly || channel === 'mail').map((mute) => mute.threadId))
    return { rows, wants, muted }
  })
  const told: Notification[] = []
  for (const row of rows) {
    if (row.threadId && muted.has(row.threadId)) continue
    if (wants(personId, topicOf(row.kind, row.why), channel) && (await mayStillRead(viewer, row))) told.push(row)
  }
  return told
}

/** The policy, asked again; a suspended person is told of decisions and of their account, and nothing else. */
async function mayStillRead(viewer: PersonViewer, { objectKind, objectId }: Notification): Promise<boolean> {
  if (objectKind === 'decision' || objectKind === 'account') return true
  if (viewer.suspended) return false
  if (objectKind === 'post') {
    const post = await postFacts(objectId)
    return post !== null && !post.hidden && can(viewer, 'post.view', post) && !viewer.suspendedIn.includes(post.communityId)
  }
  if (objectKind === 'recommendation') {
    const [row] = await db
      .select({ id: recommendations.id })
      .from(recommendations)
      .where(and(eq(recommendations.id, objectId), isNull(recommendations.hiddenByDecisionId)))
    return row !== undefined
  }
  if (objectKind === 'delegate' || objectKind === 'duty') return true
  if (objectKind === 'owed') return viewer.staffOf.some(({ vendorId }) => vendorId === objectId)
  if (objectKind === 'claimed') return viewer.isOperator
  if (objectKind === 'invitation') return invitationStands(viewer, objectId)
  if (objectKind === 'case') {
    const it = await caseFacts(viewer, objectId)
    return it !== null && can(viewer, 'case.view', it)
  }
  return true
}

export async function settingsOf(personId: string): Promise<Settings> {
  const { settings } = await transaction(systemViewer('notifications'), (tx) => wishesOf(tx, [personId]))
  return settings(personId)
}
