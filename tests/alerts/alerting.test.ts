import { and, asc, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { alerts, alertRules, interactions, relationships } from '~/db/schema'
import { alertOwner, chooseAlerts, myAlerts } from '~/server/alerts'
import { AlertsInput } from '~/server/alerts/input'
import type { Happened } from '~/server/events'
import { giveGrant, keepAttribute, keepRefusal, readGranted } from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

async function aGrant(...keys: string[]) {
  const vendor = await aVendor()
  const [amina, dara] = [await aMember(), await aStaffMember(vendor)]
  for (const key of keys) await keepAttribute(amina, key, { value: key === 'e-mail' ? 'amina@lindenhof.example' : 'Office lead' })
  await giveGrant(amina, { vendor: vendor.slug, attributes: keys, purpose: 'answer', until: in30Days })
  await owner
    .insert(relationships)
    .values({ id: newId(), vendorId: vendor.id, handleId: amina.handleId, since: new Date(), lastAt: new Date() })
  return { vendor, amina, dara, read: () => readGranted(dara, amina.personId, vendor.id, 'answer') }
}

/** As the outbox would hand them out, every one twice. */
async function follow({ personId }: PersonViewer) {
  const events = await owner
    .select()
    .from(interactions)
    .where(and(sql`kind in ('vault.read', 'vault.read-often', 'vault.refused')`, sql`payload->>'personId' = ${personId}`))
    .orderBy(asc(interactions.occurredAt), asc(interactions.id))
  for (const event of [...events, ...events]) await alertOwner(event as unknown as Happened)
}
const told = async ({ personId }: PersonViewer) =>
  (
    await owner
      .select()
      .from(interactions)
      .where(and(eq(interactions.kind, 'reading.alerted'), sql`payload->>'personId' = ${personId}`))
      .orderBy(asc(interactions.occurredAt))
  ).map(({ payload }) => (payload as { reasonKind: string }).reasonKind)
const choose = (viewer: PersonViewer, of: string[], most = '') => chooseAlerts(viewer, AlertsInput.parse({ of, most }))

test('who has chosen nothing hears of a vendor’s first reading, once a day', async () => {
  const { amina, read } = await aGrant('role', 'e-mail')
  await read()
  await read()
  await follow(amina)
  expect(await told(amina)).toEqual(['first'])
})

test('a sensitive field is told of, an ordinary one is not, once the vendor is known', async () => {
  const known = await aGrant('role')
  await known.read()
  await follow(known.amina)
  await keepAttribute(known.amina, 'industry', { value: 'Health' })
  await giveGrant(known.amina, { vendor: known.vendor.slug, attributes: ['industry'], purpose: 'answer', until: in30Days })
  const since = await owner
    .select({ id: interactions.id })
    .from(interactions)
    .where(sql`payload->>'personId' = ${known.amina.personId}`)
  await owner.delete(alerts).where(eq(alerts.personId, known.amina.personId))
  await known.read()
  await followNew(known.amina, since)
  expect(await told(known.amina)).toEqual(['first'])
  await keepAttribute(known.amina, 'e-mail', { value: 'amina@lindenhof.example' })
  await giveGrant(known.amina, { vendor: known.vendor.slug, attributes: ['e-mail'], purpose: 'answer', until: in30Days })
  await known.read()
  await followNew(known.amina, since)
  expect(await told(known.amina)).toEqual(['first', 'sensitive'])
})

async function followNew({ personId }: PersonViewer, before: { id: string }[]) {
  const events = await owner
    .select()
    .from(interactions)
    .where(and(eq(interactions.kind, 'vault.read'), sql`payload->>'personId' = ${personId}`))
  for (const event of events.filter(({ id }) => !before.some((old) => old.id === id))) await alertOwner(event as unknown as Happened)
}

test('the reading that goes over the number of a day is told of, and no other; repeats within an hour count', async () => {
  const { amina, read } = await aGrant('role', 'industry')
  await choose(amina, [], '5')
  for (let times = 0; times < 2; times += 1) await read()
  await follow(amina)
  expect(await told(amina)).toEqual([])
  for (let times = 0; times < 4; times += 1) await read()
  await follow(amina)
  expect(await told(amina)).toEqual(['often'])
  const events = await owner
    .select()
    .from(interactions)
    .where(and(eq(interactions.kind, 'vault.read-often'), sql`payload->>'personId' = ${amina.personId}`))
  expect(events).toHaveLength(1)
})

test('a refused reading is told of; whoever wants to hear of nothing hears of nothing', async () => {
  const { amina, dara, vendor, read } = await aGrant('role')
  const refuse = () => keepRefusal(dara, { personId: amina.personId, handleId: amina.handleId, vendorId: vendor.id }, 'offer')
  await choose(amina, [])
  await read()
  await refuse()
  await follow(amina)
  expect(await told(amina)).toEqual([])
  await choose(amina, ['refused'])
  await follow(amina)
  expect(await told(amina)).toEqual(['refused'])
  expect(await myAlerts(amina)).toMatchObject({ first: false, sensitive: false, refused: true, mostADay: null })
})

test('the number has bounds, and the rules are nobody else’s', async () => {
  for (const most of ['0', '1001', '2.5', 'many', '-3', '1e2x']) expect(AlertsInput.safeParse({ of: [], most }).success, most).toBe(false)
  expect(AlertsInput.safeParse({ of: ['first', 'everything'] }).success).toBe(false)
  const { amina, dara } = await aGrant('role')
  await choose(amina, ['first'], '7')
  expect(await transaction(dara, (tx) => tx.select().from(alertRules).where(eq(alertRules.personId, amina.personId)))).toEqual([])
  await expect(
    transaction(dara, (tx) =>
      tx
        .insert(alertRules)
        .values({ personId: amina.personId })
        .onConflictDoUpdate({ target: alertRules.personId, set: { first: false } }),
    ),
  ).rejects.toThrow()
  await expect(transaction(amina, (tx) => tx.delete(alerts))).rejects.toThrow()
})

test('by plain SQL nobody learns what another vendor has read of somebody', async () => {
  const { vendor, amina, dara, read } = await aGrant('role')
  await read()
  const stranger = await aStaffMember(await aVendor())
  const asked = (viewer: PersonViewer) =>
    transaction(viewer, (tx) => tx.execute(sql`select * from readings_watched(array[${amina.personId}::uuid], ${vendor.id}::uuid)`))
  expect(await asked(dara)).toHaveLength(1)
  expect(await asked(stranger)).toEqual([])
})
