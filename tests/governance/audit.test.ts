import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { accounts, relationships } from '~/db/schema'
import { Forbidden, NotFound } from '~/server/errors'
import { auditPage, changesAboutMe, defineField, fillField, restoreEarlier, verifyAudit } from '~/server/governance'
import { FieldInput } from '~/server/governance/input'
import { changeAccount, keepAccount } from '~/server/identity'
import { AccountInput } from '~/server/identity/input'
import { startHandOff } from '~/server/hand-offs'
import { answerState, proposeState } from '~/server/relationships'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

async function aHouse() {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const amina = await aMember()
  const account = await keepAccount(dara, vendor.slug, AccountInput.parse({ name: 'Norrhavn AB', segment: 'Ships', owner: dara.handle }))
  const record = newId()
  const now = new Date()
  await owner.insert(relationships).values({ id: record, vendorId: vendor.id, handleId: amina.handleId, since: now, lastAt: now })
  const define = (object: 'account' | 'relationship', name: string) =>
    defineField(
      dara,
      vendor.slug,
      FieldInput.parse({
        ...{ name, object, kind: 'text', class: 'business', group: 'Contract', owner: dara.handle, sources: ['staff'] },
        decision: 'Success chooses whom to call before a contract ends.',
      }),
    )
  const changes = async (asked: Partial<{ kind: string; of: string; person: string; before: string }> = {}) =>
    (await auditPage(dara, vendor.slug, { kind: '', of: '', person: '', before: null, ...asked })).changes
  return { vendor, dara, amina, account, record, define, changes }
}
const inShort = (rows: Awaited<ReturnType<Awaited<ReturnType<typeof aHouse>>['changes']>>) =>
  rows.map((row) => [row.act, row.own?.name ?? row.column, row.old, row.new])
/** As the owner of the tables, past the guard that holds even them; it stands again afterwards, as what was changed does. */
async function behindTheGuard(work: string) {
  await owner.transaction(async (tx) => {
    for (const table of ['audit_events', 'audit_values']) await tx.execute(sql.raw(`alter table ${table} disable trigger user`))
    await tx.execute(sql.raw(work))
    for (const table of ['audit_events', 'audit_values']) await tx.execute(sql.raw(`alter table ${table} enable trigger user`))
  })
}
async function refusedTo(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (problem: Error) => (problem.cause ?? problem) as Error & { constraint_name?: string },
  )
  return error?.constraint_name || error?.message
}

test('every change to an account, a field, an owner and a state is written with who, what it was and what it is', async () => {
  const { vendor, dara, amina, account, record, define, changes } = await aHouse()
  const sam = await aStaffMember(vendor, 'Sam', 'advisor')
  await changeAccount(sam, account, AccountInput.parse({ name: 'Norrhavn Group AB', segment: 'Ports', owner: sam.handle }))
  await startHandOff(sam, { accountId: account }, { to: sam.handle, hours: 60, why: undefined, checklist: [] })
  const field = await define('account', 'Contract ends')
  await fillField(dara, field, 'account', account, { value: 'June' })
  await fillField(dara, field, 'account', account, { value: 'July' })
  await restoreEarlier(sam, field, 'account', account, { nth: 1 })
  const rows = await changes({ of: account })
  expect(inShort(rows)).toEqual([
    ['restored', 'Contract ends', 'July', 'June'],
    ['changed', 'Contract ends', 'June', 'July'],
    ['changed', 'Contract ends', null, 'June'],
    ['changed', 'owner_id', 'Dara', 'Sam'],
    ['changed', 'segment', 'Ships', 'Ports'],
    ['changed', 'name', 'Norrhavn', 'Norrhavn Group'],
    ['created', '', null, null],
  ])
  expect(rows.map(({ by }) => by?.handle)).toEqual([sam, dara, dara, sam, sam, sam, dara].map(({ handle }) => handle))
  await proposeState(dara, record, { state: 'customer' })
  const [state] = await transaction(amina, (tx) =>
    tx.execute<{ id: string }>(sql`select id from relationship_states where relationship_id = ${record}`),
  )
  await answerState(amina, vendor.slug, { stateId: state?.id ?? '', answer: 'confirm' })
  await startHandOff(sam, { relationshipId: record }, { to: sam.handle, hours: 60, why: undefined, checklist: [] })
  expect(inShort(await changes({ person: `@${amina.handle}` }))).toEqual([
    ['changed', 'owner_id', null, 'Sam'],
    ['confirmed', 'state', null, 'customer'],
    ['changed', 'state', null, 'customer'],
  ])
  expect(inShort(await changes({ kind: 'field' }))).toEqual([['created', '', null, null]])
  expect(await verifyAudit(vendor.slug)).toMatchObject({ rows: 11, broken: null })
})

test('it is written in the transaction of the change: what rolls back was never audited', async () => {
  const { vendor, dara, account } = await aHouse()
  const before = (await verifyAudit(vendor.slug)).rows
  const undone = transaction(dara, async (tx) => {
    await tx.update(accounts).set({ segment: 'Other' }).where(eq(accounts.id, account))
    throw new Error('no')
  })
  await expect(undone).rejects.toThrow('no')
  expect((await verifyAudit(vendor.slug)).rows).toBe(before)
  // Plain SQL beside the application leaves its row too.
  await owner.update(accounts).set({ segment: 'By hand' }).where(eq(accounts.id, account))
  expect((await verifyAudit(vendor.slug)).rows).toBe(before + 1)
})

test('nobody writes, changes or removes a row: not the application, not the owner of the tables', async () => {
  const { vendor, dara } = await aHouse()
  const mine = sql`vendor_id = ${vendor.id}`
  const app = (work: (tx: Tx) => Promise<unknown>) => refusedTo(transaction(dara, work))
  expect(await app((tx) => tx.execute(sql`update audit_events set act = 'ended' where ${mine}`))).toMatch(/permission denied/)
  expect(await app((tx) => tx.execute(sql`delete from audit_events where ${mine}`))).toMatch(/permission denied/)
  expect(await app((tx) => tx.execute(sql`delete from audit_values where ${mine}`))).toMatch(/permission denied/)
  const forged = sql`select audit(${vendor.id}::uuid, 'created', 'field', ${newId()}::uuid, null, '', null, null)`
  expect(await app((tx) => tx.execute(forged))).toMatch(/permission denied/)
  expect(await refusedTo(owner.execute(sql`update audit_events set act = 'ended' where ${mine}`))).toBe('audit_stands')
  expect(await refusedTo(owner.execute(sql`delete from audit_events where ${mine}`))).toBe('audit_stands')
  expect(await refusedTo(owner.execute(sql`update audit_values set new_value = 'x' where ${mine}`))).toBe('audit_stands')
  expect(await refusedTo(owner.execute(sql`truncate audit_events cascade`))).toBe('audit_stands')
})

test('the chain names the first row that does not hold: changed, cut out, or its value changed', async () => {
  const broken = async (work: (vendor: string) => string) => {
    const { vendor, dara, account } = await aHouse()
    for (const segment of ['A', 'B', 'C'])
      await changeAccount(dara, account, AccountInput.parse({ name: 'Norrhavn AB', segment, owner: dara.handle }))
    expect(await verifyAudit(vendor.slug)).toMatchObject({ rows: 4, broken: null })
    await behindTheGuard(work(`vendor_id = '${vendor.id}'`))
    return (await verifyAudit(vendor.slug)).broken
  }
  expect(await broken((its) => `update audit_events set field = 'urgency' where ${its} and nth = 3`)).toEqual({ nth: 3, why: 'row' })
  expect(await broken((its) => `update audit_events set hash = repeat('0', 64) where ${its} and nth = 2`)).toEqual({ nth: 2, why: 'row' })
  expect(await broken((its) => `update audit_values set new_value = 'Z' where ${its} and nth = 2`)).toEqual({ nth: 2, why: 'value' })
  expect(
    await broken((its) => `delete from audit_values where ${its} and nth = 2; delete from audit_events where ${its} and nth = 2`),
  ).toEqual({ nth: 3, why: 'missing' })
})

test('whom it concerns reads it, with staff by role and name; an erasure takes the values, and the chain holds', async () => {
  const { vendor, dara, amina, record, define, changes } = await aHouse()
  const field = await define('relationship', 'Speaks for us')
  await fillField(dara, field, 'relationship', record, { value: 'At the fair' })
  const { changes: mine } = await changesAboutMe(amina, vendor.slug, null)
  expect(mine).toMatchObject([{ own: { name: 'Speaks for us' }, new: 'At the fair', by: { displayName: 'Dara', seat: { kind: 'staff' } } }])
  await expect(changesAboutMe(await aMember('Chen'), vendor.slug, null)).rejects.toThrow(NotFound)
  await owner.execute(sql`insert into erasures (id, person_id, posts, shown_as, due_at, created_at, token_hash)
    values (${newId()}, ${amina.personId}, 'kept', 'Former member', now(), now(), ${newId()})`)
  const [erasure] = await owner.execute<{ id: string }>(sql`select id from erasures where person_id = ${amina.personId}`)
  await transaction({ kind: 'system', job: 'erase' }, (tx) =>
    tx.execute(sql`select erase_person(${erasure?.id ?? ''}::uuid, 'gone', 'former')`),
  )
  const [row] = await changes({ kind: 'relationship' })
  expect(row).toMatchObject({ own: { name: 'Speaks for us' }, old: null, new: null, gone: true })
  expect((await verifyAudit(vendor.slug)).broken).toBeNull()
})

test('nobody else reads it: not a member, not the staff of another vendor, not who only keeps order in rooms', async () => {
  const { vendor, amina, account } = await aHouse()
  const rival = await aStaffMember(await aVendor('Rival'), 'Ines')
  const keeper = await aStaffMember(vendor, 'Bo', 'moderator')
  const look = (person: PersonViewer) => auditPage(person, vendor.slug, { kind: '', of: account, person: '', before: null })
  for (const person of [amina, rival, keeper]) await expect(look(person)).rejects.toThrow(Forbidden)
  for (const person of [amina, rival])
    for (const table of ['audit_events', 'audit_values'])
      expect(
        await transaction(person, (tx) => tx.execute(sql`select 1 from ${sql.identifier(table)} where vendor_id = ${vendor.id}`)),
      ).toEqual([])
  expect((await look(await aStaffMember(vendor, 'Ana', 'analyst'))).changes).toHaveLength(1)
})

test('the list goes on from a page to the next, each row once; a place that is none begins anew', async () => {
  const { vendor, dara, account, changes } = await aHouse()
  await transaction(dara, async (tx) => {
    for (let n = 0; n < 44; n += 1)
      await tx
        .update(accounts)
        .set({ segment: `S${n}` })
        .where(eq(accounts.id, account))
  })
  const first = await auditPage(dara, vendor.slug, { kind: 'account', of: '', person: '', before: null })
  const second = await changes({ kind: 'account', before: first.older ?? '' })
  expect([first.changes.length, second.length]).toEqual([40, 5])
  expect(new Set([...first.changes, ...second].map(({ nth }) => nth)).size).toBe(45)
  expect(await changes({ before: "x'; drop table audit_events", of: 'nothing' })).toHaveLength(40)
})
