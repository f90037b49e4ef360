import { desc, inArray, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { grants, passedOn } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { authorize } from '~/server/policy'
import { LIVE } from '~/server/vault'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import { ownRecord, staffRecord, type Head } from './facts'
import type { PassOnInput } from './input'
import { recordHead } from './reading'
import { nameOf } from './parts'

export type PassedOn = { id: string; key: string; thirdParty: string; country: string; why: string; at: Date; by: HandleInfo | null }

/** Fields that the terms let the vendor pass on now: of live grants, under an agreement that says so, of somebody who does not object. */
async function mayPassOn(tx: Tx, it: Head): Promise<{ grantId: string; key: string }[]> {
  if (!it.personId) return []
  const rows = await tx.execute<{ grant_id: string; key: string }>(sql`
    select g.id as grant_id, a.key from grants g join grant_attributes a on a.grant_id = g.id
    where g.person_id = ${it.personId}::uuid and g.vendor_id = ${it.vendorId}::uuid and g.terms in ('SD-BASE-ATP-S3P', 'SD-BASE-ATP-S3P-DP')
      and ${LIVE}
      and not exists (select 1 from standing_objections o where o.person_id = g.person_id and o.objects)
    order by a.key, g.ends_at desc limit 200`)
  return rows
    .map(({ grant_id: grantId, key }) => ({ grantId, key }))
    .filter((row, at, all) => all.findIndex(({ key }) => key === row.key) === at)
}

export async function passOnPage(viewer: PersonViewer, relationshipId: string) {
  const { fields, passed } = await transaction(viewer, async (tx) => {
    const it = await staffRecord(tx, viewer, relationshipId)
    return { fields: await mayPassOn(tx, it), passed: await passedOnIn(tx, it) }
  })
  return { ...(await recordHead(viewer, relationshipId)), fields: fields.map(({ key }) => key), passed }
}

/** Staff write down that a granted field went to somebody else. Refused where the terms do not allow it; the database refuses it, too. */
export async function passOn(viewer: PersonViewer, relationshipId: string, input: PassOnInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => {
    const it = await staffRecord(tx, viewer, relationshipId)
    authorize(viewer, 'relationship.note', it)
    const fields = await mayPassOn(tx, it)
    if (fields.length === 0) throw new Conflict('relationship.mayNotPassOn')
    const field = fields.find(({ key }) => key === input.field)
    if (!field || !isId(field.grantId)) throw new Invalid({ field: 'notChoice' })
    const passedId = newId()
    const { thirdParty, country, why } = input
    const by = { recordedBy: viewer.personId, recorderHandleId: viewer.handleId }
    await tx.insert(passedOn).values({ id: passedId, vendorId: it.vendorId, ...field, thirdParty, country, why, ...by })
    const ids = { relationshipId: it.relationshipId, vendorId: it.vendorId, handleId: it.handleId }
    await record(tx, viewer, 'field.passed-on', { ...ids, passedId })
  })
}

/** To whom one’s fields went from a vendor, newest first. */
export async function passedOnBy(viewer: PersonViewer, vendorSlug: string): Promise<PassedOn[]> {
  return transaction(viewer, async (tx) => passedOnIn(tx, await ownRecord(tx, viewer, vendorSlug)))
}

async function passedOnIn(tx: Tx, it: Head): Promise<PassedOn[]> {
  if (!it.personId) return []
  const rows = await tx
    .select()
    .from(passedOn)
    .where(
      inArray(
        passedOn.grantId,
        tx
          .select({ id: grants.id })
          .from(grants)
          .where(sql`${grants.personId} = ${it.personId}::uuid and ${grants.vendorId} = ${it.vendorId}::uuid`),
      ),
    )
    .orderBy(desc(passedOn.createdAt))
    .limit(100)
  const names = await handlesShown(
    rows.map(({ recorderHandleId }) => recorderHandleId),
    { vendorId: it.vendorId },
  )
  return rows.map(({ id, key, thirdParty, country, why, createdAt, recorderHandleId }) => ({
    ...{ id, key, thirdParty, country, why },
    at: createdAt,
    by: nameOf(names, recorderHandleId),
  }))
}
