import { randomInt } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { NotFound, TooMany } from '~/server/errors'
import {
  communityQueue,
  confirmReport,
  decide,
  decisionPage,
  forgetReports,
  recommendationQueue,
  reportConfirmationPage,
  reportReceipt,
  tellWhoReported,
  writeReport,
} from '~/server/moderation'
import { systemViewer, visitor, type Viewer } from '~/server/viewer'
import { aPortalModerator, owner, unique } from '../support/cast'
import { aRecommendation } from '../recommendations/scene'
import { aQuestionWithAnAnswer, lastEventOf } from '../threads/scene'

const someNetwork = () => `203.0.${randomInt(256)}.${randomInt(256)}`
const because = (email: string) => ({ reason: 'illegal' as const, note: 'It sells what nobody may sell.', email })
const mailsTo = async (address: string) =>
  (
    await owner.execute<{ subject: string; text: string }>(
      sql`select subject, text_body as text from outgoing_mails where to_address = ${address} order by created_at, id`,
    )
  ).map(({ subject, text }) => ({ subject, token: /\/reports\/([\w.-]+)/.exec(text)?.[1] ?? '' }))

/** Somebody without an account, who writes and has not opened their mail yet. */
async function reported(kind: string, id: string, address = `${unique('reader')}@people.example`) {
  await writeReport(visitor, kind, id, because(address), someNetwork())
  const token = (await mailsTo(address)).at(-1)?.token ?? ''
  return { address, token }
}

test('a report is nothing until its address is confirmed; then it is a flag of nobody that weighs little', async () => {
  const { chen, bo, community, answer } = await aQuestionWithAnAnswer()
  const { address, token } = await reported('post', answer.postId)
  expect((await communityQueue(bo, community.slug)).waiting).toBe(0)
  expect(await reportConfirmationPage(token)).toMatchObject({ reason: 'illegal', receipt: null })
  const receipts = new Set(await Promise.all(Array.from({ length: 10 }, () => confirmReport(token))))
  expect(receipts.size).toBe(1)
  const queue = await communityQueue(bo, community.slug)
  expect(queue).toMatchObject({ waiting: 1, items: [{ flags: 1, score: 0.5 }], item: { flags: [{ by: null, note: because('').note }] } })
  expect(JSON.stringify(queue)).not.toContain(address)
  await expect(reportReceipt(token)).rejects.toThrow(NotFound)
  const [receipt = ''] = receipts
  expect(await reportReceipt(receipt)).toMatchObject({ number: expect.any(Number), state: 'open', decisionId: null })

  const { decisionId } = await decide(bo, 'post', answer.postId, {
    act: 'hide',
    rule: 'advertising',
    facts: 'It sells something.',
    why: 'Nobody had asked.',
    seen: '',
  })
  const settled = await lastEventOf('flags.settled', 'subjectId', answer.postId)
  await Promise.all([tellWhoReported(settled), tellWhoReported(settled)])
  expect(await reportReceipt(receipt)).toMatchObject({ state: 'upheld', decisionId })
  expect((await mailsTo(address)).map(({ subject }) => subject)).toEqual([
    'Send your report?',
    expect.stringMatching(/^We have your report \d+$/),
    expect.stringMatching(/^Your report \d+ was decided$/),
  ])
  expect(JSON.stringify(await decisionPage(chen, decisionId))).not.toContain(address)
})

test('the same address counts once for each thing, and no vendor reads who it was', async () => {
  const { recommendationId } = await aRecommendation()
  const first = await reported('recommendation', recommendationId)
  const receipt = await confirmReport(first.token)
  const again = await reported('recommendation', recommendationId, first.address.toUpperCase().replace('PEOPLE.EXAMPLE', 'people.example'))
  const second = (await mailsTo(first.address)).at(-1)?.token ?? again.token
  expect(await confirmReport(second)).toBe(receipt)
  const { items } = await recommendationQueue(await aPortalModerator(), { item: `recommendation:${recommendationId}` })
  expect(items.find(({ id }) => id === recommendationId)).toMatchObject({ flags: 1 })
})

test('what a visitor does not see is not reported, and a link is good for its report alone', async () => {
  const { answer, bo } = await aQuestionWithAnAnswer()
  const { token } = await reported('post', answer.postId)
  await expect(confirmReport(`${token}x`)).rejects.toThrow(NotFound)
  await decide(bo, 'post', answer.postId, { act: 'hide', rule: 'civil', facts: 'It is rude to somebody.', why: 'It names her.', seen: '' })
  await expect(writeReport(visitor, 'post', answer.postId, because('a@people.example'), someNetwork())).rejects.toThrow(NotFound)
  await expect(confirmReport(token)).rejects.toThrow('report.gone')
})

test('ten reports a day come from one network, and no more', async () => {
  const { answer } = await aQuestionWithAnAnswer()
  const from = someNetwork()
  const write = (each: number) => writeReport(visitor, 'post', answer.postId, because(`${unique(`r${each}`)}@people.example`), from)
  for (let each = 0; each < 10; each += 1) await write(each)
  await expect(write(10)).rejects.toThrow(TooMany)
})

test('what nobody confirms is forgotten after two days', async () => {
  const { answer } = await aQuestionWithAnAnswer()
  const { address, token } = await reported('post', answer.postId)
  await owner.execute(sql`update reports set created_at = now() - interval '3 days' where email = ${address}`)
  await expect(confirmReport(token)).rejects.toThrow(NotFound)
  await forgetReports()
  expect(await owner.execute(sql`select 1 from reports where email = ${address}`)).toHaveLength(0)
})

test('the database shows reports to nobody, and takes a flag of nobody from the portal alone', async () => {
  const { bo, answer, community } = await aQuestionWithAnAnswer()
  await confirmReport((await reported('post', answer.postId)).token)
  const count = (viewer: Viewer) => transaction(viewer, async (tx) => (await tx.execute(sql`select 1 from reports limit 1`)).length)
  expect([await count(visitor), await count(bo), await count(systemViewer('reports'))]).toEqual([0, 0, 1])
  const raise = (viewer: Viewer, weight: number) =>
    transaction(viewer, (tx) =>
      tx.execute(
        sql`insert into flags (id, subject_kind, subject_id, community_id, reason, weight) values (gen_random_uuid(), 'post', ${answer.postId}, (select id from communities where slug = ${community.slug}), 'spam', ${weight})`,
      ),
    )
  await expect(raise(bo, 0.5)).rejects.toThrow()
  await expect(raise(systemViewer('reports'), 3)).rejects.toThrow()
})
