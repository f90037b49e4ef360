import { sql, type SQL } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction, type Asker } from '~/db/client'
import { newId } from '~/db/ids'
import { acceptAuthorship, askForAuthorship, refuseAuthorship } from '~/server/authorship'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, anOperator, asViewer } from '../support/cast'
import { anImportedRoom, requestsFor } from './scene'

// Plain SQL as the role that the product runs as: what the code would not do, the database does not let it do.

const run = (asker: Asker, statement: SQL) => transaction(asker, (tx) => tx.execute(statement))

/** Refused with an error, or nothing touched: row-level security does either. */
async function refuses(asker: Asker, statement: SQL) {
  const outcome = await run(asker, statement).then(
    (rows) => `${rows.length} rows`,
    (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
  )
  expect(['0 rows', '42501', '23514']).toContain(outcome)
}

const words = 'My profile there says “Amina of Parley” since this morning.'

async function scene(address?: Parameters<typeof anImportedRoom>[0]) {
  const it = await anImportedRoom(address)
  await askForAuthorship(it.jun, it.next, { words })
  const [request] = await requestsFor(it.next)
  return { ...it, requestId: request?.id ?? '' }
}

const change = (requestId: string, set: SQL) => sql`update authorship_requests set ${set} where id = ${requestId} returning id`

test('nobody accepts their own words, says that an address proved them, or decides in another’s name', async () => {
  const { jun, bo, amina, requestId } = await scene()
  await refuses(jun, change(requestId, sql`state = 'accepted'`))
  await refuses(jun, change(requestId, sql`state = 'accepted', proof = 'address'`))
  await refuses(jun, change(requestId, sql`state = 'refused'`))
  await refuses(bo, change(requestId, sql`state = 'accepted', decided_by = ${amina.handleId}`))
  await refuses(bo, change(requestId, sql`state = 'accepted'`))
  await refuses(bo, change(requestId, sql`state = 'withdrawn'`))
  await refuses(bo, change(requestId, sql`state = 'undone'`))
  await refuses(amina, change(requestId, sql`state = 'refused'`))
  expect(await run(bo, change(requestId, sql`state = 'accepted', decided_by = ${bo.handleId}`))).toHaveLength(1)
})

test('a request stays about whom it is, and what was decided stays decided', async () => {
  const { jun, bo, amina, requestId, idOf } = await scene()
  const decided = sql`state = 'accepted', decided_by = ${bo.handleId}`
  await refuses(bo, change(requestId, sql`${decided}, person_id = ${bo.personId}`))
  await refuses(bo, change(requestId, sql`${decided}, handle_id = ${amina.handleId}`))
  await refuses(bo, change(requestId, sql`${decided}, imported_id = ${await idOf('author', 'old hand')}`))
  await refuses(bo, change(requestId, sql`${decided}, proof = 'address'`))
  await refuses(jun, change(requestId, sql`handle_id = ${amina.handleId}`))
  await refuseAuthorship(bo, requestId, 'No.')
  await refuses(bo, change(requestId, decided))
  await refuses(jun, change(requestId, sql`state = 'waiting'`))
  await refuses(systemViewer('authorship'), change(requestId, sql`state = 'accepted'`))
})

test('only operators take something back, and none who say that it was them', async () => {
  const { bo, next, requestId } = await scene()
  const [olu, oda] = [await anOperator(), await anOperator('Oda')]
  await askForAuthorship(olu, next, { words })
  await acceptAuthorship(bo, requestId)
  for (const asker of [bo, olu]) await refuses(asker, change(requestId, sql`state = 'undone'`))
  expect(await run(oda, change(requestId, sql`state = 'undone'`))).toHaveLength(1)
})

test('one asks in one’s own name, about an author of that room', async () => {
  const { amina, jun, bo, next, room } = await scene()
  const elsewhere = await aCommunity({ moderators: [bo] })
  const ask = (viewer: PersonViewer, handleId: string, communityId: string) => sql`
    insert into authorship_requests (id, community_id, imported_id, person_id, handle_id, proof)
    values (${newId()}, ${communityId}, ${next}, ${viewer.personId}, ${handleId}, 'words') returning id`
  await refuses(amina, ask(amina, jun.handleId, room.id))
  await refuses(amina, ask(amina, next, room.id))
  await refuses(amina, ask(amina, amina.handleId, elsewhere.id))
  expect(await run(amina, ask(amina, amina.handleId, room.id))).toHaveLength(1)
})

test('the words are their writer’s to change while they wait, and nobody’s to delete', async () => {
  const { jun, bo, requestId } = await scene()
  const rewrite = sql`update authorship_words set words = 'Other.' where request_id = ${requestId} returning words`
  await refuses(bo, rewrite)
  for (const asker of [bo, jun]) await refuses(asker, sql`delete from authorship_words where request_id = ${requestId} returning words`)
  for (const asker of [bo, jun]) await refuses(asker, sql`delete from authorship_requests where id = ${requestId} returning id`)
  expect(await run(jun, rewrite)).toHaveLength(1)
  await refuseAuthorship(bo, requestId, 'No.')
  await refuses(jun, rewrite)
})

test('who says that it was them sees what no other says', async () => {
  const { jun, next, requestId } = await scene()
  const olu = await anOperator()
  const seen = () =>
    run(olu, sql`select r.id from authorship_requests r join authorship_words w on w.request_id = r.id where r.id = ${requestId}`)
  expect(await seen()).toHaveLength(1)
  await askForAuthorship(await asViewer(olu.personId), next, { words })
  expect(await seen()).toEqual([])
  await refuses(
    olu,
    sql`update authorship_requests set state = 'refused', decided_by = ${olu.handleId} where id = ${requestId} returning id`,
  )
  expect(await run(jun, sql`select id from authorship_requests where id = ${requestId}`)).toHaveLength(1)
  expect(await run(await aMember('Amy'), sql`select id from authorship_requests where id = ${requestId}`)).toEqual([])
})
