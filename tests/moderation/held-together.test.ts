import { eq, sql, type SQL } from 'drizzle-orm'
import { PostgresJsSession } from 'drizzle-orm/postgres-js'
import { expect, test, vi } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { decisions, flags, queueItems } from '~/db/schema'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import {
  appeal,
  appealItemPage,
  claimItem,
  communityQueue,
  decide,
  decideAppeal,
  decideTogether,
  flag,
  itemPage,
  moderationLog,
  noteOn,
  releaseItem,
  togetherPage,
  transparencyPage,
  undoTogether,
} from '~/server/moderation'
import { MOST_TOGETHER } from '~/server/moderation/input'
import { answerQuestion, askQuestion, mergesPage, mergeThreads, undoMerge } from '~/server/threads'
import { visitor, type PersonViewer } from '~/server/viewer'
import { say } from '~/words'
import { aMember, anOperator, aStaffMember, aVendor, owner } from '../support/cast'
import { waitingHere } from '../support/waiting'
import { aRecommendation, kindsAbout } from '../recommendations/scene'
import { aQuestion, aQuestionOf, aQuestionWithAnAnswer, postRow, threadRow } from '../threads/scene'

const because = { rule: 'advertising' as const, facts: 'The same link under every question.', why: 'Nobody had asked for it.' }
const nothing = { rule: 'none' as const, facts: 'It is about the index of the folder.' }
const spam = { reason: 'spam' as const, note: undefined }
const wrong = { body: 'I meant the index, and not her: read it again.' }
const overturned = { outcome: 'overturned' as const, facts: 'The sentence is about the index of the folder.' }

const flagsOn = (id: string) =>
  owner
    .select({ state: flags.state, by: flags.settledByDecisionId, thanked: flags.thankedForDecisionId })
    .from(flags)
    .where(eq(flags.subjectId, id))
const waitingOn = (...ids: string[]) =>
  owner
    .select({ id: queueItems.subjectId })
    .from(queueItems)
    .where(sql`${queueItems.subjectId} in ${ids}`)

/** Amina and Chen have asked the same; Bo makes one of both. */
async function twoQuestions() {
  const scene = await aQuestion()
  const other = await askQuestion(scene.chen, scene.community.slug, { ...aQuestionOf, title: 'They come back again' })
  const [opening] = await owner.execute<{ id: string }>(sql`select id from posts where thread_id = ${other.threadId} and kind = 'opening'`)
  const merge = () =>
    mergeThreads(scene.bo, scene.question.threadId, { questions: `/c/${other.slug}/${other.number}/they-come-back-again` })
  const unmerge = async () => {
    const { merged } = await mergesPage(scene.bo, scene.question.slug)
    await undoMerge(scene.bo, merged.find(({ number }) => number === other.number)?.mergeId ?? '')
  }
  return { ...scene, other, postId: opening?.id ?? '', merge, unmerge }
}

test('who flagged what a moderator wrote appeals, and the moderator reads neither who nor what', async () => {
  const { amina, bo, community, question } = await aQuestion()
  const [olu, another] = [await anOperator(), await anOperator()]
  const { postId } = await answerQuestion(bo, question.threadId, { body: 'I would know, I moderate here.' })
  await flag(amina, 'post', postId, spam)
  const { decisionId } = await decide(olu, 'post', postId, { ...nothing, act: 'keep', seen: '' })
  const { appealId } = await appeal(amina, decisionId, wrong)
  await expect(appealItemPage(bo, appealId)).rejects.toThrow(NotFound)
  await expect(decideAppeal(bo, appealId, overturned)).rejects.toThrow(NotFound)
  expect((await communityQueue(bo, community.slug)).appeals).toMatchObject({ waiting: 0, rows: [] })
  expect(await transaction(bo, (tx) => tx.execute(sql`select id from appeals where id = ${appealId}`))).toEqual([])
  expect((await communityQueue(another, community.slug)).appeals.rows.map(({ id }) => id)).toEqual([appealId])
  expect(await appealItemPage(another, appealId)).toMatchObject({ words: wrong.body, may: { decide: true } })
})

test('a flagged question that is merged waits as it did, and is settled where it stands', async () => {
  const { amina, bo, community, other, postId, merge } = await twoQuestions()
  await flag(amina, 'thread', other.threadId, spam)
  await merge()
  const { item } = await communityQueue(bo, community.slug)
  expect(item).toMatchObject({ kind: 'post', id: postId, waits: true, flags: [{ reason: 'spam' }] })
  expect(await itemPage(bo, 'thread', other.threadId)).toMatchObject({ kind: 'post', id: postId, score: 1 })
  await claimItem(bo, 'thread', other.threadId)
  expect(await itemPage(bo, 'post', postId)).toMatchObject({ claim: { mine: true } })
  await decide(bo, 'thread', other.threadId, { ...because, act: 'hide', seen: '' })
  expect(await flagsOn(other.threadId)).toMatchObject([{ state: 'upheld' }])
  expect(await waitingOn(other.threadId, postId)).toEqual([])
})

test('what was flagged while merged is settled with its question when the merge is undone', async () => {
  const { amina, bo, other, postId, merge, unmerge } = await twoQuestions()
  const mateo = await aMember('Mateo')
  await flag(amina, 'thread', other.threadId, spam)
  await merge()
  await flag(mateo, 'post', postId, spam)
  await unmerge()
  expect(await itemPage(bo, 'post', postId)).toMatchObject({ kind: 'thread', id: other.threadId, score: 2 })
  await decide(bo, 'thread', other.threadId, { ...nothing, act: 'keep', seen: '' })
  expect([...(await flagsOn(other.threadId)), ...(await flagsOn(postId))].map(({ state }) => state)).toEqual(['declined', 'declined'])
  expect(await waitingOn(other.threadId, postId)).toEqual([])
})

test('overturned, a question that was hidden while merged is shown again where it stands now', async () => {
  const { bo, chen, other, postId, merge, unmerge } = await twoQuestions()
  await merge()
  const { decisionId } = await decide(bo, 'post', postId, { ...because, act: 'hide', seen: '' })
  await unmerge()
  expect((await threadRow(other.threadId)).hiddenByDecisionId).toBe(decisionId)
  const { appealId } = await appeal(chen, decisionId, wrong)
  await decideAppeal(await anOperator(), appealId, overturned)
  expect((await threadRow(other.threadId)).hiddenByDecisionId).toBeNull()
})

test('taken back together, too, where it was merged or taken out meanwhile', async () => {
  const { amina, bo, chen, community, other, postId, merge, unmerge } = await twoQuestions()
  await merge()
  await flag(amina, 'post', postId, spam)
  const { items } = await togetherPage(bo, chen.handle, community.slug)
  const { batchId } = await decideTogether(bo, chen.handle, community.slug, {
    ...because,
    items: items.map(({ kind, id, seen }) => `${kind}:${id}:${seen}`),
  })
  await unmerge()
  await undoTogether(bo, batchId)
  expect((await threadRow(other.threadId)).hiddenByDecisionId).toBeNull()
  expect(await flagsOn(postId)).toEqual([{ state: 'open', by: null, thanked: null }])
})

test('what is hidden together is held before anything is counted', async () => {
  const { amina, bo, community } = await aQuestion()
  const pim = await aMember('Pim')
  const asked = []
  for (const n of [1, 2]) asked.push(await askQuestion(pim, community.slug, { ...aQuestionOf, title: `Buy the other one, ${n}` }))
  for (const { threadId } of asked) await flag(amina, 'thread', threadId, spam)
  const { items } = await togetherPage(bo, pim.handle, community.slug)
  const last = asked.map(({ threadId }) => threadId).sort()[1] as string
  const wanted = { ...because, items: items.map(({ kind, id, seen }) => `${kind}:${id}:${seen}`) }
  const pressed = await owner.transaction(async (tx) => {
    await tx.execute(sql`select 1 from threads where id = ${last} for no key update`)
    const pressed = decideTogether(bo, pim.handle, community.slug, wanted).then(
      () => 'decided',
      (error: Error) => error.message,
    )
    // Until it waits for the one that is held here.
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await waitingHere(owner)) > 0) break
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await tx.execute(sql`update communities set thread_count = thread_count where id = ${community.id}`)
    await tx.execute(sql`update tags set thread_count = thread_count where community_id = ${community.id}`)
    return { pressed }
  })
  expect(await pressed.pressed).toBe('decided')
})

test('a reporter was right after all where an appeal says so, and not where it says otherwise', async () => {
  const { amina, bo, chen, answer, question } = await aQuestionWithAnAnswer()
  const [olu, mateo] = [await anOperator(), await aMember('Mateo')]
  await flag(amina, 'post', answer.postId, spam)
  const { decisionId } = await decide(bo, 'post', answer.postId, { ...because, act: 'hide', seen: '' })
  const { appealId } = await appeal(chen, decisionId, wrong)
  await decideAppeal(olu, appealId, overturned)
  expect(await flagsOn(answer.postId)).toMatchObject([{ state: 'declined', thanked: decisionId }])

  const { postId } = await answerQuestion(chen, question.threadId, { body: 'Buy the other one, today only.' })
  await flag(amina, 'post', postId, spam)
  const kept = await decide(bo, 'post', postId, { ...nothing, act: 'keep', seen: '' })
  const contested = await appeal(amina, kept.decisionId, wrong)
  await flag(mateo, 'post', postId, spam)
  await decideAppeal(olu, contested.appealId, { ...overturned, rule: 'advertising', why: 'Nobody had asked for it.' })
  expect((await flagsOn(postId)).map(({ state }) => state)).toEqual(['upheld', 'upheld'])
  expect(await waitingOn(postId)).toEqual([])
})

const refused = async (by: PersonViewer, statement: SQL) => {
  const outcome = await transaction(by, (tx) => tx.execute(statement)).then(
    (rows) => `${rows.length} rows`,
    (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
  )
  expect(['0 rows', '42501', '23514']).toContain(outcome)
}

test('an appeal is sealed when it is written and when it is decided, and not by being touched', async () => {
  const { chen, bo, answer } = await aQuestionWithAnAnswer()
  const { decisionId } = await decide(bo, 'post', answer.postId, { ...because, act: 'hide', seen: '' })
  const { appealId } = await appeal(chen, decisionId, wrong)
  await owner.execute(sql`update appeals set due_at = due_at where id = ${appealId}`)
  const links = () =>
    owner
      .execute<{ kind: string }>(sql`select kind from moderation_chain where row_id = ${appealId} order by nth`)
      .then((rows) => rows.map(({ kind }) => kind))
  expect(await links()).toEqual(['appeal'])
  await decideAppeal(await anOperator(), appealId, overturned)
  await owner.execute(sql`update appeals set due_at = due_at where id = ${appealId}`)
  expect(await links()).toEqual(['appeal', 'outcome'])
})

test('the database settles a flag by the moderator’s own decision on that alone, and changes nothing else of it', async () => {
  const { amina, bo, chen, community, question, answer } = await aQuestionWithAnAnswer()
  const other = await answerQuestion(chen, question.threadId, { body: 'Another answer, and not the same.' })
  await flag(amina, 'post', answer.postId, spam)
  const elsewhere = await decide(bo, 'post', other.postId, { ...because, act: 'hide', seen: '' })
  const theirs = await decide(await anOperator(), 'thread', question.threadId, { ...nothing, act: 'keep', seen: '' })
  const change = (values: SQL) => sql`update flags set ${values} where subject_id = ${answer.postId} returning id`
  await refused(bo, change(sql`state = 'declined'`))
  for (const { decisionId } of [elsewhere, theirs]) await refused(bo, change(sql`state = 'upheld', settled_by_decision_id = ${decisionId}`))
  for (const values of [sql`reason = 'other'`, sql`weight = 40`, sql`flagged_by = ${chen.handleId}`, sql`note = 'x'`])
    await refused(bo, change(values))
  const { decisionId } = await decide(bo, 'post', answer.postId, { ...because, act: 'hide', seen: '' })
  await refused(bo, change(sql`state = 'declined', settled_by_decision_id = ${decisionId}`))
  await refused(bo, change(sql`state = 'open', settled_by_decision_id = null`))
  const mateo = await aMember('Mateo')
  const raise = (room: string | null, vendor: string | null) => sql`
    insert into flags (id, subject_kind, subject_id, community_id, vendor_id, flagged_by, reason) values (${newId()}, 'post', ${answer.postId}, ${room}, ${vendor}, ${mateo.handleId}, 'spam') returning id`
  const { vendor } = await aRecommendation()
  await refused(mateo, raise(null, null))
  await refused(mateo, raise(community.id, vendor.id))
  expect(await transaction(mateo, (tx) => tx.execute(raise(community.id, null)))).toHaveLength(1)
})

test('nobody shortens the time in which a decision can be contested, nor says nothing in so many spaces', async () => {
  const { bo, chen, community, answer } = await aQuestionWithAnAnswer()
  const stating = (act: string, decided: SQL, until: SQL, facts = 'What was seen.', why = 'It is about a person.') => sql`
    insert into decisions (id, act, subject_kind, subject_id, community_id, target_handle_id, decided_by, scope, duration, source, detected_automatically, decided_automatically, rule, facts, why, decided_at, appeal_until)
    values (${newId()}, ${act}, 'post', ${answer.postId}, ${community.id}, ${chen.handleId}, ${bo.personId}, 'community', 'until-changed', 'notice', false, false, ${act === 'hide' ? 'civil' : 'none'},
      ${facts}, ${why}, ${decided}, ${until}) returning id`
  const sixMonths = sql`now() + interval '185 days'`
  await refused(bo, stating('hide', sql`now() - interval '7 months'`, sql`now()`))
  await refused(bo, stating('hide', sql`now() + interval '1 day'`, sql`now() + interval '190 days'`))
  await refused(bo, stating('keep', sql`now()`, sql`now() + interval '1 day'`))
  await refused(bo, stating('keep', sql`now()`, sql`null`))
  await refused(bo, stating('hide', sql`now()`, sixMonths, '\n\t'))
  await refused(bo, stating('hide', sql`now()`, sixMonths, 'What was seen.', '\n'))
  expect(await transaction(bo, (tx) => tx.execute(stating('hide', sql`now()`, sixMonths)))).toHaveLength(1)
  expect(await transaction(bo, (tx) => tx.execute(stating('keep', sql`now()`, sixMonths)))).toHaveLength(1)
})

test('what the owner’s functions do, nobody else calls', async () => {
  const { bo } = await aQuestion()
  const [may] = await transaction(bo, (tx) =>
    tx.execute(
      sql`select has_function_privilege('moderation_is_chained()', 'execute') as chain, has_function_privilege('queue_items_follow_flags()', 'execute') as queue`,
    ),
  )
  expect(may).toEqual({ chain: false, queue: false })
})

test('staff weigh one on what is said in their own room, moderators or not', async () => {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor, 'Dara')
  const { question, bo } = await aQuestionWithAnAnswer({ hostVendorId: vendor.id } as Parameters<typeof aQuestionWithAnAnswer>[0])
  await flag(dara, 'thread', question.threadId, { reason: 'illegal', note: undefined })
  expect(await itemPage(bo, 'thread', question.threadId)).toMatchObject({ score: 1, flags: [{ stake: 'subject', weight: 1 }] })
})

test('what no address of the portal says is bounded', async () => {
  const { bo, community } = await aQuestion()
  const id = newId()
  for (const year of ['0000', '0001', '+275760', '99999']) await expect(transparencyPage(visitor, year)).rejects.toThrow(NotFound)
  for (const month of ['0000-01', '0000-12']) expect((await moderationLog(visitor, { month })).month).toBeNull()
  for (const before of [`+275760-09-12T00:00:00.000Z_${id}`, `-271821-04-21T00:00:00.000Z_${id}`])
    expect((await moderationLog(visitor, { before })).rows).toBeInstanceOf(Array)
  for (const after of [`1e300_${id}`, `-1e300_${id}`, `1e-300_${id}`, `0x10_${id}`])
    expect((await communityQueue(bo, community.slug, { after })).items).toEqual([])
  for (const appealsAfter of [`1_${id}`, `Jan 1 275760_${id}`, `2026-02-31 00:00_${id}`, `+275760-09-12T00:00:00.000Z_${id}`])
    expect((await communityQueue(bo, community.slug, { appealsAfter })).appeals.rows).toEqual([])
})

test('a person who is refused meanwhile finds what was decided, and nothing half', async () => {
  const { bo, chen, answer } = await aQuestionWithAnAnswer()
  const { decisionId } = await decide(bo, 'post', answer.postId, { ...because, act: 'hide', seen: '' })
  const { appealId } = await appeal(chen, decisionId, wrong)
  await owner.execute(sql`update posts set hidden_by_decision_id = null where id = ${answer.postId}`)
  await expect(decideAppeal(await anOperator(), appealId, overturned)).rejects.toThrow(Conflict)
  expect(await owner.select().from(decisions).where(eq(decisions.subjectId, answer.postId))).toHaveLength(1)
  expect((await postRow(answer.postId)).hiddenByDecisionId).toBeNull()
})

test('a question that was flagged before it was merged is not flagged again by the same person', async () => {
  const { amina, other, postId, merge } = await twoQuestions()
  await flag(amina, 'thread', other.threadId, spam)
  await merge()
  expect(await flag(amina, 'post', postId, spam)).toEqual({ first: false })
  expect(await flagsOn(postId)).toEqual([])
})

test('what was decided on it under its other name is read, and answered, under this one', async () => {
  const { bo, other, postId, merge, unmerge } = await twoQuestions()
  await merge()
  const { decisionId } = await decide(bo, 'post', postId, { ...because, act: 'hide', seen: '' })
  await unmerge()
  expect(await itemPage(bo, 'thread', other.threadId)).toMatchObject({ seen: decisionId, earlier: [{ id: decisionId }] })
  await expect(decide(bo, 'thread', other.threadId, { ...nothing, act: 'restore', seen: '' })).rejects.toThrow(Conflict)
  await decide(bo, 'thread', other.threadId, { ...nothing, act: 'restore', seen: decisionId })
})

test('whichever act a vendor’s staff try on a recommendation is refused, and stays in the log', async () => {
  const { dara, recommendationId, amina } = await aRecommendation()
  const tries = [
    () => decide(dara, 'recommendation', recommendationId, { ...because, act: 'hide', seen: '' }),
    () => claimItem(dara, 'recommendation', recommendationId),
    () => releaseItem(dara, 'recommendation', recommendationId),
    () => noteOn(dara, 'recommendation', recommendationId, { body: 'This one should go.' }),
    () => decideTogether(dara, amina.handle, null, { ...because, items: [`recommendation:${recommendationId}:`] }),
  ]
  for (const one of tries) await expect(one()).rejects.toThrow(new Forbidden('moderation.vendorStaff'))
  const kinds = await kindsAbout(recommendationId)
  expect(kinds.filter((kind) => kind === 'moderation.refused')).toHaveLength(tries.length)
  await expect(decide(dara, 'recommendation', newId(), { ...because, act: 'hide', seen: '' })).rejects.toThrow(NotFound)
})

test('of what waits the first thousand are counted', async () => {
  const { bo, chen, community } = await aQuestion()
  const fill = (count: number) =>
    owner.execute(sql`insert into queue_items (subject_kind, subject_id, community_id, handle_id, score, flags, reasons, oldest_at)
      select 'post', gen_random_uuid(), ${community.id}::uuid, ${chen.handleId}::uuid, n % 7, 1, '{spam}', now() - make_interval(mins => n) from generate_series(1, ${count}::int) n`)
  await fill(999)
  expect(await communityQueue(bo, community.slug)).toMatchObject({ waiting: 999 })
  await fill(20)
  expect(await communityQueue(bo, community.slug)).toMatchObject({ waiting: 1000 })
  expect(say('moderation.waiting', { count: 1000 })).toBe('1,000+ waiting')
  expect((await togetherPage(bo, chen.handle, community.slug)).items).toHaveLength(MOST_TOGETHER)
  await owner.execute(sql`delete from queue_items where community_id = ${community.id}`)
})

/** An appeal that waits, with flags, a note and an earlier decision on what it is about. */
async function anAppealOnMuch() {
  const it = await aQuestionWithAnAnswer()
  await flag(it.amina, 'post', it.answer.postId, spam)
  await noteOn(it.bo, 'post', it.answer.postId, { body: 'The second of this week.' })
  const { decisionId } = await decide(it.bo, 'post', it.answer.postId, { ...because, act: 'hide', seen: '' })
  return { ...it, ...(await appeal(it.chen, decisionId, wrong)) }
}

// With whoever asks and what is unread of theirs, eight.
test('an appeal’s page and the queue ask the database at most six times each', async () => {
  const { bo, chen, community, appealId, question } = await anAppealOnMuch()
  await flag(chen, 'thread', question.threadId, spam)
  const olu = await anOperator()
  expect(await queriesOf(() => appealItemPage(olu, appealId))).toBeLessThanOrEqual(6)
  expect(await queriesOf(() => communityQueue(bo, community.slug))).toBeLessThanOrEqual(6)
})

/** Beside the one that says who asks. */
async function queriesOf(page: () => Promise<unknown>): Promise<number> {
  const sent = vi.spyOn(PostgresJsSession.prototype, 'prepareQuery')
  await page()
  const count = sent.mock.calls.filter(([{ sql }]) => !sql.includes('set_config')).length
  sent.mockRestore()
  return count
}
