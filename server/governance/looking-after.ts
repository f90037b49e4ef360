import { and, eq, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId, newId } from '~/db/ids'
import { STEWARDED } from '~/db/kinds'
import { integrationFields, integrations, stewards } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can } from '~/server/policy'
import { colleagueCalled, colleaguesOf } from '~/server/relationships'
import { refusedBy } from '~/server/refused-by'
import { servedBy } from '~/server/served-by'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import { vendorServed, type VendorHead } from './facts'
import type { IntegrationInput, StewardInput } from './input'

const MOST_INTEGRATIONS = 100

/** Names who looks after a kind of thing from now on. */
export async function nameSteward(viewer: PersonViewer, vendorSlug: string, { object, owner }: StewardInput): Promise<void> {
  const vendor = await vendorServed(viewer, vendorSlug)
  authorize(viewer, 'field.define', vendor)
  await countAgainst('write-down', viewer.personId)
  const { vendorId } = vendor
  await transaction(viewer, async (tx) => {
    const personId = await colleagueCalled(tx, vendorId, owner)
    const named = await tx
      .insert(stewards)
      .values({ id: newId(), vendorId, object, personId, since: now() })
      .onConflictDoUpdate({
        target: [stewards.vendorId, stewards.object],
        set: { personId, since: now() },
        setWhere: sql`${stewards.personId} <> ${personId}`,
      })
      .returning({ id: stewards.id })
    if (named.length > 0) await record(tx, viewer, 'steward.named', { vendorId, objectKind: object })
  })
}

type Listed = {
  id: string
  name: string
  owner: string | null
  direction: 'in' | 'out' | 'both'
  failureModes: string
  lastOkAt: string | null
  fields: { name: string; isTrue: boolean }[]
}
export type IntegrationShown = Omit<Listed, 'owner' | 'lastOkAt'> & { owner: HandleInfo | null; lastOkAt: Date | null }

/** /vendors/:slug/register: who looks after what, and which systems the record is filled from or fills. */
export async function registerPage(viewer: PersonViewer, vendorSlug: string) {
  const vendor = await vendorServed(viewer, vendorSlug)
  const { vendorId } = vendor
  const [held, listed, colleagues] = await transaction(viewer, (tx) =>
    Promise.all([
      tx.execute<{ object: (typeof STEWARDED)[number]; by: string | null; since: string }>(sql`select s.object, s.since,
        (select h.id from handles h join vendor_staff t on t.person_id = h.person_id and t.vendor_id = s.vendor_id and t.ended_at is null
          where h.person_id = s.person_id order by h.created_at limit 1) as by from stewards s
        where ${servedBy(viewer, sql`s.vendor_id`)} and s.vendor_id = ${vendorId}`),
      tx.execute<Listed>(sql`select i.id, i.name, i.direction, i.failure_modes as "failureModes", i.last_ok_at as "lastOkAt",
          (select h.id from handles h where h.person_id = i.owner_id order by h.created_at limit 1) as owner,
          (select coalesce(json_agg(json_build_object('name', f.name, 'isTrue', x.is_true) order by f.name), '[]') from integration_fields x
            join vendor_fields f on f.id = x.field_id and f.retired_at is null where x.integration_id = i.id) as fields
        from integrations i where ${servedBy(viewer, sql`i.vendor_id`)} and i.vendor_id = ${vendorId} and i.ended_at is null order by lower(i.name) limit ${MOST_INTEGRATIONS}`),
      colleaguesOf(tx, vendorId),
    ]),
  )
  const names = await handlesShown([...held.map(({ by }) => by), ...listed.map(({ owner }) => owner)], { vendorId })
  const named = (id: string | null | undefined) => (id ? (names.get(id) ?? null) : null)
  return {
    vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
    stewards: STEWARDED.map((object) => {
      const found = held.find((one) => one.object === object)
      return { object, by: named(found?.by), since: found?.by ? new Date(found.since) : null }
    }),
    integrations: listed.map(({ owner, lastOkAt, ...one }): IntegrationShown => ({
      ...one,
      owner: named(owner),
      lastOkAt: lastOkAt ? new Date(lastOkAt) : null,
    })),
    colleagues,
    me: viewer.handle,
    may: { define: can(viewer, 'field.define', vendor) },
  }
}

/** The form of a system, new or as it stands. */
export async function integrationForm(viewer: PersonViewer, vendorSlug: string, id: string | null) {
  const vendor = await vendorServed(viewer, vendorSlug)
  const { vendorId } = vendor
  const [colleagues, fields, stands] = await transaction(viewer, async (tx) => [
    await colleaguesOf(tx, vendorId),
    await tx.execute<{ id: string; name: string; object: 'account' | 'relationship' }>(
      sql`select f.id, f.name, f.object from vendor_fields f where ${servedBy(viewer, sql`f.vendor_id`)} and f.vendor_id = ${vendorId} and f.retired_at is null order by f.object, f.name limit 120`,
    ),
    id === null ? null : await asItStands(tx, vendor, id),
  ])
  return { vendor: { slug: vendor.vendorSlug, name: vendor.vendorName }, colleagues, fields, stands, me: viewer.handle }
}

async function asItStands(tx: Tx, { vendorId }: VendorHead, id: string) {
  await integrationAt(tx, vendorId, id)
  const [found] = await tx.execute<{
    id: string
    name: string
    owner: string | null
    direction: string
    failureModes: string
    fields: { id: string; isTrue: boolean }[]
  }>(sql`select i.id, i.name, i.direction, i.failure_modes as "failureModes",
      (select h.handle from handles h where h.person_id = i.owner_id order by h.created_at limit 1) as owner,
      (select coalesce(json_agg(json_build_object('id', x.field_id, 'isTrue', x.is_true)), '[]') from integration_fields x where x.integration_id = i.id) as fields
    from integrations i where i.id = ${id}::uuid`)
  if (!found) throw new NotFound()
  return found
}

/** Writes a system into the register, or changes what stands there. */
export async function keepIntegration(
  viewer: PersonViewer,
  vendorSlug: string,
  id: string | null,
  input: IntegrationInput,
): Promise<string> {
  const vendor = await vendorServed(viewer, vendorSlug)
  authorize(viewer, 'field.define', vendor)
  await countAgainst('write-down', viewer.personId)
  const { vendorId } = vendor
  const [writes, trueFor] = [[...new Set(input.fields)], [...new Set(input.trueFor)]]
  if (trueFor.some((one) => !writes.includes(one))) throw new Invalid({ trueFor: 'register.writesFirst' })
  try {
    return await transaction(viewer, async (tx) => {
      const ownerId = await colleagueCalled(tx, vendorId, input.owner)
      const { name, direction, failureModes } = input
      const integrationId = id === null ? newId() : await integrationAt(tx, vendorId, id)
      if (id === null) {
        const [{ count } = { count: 0 }] = await tx.execute<{ count: number }>(
          sql`select count(*)::int as count from integrations where vendor_id = ${vendorId}`,
        )
        if (count >= MOST_INTEGRATIONS) throw new Conflict('register.tooMany')
        await tx
          .insert(integrations)
          .values({ id: integrationId, vendorId, name, ownerId, direction, failureModes, createdBy: viewer.personId })
      } else await tx.update(integrations).set({ name, ownerId, direction, failureModes }).where(eq(integrations.id, integrationId))
      await writesThese(tx, vendorId, integrationId, writes, trueFor)
      await record(tx, viewer, 'integration.kept', { vendorId, integrationId })
      return integrationId
    })
  } catch (error) {
    const refused = refusedBy(error)
    if (refused === 'integrations_once') throw new Invalid({ name: 'register.nameTaken' })
    if (refused === 'integration_fields_one_true_side') throw new Invalid({ trueFor: 'register.oneTrueSide' })
    throw error
  }
}

async function writesThese(tx: Tx, vendorId: string, integrationId: string, writes: string[], trueFor: string[]): Promise<void> {
  const known = await tx.execute<{ id: string }>(
    sql`select f.id from vendor_fields f where f.vendor_id = ${vendorId} and f.retired_at is null`,
  )
  const ids = new Set(known.map((one) => one.id))
  if (writes.some((one) => !ids.has(one))) throw new Invalid({ fields: 'notChoice' })
  await tx.delete(integrationFields).where(eq(integrationFields.integrationId, integrationId))
  if (writes.length > 0)
    await tx
      .insert(integrationFields)
      .values(writes.map((fieldId) => ({ vendorId, integrationId, fieldId, isTrue: trueFor.includes(fieldId) })))
}

/** It worked just now. */
export async function sayItWorks(viewer: PersonViewer, vendorSlug: string, id: string): Promise<void> {
  await onIntegration(viewer, vendorSlug, id, 'integration.worked', { lastOkAt: now() })
}

/** It fills nothing any more, and stands in the way of no true side. That it did stays among the changes. */
export async function endIntegration(viewer: PersonViewer, vendorSlug: string, id: string): Promise<void> {
  await onIntegration(viewer, vendorSlug, id, 'integration.ended', { endedAt: now() })
}

async function onIntegration(
  viewer: PersonViewer,
  vendorSlug: string,
  id: string,
  how: 'integration.worked' | 'integration.ended',
  set: { lastOkAt: Date } | { endedAt: Date },
): Promise<void> {
  const vendor = await vendorServed(viewer, vendorSlug)
  authorize(viewer, 'field.define', vendor)
  await countAgainst('write-down', viewer.personId)
  const { vendorId } = vendor
  await transaction(viewer, async (tx) => {
    const integrationId = await integrationAt(tx, vendorId, id)
    await tx.update(integrations).set(set).where(eq(integrations.id, integrationId))
    if ('endedAt' in set) await tx.delete(integrationFields).where(eq(integrationFields.integrationId, integrationId))
    await record(tx, viewer, how, { vendorId, integrationId })
  })
}

async function integrationAt(tx: Tx, vendorId: string, id: string): Promise<string> {
  if (!isId(id)) throw new NotFound()
  const [found] = await tx
    .select({ id: integrations.id })
    .from(integrations)
    .where(and(eq(integrations.id, id), eq(integrations.vendorId, vendorId), isNull(integrations.endedAt)))
  if (!found) throw new NotFound()
  return found.id
}
