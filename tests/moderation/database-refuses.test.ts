import { sql, type SQL } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction, type Asker } from '~/db/client'
import { newId } from '~/db/ids'
import { anOperator, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { aRecommendation, recommendationRow } from '../recommendations/scene'
import { aQuestionWithAnAnswer } from '../threads/scene'

// Plain SQL as the role that the product runs as: what the code would not do, the database does not let it do.

const nobody: Asker = { kind: 'visitor' }
const run = (asker: Asker, statement: SQL) => transaction(asker, (tx) => tx.execute(statement))

// Not privileged, a check that fails, once is enough.
const REFUSALS = ['42501', '23514', '23505']

/** Refused with an error, or nothing touched: row-level security does either. */
async function refuses(asker: Asker, statement: SQL) {
  const outcome = await run(asker, statement).then(
    (rows) => `${rows.length} rows`,
    (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
  )
  expect(['0 rows', ...REFUSALS]).toContain(outcome)
}

async function scene() {
  const it = await aRecommendation()
  const stranger = await aStaffMember(await aVendor('Orbit'), 'Ines')
  const seated = await aStaffMember(it.vendor, 'Sam')
  await owner.execute(sql`update people set is_operator = true where id = ${seated.personId}`)
  return { ...it, stranger, seated: await refreshed(seated), olu: await anOperator() }
}
type Scene = Awaited<ReturnType<typeof scene>>

type Stated = {
  act?: string
  by: string | null
  on: SQL
  scope?: string
  community?: string
  vendor?: string
  target?: string
  without?: string
}
/** A decision with its whole statement, or `without` one of its fields. */
const stating = (id: string, { act = 'hide', by, on, scope = 'community', community, vendor, target, without }: Stated) => {
  const field = (name: string, value: SQL) => (name === without ? sql`null` : value)
  return sql`
    insert into decisions (id, act, subject_kind, subject_id, community_id, vendor_id, target_handle_id, decided_by, scope, duration, source,
      detected_automatically, decided_automatically, rule, facts, why, appeal_until)
    values (${id}, ${act}, ${on}, ${community ?? null}, ${vendor ?? null}, ${target ?? null}, ${by}, ${field('scope', sql`${scope}`)},
      ${field('duration', sql`'until-changed'`)}, ${field('source', sql`'notice'`)}, ${field('detected_automatically', sql`false`)},
      ${field('decided_automatically', sql`false`)}, ${without === 'rule' ? 'none' : 'civil'}, ${without === 'facts' ? ' ' : 'What was seen.'},
      ${without === 'why' ? ' ' : 'It is about a person.'}, ${field('appeal_until', sql`now() + interval '185 days'`)}) returning id`
}

const decision = (
  { recommendationId, vendor, amina }: Pick<Scene, 'recommendationId' | 'vendor' | 'amina'>,
  id: string,
  by: string | null,
  act = 'hide',
) =>
  stating(id, {
    act,
    by,
    on: sql`'recommendation', ${recommendationId}`,
    scope: 'recommendation',
    vendor: vendor.id,
    target: amina.handleId,
  })
const hide = ({ recommendationId }: Scene, decisionId: string | null) =>
  sql`update recommendations set hidden_by_decision_id = ${decisionId} where id = ${recommendationId} returning id`

test('nobody who serves a vendor, is nobody, or wrote it decides on a recommendation', async () => {
  const it = await scene()
  for (const asker of [it.dara, it.stranger, it.seated, it.amina]) await refuses(asker, decision(it, newId(), asker.personId))
  await refuses(nobody, decision(it, newId(), it.bo.personId))
  // Nor in another's name.
  await refuses(it.dara, decision(it, newId(), it.bo.personId))
  await refuses(it.bo, decision(it, newId(), it.olu.personId))
})

test('visibility changes by an independent moderator’s decision alone', async () => {
  const it = await scene()
  const decisionId = newId()
  await run(it.bo, decision(it, decisionId, it.bo.personId))
  // A real decision does not open the door for others.
  for (const asker of [nobody, it.dara, it.stranger, it.seated, it.amina, it.olu]) await refuses(asker, hide(it, decisionId))
  expect((await recommendationRow(it.recommendationId)).hiddenByDecisionId).toBeNull()
  expect(await run(it.bo, hide(it, decisionId))).toHaveLength(1)
  for (const asker of [nobody, it.dara, it.stranger, it.seated, it.amina]) await refuses(asker, hide(it, null))
  // Showing it again takes a decision too.
  await refuses(it.bo, hide(it, null))
  await run(it.bo, decision(it, newId(), it.bo.personId, 'restore'))
  expect(await run(it.bo, hide(it, null))).toHaveLength(1)
})

test('a moderator without a decision hides nothing, and a decision about another is none', async () => {
  const [it, other] = [await scene(), await aRecommendation()]
  await refuses(it.bo, hide(it, newId()))
  const decisionId = newId()
  await refuses(it.bo, decision({ ...it, recommendationId: other.recommendationId }, newId(), it.bo.personId))
  await run(it.bo, decision(other, decisionId, it.bo.personId))
  await refuses(it.bo, hide(it, decisionId))
  expect((await recommendationRow(it.recommendationId)).hiddenByDecisionId).toBeNull()
})

test('its words are its author’s; nobody deletes it or changes what it is about', async () => {
  const it = await scene()
  const rewrite = sql`update recommendations set headline = 'Everything is wonderful' where id = ${it.recommendationId} returning id`
  for (const asker of [nobody, it.dara, it.stranger, it.seated, it.bo, it.olu]) await refuses(asker, rewrite)
  for (const asker of [nobody, it.dara, it.stranger, it.seated, it.bo, it.olu, it.amina])
    await refuses(asker, sql`delete from recommendations where id = ${it.recommendationId} returning id`)
  await refuses(it.amina, sql`update recommendations set evidence = 'relationship' where id = ${it.recommendationId} returning id`)
  await refuses(
    it.amina,
    sql`update recommendations set vendor_id = (select vendor_id from vendor_staff where person_id = ${it.stranger.personId}) where id = ${it.recommendationId} returning id`,
  )
  expect(await recommendationRow(it.recommendationId)).toMatchObject({
    headline: expect.stringContaining('Getting in'),
    evidence: 'self-declared',
  })
  expect(await run(it.amina, rewrite)).toHaveLength(1)
})

test('present and former staff write no recommendation of their vendor, and nobody writes one for another', async () => {
  const it = await scene()
  const insert = (handleId: string) => sql`
    insert into recommendations (id, vendor_id, product_id, handle_id, headline, use_case, what_is_good, what_is_not, verdict, time_used, choose_again, relation, incentive, invited_by)
    values (${newId()}, ${it.vendor.id}, ${it.product.id}, ${handleId}, 'Wonderful', 'All', 'All', 'None', 5, 'over-3-years', 'yes', 'customer', 'none', 'nobody') returning id`
  await refuses(it.dara, insert(it.dara.handleId))
  await refuses(it.seated, insert(it.seated.handleId))
  await owner.execute(sql`update vendor_staff set ended_at = now() where person_id = ${it.dara.personId}`)
  await refuses(it.dara, insert(it.dara.handleId))
  await refuses(it.bo, insert(it.olu.handleId))
  await refuses(nobody, insert(it.olu.handleId))
  // Who sells here does not judge what others sell.
  await refuses(it.stranger, insert(it.stranger.handleId))
  expect(await run(it.olu, insert(it.olu.handleId))).toHaveLength(1)
})

test('a decision is never changed or removed', async () => {
  const it = await scene()
  const decisionId = newId()
  await run(it.bo, decision(it, decisionId, it.bo.personId))
  for (const asker of [nobody, it.dara, it.bo, it.olu]) {
    await refuses(asker, sql`update decisions set facts = 'Something else' where id = ${decisionId} returning id`)
    await refuses(asker, sql`delete from decisions where id = ${decisionId} returning id`)
  }
})

async function aRoomScene() {
  const it = await aQuestionWithAnAnswer()
  const on = sql`'post', ${it.answer.postId}`
  const about = { by: it.bo.personId, on, community: it.community.id, target: it.chen.handleId }
  const hide = (decisionId: string | null) =>
    sql`update posts set hidden_by_decision_id = ${decisionId} where id = ${it.answer.postId} returning id`
  return { ...it, about, hide }
}

test('what takes something away has every field of its statement of reasons', async () => {
  const it = await aRoomScene()
  const fields = ['scope', 'duration', 'facts', 'source', 'detected_automatically', 'decided_automatically', 'rule', 'why', 'appeal_until']
  for (const without of fields) await refuses(it.bo, stating(newId(), { ...it.about, without }))
  await refuses(it.bo, stating(newId(), { ...it.about, scope: 'portal' }))
  expect(await run(it.bo, stating(newId(), it.about))).toHaveLength(1)
  // What is added later takes something away unless it is named here.
  await refuses(it.bo, stating(newId(), { ...it.about, act: 'silence', without: 'why' }))
})

test('nothing is hidden, locked, suspended or lifted without a decision about exactly that, by whoever is asking', async () => {
  const [it, other] = [await aRoomScene(), await aRoomScene()]
  const [hidden, elsewhere] = [newId(), newId()]
  const lock = (id: string | null) => sql`update threads set locked_by_decision_id = ${id} where id = ${it.question.threadId} returning id`
  const suspend = (id: string) =>
    sql`insert into suspensions (id, person_id, community_id, decision_id) values (${newId()}, ${it.chen.personId}, ${it.community.id}, ${id}) returning id`
  await run(other.bo, stating(elsewhere, other.about))
  for (const asker of [nobody, it.amina, it.bo]) {
    await refuses(asker, it.hide(elsewhere))
    await refuses(asker, sql`update threads set hidden_by_decision_id = ${elsewhere} where id = ${it.question.threadId} returning id`)
    await refuses(asker, sql`delete from posts where id = ${it.answer.postId} returning id`)
    await refuses(asker, suspend(elsewhere))
  }
  await run(it.bo, stating(hidden, it.about))
  await refuses(it.amina, it.hide(hidden))
  await refuses(it.bo, lock(hidden))
  await refuses(it.bo, suspend(hidden))
  expect(await run(it.bo, it.hide(hidden))).toHaveLength(1)
  await refuses(it.bo, it.hide(null))
  await run(it.bo, stating(newId(), { ...it.about, act: 'restore' }))
  expect(await run(it.bo, it.hide(null))).toHaveLength(1)
  // The old one does not hide it again.
  await refuses(it.bo, it.hide(hidden))
})

test('a decision names the place and whom it concerns as they are', async () => {
  const [it, other] = [await aRoomScene(), await aRoomScene()]
  await refuses(it.bo, stating(newId(), { ...it.about, target: it.amina.handleId }))
  await refuses(it.bo, stating(newId(), { ...it.about, target: undefined }))
  // A moderator of one room decides nothing in another by naming their own.
  await refuses(it.bo, stating(newId(), { ...it.about, on: other.about.on, target: other.chen.handleId }))
})

test('who flagged is for moderators; a vendor’s staff see their own flag alone', async () => {
  const it = await scene()
  const raise = (by: { handleId: string }, stake: string | null) => sql`
    insert into flags (id, subject_kind, subject_id, vendor_id, flagged_by, reason, stake) values (${newId()}, 'recommendation', ${it.recommendationId}, ${it.vendor.id}, ${by.handleId}, 'false', ${stake}) returning id`
  await run(it.dara, raise(it.dara, 'subject'))
  await run(it.olu, raise(it.olu, null))
  const count = async (asker: Asker) => (await run(asker, sql`select id from flags where subject_id = ${it.recommendationId}`)).length
  expect([await count(nobody), await count(it.amina), await count(it.stranger), await count(it.dara), await count(it.bo)]).toEqual([
    0, 0, 0, 1, 2,
  ])
  for (const asker of [nobody, it.amina, it.dara, it.seated])
    await refuses(asker, sql`update flags set state = 'declined' where subject_id = ${it.recommendationId} returning id`)
  await refuses(it.dara, raise(it.stranger, 'subject'))
})

test('only the vendor’s staff answer, once, and the answer stays as it is', async () => {
  const it = await scene()
  const answer = (by: { handleId: string }, vendorId = it.vendor.id) => sql`
    insert into recommendation_replies (recommendation_id, vendor_id, handle_id, role, markdown, html) values (${it.recommendationId}, ${vendorId}, ${by.handleId}, 'support', 'So', 'So') returning recommendation_id`
  for (const asker of [it.stranger, it.bo, it.amina]) await refuses(asker, answer(asker))
  expect(await run(it.dara, answer(it.dara))).toHaveLength(1)
  await refuses(it.seated, answer(it.seated))
  await refuses(
    it.dara,
    sql`update recommendation_replies set html = 'Other' where recommendation_id = ${it.recommendationId} returning recommendation_id`,
  )
  await refuses(
    it.dara,
    sql`delete from recommendation_replies where recommendation_id = ${it.recommendationId} returning recommendation_id`,
  )
})
