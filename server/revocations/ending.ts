import { eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { accessChain, grantEndings, vendors } from '~/db/schema'
import { record, type Happened } from '~/server/events'
import { canonicalJson } from '~/server/platform/canonical-json'
import { publicOrigins } from '~/server/platform/env'
import { signTogether } from '~/server/platform/signatures'
import { pairwiseName, signerFor } from '~/server/platform/signing-keys'
import { systemViewer } from '~/server/viewer'
import { endingRecord, type Ended } from './record'

const job = systemViewer('revocations')
const MOST_AT_ONCE = 200

/** By the clock: what has run out is ended as what was revoked is; and whatever has no signature yet gets one. */
export async function endGrants(): Promise<void> {
  await transaction(job, async (tx) => {
    const over = await tx.execute<{
      id: string
      person_id: string
      handle_id: string
      vendor_id: string
      purpose: string
      run_out: boolean
    }>(sql`
      with over as (
        select g.id, g.person_id, g.handle_id, g.vendor_id, g.purpose, g.revoked_at, g.ends_at from grants g
        where least(g.revoked_at, g.ends_at) between now() - interval '30 days' and now()
          and not exists (select 1 from grant_endings e where e.grant_id = g.id)
          and exists (select 1 from people p where p.id = g.person_id and p.status = 'member')
        order by g.ends_at limit ${MOST_AT_ONCE}),
      kept as (
        insert into grant_endings (id, grant_id, person_id, vendor_id, how, ended_at)
        select gen_random_uuid(), id, person_id, vendor_id, case when ends_at <= coalesce(revoked_at, ends_at) then 'expired' else 'revoked' end, least(revoked_at, ends_at) from over
        on conflict (grant_id) do nothing returning grant_id)
      select over.*, over.revoked_at is null as run_out from over join kept on kept.grant_id = over.id`)
    for (const { id, person_id: personId, handle_id: handleId, vendor_id: vendorId, purpose, run_out } of over)
      if (run_out) await record(tx, job, 'grant.expired', { grantId: id, personId, handleId, vendorId, purpose })
  })
  const unsigned = await transaction(job, (tx) =>
    tx
      .select({ grantId: grantEndings.grantId })
      .from(grantEndings)
      .where(isNull(grantEndings.signed))
      .orderBy(grantEndings.createdAt)
      .limit(MOST_AT_ONCE),
  )
  for (const { grantId } of unsigned) await sign(grantId)
}

/** Follows an ending. May run twice: what is signed is not signed again. */
export async function signEnding({ payload }: Happened): Promise<void> {
  await sign(String((payload as { grantId: string }).grantId))
}

/** Follows an agreement that was ended, and with it what stood under it. */
export async function signEndingsUnder({ payload }: Happened): Promise<void> {
  const under = await transaction(job, (tx) =>
    tx.execute<{ grant_id: string }>(sql`select e.grant_id from grant_endings e join grants g on g.id = e.grant_id
      where g.agreement_id = ${String((payload as { negotiationId: string }).negotiationId)}::uuid and e.signed is null limit ${MOST_AT_ONCE}`),
  )
  for (const { grant_id } of under) await sign(grant_id)
}

async function sign(grantId: string): Promise<void> {
  await transaction(job, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`ending:${grantId}`}, 0))`)
    const found = await endedOf(tx, grantId)
    if (!found || found.signed) return
    const { personId, vendorId } = found
    const signers = [await signerFor(tx, { kind: 'person', personId, vendorId }), await signerFor(tx, { kind: 'portal' })]
    const signed = canonicalJson(await signTogether(endingRecord(found.ended), signers))
    await tx.update(grantEndings).set({ signed }).where(eq(grantEndings.grantId, grantId))
  })
}

/** An ending with its link; null while it has none, or whoever asks may not see it. */
export async function endedOf(
  tx: Tx,
  grantId: string,
): Promise<{ ended: Ended; signed: string | null; personId: string; vendorId: string } | null> {
  const [row] = await tx
    .select({ ending: grantEndings, link: { nth: accessChain.nth, hash: accessChain.hash }, vendorSlug: vendors.slug })
    .from(grantEndings)
    .innerJoin(accessChain, eq(accessChain.rowId, grantEndings.id))
    .innerJoin(vendors, eq(vendors.id, grantEndings.vendorId))
    .where(eq(grantEndings.grantId, grantId))
  if (!row) return null
  const { id, personId, vendorId, how, endedAt, signed } = row.ending
  const person = await pairwiseName(personId, vendorId)
  const ended = { id, grantId, person, vendorSlug: row.vendorSlug, how, endedAt, link: row.link, origin: publicOrigins()[0] ?? '' }
  return { ended, signed, personId, vendorId }
}
