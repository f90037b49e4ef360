import postgres from 'postgres'
import { afterAll, expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { vendorStaff } from '~/db/schema'
import { noteOnCase, proposeAnswer, writeInCase } from '~/server/cases'
import type { PersonViewer } from '~/server/viewer'
import { owner } from '../support/cast'
import { anOffer, aQuestionForTheVendor, REPLY } from './scene'

// As the application's own role, with SQL that nobody wrote for it.
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => {} })
afterAll(() => sql.end({ timeout: 2 }))

type Row = Record<string, unknown>
function ask(as: PersonViewer | null, work: (tx: postgres.TransactionSql) => Promise<unknown>, system = ''): Promise<Row[]> {
  return sql.begin(async (tx) => {
    await tx`select set_config('parley.person_id', ${as?.personId ?? ''}, true), set_config('parley.system', ${system}, true)`
    return (await work(tx)) as Row[]
  }) as Promise<Row[]>
}
const refused = { code: '42501' }

async function aCaseWithEverything() {
  const scene = await anOffer()
  await writeInCase(scene.amina, scene.caseId, { body: REPLY })
  await noteOnCase(scene.dara, scene.caseId, { body: 'Careful: a clinic.' })
  await proposeAnswer(scene.dara, scene.caseId, { body: 'Rebuild the index: it disagrees with the mailbox.' })
  return scene
}

test('a case and all that stands in it is seen by its asker and the staff of its vendor alone', async () => {
  const { amina, dara, sanne, chen, bo, joost, olu, caseId } = await aCaseWithEverything()
  const seen = (as: PersonViewer | null, system = '') =>
    ask(
      as,
      (
        tx,
      ) => tx`select (select count(*)::int from cases where id = ${caseId}) as cases, (select count(*)::int from case_messages where case_id = ${caseId}) as messages,
        (select count(*)::int from case_notes where case_id = ${caseId}) as notes, (select count(*)::int from case_answers where case_id = ${caseId}) as answers,
        case_note_count(${caseId})::int as counted`,
      system,
    ).then(([row]) => Object.values(row ?? {}))
  expect(await seen(amina)).toEqual([1, 2, 0, 1, 1])
  for (const staff of [dara, sanne]) expect(await seen(staff)).toEqual([1, 2, 1, 1, 1])
  for (const other of [chen, bo, joost, olu, null]) expect(await seen(other)).toEqual([0, 0, 0, 0, 0])
  expect(await seen(null, 'notifications')).toEqual([1, 0, 0, 0, 0])
  for (const job of ['search', 'timeline', 'anything']) expect(await seen(null, job)).toEqual([0, 0, 0, 0, 0])
})

test('nobody writes in it but its two sides, each as their own', async () => {
  const { amina, dara, chen, joost, caseId } = await aCaseWithEverything()
  const message = (as: PersonViewer, side: string, by = as) =>
    ask(
      as,
      (tx) =>
        tx`insert into case_messages (id, case_id, handle_id, side, markdown, html) values (${newId()}, ${caseId}, ${by.handleId}, ${side}, 'x', 'x')`,
    )
  await message(amina, 'asker')
  await message(dara, 'vendor')
  for (const attempt of [
    () => message(amina, 'vendor'),
    () => message(dara, 'asker'),
    () => message(dara, 'vendor', amina),
    () => message(chen, 'asker'),
    () => message(joost, 'vendor'),
  ])
    await expect(attempt()).rejects.toMatchObject(refused)
  const note = (as: PersonViewer) =>
    ask(as, (tx) => tx`insert into case_notes (id, case_id, handle_id, body) values (${newId()}, ${caseId}, ${as.handleId}, 'x')`)
  for (const other of [amina, chen, joost]) await expect(note(other)).rejects.toMatchObject(refused)
})

test('what was said stays as it was, and whose case it is never changes', async () => {
  const { amina, dara, chen, caseId } = await aCaseWithEverything()
  for (const side of [amina, dara])
    for (const attempt of [
      () => ask(side, (tx) => tx`update case_messages set markdown = 'otherwise' where case_id = ${caseId}`),
      () => ask(side, (tx) => tx`delete from case_messages where case_id = ${caseId}`),
      () => ask(side, (tx) => tx`update cases set handle_id = ${chen.handleId} where id = ${caseId}`),
      () => ask(side, (tx) => tx`delete from cases where id = ${caseId}`),
      () => ask(side, (tx) => tx`update case_answers set markdown = 'otherwise' where case_id = ${caseId}`),
    ])
      await expect(attempt()).rejects.toMatchObject(refused)
})

test('the asker alone lets an answer out', async () => {
  const { dara, amina, joost, caseId, question } = await aCaseWithEverything()
  const publish = (as: PersonViewer) =>
    ask(
      as,
      (tx) =>
        tx`update case_answers set state = 'published', post_id = (select id from posts where thread_id = ${question.threadId} limit 1) where case_id = ${caseId} returning id`,
    )
  await expect(publish(dara)).rejects.toMatchObject(refused)
  expect(await publish(joost)).toEqual([])
  expect(await publish(amina)).toHaveLength(1)
})

test('a case is opened about the asker’s own question, by its asker or the vendor’s staff', async () => {
  const { dara, chen, joost, vendor, rival, question, amina } = await aCaseWithEverything()
  const open = (as: PersonViewer, vendorId: string, handle = amina) =>
    ask(
      as,
      (tx) => tx`insert into cases (id, thread_id, vendor_id, handle_id, opened_by, state, waiting_since, last_at)
        values (${newId()}, ${question.threadId}, ${vendorId}, ${handle.handleId}, ${as.handleId}, 'waiting-asker', now(), now())`,
    )
  await expect(open(chen, rival.id)).rejects.toMatchObject(refused)
  await expect(open(joost, vendor.id)).rejects.toMatchObject(refused)
  await expect(open(dara, vendor.id, chen)).rejects.toMatchObject(refused)
})

test('a case is with the vendor that the question concerns, and nobody opens it as both of its sides', async () => {
  const { amina, dara, joost, vendor, rival, question } = await aQuestionForTheVendor()
  const open = (as: PersonViewer, vendorId: string, continued = false) =>
    ask(
      as,
      (tx) => tx`insert into cases (id, thread_id, vendor_id, handle_id, opened_by, state, waiting_since, last_at, continued_at)
        values (${newId()}, ${question.threadId}, ${vendorId}, ${amina.handleId}, ${as.handleId}, 'waiting-asker', now(), now(), ${continued ? new Date() : null})`,
    )
  await expect(open(joost, rival.id)).rejects.toMatchObject(refused)
  await expect(open(amina, rival.id, true)).rejects.toMatchObject(refused)
  await expect(open(dara, vendor.id, true)).rejects.toMatchObject(refused)
  await owner.insert(vendorStaff).values({ id: newId(), vendorId: vendor.id, personId: amina.personId, role: 'support' })
  await expect(open(amina, vendor.id, true)).rejects.toMatchObject(refused)
  await open(dara, vendor.id)
})

test('its asker alone takes an offer up, once; until then staff write nothing more, nor open it again', async () => {
  const { amina, dara, chen, caseId } = await anOffer()
  const change = (as: PersonViewer, set: (tx: postgres.TransactionSql) => postgres.Fragment) =>
    ask(as, (tx) => tx`update cases set ${set(tx)} where id = ${caseId} returning id`)
  const message = (as: PersonViewer, side: string) =>
    ask(
      as,
      (tx) =>
        tx`insert into case_messages (id, case_id, handle_id, side, markdown, html) values (${newId()}, ${caseId}, ${as.handleId}, ${side}, 'x', 'x')`,
    )
  const proposal = (as: PersonViewer) =>
    ask(
      as,
      (tx) =>
        tx`insert into case_answers (id, case_id, handle_id, markdown, html) values (${newId()}, ${caseId}, ${as.handleId}, 'x', 'x')`,
    )
  await expect(change(dara, (tx) => tx`continued_at = now()`)).rejects.toMatchObject(refused)
  await expect(message(dara, 'vendor')).rejects.toMatchObject(refused)
  await expect(proposal(dara)).rejects.toMatchObject(refused)
  await expect(change(amina, (tx) => tx`state = 'closed', closed_by = ${chen.handleId}`)).rejects.toMatchObject(refused)
  await expect(change(amina, (tx) => tx`assigned_to = null`)).rejects.toMatchObject(refused)
  await change(amina, (tx) => tx`state = 'closed', closed_by = ${amina.handleId}`)
  await expect(change(dara, (tx) => tx`closed_by = ${dara.handleId}`)).rejects.toMatchObject(refused)
  await expect(change(dara, (tx) => tx`state = 'waiting-asker', closed_by = null`)).rejects.toMatchObject(refused)
  await change(amina, (tx) => tx`state = 'waiting-vendor', closed_by = null, continued_at = now()`)
  for (const side of [amina, dara])
    for (const when of [null, new Date(0)]) await expect(change(side, (tx) => tx`continued_at = ${when}`)).rejects.toMatchObject(refused)
  await message(dara, 'vendor')
  await proposal(dara)
})

test('what was decided about an answer is not decided again, and its asker proposes none, whoever they serve by now', async () => {
  const { amina, dara, vendor, caseId } = await aCaseWithEverything()
  const decide = (as: PersonViewer, state: string) =>
    ask(as, (tx) => tx`update case_answers set state = ${state} where case_id = ${caseId} returning id`)
  await expect(decide(dara, 'declined')).rejects.toMatchObject(refused)
  expect(await decide(amina, 'declined')).toHaveLength(1)
  expect(await decide(amina, 'declined')).toEqual([])
  expect(await decide(dara, 'withdrawn')).toEqual([])
  await owner.insert(vendorStaff).values({ id: newId(), vendorId: vendor.id, personId: amina.personId, role: 'support' })
  const proposal = (as: PersonViewer) =>
    ask(
      as,
      (tx) =>
        tx`insert into case_answers (id, case_id, handle_id, markdown, html) values (${newId()}, ${caseId}, ${as.handleId}, 'x', 'x')`,
    )
  await expect(proposal(amina)).rejects.toMatchObject(refused)
  await expect(
    ask(
      amina,
      (tx) =>
        tx`insert into case_messages (id, case_id, handle_id, side, markdown, html) values (${newId()}, ${caseId}, ${amina.handleId}, 'vendor', 'x', 'x')`,
    ),
  ).rejects.toMatchObject(refused)
  await proposal(dara)
  await expect(decide(amina, 'withdrawn')).rejects.toMatchObject(refused)
})
