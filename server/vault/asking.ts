import { and, eq, inArray, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { grantRequestFields, grantRequests } from '~/db/schema'
import { objects } from '~/server/agreements'
import { Conflict, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { authorize } from '~/server/policy'
import { withinBudget } from '~/server/reaching'
import type { PersonViewer } from '~/server/viewer'
import { ATTRIBUTE_KEYS, attribute, isAttributeKey, type AttributeKey } from './catalogue'
import type { AskInput } from './input'

type Asked = { personId: string; handleId: string; vendorId: string }

/**
 * The vendor’s staff ask one person for named fields, for one purpose, in one sentence. One question stands at a time; what was put
 * off or refused is not asked again before its time, and what the person will never be asked for is not asked at all.
 */
export async function askForFields(viewer: PersonViewer, it: Asked, input: AskInput): Promise<string> {
  await countAgainst('write-down', viewer.personId)
  authorize(viewer, 'grant.ask', it)
  const keys = ATTRIBUTE_KEYS.filter((key) => input.fields.includes(key))
  if (keys.length === 0) throw new Invalid({ fields: 'vault.chooseFields' })
  if (input.purpose !== 'relationship' && keys.some((key) => attribute(key).identifies))
    throw new Invalid({ fields: 'vault.asking.identifies' })
  return withinBudget(() =>
    transaction(viewer, async (tx) => {
      if (input.purpose === 'offer' && (await objects(tx, it.personId))) throw new Invalid({ purpose: 'vault.asking.objects' })
      const askable = await askableOf(tx, it, input.purpose)
      if (keys.some((key) => !askable.includes(key))) throw new Invalid({ fields: 'vault.asking.notNow' })
      const id = newId()
      const made = await tx
        .insert(grantRequests)
        .values({ id, ...it, purpose: input.purpose, why: input.why, askedBy: viewer.personId, askerHandleId: viewer.handleId })
        .onConflictDoNothing()
        .returning({ id: grantRequests.id })
      if (made.length === 0) throw new Conflict('vault.asking.stands')
      await tx.insert(grantRequestFields).values(keys.map((key) => ({ requestId: id, key })))
      await record(tx, viewer, 'grant.asked', {
        requestId: id,
        ...it,
        purpose: input.purpose,
        consentKind: 'ConsentRequested',
        attributes: keys.length,
      })
      return id
    }),
  )
}

/** What may be asked of somebody now: neither granted for that purpose already, nor refused of late, nor never to be asked for. */
export async function askableOf(tx: Tx, it: Asked, purpose: string): Promise<AttributeKey[]> {
  const [row] = await tx.execute<{ keys: string | null }>(sql`
    select string_agg(key, ',') as keys from fields_to_ask(${it.personId}::uuid, ${it.vendorId}::uuid, ${purpose}, ${`{${ATTRIBUTE_KEYS.join(',')}}`}::text[]) key`)
  return (row?.keys ?? '').split(',').filter(isAttributeKey)
}

/** What the vendor asked one person for, as its staff see it: what was refused they learn as little as what was never kept. */
export async function asksTo(viewer: PersonViewer, it: Pick<Asked, 'personId' | 'vendorId'>) {
  return transaction(viewer, async (tx) => {
    const [standing] = await tx
      .select({
        id: grantRequests.id,
        purpose: grantRequests.purpose,
        why: grantRequests.why,
        at: grantRequests.createdAt,
        state: grantRequests.state,
      })
      .from(grantRequests)
      .where(
        and(
          eq(grantRequests.personId, it.personId),
          eq(grantRequests.vendorId, it.vendorId),
          inArray(grantRequests.state, ['asked', 'deferred']),
        ),
      )
      .limit(1)
    return standing ? { ...standing, state: standing.state as 'asked' | 'deferred' } : null
  })
}
