import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { accessRecords, accessRefusals, deletionTasks, grantEndings, grants, interactions, people, relationships } from '~/db/schema'
import { Forbidden, NotFound } from '~/server/errors'
import { checkInPublic, checkSigned } from '~/server/receipts'
import { findPublishedKey } from '~/server/platform/signing-keys'
import { staffRecordPage } from '~/server/relationships'
import {
  deletionPage,
  deletionsOn,
  deletionsOwed,
  endGrants,
  endingFile,
  endingOf,
  recordDeletion,
  signEnding,
  sinceFile,
} from '~/server/revocations'
import { accessProofs, giveGrant, keepAttribute, keepRefusal, readGranted, revokeGrant } from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'
import { waitingHere } from '../support/waiting'

const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const endSigned = async (grantId: string) => signEnding({ payload: { grantId } } as never)
const happened = async (viewer: PersonViewer, kind: string) =>
  owner
    .select()
    .from(interactions)
    .where(and(eq(interactions.kind, kind), sql`payload->>'personId' = ${viewer.personId}`))

async function aGrant() {
  const vendor = await aVendor()
  const [amina, chen, dara] = [await aMember(), await aMember('Chen'), await aStaffMember(vendor)]
  for (const key of ['role', 'industry']) await keepAttribute(amina, key, { value: 'Office lead' })
  const grantId = await giveGrant(amina, { vendor: vendor.slug, attributes: ['role', 'industry'], purpose: 'answer', until: in30Days })
  const [record] = await owner
    .insert(relationships)
    .values({ id: newId(), vendorId: vendor.id, handleId: amina.handleId, since: new Date(), lastAt: new Date() })
    .returning()
  return { vendor, amina, chen, dara, grantId, recordId: record?.id ?? '' }
}

test('a revocation is linked, signed by the person and the portal, and holds wherever it is checked', async () => {
  const { amina, chen, dara, vendor, grantId } = await aGrant()
  await readGranted(dara, amina.personId, vendor.id, 'answer')
  expect(await endingOf(amina, grantId)).toBeNull()
  await revokeGrant(amina, grantId)
  await revokeGrant(amina, grantId)
  expect(await endingOf(amina, grantId)).toMatchObject({ how: 'revoked', signed: false, reads: 0, refusals: 0, firstRefused: null })
  await endSigned(grantId)
  await endSigned(grantId)
  const file = await endingFile(amina, grantId)
  const checked = await checkSigned(file, findPublishedKey)
  expect(checked).toMatchObject({ holds: true, kind: 'dpv:ConsentWithdrawn', states: [{ state: 'dpv:ConsentWithdrawn' }] })
  const inPublic = await checkInPublic(file, '192.0.2.7')
  expect(inPublic.holds && inPublic.signed.map(({ holder }) => holder).sort()).toEqual(['person', 'portal'])
  const { payload } = JSON.parse(file) as { payload: string }
  const said = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    'parley:link': { 'parley:nth': number; 'parley:hash': string }
  }
  const changed = { ...said, 'dct:identifier': newId() }
  const forged = JSON.stringify({ ...(JSON.parse(file) as object), payload: Buffer.from(JSON.stringify(changed)).toString('base64url') })
  expect((await checkSigned(forged, findPublishedKey)).holds).toBe(false)

  const ending = await endingOf(amina, grantId)
  const [proof] = await accessProofs(amina, [ending?.id ?? ''])
  expect(proof).toMatchObject({ nth: said['parley:link']['parley:nth'], hash: said['parley:link']['parley:hash'] })
  expect(JSON.parse(proof?.content ?? '')).toMatchObject({ grant: grantId, how: 'revoked' })
  for (const other of [chen, dara]) {
    await expect(endingFile(other, grantId)).rejects.toThrow(NotFound)
    await expect(sinceFile(other, grantId)).rejects.toThrow(NotFound)
    await expect(endingOf(other, grantId).then((it) => it ?? Promise.reject(new NotFound()))).rejects.toThrow(NotFound)
  }
  for (const hostile of ['x', newId(), "' or 1=1"]) await expect(endingFile(amina, hostile)).rejects.toThrow(NotFound)
  expect(await happened(amina, 'grant.revoked')).toHaveLength(1)
})

test('whoever opens the record first after the end is refused, and it is kept against that grant; the statement counts 0 readings since', async () => {
  const { amina, dara, vendor, grantId, recordId } = await aGrant()
  const open = async () => (await staffRecordPage(dara, recordId, { before: null, purpose: null })).theirs
  expect((await open()).values.map(({ key }) => key)).toEqual(['role', 'industry'])
  await revokeGrant(amina, grantId)
  await endSigned(grantId)
  expect(await open()).toMatchObject({ values: [], dark: ['role', 'industry'] })
  await open()
  expect(await owner.select().from(accessRefusals).where(eq(accessRefusals.grantId, grantId))).toMatchObject([
    { asks: 1, purpose: 'answer' },
  ])
  await staffRecordPage(dara, recordId, { before: null, purpose: 'answer' })
  const ending = await endingOf(amina, grantId)
  expect(ending).toMatchObject({ reads: 0, refusals: 2, firstRefused: { by: { handle: dara.handle } } })
  expect(JSON.parse((await accessProofs(amina, [ending?.firstRefused?.id ?? '']))[0]?.content ?? '')).toMatchObject({ grant: grantId })

  const statement = await checkInPublic(await sinceFile(amina, grantId), '192.0.2.8')
  expect(statement).toMatchObject({ holds: true, kind: 'parley:ReadsSince', identifier: grantId, counted: { reads: 0, refusals: 2 } })
  expect(statement.holds && statement.signed).toMatchObject([{ holder: 'portal' }])
  // A refusal for another purpose names no grant of this one.
  await keepRefusal(dara, { personId: amina.personId, handleId: amina.handleId, vendorId: vendor.id }, 'offer')
  expect((await endingOf(amina, grantId))?.refusals).toBe(2)
})

test('whoever ends a grant waits for a reading that holds it, and none comes after: in the database, too', async () => {
  const { amina, dara, vendor, grantId } = await aGrant()
  await readGranted(dara, amina.personId, vendor.id, 'answer')
  let revoking: Promise<void> = Promise.resolve()
  await transaction(
    dara,
    async (tx) => {
      await tx.execute(
        sql`update access_records set reads = reads + 1, last_read_at = date_trunc('milliseconds', now()) where grant_id = ${grantId}::uuid`,
      )
      revoking = revokeGrant(amina, grantId)
      await expect.poll(() => waitingHere(owner)).toBeGreaterThan(0)
    },
    ['answer'],
  )
  await revoking
  expect((await endingOf(amina, grantId))?.reads).toBe(0)
  const again = await transaction(
    dara,
    (tx) =>
      tx.execute(sql`update access_records set reads = reads + 1, last_read_at = now() where grant_id = ${grantId}::uuid returning id`),
    ['answer'],
  )
  expect(again).toHaveLength(0)
  const backdated = transaction(dara, (tx) =>
    tx
      .insert(accessRecords)
      .values({
        id: newId(),
        personId: amina.personId,
        vendorId: vendor.id,
        grantId,
        key: 'role',
        purpose: 'answer',
        readBy: dara.personId,
        readerHandleId: dara.handleId,
        hour: new Date(0),
        lastReadAt: new Date(0),
      })
      .returning(),
  )
  expect(await backdated).toHaveLength(0)
})

test('what runs out is ended by the clock as what is revoked, once', async () => {
  const { amina, grantId } = await aGrant()
  await owner
    .update(grants)
    .set({ startsAt: sql`now() - interval '3 days'`, endsAt: sql`now() - interval '1 hour'` })
    .where(eq(grants.id, grantId))
  await endGrants()
  await endGrants()
  expect(await endingOf(amina, grantId)).toMatchObject({ how: 'expired', signed: true, reads: 0, deletion: { state: 'asked' } })
  expect(await happened(amina, 'grant.expired')).toHaveLength(1)
  await revokeGrant(amina, grantId)
  expect(await endingOf(amina, grantId)).toMatchObject({ how: 'expired' })
})

test('of whoever was erased nothing is ended or signed any more', async () => {
  const { amina, grantId } = await aGrant()
  await owner
    .update(grants)
    .set({ startsAt: sql`now() - interval '3 days'`, endsAt: sql`now() - interval '1 hour'` })
    .where(eq(grants.id, grantId))
  await owner.update(people).set({ status: 'erased' }).where(eq(people.id, amina.personId))
  await endGrants()
  expect(await owner.select().from(grantEndings).where(eq(grantEndings.grantId, grantId))).toEqual([])
})

test('an ending asks the vendor to delete; only its staff say that it is done, once, and the person reads it', async () => {
  const { amina, chen, dara, vendor, grantId, recordId } = await aGrant()
  await revokeGrant(amina, grantId)
  expect((await endingOf(amina, grantId))?.deletion).toMatchObject({ state: 'asked', keys: ['role', 'industry'] })
  expect((await deletionsOwed(dara, vendor.slug, null)).deletions).toMatchObject([
    { grantId, relationshipId: recordId, member: { handle: amina.handle } },
  ])
  expect(await deletionsOn(dara, recordId)).toMatchObject([{ grantId, state: 'asked' }])
  const days = await owner.execute<{ days: number }>(
    sql`select extract(day from due_at - asked_at)::int as days from deletion_tasks where grant_id = ${grantId}::uuid`,
  )
  expect(days[0]?.days).toBe(30)

  const stranger = await aStaffMember(await aVendor())
  for (const other of [chen, stranger, amina]) {
    await expect(recordDeletion(other, grantId, { words: 'Gone.' })).rejects.toThrow(NotFound)
    await expect(deletionsOwed(other, vendor.slug, null)).rejects.toThrow(Forbidden)
    await expect(deletionPage(other, recordId, grantId)).rejects.toThrow(NotFound)
  }
  await owner
    .update(deletionTasks)
    .set({ dueAt: sql`now() - interval '1 day'` })
    .where(eq(deletionTasks.grantId, grantId))
  expect((await endingOf(amina, grantId))?.deletion).toMatchObject({ state: 'overdue' })
  await recordDeletion(dara, grantId, { words: '<b>Gone</b> from the desk.' })
  await recordDeletion(dara, grantId, { words: 'Again.' })
  expect((await endingOf(amina, grantId))?.deletion).toMatchObject({
    state: 'done',
    words: '<b>Gone</b> from the desk.',
    doneBy: { handle: dara.handle },
  })
  expect((await deletionsOwed(dara, vendor.slug, null)).deletions).toEqual([])
  expect(await happened(amina, 'deletion.recorded')).toHaveLength(1)
})

test('the database lets nobody make, change or take back an ending or a task', async () => {
  const { amina, dara, vendor, grantId } = await aGrant()
  await revokeGrant(amina, grantId)
  const refused = (viewer: PersonViewer, statement: ReturnType<typeof sql>) =>
    expect(transaction(viewer, (tx) => tx.execute(statement))).rejects.toThrow()
  const ofOther = await aGrant()
  for (const viewer of [amina, dara]) {
    await refused(viewer, sql`delete from grant_endings where grant_id = ${grantId}::uuid`)
    await refused(viewer, sql`update grant_endings set ended_at = now() where grant_id = ${grantId}::uuid`)
    await refused(
      viewer,
      sql`insert into grant_endings (id, grant_id, person_id, vendor_id, how, ended_at) values (gen_random_uuid(), ${ofOther.grantId}::uuid, ${amina.personId}::uuid, ${vendor.id}::uuid, 'revoked', now())`,
    )
    await refused(viewer, sql`delete from deletion_tasks where grant_id = ${grantId}::uuid`)
    await refused(viewer, sql`update deletion_tasks set due_at = now() + interval '9 years' where grant_id = ${grantId}::uuid`)
  }
  const none = await transaction(amina, (tx) =>
    tx.execute(sql`update grant_endings set signed = 'mine' where grant_id = ${grantId}::uuid returning id`),
  )
  expect(none).toHaveLength(0)
  await refused(
    dara,
    sql`update deletion_tasks set done_at = now(), done_by_handle_id = ${amina.handleId}::uuid, words = 'x' where grant_id = ${grantId}::uuid`,
  )
  const seen = (viewer: PersonViewer) =>
    transaction(viewer, (tx) => tx.select().from(grantEndings).where(eq(grantEndings.grantId, grantId)))
  expect([await seen(amina), await seen(dara), await seen(ofOther.dara), await seen(ofOther.amina)].map((rows) => rows.length)).toEqual([
    1, 1, 0, 0,
  ])
})
