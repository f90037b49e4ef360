import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction, type Asker } from '~/db/client'
import { newId } from '~/db/ids'
import { disputes, notifications, portalModerators } from '~/db/schema'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import {
  appeal,
  decide,
  decideAppeal,
  dispute,
  disputePage,
  dropDispute,
  provePage,
  proveUse,
  recommendationQueue,
} from '~/server/moderation'
import { recommendationPage, verdictsOf, withdrawRecommendation, writeRecommendation } from '~/server/recommendations'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aMember, anOperator, aStaffMember, asViewer, aVendor, owner } from '../support/cast'
import { aRecommendation, followUp, honest, kindsAbout } from '../recommendations/scene'

const GROUND = { rule: 'false' as const, body: 'No workspace under this name was ever opened with us, in any year.' }
const keep = { act: 'keep' as const, rule: 'none' as const, facts: 'She showed the invoice.', seen: '' }
const hide = {
  act: 'hide' as const,
  rule: 'false' as const,
  facts: 'It describes another product.',
  why: 'None of it exists in this one.',
  seen: '',
}

const refusal = (asker: Asker, statement: ReturnType<typeof sql>) =>
  transaction(asker, (tx) => tx.execute(statement)).then(
    (rows) => `${rows.length} rows`,
    (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
  )

const toldOf = async ({ personId }: PersonViewer) =>
  (await owner.select({ kind: notifications.kind }).from(notifications).where(eq(notifications.personId, personId))).map(({ kind }) => kind)

/** Dara's vendor says that Amina never used it. */
async function aDispute() {
  const scene = await aRecommendation()
  await dispute(scene.dara, scene.recommendationId, GROUND)
  return scene
}

test('what a vendor disputes stays, counts as before and is marked for everybody, without a word of what the vendor says', async () => {
  const { vendor, amina, dara, bo, recommendationId } = await aRecommendation()
  const before = await verdictsOf(visitor, vendor.id)
  await dispute(dara, recommendationId, GROUND)
  const after = await verdictsOf(visitor, vendor.id)
  expect({ ...after, cards: [], disputed: null }).toEqual({ ...before, cards: [], disputed: null })
  expect(after.disputed).toEqual({ waiting: 1, upheld: 0, declined: 0 })
  for (const viewer of [visitor, amina, dara, bo]) {
    const shown = await recommendationPage(viewer, recommendationId)
    expect(shown).toMatchObject({ headline: honest.headline, hiddenBy: null, disputed: { rule: 'false' } })
    expect(JSON.stringify(shown)).not.toContain('workspace')
  }
  for (const viewer of [amina, dara, bo]) expect((await disputePage(viewer, recommendationId)).open).toMatchObject({ said: GROUND.body })
  const chen = await aMember('Chen')
  for (const viewer of [visitor, chen]) await expect(disputePage(viewer, recommendationId)).rejects.toThrow(Forbidden)
  expect(await kindsAbout(recommendationId)).toEqual(['recommendation.written', 'content.flagged', 'recommendation.disputed'])
  await followUp(recommendationId)
  expect(await toldOf(amina)).toContain('recommendation.disputed')
})

test('only staff of the vendor disputes: one at a time, each rule once, and ten at once are one', async () => {
  const { vendor, amina, dara, bo, recommendationId } = await aRecommendation()
  const rival = await aStaffMember(await aVendor('Halyard'))
  const chen = await aMember('Chen')
  for (const viewer of [visitor, amina, chen, bo, rival]) await expect(dispute(viewer, recommendationId, GROUND)).rejects.toThrow(Forbidden)
  const tried = await Promise.allSettled(Array.from({ length: 10 }, () => dispute(dara, recommendationId, GROUND)))
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const colleague = await aStaffMember(vendor, 'Tomas')
  await expect(dispute(colleague, recommendationId, { ...GROUND, rule: 'civil' })).rejects.toThrow(Conflict)
  await dropDispute(colleague, recommendationId)
  await expect(dropDispute(dara, recommendationId)).rejects.toThrow(Conflict)
  await expect(dispute(colleague, recommendationId, GROUND)).rejects.toThrow(Invalid)
  expect((await disputePage(colleague, recommendationId)).rules).not.toContain('false')
  await dispute(colleague, recommendationId, { ...GROUND, rule: 'civil' })
  expect((await recommendationPage(visitor, recommendationId)).disputed).toMatchObject({ rule: 'civil' })
})

test('the author shows privately that they used it: those who decide read it, the vendor never does, not by the page and not by plain SQL', async () => {
  const { amina, dara, bo, recommendationId } = await aDispute()
  const proof = { body: 'Invoice 2024-118, workspace lindenhof, since March.' }
  await expect(proveUse(dara, recommendationId, proof)).rejects.toThrow(Forbidden)
  await proveUse(amina, recommendationId, { body: 'We used it for a year.' })
  await proveUse(amina, recommendationId, proof)
  expect((await disputePage(amina, recommendationId)).open).toMatchObject({ proof: proof.body })
  expect((await provePage(amina, recommendationId)).open).toMatchObject({ proof: proof.body })
  expect((await disputePage(bo, recommendationId)).open).toMatchObject({ proof: proof.body })
  expect((await recommendationQueue(bo, { item: `recommendation:${recommendationId}` })).item?.dispute).toMatchObject({
    ...{ rule: 'false', said: GROUND.body, proof: proof.body },
  })
  expect((await disputePage(dara, recommendationId)).open).toMatchObject({ said: GROUND.body, proof: null })
  await expect(provePage(dara, recommendationId)).rejects.toThrow(Forbidden)
  const words = sql`select words from dispute_words w join disputes s on s.id = w.dispute_id where s.recommendation_id = ${recommendationId}`
  const chen = await aMember('Chen')
  expect([await refusal(dara, words), await refusal(chen, words), await refusal(amina, words), await refusal(bo, words)]).toEqual([
    ...['1 rows', '0 rows', '2 rows', '2 rows'],
  ])
})

test('left as it is, the dispute is declined; hidden, it is upheld; what an appeal takes back counts as declined', async () => {
  const declined = await aDispute()
  expect((await recommendationQueue(declined.bo)).disputes.rows.map(({ id }) => id)).toContain(declined.recommendationId)
  await decide(declined.bo, 'recommendation', declined.recommendationId, keep)
  expect(await verdictsOf(visitor, declined.vendor.id)).toMatchObject({ n: 1, disputed: { waiting: 0, upheld: 0, declined: 1 } })
  expect((await recommendationPage(visitor, declined.recommendationId)).disputed).toBeNull()
  await followUp(declined.recommendationId)
  expect(await toldOf(declined.dara)).toContain('dispute.declined')
  await expect(dispute(declined.dara, declined.recommendationId, GROUND)).rejects.toThrow(Invalid)

  const upheld = await aDispute()
  const { decisionId } = await decide(upheld.bo, 'recommendation', upheld.recommendationId, hide)
  expect(await verdictsOf(visitor, upheld.vendor.id)).toMatchObject({ n: 0, disputed: { waiting: 0, upheld: 1, declined: 0 } })
  expect((await disputePage(upheld.amina, upheld.recommendationId)).ended).toMatchObject([{ outcome: 'upheld', decisionId }])
  await expect(proveUse(upheld.amina, upheld.recommendationId, { body: 'We used it for a year.' })).rejects.toThrow(Conflict)
  const { appealId } = await appeal(upheld.amina, decisionId, { body: 'It describes the product as it was in 2023.' })
  await decideAppeal(await anOperator(), appealId, { outcome: 'overturned', facts: 'The old version did this.' })
  expect(await verdictsOf(visitor, upheld.vendor.id)).toMatchObject({ n: 1, disputed: { waiting: 0, upheld: 0, declined: 1 } })
})

test('whoever has a tie to the vendor, or a verdict on it, leaves its disputes to others, also by plain SQL', async () => {
  const { vendor, product, amina, dara, bo, recommendationId } = await aDispute()
  const proof = 'Invoice 2024-118, workspace lindenhof.'
  await proveUse(amina, recommendationId, { body: proof })
  const formerly = await aStaffMember(vendor, 'Renske')
  await owner.execute(sql`update vendor_staff set ended_at = now() where person_id = ${formerly.personId}`)
  const judge = await aMember('Sofia')
  await writeRecommendation(judge, vendor.slug, { ...honest, product: product.slug })
  for (const { personId } of [formerly, judge]) await owner.insert(portalModerators).values({ personId })
  for (const { personId } of [formerly, judge]) {
    const tied = (await asViewer(personId)) as PersonViewer
    const { item } = await recommendationQueue(tied, { item: `recommendation:${recommendationId}` })
    expect(item?.dispute).toMatchObject({ tied: true, said: GROUND.body, proof: null })
    expect((await disputePage(tied, recommendationId)).open).toMatchObject({ said: GROUND.body, proof: null })
    const shown = sql`select words from dispute_words w join disputes s on s.id = w.dispute_id where s.recommendation_id = ${recommendationId} and w.side = 'author'`
    expect(await refusal(tied, shown)).toBe('0 rows')
    for (const input of [keep, hide])
      await expect(decide(tied, 'recommendation', recommendationId, input)).rejects.toMatchObject({ key: 'dispute.tied' })
  }
  for (const viewer of [dara, await aMember('Chen'), bo])
    expect(
      await refusal(
        viewer,
        sql`update disputes set outcome = 'upheld', ended_at = now(), decision_id = ${newId()} where recommendation_id = ${recommendationId}`,
      ),
    ).toMatch(/^(42501|0 rows)$/)
  expect(await refusal(dara, sql`update disputes set due_at = now() where recommendation_id = ${recommendationId}`)).toBe('42501')
  expect(await refusal(dara, sql`delete from disputes where recommendation_id = ${recommendationId}`)).toBe('42501')
  await decide(bo, 'recommendation', recommendationId, keep)
  expect(await owner.select().from(disputes).where(eq(disputes.recommendationId, recommendationId))).toMatchObject([
    { outcome: 'declined' },
  ])
})

test('what was hidden for a dispute and given back without an appeal counts as declined', async () => {
  const { vendor, bo, recommendationId } = await aDispute()
  const { decisionId } = await decide(bo, 'recommendation', recommendationId, hide)
  await decide(bo, 'recommendation', recommendationId, { act: 'restore', rule: 'none', facts: 'I read the wrong one.', seen: decisionId })
  expect(await verdictsOf(visitor, vendor.id)).toMatchObject({ n: 1, disputed: { waiting: 0, upheld: 0, declined: 1 } })
})

test('it is decided within five working days: a Friday’s is due the Friday after, and stands first in the queue when it is late', async () => {
  const { bo, recommendationId } = await aDispute()
  const [row] = await owner.select().from(disputes).where(eq(disputes.recommendationId, recommendationId))
  const days = ((row?.dueAt.getTime() ?? 0) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(5)
  expect(days).toBeLessThan(8)
  await owner
    .update(disputes)
    .set({ dueAt: new Date('2020-01-03T23:59:59Z') })
    .where(eq(disputes.recommendationId, recommendationId))
  expect((await recommendationQueue(bo)).disputes.rows[0]).toMatchObject({ id: recommendationId, overdue: true })
  await dropDisputeOf(recommendationId)
})

test('what its author takes back is disputed no longer; what is hidden is not disputed anew', async () => {
  const { amina, dara, bo, recommendationId } = await aDispute()
  await withdrawRecommendation(amina, recommendationId)
  await expect(disputePage(dara, recommendationId)).rejects.toThrow(NotFound)
  expect(await owner.select().from(disputes).where(eq(disputes.recommendationId, recommendationId))).toMatchObject([
    { outcome: 'withdrawn' },
  ])
  const hidden = await aRecommendation()
  await decide(hidden.bo, 'recommendation', hidden.recommendationId, hide)
  await expect(dispute(hidden.dara, hidden.recommendationId, GROUND)).rejects.toThrow(NotFound)
  expect(bo.isPortalModerator).toBe(true)
})

const dropDisputeOf = (recommendationId: string) =>
  owner.update(disputes).set({ outcome: 'dropped', endedAt: new Date() }).where(eq(disputes.recommendationId, recommendationId))
