import { sql, type SQL } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { requestRecommendations } from '~/server/peers'
import { acceptSuggestion, askQuestion, editPost, mergeThreads, renderAgain, suggestEdit, undoMerge } from '~/server/threads'
import { systemViewer, visitor, type Viewer } from '~/server/viewer'
import { aCommunity, aMember, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { aQuestionOf, aQuestionWithAnAnswer, postRow, threadRow } from './scene'

const run = (viewer: Viewer, statement: SQL) =>
  transaction(viewer, (tx) => tx.execute(statement)).then(
    (rows) => rows.count,
    () => 'refused' as const,
  )

/** What votes, answers, follows, acceptances and the clock move for everybody. */
const MOVED_BY_OTHERS: Record<string, string[]> = {
  posts: ['score'],
  threads: [
    'answer_count',
    'score',
    'follower_count',
    'accepted_post_id',
    'asker_said_at',
    'answered_at',
    'reminders',
    'marking_reversed_at',
    'active_at',
  ],
}

/** What a column could become, by its type. */
function otherValues(type: string, ids: string[]): SQL[] {
  if (type === 'uuid') return [sql`null`, sql`gen_random_uuid()`, ...ids.map((id) => sql`${id}::uuid`)]
  if (type === 'boolean') return [sql`true`, sql`false`]
  if (/^(smallint|integer|bigint)/.test(type)) return [sql`0`, sql`99`]
  if (/^timestamp/.test(type)) return [sql`now()`, sql`now() - interval '9 years'`]
  if (type === 'jsonb') return [sql`null`, sql`'{}'::jsonb`]
  return ['', 'Everything is wonderful', 'answer', 'comment', 'opening', 'idea', 'discussion'].map((word) => sql`${word}`)
}

async function scene() {
  const it = await aQuestionWithAnAnswer()
  const vendor = await aVendor()
  const [dara, ivo, mo] = [await aStaffMember(vendor, 'Dara'), await aMember('Ivo'), await aMember('Mo')]
  const elsewhere = await aCommunity({ members: [ivo], moderators: [mo] })
  const other = await askQuestion(await refreshed(ivo), elsewhere.slug, { ...aQuestionOf, title: 'Where do the drafts go?' })
  return { ...it, dara, ivo, mo, elsewhere, other }
}

test('by no SQL does anybody change what others wrote, where it stands or whose it is; counters move', { timeout: 120_000 }, async () => {
  const { dara, ivo, mo, amina, answer, question, elsewhere, other } = await scene()
  const said = async () => {
    const [post, thread] = [await postRow(answer.postId), await threadRow(question.threadId)]
    const { score: _, ...words } = post
    const { title, kind, communityId, handleId, productId, mergedIntoId, standsInId, number, importedLocked, source, createdAt } = thread
    return JSON.stringify({
      words,
      title,
      kind,
      communityId,
      handleId,
      productId,
      mergedIntoId,
      standsInId,
      number,
      importedLocked,
      source,
      createdAt,
    })
  }
  const before = await said()
  const changed: string[] = []
  for (const [table, id] of [
    ['posts', answer.postId],
    ['threads', question.threadId],
  ] as const) {
    const columns = await owner.execute<{ name: string; type: string }>(
      sql`select column_name as name, data_type as type from information_schema.columns where table_schema = 'public' and table_name = ${table} order by ordinal_position`,
    )
    expect(columns.length).toBeGreaterThan(15)
    for (const { name, type } of columns.filter((column) => !MOVED_BY_OTHERS[table]?.includes(column.name)))
      for (const by of [dara, ivo, mo, visitor, ...(table === 'posts' ? [amina] : [])]) {
        const ids = by.kind === 'person' ? [by.handleId, elsewhere.id, other.threadId] : []
        for (const value of otherValues(type, ids))
          await run(by, sql`update ${sql.identifier(table)} set ${sql.identifier(name)} = ${value} where id = ${id}::uuid`)
        if ((await said()) !== before) changed.push(`${table}.${name} by ${by.kind === 'person' ? by.handle : 'a visitor'}`)
        if (changed.length > 0) break
      }
    for (const by of [dara, ivo, mo, amina, visitor])
      expect(await run(by, sql`delete from ${sql.identifier(table)} where id = ${id}::uuid`)).toBe('refused')
  }
  expect(changed).toEqual([])
  expect(await run(dara, sql`update posts set score = score + 1 where id = ${answer.postId}::uuid`)).toBe(1)
  expect(await run(ivo, sql`update threads set answer_count = answer_count + 1 where id = ${question.threadId}::uuid`)).toBe(1)
})

test('the author does not move it, nor say that it came from elsewhere; nobody posts in the name of another', async () => {
  const { chen, ivo, amina, answer, question, other } = await scene()
  for (const set of [
    sql`thread_id = ${other.threadId}::uuid`,
    sql`kind = 'comment'`,
    sql`created_at = now() - interval '3 years'`,
    sql`imported_up = 900`,
    sql`from_case = true`,
    sql`handle_id = ${ivo.handleId}::uuid`,
    sql`source = 'elsewhere'`,
  ])
    expect(await run(chen, sql`update posts set ${set} where id = ${answer.postId}::uuid`)).toBe('refused')
  const post = (handle: string, fromCase = false) => sql`insert into posts (id, thread_id, kind, handle_id, markdown, html, from_case)
    values (${newId()}, ${question.threadId}, 'answer', ${handle}, 'Mine.', '<p>Mine.</p>', ${fromCase})`
  for (const statement of [post(chen.handleId), post(chen.handleId, true), post(ivo.handleId, true)])
    expect(await run(ivo, statement)).toBe('refused')
  expect(await run(visitor, post(chen.handleId))).toBe('refused')
  const thread = (handle: string) => sql`insert into threads (id, community_id, kind, title, handle_id)
    select ${newId()}, community_id, 'question', 'Why?', ${handle}::uuid from threads where id = ${question.threadId}::uuid`
  expect(await run(ivo, thread(amina.handleId))).toBe('refused')
  expect(await run(systemViewer('test'), post(chen.handleId))).toBe(1)
})

test('nobody makes a moderator of themselves; whoever is one, and serves a vendor, leaves requests for recommendations as they are', async () => {
  const { ivo, amina, question, bo, community, answer } = await scene()
  const seat = sql`insert into community_moderators (community_id, person_id) values (${community.id}, ${ivo.personId})`
  expect(await run(ivo, seat)).toBe('refused')
  expect(await run(ivo, sql`update posts set markdown = 'x' where id = ${answer.postId}::uuid`)).toBe('refused')
  expect(await run(bo, sql`update threads set title = 'Said better' where id = ${question.threadId}::uuid`)).toBe(1)

  const vendor = await aVendor()
  const seated = await aStaffMember(vendor, 'Sam')
  const room = await aCommunity({ members: [amina], moderators: [seated] })
  const asked = await requestRecommendations(await refreshed(amina), room.slug, {
    ...{ title: 'Whom would you use for the mail of forty?', body: 'We are forty, and in a hurry.', tags: [], organisationSize: null },
    ...{ industry: null, mustHaves: undefined, budget: undefined },
  })
  expect(await run(seated, sql`update threads set title = 'Whom but us?' where id = ${asked.threadId}::uuid`)).toBe('refused')
  expect(await run(seated, sql`update posts set markdown = 'Us?' where thread_id = ${asked.threadId}::uuid`)).toBe('refused')
})

test('what the product does is let through: edits, suggestions, merges and their undoing, drawing anew', async () => {
  const { amina, chen, bo, community, question, answer } = await scene()
  await editPost(chen, answer.postId, { body: 'Rebuild the index, and wait until it is quiet.', tags: [], reason: undefined } as never)
  const suggested = { body: 'Rebuild the index; wait until it is quiet, then compact.', reason: 'Order' } as never
  const { suggestionId } = await suggestEdit(amina, answer.postId, suggested)
  await acceptSuggestion(bo, suggestionId)
  expect((await postRow(answer.postId)).markdown).toContain('then compact')

  const second = await askQuestion(amina, community.slug, { ...aQuestionOf, title: 'They come back here too' })
  await mergeThreads(bo, question.threadId, { questions: String(second.number), note: '' })
  expect((await threadRow(second.threadId)).standsInId).toBe(question.threadId)
  const [merge] = await owner.execute<{ id: string }>(sql`select id from thread_merges where thread_id = ${second.threadId}::uuid`)
  await undoMerge(bo, merge?.id ?? '')
  expect((await threadRow(second.threadId)).standsInId).toBeNull()
  await owner.execute(sql`update posts set html = '<p>old</p>' where id = ${answer.postId}::uuid`)
  expect(await renderAgain()).toBeGreaterThan(0)
  expect((await postRow(answer.postId)).html).toContain('compact')
})
