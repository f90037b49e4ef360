import { and, asc, desc, eq, isNull } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId } from '~/db/ids'
import { attestations, communities, memberships, relationships, shownAttestations, vendors } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'

const MOST = 100

/** /me/attestations: what vendors have signed of the viewer, and where it is shown. */
export async function myAttestations(viewer: PersonViewer) {
  authorize(viewer, 'vault.view', { personId: viewer.personId })
  const [held, shown, rooms] = await transaction(viewer, (tx) =>
    Promise.all([
      tx
        .select({
          id: attestations.id,
          vendor: { slug: vendors.slug, name: vendors.name },
          since: attestations.since,
          createdAt: attestations.createdAt,
          expiresAt: attestations.expiresAt,
          revokedAt: attestations.revokedAt,
        })
        .from(attestations)
        .innerJoin(vendors, eq(vendors.id, attestations.vendorId))
        .where(eq(attestations.personId, viewer.personId))
        .orderBy(desc(attestations.createdAt))
        .limit(MOST),
      tx
        .select({
          attestationId: shownAttestations.attestationId,
          slug: communities.slug,
          name: communities.name,
          disclosed: shownAttestations.disclosed,
        })
        .from(shownAttestations)
        .innerJoin(communities, eq(communities.id, shownAttestations.communityId))
        .innerJoin(attestations, eq(attestations.id, shownAttestations.attestationId))
        .where(eq(attestations.personId, viewer.personId))
        .limit(MOST),
      tx
        .select({ slug: communities.slug, name: communities.name })
        .from(memberships)
        .innerJoin(communities, eq(communities.id, memberships.communityId))
        .where(eq(memberships.personId, viewer.personId))
        .orderBy(asc(communities.name))
        .limit(MOST),
    ]),
  )
  return {
    rooms,
    held: held.map((it) => ({
      ...it,
      holds: it.revokedAt === null && it.expiresAt > now(),
      shown: shown.filter(({ attestationId }) => attestationId === it.id),
    })),
  }
}

/** The credential itself, for the person’s own wallet. */
export async function attestationFile(viewer: PersonViewer, attestationId: string): Promise<string> {
  if (!isId(attestationId)) throw new NotFound()
  const [it] = await transaction(viewer, (tx) =>
    tx
      .select({ sdJwt: attestations.sdJwt })
      .from(attestations)
      .where(and(eq(attestations.id, attestationId), eq(attestations.personId, viewer.personId))),
  )
  if (!it) throw new NotFound()
  return it.sdJwt
}

/** On the staff’s side of a record: whether it is attested, and what they may do about it. */
export async function attestedOn(viewer: PersonViewer, relationshipId: string) {
  if (!isId(relationshipId)) throw new NotFound()
  const [row] = await transaction(viewer, (tx) =>
    tx
      .select({ vendorId: relationships.vendorId, id: attestations.id, at: attestations.createdAt })
      .from(relationships)
      .leftJoin(
        attestations,
        and(
          eq(attestations.vendorId, relationships.vendorId),
          eq(attestations.handleId, relationships.handleId),
          isNull(attestations.revokedAt),
        ),
      )
      .where(eq(relationships.id, relationshipId)),
  )
  return row
    ? { attested: row.id && row.at ? { id: row.id, at: row.at } : null, may: can(viewer, 'customer.attest', { vendorId: row.vendorId }) }
    : { attested: null, may: false }
}
