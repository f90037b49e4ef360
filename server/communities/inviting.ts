import { createHash, randomBytes } from 'node:crypto'
import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { accountEmails, communities, handles, invitations, memberships, products, vendors } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { publicOrigins } from '~/server/platform/env'
import { queueMail } from '~/server/platform/mail'
import { plainly } from '~/server/platform/manner'
import { authorize, mustBeFound } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { say } from '~/words'
import { communityBySlug, lockedCommunity, personAsking } from './facts'
import type { InviteInput } from './input'
import { letIn } from './members'
import { INVITATION_LASTS_DAYS } from './rules'

const hashed = (token: string) => createHash('sha256').update(token).digest('hex')
const normal = (address: string) => address.normalize('NFC').toLowerCase()

/** Mails a link that one person can use once; a link that still waited for the same address ends. Whether the address has an account is not told. */
export async function inviteToCommunity(viewer: Viewer, slug: string, { email }: InviteInput): Promise<void> {
  const inviter = personAsking(viewer)
  authorize(viewer, 'community.invite', await communityBySlug(viewer, slug))
  await countAgainst('invite', inviter.personId)
  await countAgainst('mail-to', normal(email))
  const token = randomBytes(32).toString('base64url')
  await transaction(viewer, async (tx) => {
    const community = await lockedCommunity(tx, viewer, slug)
    authorize(viewer, 'community.invite', community)
    const { communityId, name } = community
    const addressNorm = normal(email)
    if (await isMemberAddress(tx, communityId, addressNorm)) throw new Invalid({ email: 'community.memberAlready' })
    const before = and(
      eq(invitations.communityId, communityId),
      eq(invitations.addressNorm, addressNorm),
      isNull(invitations.acceptedAt),
      gt(invitations.expiresAt, now()),
    )
    await tx.update(invitations).set({ expiresAt: now() }).where(before)
    const invitationId = newId()
    const expiresAt = new Date(now().getTime() + INVITATION_LASTS_DAYS * 86_400_000)
    await tx.insert(invitations).values({
      id: invitationId,
      communityId,
      tokenHash: hashed(token),
      addressNorm,
      invitedBy: inviter.personId,
      expiresAt,
      createdAt: now(),
    })
    const words = () => ({
      subject: say('communities.mail.invitation.subject', { community: name }),
      text: say('communities.mail.invitation.text', {
        inviter: inviter.displayName,
        handle: inviter.handle,
        community: name,
        link: `${publicOrigins()[0] ?? ''}/invitations/${token}`,
        days: INVITATION_LASTS_DAYS,
      }),
    })
    await queueMail(tx, { to: email, ...plainly(words) })
    await record(tx, viewer, 'community.invited', { communityId, invitationId })
  })
}

// Members show themselves to moderators anyway; whether others have an account is not told.
async function isMemberAddress(tx: Tx, communityId: string, addressNorm: string) {
  const [member] = await tx
    .select({ personId: memberships.personId })
    .from(memberships)
    .innerJoin(accountEmails, eq(accountEmails.personId, memberships.personId))
    .where(
      and(
        eq(memberships.communityId, communityId),
        eq(accountEmails.addressNorm, addressNorm),
        sql`${accountEmails.confirmedAt} is not null`,
      ),
    )
  return member !== undefined
}

// Whoever used it comes back to the same page; for everybody else a spent link says nothing of the room.
const usableBy = (viewer: Viewer) =>
  or(
    and(isNull(invitations.acceptedAt), gt(invitations.expiresAt, now())),
    viewer.kind === 'person' ? eq(invitations.acceptedBy, viewer.personId) : undefined,
  )

/** What an invitation is to; the link itself is the right to know. Looking uses nothing up: mail scanners follow every link they see. */
export async function invitationPage(viewer: Viewer, token: string) {
  const [row] = await db
    .select({
      communityId: communities.id,
      name: communities.name,
      summary: communities.summary,
      rules: communities.rules,
      access: communities.access,
      memberCount: communities.memberCount,
      host: vendors.name,
      until: invitations.expiresAt,
      inviterHandleId: handles.id,
    })
    .from(invitations)
    .innerJoin(communities, eq(communities.id, invitations.communityId))
    .innerJoin(handles, eq(handles.personId, invitations.invitedBy))
    .leftJoin(vendors, eq(vendors.id, communities.hostVendorId))
    .where(and(eq(invitations.tokenHash, hashed(token)), usableBy(viewer)))
    .limit(1)
  if (!row) throw new NotFound('invitation.over')
  const { inviterHandleId, communityId, ...invitation } = row
  const names = await handlesShown([inviterHandleId], { communityId })
  return { ...invitation, inviter: names.get(inviterHandleId) ?? null }
}

/** Returns the address of the community. The link works once: of two who hold it, one gets in. */
export async function acceptInvitation(viewer: Viewer, token: string): Promise<string> {
  return transaction(viewer, async (tx) => {
    const [found] = await tx
      .select({
        id: invitations.id,
        until: invitations.expiresAt,
        acceptedBy: invitations.acceptedBy,
        communityId: communities.id,
        slug: communities.slug,
        access: communities.access,
        vendorId: sql<string | null>`coalesce(${communities.hostVendorId}, ${products.vendorId})`,
      })
      .from(invitations)
      .innerJoin(communities, eq(communities.id, invitations.communityId))
      .leftJoin(products, eq(products.id, communities.productId))
      .where(eq(invitations.tokenHash, hashed(token)))
      .for('no key update', { of: [invitations, communities] })
    if (!found) throw new NotFound('invitation.over')
    authorize(viewer, 'invitation.accept', found, 'community.suspendedHere')
    const member = personAsking(viewer)
    if (found.acceptedBy === member.personId) return found.slug
    if (found.acceptedBy !== null || found.until <= now()) throw new Conflict('invitation.over')
    await tx.update(invitations).set({ acceptedAt: now(), acceptedBy: member.personId }).where(eq(invitations.id, found.id))
    await letIn(tx, viewer, found, member)
    return found.slug
  })
}

/** The invitations of a community, for its moderators. An address is shown to whoever wrote to it, and to nobody else. */
export async function invitationList(viewer: Viewer, slug: string) {
  const community = await communityBySlug(viewer, slug)
  mustBeFound(viewer, 'community.invite', community)
  const rows = await db
    .select({
      id: invitations.id,
      address: invitations.addressNorm,
      invitedBy: invitations.invitedBy,
      inviterHandleId: handles.id,
      until: invitations.expiresAt,
      acceptedAt: invitations.acceptedAt,
      createdAt: invitations.createdAt,
    })
    .from(invitations)
    .innerJoin(handles, eq(handles.personId, invitations.invitedBy))
    .where(eq(invitations.communityId, community.communityId))
    .orderBy(desc(invitations.createdAt))
    .limit(100)
  const names = await handlesShown(
    rows.map(({ inviterHandleId }) => inviterHandleId),
    { communityId: community.communityId },
  )
  const me = personAsking(viewer).personId
  return {
    slug,
    name: community.name,
    invitations: rows.map(({ address, invitedBy, inviterHandleId, ...row }) => ({
      ...row,
      address: invitedBy === me ? address : null,
      inviter: names.get(inviterHandleId) ?? null,
      state: row.acceptedAt ? ('accepted' as const) : row.until > now() ? ('waiting' as const) : ('over' as const),
    })),
  }
}
