import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { newId } from '~/db/ids'
import * as schema from '~/db/schema'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

// As the application's own role, with SQL that nobody wrote for it: what the policies of the database allow, and nothing else.
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => {} })
afterAll(() => sql.end({ timeout: 2 }))

type Asked = { as?: PersonViewer | null; system?: string; purpose?: string }
function ask<T = Record<string, unknown>>(
  { as = null, system = '', purpose = '' }: Asked,
  work: (tx: postgres.TransactionSql) => Promise<unknown>,
) {
  return sql.begin(async (tx) => {
    await tx`select set_config('parley.person_id', ${as?.personId ?? ''}, true), set_config('parley.system', ${system}, true), set_config('parley.purpose', ${purpose}, true)`
    return (await work(tx)) as T[]
  }) as Promise<T[]>
}
const refused = { code: '42501' }
const days = (count: number) => new Date(Date.now() + count * 86_400_000)

async function aGrantedVault() {
  const [vendor, rival] = [await aVendor(), await aVendor('Halyard')]
  const [amina, chen, dara, joost, olu] = [
    await aMember(),
    await aMember('Chen'),
    await aStaffMember(vendor),
    await aStaffMember(rival, 'Joost'),
    await aMember('Olu', { operator: true }),
  ]
  for (const [key, value] of [
    ['role', 'Office lead'],
    ['phone', '+49 30 5550 142'],
  ] as const)
    await owner.insert(schema.vaultAttributes).values({ id: newId(), personId: amina.personId, key, value })
  const grantId = await aGrant(amina, vendor)
  return { vendor, rival, amina, chen, dara, joost, olu, grantId }
}

async function aGrant(
  person: PersonViewer,
  vendor: { id: string },
  dates: { startsAt?: Date; endsAt?: Date; revokedAt?: Date } = {},
  purpose: 'answer' | 'offer' = 'answer',
) {
  const id = newId()
  await owner.insert(schema.grants).values({
    id,
    personId: person.personId,
    handleId: person.handleId,
    vendorId: vendor.id,
    purpose,
    startsAt: days(-1),
    endsAt: days(30),
    ...dates,
  })
  await owner.insert(schema.grantAttributes).values({ grantId: id, key: 'role' })
  return id
}

async function aRecord() {
  const scene = await aGrantedVault()
  const id = newId()
  await owner
    .insert(schema.relationships)
    .values({ id, vendorId: scene.vendor.id, handleId: scene.amina.handleId, since: new Date(), lastAt: new Date() })
  await owner
    .insert(schema.relationshipNotes)
    .values({ id: newId(), relationshipId: id, authorId: scene.dara.personId, authorHandleId: scene.dara.handleId, body: 'Prefers a call' })
  await owner.insert(schema.relationshipTasks).values({
    id: newId(),
    relationshipId: id,
    what: 'Call her',
    ownerId: scene.dara.personId,
    dueAt: days(3),
    createdBy: scene.dara.personId,
  })
  const stateId = newId()
  await owner
    .insert(schema.relationshipStates)
    .values({ id: stateId, relationshipId: id, state: 'customer', vendorConfirmedBy: scene.dara.personId, vendorConfirmedAt: new Date() })
  return { ...scene, id, stateId }
}

const keysRead = async (asked: Asked, person: PersonViewer) =>
  (await ask<{ key: string }>(asked, (tx) => tx`select key from vault_attributes where person_id = ${person.personId} order by key`)).map(
    (row) => row.key,
  )

test('the role owns nothing and is bound by row-level security', async () => {
  const [role] = await sql`select rolsuper, rolbypassrls, current_user as name from pg_roles where rolname = current_user`
  expect(role).toMatchObject({ rolsuper: false, rolbypassrls: false, name: 'parley_app' })
  expect(await sql`select tablename from pg_tables where tableowner = current_user`).toEqual([])
  const guarded = await sql`select relname from pg_class where relrowsecurity and relkind = 'r' order by 1`
  expect(guarded.map((row) => row.relname)).toEqual(
    expect.arrayContaining([
      'access_records',
      'access_refusals',
      'grant_attributes',
      'grants',
      'relationship_contests',
      'relationship_notes',
      'relationship_states',
      'relationship_tasks',
      'relationships',
      'vault_attributes',
    ]),
  )
})

test('vault values come back to their owner, and to staff under a live grant for the purpose they name', async () => {
  const { amina, chen, dara, joost, olu } = await aGrantedVault()
  expect(await keysRead({ as: amina }, amina)).toEqual(['phone', 'role'])
  expect(await keysRead({ as: dara, purpose: 'answer' }, amina)).toEqual(['role'])
  expect(await keysRead({ as: dara }, amina)).toEqual([])
  expect(await keysRead({ as: dara, purpose: 'relationship' }, amina)).toEqual([])
  for (const other of [null, chen, joost, olu]) expect(await keysRead({ as: other, purpose: 'answer' }, amina)).toEqual([])
  expect(await keysRead({ system: 'timeline', purpose: 'answer' }, amina)).toEqual([])
})

test('expired, revoked and coming grants open nothing', async () => {
  const [vendor, amina] = [await aVendor(), await aMember()]
  const dara = await aStaffMember(vendor)
  await owner.insert(schema.vaultAttributes).values({ id: newId(), personId: amina.personId, key: 'role', value: 'Office lead' })
  await aGrant(amina, vendor, { startsAt: days(-40), endsAt: days(-10) })
  await aGrant(amina, vendor, { revokedAt: days(-0.5) })
  await aGrant(amina, vendor, { startsAt: days(2), endsAt: days(30) })
  expect(await keysRead({ as: dara, purpose: 'answer' }, amina)).toEqual([])
  await aGrant(amina, vendor)
  expect(await keysRead({ as: dara, purpose: 'answer' }, amina)).toEqual(['role'])
})

test('staff who left or are suspended read nothing', async () => {
  const { amina, dara } = await aGrantedVault()
  await owner.execute(`update vendor_staff set ended_at = now() where person_id = '${dara.personId}'`)
  expect(await keysRead({ as: dara, purpose: 'answer' }, amina)).toEqual([])
})

test('nobody writes in the vault of another', async () => {
  const { amina, dara } = await aGrantedVault()
  for (const as of [null, dara]) {
    await expect(
      ask(
        { as, purpose: 'answer' },
        (tx) => tx`insert into vault_attributes (id, person_id, key, value) values (${newId()}, ${amina.personId}, 'industry', 'x')`,
      ),
    ).rejects.toMatchObject(refused)
    expect(
      await ask(
        { as, purpose: 'answer' },
        (tx) => tx`update vault_attributes set value = 'x' where person_id = ${amina.personId} returning id`,
      ),
    ).toEqual([])
    expect(
      await ask({ as, purpose: 'answer' }, (tx) => tx`delete from vault_attributes where person_id = ${amina.personId} returning id`),
    ).toEqual([])
  }
})

test('grants are seen by both sides, given by the person alone, and never edited or extended', async () => {
  const { vendor, amina, chen, dara, joost, grantId } = await aGrantedVault()
  const seen = async (as: PersonViewer | null) =>
    (await ask({ as }, (tx) => tx`select g.id, a.key from grants g join grant_attributes a on a.grant_id = g.id where g.id = ${grantId}`))
      .length
  expect([await seen(amina), await seen(dara), await seen(chen), await seen(joost), await seen(null)]).toEqual([1, 1, 0, 0, 0])

  const give = (as: PersonViewer | null, handleId = amina.handleId) =>
    ask(
      { as, purpose: 'answer' },
      (tx) =>
        tx`insert into grants (id, person_id, handle_id, vendor_id, purpose, ends_at) values (${newId()}, ${amina.personId}, ${handleId}, ${vendor.id}, 'answer', ${days(9)})`,
    )
  for (const as of [null, dara, chen]) await expect(give(as)).rejects.toMatchObject(refused)
  await expect(give(amina, chen.handleId)).rejects.toMatchObject(refused)
  await expect(
    ask(
      { as: amina },
      (tx) =>
        tx`insert into grants (id, person_id, handle_id, vendor_id, purpose, ends_at) values (${newId()}, ${amina.personId}, ${amina.handleId}, ${vendor.id}, 'answer', now() + interval '25 months')`,
    ),
  ).rejects.toMatchObject({ code: '23514' })

  await expect(
    ask({ as: amina }, (tx) => tx`update grants set ends_at = ends_at + interval '1 day' where id = ${grantId}`),
  ).rejects.toMatchObject(refused)
  await expect(
    ask({ as: amina }, (tx) => tx`update grants set purpose = 'offer', revoked_at = now() where id = ${grantId}`),
  ).rejects.toMatchObject(refused)
  expect(
    await ask({ as: dara }, (tx) => tx`update grants set ends_at = ends_at + interval '1 day' where id = ${grantId} returning id`),
  ).toEqual([])
  await expect(ask({ as: amina }, (tx) => tx`delete from grants where id = ${grantId}`)).rejects.toMatchObject(refused)
  await expect(
    ask({ as: dara }, (tx) => tx`insert into grant_attributes (grant_id, key) values (${grantId}, 'phone')`),
  ).rejects.toMatchObject(refused)
  await expect(ask({ as: amina }, (tx) => tx`update grant_attributes set key = 'phone' where grant_id = ${grantId}`)).rejects.toMatchObject(
    refused,
  )

  await ask({ as: amina }, (tx) => tx`update grants set revoked_at = now() where id = ${grantId}`)
  await expect(ask({ as: amina }, (tx) => tx`update grants set revoked_at = null where id = ${grantId}`)).rejects.toMatchObject(refused)
  expect(await keysRead({ as: dara, purpose: 'answer' }, amina)).toEqual([])
})

test('readings are written by the reader, seen by both sides, and only ever count up', async () => {
  const { vendor, amina, chen, dara, joost, grantId } = await aGrantedVault()
  const write = (as: PersonViewer | null, readBy = as ?? dara) =>
    ask(
      { as },
      (tx) => tx`insert into access_records (id, person_id, vendor_id, grant_id, key, purpose, read_by, reader_handle_id, hour)
      values (${newId()}, ${amina.personId}, ${vendor.id}, ${grantId}, 'role', 'answer', ${readBy.personId}, ${readBy.handleId}, date_trunc('hour', now()))`,
    )
  for (const as of [null, chen, joost, amina]) await expect(write(as)).rejects.toMatchObject(refused)
  await expect(write(dara, joost)).rejects.toMatchObject(refused)
  await write(dara)

  const seen = async (as: PersonViewer | null) =>
    (await ask({ as }, (tx) => tx`select id from access_records where grant_id = ${grantId}`)).length
  expect([await seen(amina), await seen(dara), await seen(chen), await seen(joost), await seen(null)]).toEqual([1, 1, 0, 0, 0])
  await ask({ as: dara }, (tx) => tx`update access_records set reads = reads + 1 where grant_id = ${grantId}`)
  await expect(ask({ as: dara }, (tx) => tx`update access_records set reads = 0 where grant_id = ${grantId}`)).rejects.toMatchObject(
    refused,
  )
  await expect(
    ask({ as: dara }, (tx) => tx`update access_records set key = 'phone', reads = reads + 1 where grant_id = ${grantId}`),
  ).rejects.toMatchObject(refused)
  await expect(ask({ as: dara }, (tx) => tx`delete from access_records where grant_id = ${grantId}`)).rejects.toMatchObject(refused)
})

test('a record exists for its vendor’s staff and its person, and is written by events alone', async () => {
  const { vendor, amina, chen, dara, joost, olu, id } = await aRecord()
  const seen = async (as: PersonViewer | null) => (await ask({ as }, (tx) => tx`select id from relationships where id = ${id}`)).length
  expect([await seen(dara), await seen(amina), await seen(chen), await seen(joost), await seen(olu), await seen(null)]).toEqual([
    1, 1, 0, 0, 0, 0,
  ])
  for (const as of [dara, amina, null])
    await expect(
      ask(
        { as },
        (tx) =>
          tx`insert into relationships (id, vendor_id, handle_id, since, last_at) values (${newId()}, ${vendor.id}, ${chen.handleId}, now(), now())`,
      ),
    ).rejects.toMatchObject(refused)
  await expect(ask({ as: dara }, (tx) => tx`update relationships set handle_id = ${chen.handleId} where id = ${id}`)).rejects.toMatchObject(
    refused,
  )
  await expect(
    ask({ as: dara }, (tx) => tx`update relationships set vendor_id = ${joost.staffOf[0]?.vendorId ?? ''} where id = ${id}`),
  ).rejects.toMatchObject(refused)
})

test('notes are for staff; the person learns their number', async () => {
  const { amina, chen, dara, joost, id } = await aRecord()
  const seen = async (as: PersonViewer | null) =>
    (await ask({ as }, (tx) => tx`select id from relationship_notes where relationship_id = ${id}`)).length
  expect([await seen(dara), await seen(amina), await seen(joost), await seen(null)]).toEqual([1, 0, 0, 0])
  const counted = async (as: PersonViewer | null) =>
    Number((await ask<{ n: string }>({ as }, (tx) => tx`select internal_note_count(${id}) as n`))[0]?.n)
  expect([await counted(amina), await counted(dara), await counted(chen), await counted(joost), await counted(null)]).toEqual([
    1, 1, 0, 0, 0,
  ])
  const write = (as: PersonViewer, author = as) =>
    ask(
      { as },
      (tx) =>
        tx`insert into relationship_notes (id, relationship_id, author_id, author_handle_id, body) values (${newId()}, ${id}, ${author.personId}, ${author.handleId}, 'x')`,
    )
  await expect(write(joost)).rejects.toMatchObject(refused)
  await expect(write(amina)).rejects.toMatchObject(refused)
  await expect(write(dara, joost)).rejects.toMatchObject(refused)
})

test('tasks are seen by both sides and changed by staff', async () => {
  const { amina, chen, dara, joost, id } = await aRecord()
  const seen = async (as: PersonViewer | null) =>
    (await ask({ as }, (tx) => tx`select id from relationship_tasks where relationship_id = ${id}`)).length
  expect([await seen(dara), await seen(amina), await seen(chen), await seen(joost), await seen(null)]).toEqual([1, 1, 0, 0, 0])
  for (const as of [amina, joost, null])
    expect(await ask({ as }, (tx) => tx`update relationship_tasks set done_at = now() where relationship_id = ${id} returning id`)).toEqual(
      [],
    )
  expect(
    await ask({ as: dara }, (tx) => tx`update relationship_tasks set done_at = now() where relationship_id = ${id} returning id`),
  ).toHaveLength(1)
})

test('each side confirms a state for itself, and nobody changes what was confirmed', async () => {
  const { amina, dara, joost, id, stateId } = await aRecord()
  await expect(
    ask({ as: dara }, (tx) => tx`update relationship_states set person_confirmed_at = now() where id = ${stateId}`),
  ).rejects.toMatchObject(refused)
  await expect(
    ask(
      { as: dara },
      (tx) =>
        tx`insert into relationship_states (id, relationship_id, state, vendor_confirmed_at, person_confirmed_at) values (${newId()}, ${id}, 'partner', now(), now())`,
    ),
  ).rejects.toMatchObject(refused)
  expect(await ask({ as: joost }, (tx) => tx`update relationship_states set ended_at = now() where id = ${stateId} returning id`)).toEqual(
    [],
  )
  await ask({ as: amina }, (tx) => tx`update relationship_states set person_confirmed_at = now() where id = ${stateId}`)
  await expect(ask({ as: dara }, (tx) => tx`update relationship_states set state = 'partner' where id = ${stateId}`)).rejects.toMatchObject(
    refused,
  )
})

test('what the person contests is theirs; staff add the answer and change no word of it', async () => {
  const { amina, chen, dara, joost, id } = await aRecord()
  const contestId = newId()
  const contest = (as: PersonViewer) =>
    ask(
      { as },
      (tx) => tx`insert into relationship_contests (id, relationship_id, about, body) values (${contestId}, ${id}, 'Role', 'Wrong')`,
    )
  for (const as of [dara, chen, joost]) await expect(contest(as)).rejects.toMatchObject(refused)
  await contest(amina)
  await expect(
    ask({ as: dara }, (tx) => tx`update relationship_contests set body = 'All is well' where id = ${contestId}`),
  ).rejects.toMatchObject(refused)
  await expect(
    ask(
      { as: amina },
      (tx) =>
        tx`insert into relationship_contests (id, relationship_id, about, body, answer) values (${newId()}, ${id}, 'Role', 'Wrong', 'We agree')`,
    ),
  ).rejects.toMatchObject(refused)
  expect(await ask({ as: joost }, (tx) => tx`update relationship_contests set answer = 'x' where id = ${contestId} returning id`)).toEqual(
    [],
  )
  expect(
    await ask({ as: dara }, (tx) => tx`update relationship_contests set answer = 'Mended' where id = ${contestId} returning id`),
  ).toHaveLength(1)
})

test('the timeline is seen with its record, and written by events alone', async () => {
  const { amina, chen, dara, joost, id } = await aRecord()
  const write = (asked: Asked) =>
    ask(
      asked,
      (tx) =>
        tx`insert into timeline_entries (relationship_id, occurred_at, interaction_id, kind, side) values (${id}, now(), ${newId()}, 'question.asked', 'theirs')`,
    )
  for (const as of [null, dara, amina]) await expect(write({ as })).rejects.toMatchObject(refused)
  await write({ system: 'timeline' })
  const seen = async (as: PersonViewer | null) =>
    (await ask({ as }, (tx) => tx`select kind from timeline_entries where relationship_id = ${id}`)).length
  expect([await seen(dara), await seen(amina), await seen(chen), await seen(joost), await seen(null)]).toEqual([1, 1, 0, 0, 0])
  for (const partition of [0, 3, 7])
    await expect(ask({ as: dara }, (tx) => tx.unsafe(`select * from timeline_entries_${partition}`))).rejects.toMatchObject(refused)
  await expect(ask({ as: dara }, (tx) => tx`delete from timeline_entries where relationship_id = ${id}`)).rejects.toMatchObject(refused)
})
