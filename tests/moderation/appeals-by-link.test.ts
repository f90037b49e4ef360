import { randomInt } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { appealAddresses, appeals, handles, importedAddresses, notifications, people } from '~/db/schema'
import { addressMac } from '~/server/authorship'
import { Conflict, Forbidden, Invalid, NotFound, TooMany } from '~/server/errors'
import {
  appeal,
  appealByLink,
  appealItemPage,
  appealLinkPage,
  communityQueue,
  confirmReport,
  decide,
  decideAppeal,
  decisionPage,
  linkedAppealPage,
  linkWithoutAccount,
  mailAppealLink,
  reportReceipt,
  tellWhoAppealed,
  tellWhoReported,
  writeReport,
} from '~/server/moderation'
import { LinkAppealInput } from '~/server/moderation/input'
import { sixMonthsAfter } from '~/server/moderation/rules'
import { notifyWhoIsTold } from '~/server/notifications'
import { writeNotification } from '~/server/notifications/letters'
import { signedToken } from '~/server/platform/signing'
import { systemViewer, visitor, type PersonViewer, type Viewer } from '~/server/viewer'
import { anOperator, owner, unique } from '../support/cast'
import { aDecision, aQuestionWithAnAnswer, lastEventOf, postRow } from '../threads/scene'

const network = () => `203.0.${randomInt(256)}.${randomInt(256)}`
const because = { rule: 'civil', facts: 'What the second sentence says of Amina.', why: 'It is about her.', seen: '' } as const
const wrong = { body: 'It is about the index, and not about her.' }
const reasons = (outcome: 'upheld' | 'overturned') => ({ outcome, facts: 'The sentence is about the index of the folder.' })

const mailsTo = async (address: string) =>
  owner.execute<{ subject: string; text: string }>(
    sql`select subject, text_body as text from outgoing_mails where to_address = ${address} order by created_at, id`,
  )
const tokenIn = (text: string | undefined) => /\/appeal\/([\w.-]+)/.exec(text ?? '')?.[1] ?? ''

/** Reported without an account, and left as it is by Bo. */
async function aDeclinedReport() {
  const scene = await aQuestionWithAnAnswer()
  const address = `${unique('reader')}@people.example`
  const note = 'It sells what nobody may sell.'
  await writeReport(visitor, 'post', scene.answer.postId, { reason: 'illegal', note, email: address }, network())
  const receipt = await confirmReport(/\/reports\/([\w.-]+)/.exec((await mailsTo(address))[0]?.text ?? '')?.[1] ?? '')
  const keep = { act: 'keep', rule: 'none', facts: 'It sells nothing at all.', seen: '' } as const
  const { decisionId } = await decide(scene.bo, 'post', scene.answer.postId, keep)
  await tellWhoReported(await lastEventOf('flags.settled', 'subjectId', scene.answer.postId))
  return { ...scene, address, receipt, decisionId, token: tokenIn((await mailsTo(address)).at(-1)?.text) }
}

/** Imported with an address, and hidden by Bo. */
async function anImportedAnswerHidden() {
  const scene = await aQuestionWithAnAnswer()
  const address = `${unique('writer')}@people.example`
  const importedId = newId()
  await owner.insert(handles).values({ id: importedId, kind: 'placeholder', displayName: '@next' })
  await owner.insert(importedAddresses).values({ importedId, addressMac: await addressMac({ address }) })
  await owner.execute(sql`update posts set handle_id = ${importedId} where id = ${scene.answer.postId}`)
  const { decisionId } = await decide(scene.bo, 'post', scene.answer.postId, { act: 'hide', ...because })
  return { ...scene, address, importedId, decisionId, olu: await anOperator() }
}

async function erased(person: PersonViewer) {
  await owner.update(people).set({ status: 'erased' }).where(eq(people.id, person.personId))
}

test('whoever reported without an account appeals by the mail; somebody else decides; they hear of it, and the address is gone', async () => {
  const { bo, chen, community, answer, address, receipt, decisionId, token } = await aDeclinedReport()
  expect(await reportReceipt(receipt)).toMatchObject({ state: 'declined', decisionId, appeal: token })
  const page = await linkedAppealPage(token)
  expect(page).toMatchObject({
    appeal: null,
    asksForAddress: false,
    signsIn: false,
    statement: { facts: 'It sells nothing at all.', words: null },
  })
  for (const secret of [address, chen.handleId, 'Chen', bo.personId]) expect(JSON.stringify(page)).not.toContain(secret)
  await appealByLink(token, wrong, network())
  await expect(appealByLink(token, wrong, network())).rejects.toThrow(Conflict)

  const { appeals: waiting } = await communityQueue(bo, community.slug)
  expect(waiting).toMatchObject({ waiting: 1, rows: [{ by: null, own: true }] })
  const appealId = waiting.rows[0]?.id ?? ''
  const item = await appealItemPage(bo, appealId)
  expect(item).toMatchObject({ by: null, standing: 'reporter', words: wrong.body, may: { decide: false } })
  expect(JSON.stringify(item)).not.toContain(address)
  const overturn = { ...reasons('overturned'), rule: 'advertising', why: 'It offers a service for money.' } as const
  await expect(decideAppeal(bo, appealId, overturn)).rejects.toThrow(Forbidden)
  await decideAppeal(await anOperator(), appealId, overturn)
  expect((await postRow(answer.postId)).hiddenByDecisionId).not.toBeNull()
  expect(await linkedAppealPage(token)).toMatchObject({ appeal: { outcome: 'overturned', words: wrong.body } })

  const decided = await lastEventOf('appeal.decided', 'appealId', appealId)
  await Promise.all([tellWhoAppealed(decided), tellWhoAppealed(decided), notifyWhoIsTold(decided)])
  expect((await mailsTo(address)).filter(({ subject }) => subject === 'Your appeal was decided')).toHaveLength(1)
  expect(tokenIn((await mailsTo(address)).at(-1)?.text)).toBe(token)
  expect(await owner.select().from(appealAddresses).where(eq(appealAddresses.appealId, appealId))).toEqual([])
  const told = await owner.select({ personId: notifications.personId }).from(notifications).where(eq(notifications.objectId, decisionId))
  expect(told.map(({ personId }) => personId)).toEqual([bo.personId])
})

test('ten presses are one appeal; a link that was changed, or made for something else, is nothing', async () => {
  const { decisionId, token, receipt } = await aDeclinedReport()
  const ten = await Promise.allSettled(Array.from({ length: 10 }, () => appealByLink(token, wrong, network())))
  expect(ten.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const flag = newId()
  const others = [`${token}x`, token.slice(1), receipt, 'no-such-link', '', await signedToken('appeal', `${decisionId}:report:${flag}`)]
  others.push(await signedToken('report', `${decisionId}:report:${flag}`), await signedToken('appeal', `${decisionId}:author:${flag}`))
  for (const other of others) {
    await expect(linkedAppealPage(other)).rejects.toThrow(NotFound)
    await expect(appealByLink(other, wrong, network())).rejects.toThrow(NotFound)
  }
})

test('an imported author asks for the link by the address that came with the import; everybody else gets the same answer and no mail', async () => {
  const { bo, olu, community, answer, address, importedId, decisionId } = await anImportedAnswerHidden()
  expect((await decisionPage(visitor, decisionId)).may).toEqual({ appeal: false, askForLink: true })
  expect(await appealLinkPage(visitor, decisionId)).toMatchObject({ id: decisionId, act: 'hide' })
  const stranger = `${unique('stranger')}@people.example`
  await mailAppealLink(visitor, decisionId, { email: stranger }, network())
  expect(await mailsTo(stranger)).toHaveLength(0)
  await mailAppealLink(visitor, decisionId, { email: address.toUpperCase() }, network())
  const token = tokenIn((await mailsTo(address))[0]?.text)
  expect(await linkedAppealPage(token)).toMatchObject({
    asksForAddress: true,
    signsIn: false,
    statement: { facts: because.facts, why: because.why, words: { html: expect.any(String) }, mend: null, item: null },
  })
  await expect(appealByLink(token, { ...wrong, email: '' }, network())).rejects.toThrow(Invalid)
  await appealByLink(token, { ...wrong, email: address }, network())
  const appealId = (await communityQueue(bo, community.slug)).appeals.rows[0]?.id ?? ''
  expect(await appealItemPage(olu, appealId)).toMatchObject({ by: { displayName: '@next' }, standing: 'target', may: { decide: true } })
  await decideAppeal(olu, appealId, reasons('overturned'))
  expect(await postRow(answer.postId)).toMatchObject({ hiddenByDecisionId: null, handleId: importedId })
  await tellWhoAppealed(await lastEventOf('appeal.decided', 'appealId', appealId))
  expect((await mailsTo(address)).map(({ subject }) => subject)).toEqual(['Your link to appeal', 'Your appeal was decided'])
})

test('the mail of a decision carries a link that holds when the account is gone, and leads to the account until then', async () => {
  const { chen, bo, answer } = await aQuestionWithAnAnswer()
  const { decisionId } = await decide(bo, 'post', answer.postId, { act: 'hide', ...because })
  await notifyWhoIsTold(await lastEventOf('content.decided', 'decisionId', decisionId))
  const [told] = await owner.select({ id: notifications.id }).from(notifications).where(eq(notifications.personId, chen.personId))
  const letter = await writeNotification({ personId: chen.personId, ids: [told?.id ?? ''] }, newId())
  const token = tokenIn(letter?.text)
  expect(letter?.html).toContain(token)
  expect((await linkWithoutAccount(decisionId))?.link).toContain(token)
  expect(await linkedAppealPage(token)).toMatchObject({ signsIn: true, appeal: null })
  await expect(appealByLink(token, { ...wrong, email: 'chen@people.example' }, network())).rejects.toThrow(NotFound)
  await erased(chen)
  expect(await linkedAppealPage(token)).toMatchObject({ signsIn: false, asksForAddress: true })
  await appealByLink(token, { ...wrong, email: 'chen@people.example' }, network())
  expect((await linkedAppealPage(token)).appeal).toMatchObject({ words: wrong.body, outcome: null })
})

test('who appealed with an account before it was erased has appealed', async () => {
  const { chen, bo, answer } = await aQuestionWithAnAnswer()
  const { decisionId } = await decide(bo, 'post', answer.postId, { act: 'hide', ...because })
  const { link } = (await linkWithoutAccount(decisionId)) ?? { link: '' }
  await appeal(chen, decisionId, wrong)
  await erased(chen)
  expect((await linkedAppealPage(tokenIn(link))).appeal).toMatchObject({ words: wrong.body })
  await expect(appealByLink(tokenIn(link), { ...wrong, email: 'chen@people.example' }, network())).rejects.toThrow(Conflict)
})

test('after six months it is too late, in words; what was upheld, or given back, has no link', async () => {
  const old = await anImportedAnswerHidden()
  const decidedAt = new Date(Date.now() - 190 * 86_400_000)
  const about = { kind: 'post' as const, id: old.answer.postId, communityId: old.community.id }
  const oldId = await aDecision(old.bo, { ...about, decidedAt, appealUntil: new Date(sixMonthsAfter(decidedAt).getTime() + 1000) })
  const token = await signedToken('appeal', `${oldId}:author:${old.importedId}`)
  const tooLate = expect.objectContaining({ key: 'appeal.tooLate' }) as Error
  await expect(linkedAppealPage(token)).rejects.toThrow(tooLate)
  await expect(appealByLink(token, { ...wrong, email: old.address }, network())).rejects.toThrow(tooLate)
  await mailAppealLink(visitor, oldId, { email: old.address }, network())
  expect(await mailsTo(old.address)).toHaveLength(0)

  const { bo, olu, answer, decisionId: hidden } = await anImportedAnswerHidden()
  const restore = { act: 'restore', rule: 'none', facts: 'It was about the index.', seen: hidden } as const
  const { decisionId: restored } = await decide(olu, 'post', answer.postId, restore)
  expect(await linkWithoutAccount(restored)).toBeNull()
  await expect(appealLinkPage(bo, restored)).rejects.toThrow(NotFound)
})

test('ten a day from one network, and hostile words are kept as words', async () => {
  const from = network()
  const first = await aDeclinedReport()
  const words = `<script>alert(1)</script> ${'\u202e'}%00 '; drop table appeals; --`
  await appealByLink(first.token, LinkAppealInput.parse({ body: words, email: '' }), from)
  expect((await linkedAppealPage(first.token)).appeal?.words).toContain('<script>alert(1)</script>')
  for (let each = 1; each < 10; each += 1) await appealByLink(first.token, wrong, from).catch(() => {})
  await expect(appealByLink(first.token, wrong, from)).rejects.toThrow(TooMany)
  expect(LinkAppealInput.safeParse({ body: 'too short' }).success).toBe(false)
  expect(LinkAppealInput.safeParse({ body: 'x'.repeat(4001) }).success).toBe(false)
  expect(LinkAppealInput.safeParse({ ...wrong, email: 'nobody' }).success).toBe(false)
})

test('the database takes an appeal of nobody from the portal alone, about what may be contested, once', async () => {
  const { bo, chen, decisionId, answer, address } = await aDeclinedReport()
  const system = systemViewer('appeals-by-link')
  const [flag] = await owner.execute<{ id: string }>(sql`select id from flags where subject_id = ${answer.postId} and flagged_by is null`)
  const write = (
    by: Viewer,
    standing: string,
    { handle = null as string | null, flagId = null as string | null, decision = decisionId } = {},
  ) =>
    transaction(by, (tx) =>
      tx.execute(sql`insert into appeals (id, decision_id, handle_id, flag_id, standing, words, due_at)
        values (${newId()}, ${decision}, ${handle}, ${flagId}, ${standing}, 'Wrong', now())`),
    )
  const mine = { flagId: flag?.id ?? '' }
  for (const by of [visitor, bo, chen]) await expect(write(by, 'reporter', mine)).rejects.toThrow()
  await expect(write(system, 'reporter')).rejects.toThrow()
  await expect(write(system, 'reporter', { ...mine, handle: chen.handleId })).rejects.toThrow()
  await expect(write(system, 'target', { handle: chen.handleId })).rejects.toThrow()
  await write(system, 'reporter', mine)
  await expect(write(system, 'reporter', mine)).rejects.toThrow()

  const { decisionId: hidden } = await decide(bo, 'post', answer.postId, { act: 'hide', ...because, seen: decisionId })
  await expect(write(system, 'reporter', { ...mine, decision: hidden })).rejects.toThrow()
  await expect(write(system, 'target', { handle: chen.handleId, decision: hidden })).rejects.toThrow()
  await erased(chen)
  await expect(write(system, 'target', { handle: bo.handleId, decision: hidden })).rejects.toThrow()
  await write(system, 'target', { handle: chen.handleId, decision: hidden })
  await expect(write(system, 'target', { handle: chen.handleId, decision: hidden })).rejects.toThrow()

  const [written] = await owner.select({ id: appeals.id }).from(appeals).where(eq(appeals.decisionId, decisionId))
  const keep = (by: Viewer) => transaction(by, (tx) => tx.insert(appealAddresses).values({ appealId: written?.id ?? '', email: address }))
  await expect(keep(bo)).rejects.toThrow()
  await keep(system)
  const seen = (by: Viewer) => transaction(by, async (tx) => (await tx.select().from(appealAddresses)).length)
  expect([await seen(visitor), await seen(bo), await seen(chen)]).toEqual([0, 0, 0])
})
