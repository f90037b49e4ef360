import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { attestations, handles, relationships, relationshipStates, vendors } from '~/db/schema'
import { Conflict, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { publicOrigins } from '~/server/platform/env'
import { issueSdJwt } from '~/server/platform/sd-jwt'
import { findPublishedKey, signerFor } from '~/server/platform/signing-keys'
import { authorize, mustBeFound } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { STATUSES_A_LIST } from './status-list'

const DAY_MS = 86_400_000
/** A customer may have left long ago: after a year it is attested again, or no more. */
export const DAYS_IT_HOLDS = 365

/** The vendor signs that somebody is its customer, where both have said so. The person holds it, and shows it where they like. */
export async function attestCustomer(viewer: PersonViewer, relationshipId: string): Promise<void> {
  if (!isId(relationshipId)) throw new NotFound()
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const [it] = await tx
      .select({
        vendorId: relationships.vendorId,
        slug: vendors.slug,
        handleId: relationships.handleId,
        personId: handles.personId,
        stateId: relationshipStates.id,
        since: relationshipStates.startedAt,
        both: sql<boolean>`${relationshipStates.vendorConfirmedAt} is not null and ${relationshipStates.personConfirmedAt} is not null`,
      })
      .from(relationships)
      .innerJoin(vendors, eq(vendors.id, relationships.vendorId))
      .innerJoin(handles, eq(handles.id, relationships.handleId))
      .leftJoin(
        relationshipStates,
        and(
          eq(relationshipStates.relationshipId, relationships.id),
          eq(relationshipStates.state, 'customer'),
          isNull(relationshipStates.endedAt),
        ),
      )
      .where(eq(relationships.id, relationshipId))
    if (!it) throw new NotFound()
    mustBeFound(viewer, 'relationship.view', it)
    authorize(viewer, 'customer.attest', it)
    if (!it.both || !it.stateId || !it.since || !it.personId) throw new Conflict('attestation.bothFirst')
    const { personId, vendorId, handleId, stateId } = it
    const [slot] = await tx.execute<{ index: number }>(
      sql`select nextval(pg_get_serial_sequence('attestations', 'status_index'))::int as index`,
    )
    const index = slot?.index ?? 0
    const origin = publicOrigins()[0] ?? ''
    const since = it.since.toISOString().slice(0, 7)
    const [holder, signer] = [
      await signerFor(tx, { kind: 'person', personId, vendorId }),
      await signerFor(tx, { kind: 'vendor', vendorId }),
    ]
    const held = await findPublishedKey(holder.kid)
    const expiresAt = new Date(now().getTime() + DAYS_IT_HOLDS * DAY_MS)
    const sdJwt = await issueSdJwt(
      {
        iss: `${origin}/vendors/${it.slug}#org`,
        vct: `${origin}/vct/verified-customer/1`,
        iat: Math.floor(now().getTime() / 1000),
        exp: Math.floor(expiresAt.getTime() / 1000),
        ...(held ? { cnf: { jwk: { kty: held.kty, crv: held.crv, x: held.x } } } : {}),
        status: { status_list: { idx: index % STATUSES_A_LIST, uri: `${origin}/status/${Math.floor(index / STATUSES_A_LIST)}` } },
      },
      { customerSince: since, relationship: 'customer' },
      signer,
      'dc+sd-jwt',
    )
    const id = newId()
    const made = await tx
      .insert(attestations)
      .values({ id, vendorId, personId, handleId, stateId, attestedBy: viewer.personId, statusIndex: index, sdJwt, since, expiresAt })
      .onConflictDoNothing()
      .returning({ id: attestations.id })
    if (made.length > 0) await record(tx, viewer, 'customer.attested', { attestationId: id, personId, handleId, vendorId })
  })
}

/** It holds no more, wherever it is shown, from now on. The vendor takes its word back; the person may put it away. */
export async function revokeAttestation(viewer: PersonViewer, attestationId: string): Promise<void> {
  if (!isId(attestationId)) throw new NotFound()
  await transaction(viewer, async (tx) => {
    const [it] = await tx.select().from(attestations).where(eq(attestations.id, attestationId)).for('update')
    if (!it) throw new NotFound()
    authorize(viewer, 'attestation.revoke', it)
    if (it.revokedAt) return
    await tx
      .update(attestations)
      .set({ revokedAt: sql`now()` })
      .where(eq(attestations.id, attestationId))
    const { personId, handleId, vendorId } = it
    await record(tx, viewer, 'attestation.revoked', { attestationId, personId, handleId, vendorId })
  })
}
