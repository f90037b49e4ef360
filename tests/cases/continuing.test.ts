import { and, eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { handles, notifications, notificationsWaiting, people, suspensions, threadMerges, threads, vendorStaff } from '~/db/schema'
import {
  caseFacts,
  casePage,
  casesOfVendor,
  casesToServe,
  closeCase,
  letGoOfCase,
  myCases,
  noteOnCase,
  declineAnswer,
  openCase,
  openingPage,
  placesOfCases,
  proposeAnswer,
  publishAnswer,
  reopenCase,
  takeCase,
  writeInCase,
} from '~/server/cases'
import { draftFor, keepDraft } from '~/server/drafts'
import { DraftInput } from '~/server/drafts/input'
import { Conflict, Forbidden, NotFound, TooMany } from '~/server/errors'
import { inboxPage, markCaseRead, notifyWhoIsTold, tellWaiting, unreadCount } from '~/server/notifications'
import { limits } from '~/server/limits'
import { now, setClock } from '~/server/platform/clock'
import { missedIn } from '~/server/platform/live-log'
import { reactor } from '~/server/reactions'
import { keepRelationship, ownRecordPage } from '~/server/relationships'
import { mayEnter } from '~/server/rooms'
import { askQuestion, mergeThreads, threadPage, undoMerge } from '~/server/threads'
import { giveGrant, keepAttribute, revokeGrant, myReadings, grantsTo } from '~/server/vault'
import { visitor, type PersonViewer, type Viewer } from '~/server/viewer'
import { owner, refreshed } from '../support/cast'
import { aDecision, aQuestionOf } from '../threads/scene'
import { anOffer, aQuestionForTheVendor, caseRow, eventsOfCase, kindsOf, messagesIn, OFFER, REPLY } from './scene'

afterEach(() => setClock(null))

const publicLine = async (viewer: Viewer, { slug, number }: { slug: string; number: number }) =>
  (await threadPage(viewer, { slug, number: String(number), order: 'helpful' })).privately
/** The lines of their inbox. */
const told = async (who: PersonViewer) =>
  (
    await owner
      .select()
      .from(notifications)
      .where(and(eq(notifications.personId, who.personId), eq(notifications.objectKind, 'case'), eq(notifications.leads, true)))
      .orderBy(notifications.id)
  ).map(({ kind, why }) => `${kind} ${why}`)
const tellAll = async (caseId: string) => {
  for (const event of await eventsOfCase(caseId)) await notifyWhoIsTold(event)
}

test('staff offer to continue, and the asker takes it by writing; the question says so and nothing more', async () => {
  const { amina, chen, dara, question, caseId } = await anOffer()
  expect(await publicLine(chen, question)).toMatchObject([{ vendor: 'Tern Works', continuedAt: null, cameBackAt: null }])
  expect(await caseRow(caseId)).toMatchObject({ state: 'waiting-asker', assignedTo: dara.handleId })
  await writeInCase(amina, caseId, { body: REPLY })
  const [line] = await publicLine(visitor, question)
  expect(line?.continuedAt).toBeInstanceOf(Date)
  expect(JSON.stringify(await threadPage(chen, { slug: question.slug, number: String(question.number), order: 'helpful' }))).not.toMatch(
    /index\. Send it|names our clients/,
  )
  expect(await kindsOf(caseId)).toEqual(['case.opened', 'case.continued'])
  for (const side of [amina, dara])
    expect((await casePage(side, caseId, null)).messages.map(({ html }) => html.replace(/<[^>]+>|\n/g, ''))).toEqual([OFFER, REPLY])
})

test('the asker begins; an offer that the asker closes leaves no line', async () => {
  const { amina, question, sanne } = await aQuestionForTheVendor()
  const caseId = await openCase(amina, question.threadId, { body: REPLY })
  expect(await caseRow(caseId)).toMatchObject({ state: 'waiting-vendor', assignedTo: null })
  await writeInCase(sanne, caseId, { body: 'We look into it.' })
  expect(await caseRow(caseId)).toMatchObject({ state: 'waiting-asker', assignedTo: sanne.handleId })
  const offer = await anOffer()
  await closeCase(offer.amina, offer.caseId)
  expect(await publicLine(offer.chen, offer.question)).toEqual([])
})

test('only its asker and the staff it concerns open one; an imported name has nobody who could read it', async () => {
  const { amina, chen, bo, joost, olu, dara, question } = await aQuestionForTheVendor()
  for (const other of [chen, bo, joost, olu]) await expect(openCase(other, question.threadId, { body: REPLY })).rejects.toThrow(Forbidden)
  await expect(openCase(visitor, question.threadId, { body: REPLY })).rejects.toThrow(Forbidden)
  const independent = await aQuestionForTheVendor({ hostVendorId: undefined, productId: undefined })
  for (const side of [independent.amina, independent.dara])
    await expect(openCase(side, independent.question.threadId, { body: REPLY })).rejects.toThrow(Forbidden)
  const closed = await aQuestionForTheVendor({ access: 'invitation' })
  await expect(openCase(closed.sanne, closed.question.threadId, { body: OFFER })).rejects.toThrow(NotFound)
  await owner.update(handles).set({ kind: 'placeholder', personId: null, handle: null }).where(eq(handles.id, amina.handleId))
  await expect(openCase(dara, question.threadId, { body: OFFER })).rejects.toThrow('case.nobodyThere')
})

test('ten at once open one case, and the same words pressed twice are said once', async () => {
  const { amina, dara, sanne, question } = await aQuestionForTheVendor()
  const opened = await Promise.all([
    ...Array.from({ length: 5 }, () => openCase(amina, question.threadId, { body: REPLY })),
    ...Array.from({ length: 5 }, () => openCase(dara, question.threadId, { body: OFFER })),
  ])
  const [caseId = ''] = opened
  expect(new Set(opened).size).toBe(1)
  expect((await kindsOf(caseId)).filter((kind) => kind === 'case.opened')).toHaveLength(1)
  const before = (await messagesIn(caseId)).length
  await Promise.all(Array.from({ length: 10 }, () => writeInCase(sanne, caseId, { body: 'Got it.' })))
  expect(await messagesIn(caseId)).toHaveLength(before + 1)
})

test('nobody else reads it: no member, moderator, rival or operator, and no longer who has left the vendor', async () => {
  const { amina, chen, bo, joost, olu, dara, sanne, caseId } = await anOffer()
  for (const other of [chen, bo, joost, olu]) {
    await expect(casePage(other, caseId, null)).rejects.toThrow(NotFound)
    await expect(writeInCase(other, caseId, { body: REPLY })).rejects.toThrow(NotFound)
    expect(await mayEnter(other, `case:${caseId}`)).toBe(false)
    expect(await caseFacts(other, caseId)).toBeNull()
  }
  expect(await caseFacts(visitor, caseId)).toBeNull()
  for (const side of [amina, dara, sanne]) expect(await mayEnter(side, `case:${caseId}`)).toBe(true)
  const { vendorId } = await caseRow(caseId)
  expect(await Promise.all([amina, dara, joost].map((one) => mayEnter(one, `cases:${vendorId}`)))).toEqual([false, true, false])
  await tellAll(caseId)
  await writeInCase(amina, caseId, { body: REPLY })
  await tellAll(caseId)
  expect(await unreadCount(dara)).toBe(1)
  await owner.update(vendorStaff).set({ endedAt: new Date() }).where(eq(vendorStaff.personId, dara.personId))
  const gone = await refreshed(dara)
  await expect(casePage(gone, caseId, null)).rejects.toThrow(NotFound)
  expect(await mayEnter(gone, `case:${caseId}`)).toBe(false)
  expect([await unreadCount(gone), (await inboxPage(gone)).notices.length]).toEqual([0, 0])
  expect((await casePage(sanne, caseId, null)).assigned).toBeNull()
})

test('who is suspended from the room still reads their case, and writes nothing in it', async () => {
  const { amina, bo, community, question, caseId } = await anOffer()
  await writeInCase(amina, caseId, { body: REPLY })
  const decisionId = await aDecision(bo, { kind: 'thread', id: question.threadId, communityId: community.id })
  await owner.insert(suspensions).values({ id: newId(), personId: amina.personId, communityId: community.id, decisionId })
  const suspended = await refreshed(amina)
  expect(await casePage(suspended, caseId, null)).toMatchObject({ may: { write: false }, draft: null })
  await expect(writeInCase(suspended, caseId, { body: 'And?' })).rejects.toThrow('case.notNow')
})

test('staff read beside it what the asker lets them read, and that is written down; by default the handle alone', async () => {
  const { amina, dara, vendor, caseId } = await anOffer()
  expect((await casePage(dara, caseId, null)).theirs).toEqual({ values: [], grants: [] })
  await keepAttribute(amina, 'role', { value: 'Office lead' })
  await keepAttribute(amina, 'phone', { value: '+49 30 5550 142' })
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  await giveGrant(amina, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until })
  const page = await casePage(dara, caseId, null)
  expect(page.theirElsewhere).toBe(false)
  expect(page.theirs?.values.map(({ key, value }) => [key, value])).toEqual([['role', 'Office lead']])
  expect(JSON.stringify(page)).not.toContain('30 5550 142')
  expect((await myReadings(amina, null)).readings.length).toBeGreaterThan(0)
  expect((await casePage(amina, caseId, null)).theirs).toBeNull()
  const readings = async () => (await myReadings(amina, null)).readings.length
  const before = await readings()
  expect((await casePage(dara, caseId, null, { guessed: true })).theirs).toEqual({ values: [], grants: [] })
  expect(await readings()).toBe(before)
  await giveGrant(amina, { vendor: vendor.slug, attributes: ['phone'], purpose: 'relationship', until })
  const more = await casePage(dara, caseId, null)
  expect(more.theirElsewhere).toBe(true)
  expect(JSON.stringify(more)).not.toContain('30 5550 142')
  const [grant] = (await grantsTo(amina, vendor.id, amina.personId)).filter(({ purpose }) => purpose === 'answer')
  await revokeGrant(amina, grant?.id ?? '')
  expect((await casePage(dara, caseId, null)).theirs).toEqual({ values: [], grants: [] })
})

test('either side closes and opens it again, and a message opens it too', async () => {
  const { amina, dara, chen, caseId } = await anOffer()
  await writeInCase(amina, caseId, { body: REPLY })
  await closeCase(dara, caseId)
  await closeCase(amina, caseId)
  expect((await casePage(amina, caseId, null)).closedBy).toMatchObject({ displayName: 'Dara' })
  await reopenCase(amina, caseId)
  await reopenCase(amina, caseId)
  expect(await caseRow(caseId)).toMatchObject({ state: 'waiting-vendor', closedBy: null })
  await closeCase(amina, caseId)
  await writeInCase(dara, caseId, { body: 'One thing more.' })
  expect(await caseRow(caseId)).toMatchObject({ state: 'waiting-asker', closedBy: null })
  await expect(closeCase(chen, caseId)).rejects.toThrow(NotFound)
  expect((await kindsOf(caseId)).slice(2)).toEqual(['case.closed', 'case.reopened', 'case.closed', 'case.messaged'])
})

test('a colleague has it until another takes it over, having seen who has it', async () => {
  const { amina, dara, sanne, caseId } = await anOffer()
  await expect(takeCase(sanne, caseId)).rejects.toThrow(Conflict)
  await takeCase(sanne, caseId, dara.handle)
  expect((await casePage(dara, caseId, null)).assigned).toMatchObject({ by: { displayName: 'Sanne' }, mine: false })
  await letGoOfCase(dara, caseId)
  expect((await caseRow(caseId)).assignedTo).toBe(sanne.handleId)
  await letGoOfCase(sanne, caseId)
  await expect(takeCase(amina, caseId)).rejects.toThrow(Forbidden)
  expect((await kindsOf(caseId)).slice(1)).toEqual(['case.taken', 'case.let-go'])
})

test('those that wait for the vendor stand first, the longest waiting first, page by page', async () => {
  const { amina, dara, chen, joost, vendor, caseId } = await anOffer()
  expect(await casesToServe(dara, vendor.id)).toEqual({ slug: vendor.slug, count: 0 })
  await writeInCase(amina, caseId, { body: REPLY })
  expect(await casesToServe(dara, vendor.id)).toEqual({ slug: vendor.slug, count: 1 })
  for (const other of [amina, joost]) expect(await casesToServe(other, vendor.id)).toBeNull()
  const page = await casesOfVendor(dara, vendor.slug, 'us', null)
  expect(page.cases).toMatchObject([{ caseId, title: 'Deleted messages come back', offered: false, assigned: { mine: true } }])
  expect(page.counts).toEqual({ us: 1, them: 0 })
  expect((await casesOfVendor(dara, vendor.slug, 'them', null)).cases).toEqual([])
  await expect(casesOfVendor(chen, vendor.slug, 'us', null)).rejects.toThrow(Forbidden)
  expect((await myCases(amina, null)).cases).toMatchObject([{ caseId, vendorName: 'Tern Works', state: 'waiting-vendor' }])
  expect((await myCases(chen, null)).cases).toEqual([])
})

test('the other side is told once until it reads, without a word of the case; the colleague who has it is the one', async () => {
  const { amina, dara, sanne, chen, caseId } = await anOffer()
  await tellAll(caseId)
  expect(await told(amina)).toEqual(['case.opened asker'])
  await writeInCase(amina, caseId, { body: REPLY })
  await writeInCase(amina, caseId, { body: 'And a second one.' })
  await writeInCase(amina, caseId, { body: 'And a third.' })
  await tellAll(caseId)
  await tellAll(caseId)
  expect(await told(dara)).toEqual(['case.continued staff', 'case.messaged staff'])
  expect([await told(sanne), await told(chen)]).toEqual([[], []])
  expect((await inboxPage(amina)).notices[0]?.about).toEqual({ kind: 'case', caseId, title: 'Deleted messages come back' })
})

const minutesPass = (minutes: number) => setClock(new Date(now().getTime() + minutes * 60_000))
const waitsFor = (who: PersonViewer) =>
  owner
    .select()
    .from(notificationsWaiting)
    .where(and(eq(notificationsWaiting.personId, who.personId), eq(notificationsWaiting.channel, 'mail')))

test('what is written after a mail has left is told again, in the same line of the inbox; ten at once join one', async () => {
  const { amina, dara, caseId } = await anOffer()
  await writeInCase(amina, caseId, { body: REPLY })
  await writeInCase(amina, caseId, { body: 'And a second one.' })
  await tellAll(caseId)
  await markCaseRead(dara, caseId)
  const lines = ['case.continued staff', 'case.messaged staff']
  const written = async (...bodies: string[]) => {
    for (const body of bodies) await writeInCase(amina, caseId, { body })
    await Promise.all((await eventsOfCase(caseId)).map((event) => notifyWhoIsTold(event)))
  }
  await written(...Array.from({ length: 10 }, (_, n) => `Line ${n} of the log.`))
  expect(await told(dara)).toEqual([...lines, 'case.messaged staff'])
  expect(await unreadCount(dara)).toBe(1)
  expect(new Set((await waitsFor(dara)).map(({ groupId }) => groupId)).size).toBe(1)
  minutesPass(11)
  await tellWaiting()
  expect(await waitsFor(dara)).toEqual([])
  await written('One thing more.')
  expect(await waitsFor(dara)).toHaveLength(1)
  expect(await told(dara)).toEqual([...lines, 'case.messaged staff'])
})

test('an offer waits for the asker: staff write nothing more, nor open again what was not taken up', async () => {
  const { amina, dara, sanne, question, caseId } = await anOffer()
  for (const attempt of [
    () => writeInCase(dara, caseId, { body: 'Have you seen this?' }),
    () => openCase(sanne, question.threadId, { body: 'Have you seen this?' }),
    () => proposeAnswer(dara, caseId, { body: 'Rebuild the index of the folder.' }),
  ])
    await expect(attempt()).rejects.toThrow('case.offerWaits')
  expect(await openCase(dara, question.threadId, { body: OFFER })).toBe(caseId)
  expect(await messagesIn(caseId)).toHaveLength(1)
  expect((await casePage(dara, caseId, null)).may).toMatchObject({ write: false, close: true })
  await closeCase(amina, caseId)
  for (const attempt of [
    () => reopenCase(dara, caseId),
    () => writeInCase(dara, caseId, { body: 'Please?' }),
    () => openCase(dara, question.threadId, { body: 'Please?' }),
  ])
    await expect(attempt()).rejects.toThrow('case.offerWaits')
  expect(await caseRow(caseId)).toMatchObject({ state: 'closed', closedBy: amina.handleId })
  await reopenCase(amina, caseId)
  expect(await caseRow(caseId)).toMatchObject({ state: 'waiting-asker', continuedAt: null })
  await writeInCase(amina, caseId, { body: REPLY })
  await writeInCase(dara, caseId, { body: 'Thank you.' })
  const withdrawn = await anOffer()
  await closeCase(withdrawn.dara, withdrawn.caseId)
  expect(await publicLine(withdrawn.chen, withdrawn.question)).toEqual([])
})

test('what a question says of its case stands where the question stands, and goes back with it; a private room says it to its own alone', async () => {
  const { amina, bo, chen, dara, community, question, caseId } = await anOffer()
  await writeInCase(amina, caseId, { body: REPLY })
  const into = await askQuestion(chen, community.slug, { ...aQuestionOf, title: 'Compacting brings back what I deleted' })
  const ways = (who: PersonViewer) => threadPage(who, { slug: into.slug, number: String(into.number), order: 'helpful' })
  await mergeThreads(bo, into.threadId, { questions: `/c/${question.slug}/${question.number}/x` })
  expect(await publicLine(visitor, into)).toMatchObject([{ continuedAt: expect.anything() }])
  expect((await ways(amina)).ownCase).toBe(caseId)
  expect([(await ways(chen)).ownCase, (await ways(dara)).ownCase]).toEqual([null, null])
  const own = await openCase(chen, into.threadId, { body: REPLY })
  expect(await publicLine(visitor, into)).toHaveLength(2)
  expect([(await ways(amina)).ownCase, (await ways(dara)).ownCase]).toEqual([caseId, own])
  const hidden = await aDecision(bo, { kind: 'thread', id: question.threadId, communityId: community.id })
  await owner.update(threads).set({ hiddenByDecisionId: hidden }).where(eq(threads.id, question.threadId))
  expect(await publicLine(visitor, into)).toHaveLength(1)
  await owner.update(threads).set({ hiddenByDecisionId: null }).where(eq(threads.id, question.threadId))
  const [merge] = await owner.select().from(threadMerges).where(eq(threadMerges.threadId, question.threadId))
  await undoMerge(bo, merge?.id ?? '')
  expect([await publicLine(visitor, into), await publicLine(visitor, question)]).toMatchObject([[{}], [{}]])
  expect((await ways(amina)).ownCase).toBeNull()
  const secret = await anOffer({ access: 'invitation' })
  const said = (who: PersonViewer | null) =>
    transaction(who ?? visitor, (tx) => tx.execute(sql`select * from private_since(${secret.question.threadId}::uuid)`))
  expect(await Promise.all([secret.chen, secret.bo, secret.amina].map(said))).toMatchObject([[{}], [{}], [{}]])
  expect(await Promise.all([null, secret.joost, bo].map(said))).toEqual([[], [], []])
})

test('where a merged question stands today, it is heard that its case is taken up', async () => {
  const { amina, bo, chen, community, question, caseId } = await anOffer()
  const into = await askQuestion(chen, community.slug, { ...aQuestionOf, title: 'Compacting brings back what I deleted' })
  await mergeThreads(bo, into.threadId, { questions: `/c/${question.slug}/${question.number}/x` })
  await writeInCase(amina, caseId, { body: REPLY })
  for (const event of (await eventsOfCase(caseId)).slice(1)) await reactor.react('live', event)
  expect((await missedIn(`thread:${into.threadId}`, 0)).missed.map(({ event }) => event)).toEqual(['case.continued'])
})

test('closing and opening again by turns ends', async () => {
  const { amina, caseId } = await anOffer()
  await writeInCase(amina, caseId, { body: REPLY })
  const byTurns = async () => {
    for (let n = 0; n < limits.case.most; n++) await (n % 2 ? reopenCase : closeCase)(amina, caseId)
  }
  await expect(byTurns()).rejects.toThrow(TooMany)
})

test('whose question it is no more decides and writes nothing in its case; the rightful author begins one of their own', async () => {
  const { amina, chen, dara, question, caseId } = await anOffer()
  await writeInCase(amina, caseId, { body: REPLY })
  await proposeAnswer(dara, caseId, { body: 'Rebuild the index of the folder.' })
  const [proposed] = (await casePage(amina, caseId, null)).answers
  await owner.update(threads).set({ handleId: chen.handleId }).where(eq(threads.id, question.threadId))
  expect(await casePage(amina, caseId, null)).toMatchObject({ may: { write: false, decide: false } })
  for (const attempt of [
    () => writeInCase(amina, caseId, { body: 'And?' }),
    () => publishAnswer(amina, caseId, proposed?.id ?? ''),
    () => declineAnswer(amina, caseId, proposed?.id ?? ''),
    () => closeCase(amina, caseId),
    () => reopenCase(amina, caseId),
  ])
    await expect(attempt()).rejects.toThrow(Forbidden)
  for (const attempt of [
    () => writeInCase(dara, caseId, { body: 'Did it help?' }),
    () => proposeAnswer(dara, caseId, { body: 'Compact the folder, then rebuild its index.' }),
  ])
    await expect(attempt()).rejects.toThrow('case.notNow')
  expect((await casePage(dara, caseId, null)).may).toMatchObject({ write: false, close: true })
  expect(await publicLine(visitor, question)).toEqual([])
  expect((await openingPage(dara, String(question.number))).caseId).toBeNull()
  const [own = '', ...others] = await Promise.all(Array.from({ length: 5 }, () => openCase(chen, question.threadId, { body: REPLY })))
  expect(new Set(others)).toEqual(new Set([own]))
  expect(own).not.toBe(caseId)
  expect(await caseRow(own)).toMatchObject({ handleId: chen.handleId })
  expect(await publicLine(visitor, question)).toHaveLength(1)
  for (const side of [chen, dara]) {
    expect((await openingPage(side, String(question.number))).caseId).toBe(own)
    expect((await threadPage(side, { slug: question.slug, number: String(question.number), order: 'helpful' })).ownCase).toBe(own)
  }
  expect(await caseFacts(chen, caseId)).toBeNull()
  expect(await caseFacts(amina, own)).toBeNull()
})

test('who of the staff has it, took it or wrote a note is nothing that the asker hears', async () => {
  const { amina, dara, sanne, caseId } = await anOffer()
  await noteOnCase(dara, caseId, { body: 'Careful: a clinic.' })
  await takeCase(sanne, caseId, dara.handle)
  await letGoOfCase(sanne, caseId)
  expect((await casePage(amina, caseId, null)).assigned).toBeNull()
  await takeCase(sanne, caseId)
  expect((await casePage(dara, caseId, null)).assigned).toMatchObject({ by: { displayName: 'Sanne' } })
  expect((await myCases(amina, null)).cases).toMatchObject([{ caseId, assigned: null }])
  expect(await Promise.all([amina, dara].map((one) => mayEnter(one, `case-staff:${caseId}`)))).toEqual([false, true])
  for (const event of await eventsOfCase(caseId)) await reactor.react('live', event)
  const heardIn = async (room: string) => (await missedIn(`${room}:${caseId}`, 0)).missed.map(({ event }) => event)
  expect(await heardIn('case')).toEqual(['case.opened'])
  expect(await heardIn('case-staff')).toEqual(['case.noted', 'case.taken', 'case.let-go', 'case.taken'])
})

test('both find it on the record of their dealings', async () => {
  const { amina, dara, vendor, caseId } = await anOffer()
  await writeInCase(amina, caseId, { body: REPLY })
  for (const event of await eventsOfCase(caseId)) await keepRelationship(event)
  const { timeline } = await ownRecordPage(amina, vendor.slug, null)
  expect(timeline.entries.map(({ kind, side }) => `${kind} ${side}`)).toEqual(['case.continued theirs', 'case.opened ours'])
  expect(timeline.entries[1]?.actor).toMatchObject({ displayName: dara.displayName })
})

test('what is being written is kept, and gone once it is sent', async () => {
  const { amina, caseId } = await anOffer()
  const kept = await keepDraft(amina, 'case-message', caseId, DraftInput.parse({ body: REPLY }))
  expect((await draftFor(amina, 'case-message', caseId))?.newest?.fields).toEqual({ body: REPLY })
  await writeInCase(amina, caseId, { body: REPLY, draftId: kept.id ?? '', draftVersion: kept.version })
  expect((await draftFor(amina, 'case-message', caseId))?.newest).toBeNull()
})

test('a note is kept too while it is being written, for whoever writes it alone', async () => {
  const { amina, dara, sanne, caseId } = await anOffer()
  const kept = await keepDraft(dara, 'case-note', caseId, DraftInput.parse({ body: 'Careful: a clinic.' }))
  const begunBy = async (who: PersonViewer) => (await casePage(who, caseId, null)).noteDraft?.newest?.fields ?? null
  expect(await Promise.all([dara, sanne, amina].map(begunBy))).toEqual([{ body: 'Careful: a clinic.' }, null, null])
  expect((await placesOfCases(dara, [{ kind: 'case-note', subjectId: caseId }])).get(caseId)).toMatchObject({ subjectId: caseId })
  await noteOnCase(dara, caseId, { body: 'Careful: a clinic.', draftId: kept.id ?? '', draftVersion: kept.version })
  expect(await begunBy(dara)).toBeNull()
})

test('whoever has a case is not forgotten by the way: it points at their handle', async () => {
  const { amina, caseId } = await anOffer()
  await expect(owner.delete(handles).where(eq(handles.id, amina.handleId))).rejects.toThrow()
  expect(await owner.select().from(people).where(eq(people.id, amina.personId))).toHaveLength(1)
  expect((await caseRow(caseId)).handleId).toBe(amina.handleId)
})
