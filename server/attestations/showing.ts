import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { attestations, communities, memberships, shownAttestations } from '~/db/schema'
import { Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { presentSdJwt } from '~/server/platform/sd-jwt'
import { mustBeFound } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import type { ShowInput } from './input'

/** Shows it beside the person’s handle in one room, and of it only what they name. */
export async function showAttestation(viewer: PersonViewer, attestationId: string, { community, disclose }: ShowInput): Promise<void> {
  if (!isId(attestationId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const [it] = await tx
      .select()
      .from(attestations)
      .where(and(eq(attestations.id, attestationId), isNull(attestations.revokedAt), gt(attestations.expiresAt, now())))
    if (!it) throw new NotFound()
    mustBeFound(viewer, 'attestation.show', it)
    const [room] = await tx
      .select({ id: communities.id, handleId: memberships.handleId })
      .from(communities)
      .innerJoin(memberships, and(eq(memberships.communityId, communities.id), eq(memberships.personId, viewer.personId)))
      .where(eq(communities.slug, community))
    if (!room) throw new Invalid({ community: 'notChoice' })
    const disclosed = [...new Set(disclose)]
    const presentation = presentSdJwt(it.sdJwt, disclosed.includes('since') ? ['customerSince'] : [])
    await tx
      .insert(shownAttestations)
      .values({ attestationId, communityId: room.id, handleId: room.handleId, disclosed, presentation })
      .onConflictDoUpdate({
        target: [shownAttestations.communityId, shownAttestations.handleId],
        set: { attestationId, disclosed, presentation, shownAt: sql`now()` },
      })
    await record(tx, viewer, 'attestation.shown', { attestationId, communityId: room.id, personId: viewer.personId })
  })
}

export async function hideAttestation(viewer: PersonViewer, attestationId: string, community: string): Promise<void> {
  if (!isId(attestationId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const [room] = await tx.select({ id: communities.id }).from(communities).where(eq(communities.slug, community))
    const [it] = await tx.select().from(attestations).where(eq(attestations.id, attestationId))
    if (!room || !it) throw new NotFound()
    mustBeFound(viewer, 'attestation.show', it)
    const hidden = await tx
      .delete(shownAttestations)
      .where(and(eq(shownAttestations.attestationId, attestationId), eq(shownAttestations.communityId, room.id)))
      .returning({ id: shownAttestations.communityId })
    if (hidden.length > 0)
      await record(tx, viewer, 'attestation.hidden', { attestationId, communityId: room.id, personId: viewer.personId })
  })
}
