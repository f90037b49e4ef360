import { createHash } from 'node:crypto'
import { and, desc, eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { consentEvents, grants, receiptCopies, vendors } from '~/db/schema'
import { canonicalJson } from '~/server/platform/canonical-json'
import { now } from '~/server/platform/clock'
import { publicOrigins } from '~/server/platform/env'
import type { Happened } from '~/server/events'
import { signTogether } from '~/server/platform/signatures'
import { pairwiseName, signerFor } from '~/server/platform/signing-keys'
import { fieldsInOrder } from '~/server/vault'
import { systemViewer } from '~/server/viewer'
import { consentReceipt, type Consented, type ConsentEvent } from './record'

const job = systemViewer('receipts')
const MOST_AT_ONCE = 500

/** Follows a grant that was given or revoked. Runs as often as it likes: a receipt that says nothing new is not written again. */
export async function keepReceipt({ payload }: Happened): Promise<void> {
  await writeReceipt(String((payload as { grantId: string }).grantId))
}

/** Follows an agreement that was ended: what stood under it was withdrawn with it. */
export async function keepReceiptsUnder({ payload }: Happened): Promise<void> {
  const under = await transaction(job, (tx) =>
    tx
      .select({ id: grants.id })
      .from(grants)
      .where(eq(grants.agreementId, String((payload as { negotiationId: string }).negotiationId)))
      .limit(MOST_AT_ONCE),
  )
  for (const { id } of under) await writeReceipt(id)
}

/** By the clock: a grant whose last day is over says so in its receipt. */
export async function expireReceipts(): Promise<void> {
  const over = await transaction(job, (tx) =>
    tx.execute<{ id: string }>(sql`
      select g.id from grants g where g.revoked_at is null and g.ends_at <= ${now().toISOString()}::timestamptz and g.ends_at > ${now().toISOString()}::timestamptz - interval '30 days'
        and not exists (select 1 from consent_events e where e.grant_id = g.id and e.state = 'ConsentExpired')
      order by g.ends_at limit ${MOST_AT_ONCE}`),
  )
  for (const { id } of over) await writeReceipt(id)
}

/** Fields that were asked for along with those of a grant, and not given. */
export async function noteRefused(tx: Tx, grantId: string, keys: string[], at: Date): Promise<void> {
  if (keys.length > 0)
    await tx.insert(consentEvents).values({ grantId, state: 'ConsentRefused', keys, by: 'person', at }).onConflictDoNothing()
}

async function writeReceipt(grantId: string): Promise<void> {
  await transaction(job, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`receipt:${grantId}`}, 0))`)
    const found = await consentOf(tx, grantId)
    if (!found) return
    const happened = statesOf(found.grant)
    if (happened.length > 0)
      await tx
        .insert(consentEvents)
        .values(happened.map((event) => ({ grantId, ...event })))
        .onConflictDoNothing()
    const events = await eventsOf(tx, grantId)
    const [last] = await tx
      .select({ version: receiptCopies.version })
      .from(receiptCopies)
      .where(eq(receiptCopies.grantId, grantId))
      .orderBy(desc(receiptCopies.version))
      .limit(1)
    // Each version adds at least one state.
    if (events.length === 0 || last?.version === events.length) return
    const { personId, vendorId } = found.grant
    const receipt = consentReceipt(found.consented, events, events.length)
    const signers = [await signerFor(tx, { kind: 'person', personId, vendorId }), await signerFor(tx, { kind: 'vendor', vendorId })]
    const file = canonicalJson(await signTogether(receipt, signers))
    const copy = { grantId, version: events.length, file, sha256: createHash('sha256').update(file).digest('hex') }
    await tx.insert(receiptCopies).values([
      { ...copy, side: 'person' },
      { ...copy, side: 'vendor' },
    ])
  })
}

type Grant = typeof grants.$inferSelect

function statesOf(grant: Grant): ConsentEvent[] {
  const given: ConsentEvent = { state: 'ConsentGiven', keys: null, by: 'person', at: grant.createdAt, validUntil: grant.endsAt }
  if (grant.revokedAt) return [given, { state: 'ConsentWithdrawn', keys: null, by: 'person', at: grant.revokedAt, validUntil: null }]
  if (grant.endsAt <= now()) return [given, { state: 'ConsentExpired', keys: null, by: 'portal', at: grant.endsAt, validUntil: null }]
  return [given]
}

export async function eventsOf(tx: Tx, grantId: string): Promise<ConsentEvent[]> {
  return tx
    .select({
      state: consentEvents.state,
      keys: consentEvents.keys,
      by: consentEvents.by,
      at: consentEvents.at,
      validUntil: consentEvents.validUntil,
    })
    .from(consentEvents)
    .where(eq(consentEvents.grantId, grantId))
    .orderBy(consentEvents.at, sql`${consentEvents.state} <> 'ConsentGiven'`, consentEvents.state)
}

/** Everything that a receipt says of a grant. */
export async function consentOf(tx: Tx, grantId: string): Promise<{ grant: Grant; consented: Consented } | null> {
  const [row] = await tx
    .select({
      grant: grants,
      vendor: { slug: vendors.slug, name: vendors.name, website: vendors.website },
      keys: sql<string>`(select coalesce(string_agg(a.key, ','), '') from grant_attributes a where a.grant_id = ${grants.id})`,
      policy: sql<{
        version: number
        at: string
      } | null>`(select json_build_object('version', p.version, 'at', p.published_at) from vendor_policies p
        where p.vendor_id = ${grants.vendorId} and p.published_at <= ${grants.createdAt} order by p.version desc limit 1)`,
    })
    .from(grants)
    .innerJoin(vendors, eq(vendors.id, grants.vendorId))
    .where(and(eq(grants.id, grantId)))
  if (!row) return null
  const { grant, vendor, policy } = row
  const keys = row.keys.split(',')
  return {
    grant,
    consented: {
      grantId,
      person: await pairwiseName(grant.personId, grant.vendorId),
      vendor: { ...vendor, since: policy ? new Date(policy.at) : null, version: policy?.version ?? 0 },
      agreementId: grant.agreementId,
      terms: grant.terms,
      purpose: grant.purpose,
      keys: fieldsInOrder(keys),
      startsAt: grant.startsAt,
      endsAt: grant.endsAt,
      origin: publicOrigins()[0] ?? '',
    },
  }
}
