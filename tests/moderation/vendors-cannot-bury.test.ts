import { sql, type SQL } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { act } from '~/app/http.server'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { decide, decideTogether, dispute, flag } from '~/server/moderation'
import { nameVendor, requestOf, requestRecommendations } from '~/server/peers'
import {
  confirmRecommendation,
  editRecommendation,
  editReply,
  findConflicts,
  recommendationPage,
  replyToRecommendation,
  verdictsOf,
  versionsPage,
  withdrawRecommendation,
  writeRecommendation,
} from '~/server/recommendations'
import { threadPage, voteOn } from '~/server/threads'
import { verdictsCompared } from '~/server/recommendations'
import { vendorPage } from '~/server/vendors'
import { visitor, type PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, aPortalModerator, aProduct, aStaffMember, aVendor, owner, refreshed, unique } from '../support/cast'
import { honest, manyRecommendations } from '../recommendations/scene'

/** Dara works for the first vendor; Amina and others have spoken of it and of its rival, in verdicts and where peers ask. */
async function scene() {
  const [vendor, rival] = [await aVendor(unique('Tern Works')), await aVendor(unique('Halyard'))]
  const [ours, theirs] = [await aProduct(vendor), await aProduct(rival, 'Halyard Mail')]
  const [amina, chen, dara, sam, bo] = await Promise.all([
    aMember('Amina'),
    aMember('Chen'),
    aStaffMember(vendor, 'Dara', 'admin'),
    aStaffMember(vendor, 'Sam', 'moderator'),
    aPortalModerator(),
    aStaffMember(rival, 'Ines'),
  ])
  for (const [it, product, verdicts] of [
    [vendor, ours, [1, 2, 2, 3, 4]],
    [rival, theirs, [5, 4, 4, 5, 3]],
  ] as const)
    await manyRecommendations(it.id, product.id, [...verdicts])
  const { recommendationId: about } = await writeRecommendation(amina, vendor.slug, { ...honest, product: ours.slug })
  const { recommendationId: aboutRival } = await writeRecommendation(chen, rival.slug, { ...honest, verdict: 5, product: theirs.slug })
  await editRecommendation(amina, about, { ...honest, headline: 'Getting in was easy, getting out never was' })
  const room = await aCommunity({ members: [amina] })
  const asked = await requestRecommendations(await refreshed(amina), room.slug, {
    ...{ title: 'Whom would you use for the mail of forty?', body: 'We are forty, and in a hurry.', tags: [], organisationSize: null },
    ...{ industry: null, mustHaves: undefined, budget: undefined },
  })
  const number = String(asked.number)
  const naming = { relation: 'customer', incentive: 'none', invitedBy: 'nobody', organisationSize: null, industry: null } as const
  const named = await nameVendor(chen, number, { ...naming, named: rival.name, body: 'It does what it says.' })
  const pages = [about, aboutRival]
  /** What a vendor says of itself is its own; what it and its products are called is not. */
  const calledAs = async (slug: string) => {
    const { name, products } = await vendorPage(visitor, slug)
    return { slug, name, products: products.map((product) => [product.slug, product.name]) }
  }
  /** All that the public reads of it, as one text. */
  const face = async () => {
    const thread = await threadPage(visitor, { slug: room.slug, number, order: 'helpful' })
    return JSON.stringify(
      [
        ...(await Promise.all([vendor, rival].flatMap((it) => [verdictsOf(visitor, it.id), calledAs(it.slug)]))),
        ...(await Promise.all(pages.flatMap((id) => [recommendationPage(visitor, id), versionsPage(visitor, id)]))),
        [...(await verdictsCompared(visitor, [vendor.id, rival.id]))],
        await requestOf(visitor, thread),
        [thread.title, thread.opening.html, ...thread.answers.map(({ postId, html, by }) => [postId, html, by])],
      ],
      null,
      1,
    )
  }
  return { vendor, rival, ours, theirs, amina, chen, dara, sam, bo, about, aboutRival, room, asked, named, number, face }
}
type Scene = Awaited<ReturnType<typeof scene>>

const run = (viewer: PersonViewer, statement: SQL) =>
  transaction(viewer, (tx) => tx.execute(statement)).then(
    (rows) => rows.length,
    () => 'refused' as const,
  )

/** Every table that a page about recommendations is read from, or from which it is computed what they weigh and who decides; the rows of this scene. */
function tablesOf(it: Scene): Record<string, SQL> {
  const list = (...ids: string[]) => sql`any(${`{${ids.join(',')}}`}::uuid[])`
  const vendors = list(it.vendor.id, it.rival.id)
  const recommendations = sql`(select id from recommendations where vendor_id = ${vendors})`
  const people = list(it.amina.personId, it.chen.personId, it.dara.personId, it.sam.personId)
  const handles = sql`(select handle_id from recommendations where vendor_id = ${vendors} union select id from handles where person_id = ${people})`
  const ofVendor = sql`vendor_id = ${vendors}`
  const ofRecommendation = sql`recommendation_id in ${recommendations}`
  const subject = sql`subject_id in ${recommendations}`
  return {
    recommendations: ofVendor,
    recommendation_replies: ofRecommendation,
    recommendation_reply_versions: ofRecommendation,
    recommendation_versions: ofRecommendation,
    recommendation_evidence: ofRecommendation,
    recommendation_authors: ofRecommendation,
    recommendation_askings: ofRecommendation,
    recommendation_tallies: ofVendor,
    recommendation_standings: ofVendor,
    recommendation_organisations: ofVendor,
    recommendation_priors: sql`true`,
    quoted_recommendations: ofVendor,
    shown_evidence: ofVendor,
    disputes: ofVendor,
    dispute_words: sql`dispute_id in (select id from disputes where vendor_id = ${vendors})`,
    decisions: ofVendor,
    flags: subject,
    queue_items: subject,
    queue_claims: subject,
    moderation_chain: sql`true`,
    named_vendors: ofVendor,
    threads: sql`id = ${it.asked.threadId}::uuid`,
    posts: sql`thread_id = ${it.asked.threadId}::uuid`,
    community_moderators: sql`person_id = ${it.dara.personId}::uuid or community_id = ${it.room.id}::uuid`,
    recommendation_requests: sql`thread_id = ${it.asked.threadId}::uuid`,
    vendors: sql`id = ${vendors}`,
    products: ofVendor,
    handles: sql`id in ${handles}`,
    people: sql`id = ${people}`,
    account_emails: sql`person_id = ${people}`,
    vendor_staff: ofVendor,
    portal_moderators: sql`person_id in (${it.bo.personId}::uuid, ${it.dara.personId}::uuid)`,
    affiliations: sql`person_id = ${people}`,
    relationships: ofVendor,
    relationship_states: sql`relationship_id in (select id from relationships where vendor_id = ${vendors})`,
  }
}

/** Others move these by voting, answering and following: they are no words. */
const MOVED_BY_VOTES: Record<string, string[]> = {
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
function otherValues(type: string, it: Scene): SQL[] {
  if (type === 'uuid')
    return [sql`null`, sql`${it.dara.personId}::uuid`, sql`${it.dara.handleId}::uuid`, sql`${it.rival.id}::uuid`, sql`gen_random_uuid()`]
  if (type === 'boolean') return [sql`true`, sql`false`, sql`null`]
  if (/^(smallint|integer|bigint|real|double|numeric)/.test(type)) return [sql`0`, sql`1`, sql`5`, sql`99`]
  if (/^(timestamp|date)/.test(type)) return [sql`null`, sql`now()`, sql`now() - interval '9 years'`, sql`now() + interval '9 years'`]
  if (type === 'text')
    return ['', 'Everything is wonderful', 'none', 'partner', 'hide', 'employer', 'placeholder', 'erased'].map((word) => sql`${word}`)
  return [sql`null`]
}

test(
  'by no SQL do staff of a vendor change what the public reads of recommendations: no table, no column, no row deleted',
  { timeout: 120_000 },
  async () => {
    const it = await scene()
    const before = await it.face()
    const wrong: string[] = []
    for (const [table, about] of Object.entries(tablesOf(it))) {
      const columns = await owner.execute<{ name: string; type: string }>(
        sql`select column_name as name, data_type as type from information_schema.columns where table_schema = 'public' and table_name = ${table} order by ordinal_position`,
      )
      expect(columns.length, table).toBeGreaterThan(0)
      for (const { name, type } of columns.filter((column) => !MOVED_BY_VOTES[table]?.includes(column.name)))
        for (const value of otherValues(type, it))
          await run(it.dara, sql`update ${sql.identifier(table)} set ${sql.identifier(name)} = ${value} where ${about}`)
      for (const viewer of [it.dara, it.sam]) await run(viewer, sql`delete from ${sql.identifier(table)} where ${about}`)
      // What the night finds must not do it for them either.
      await findConflicts()
      const after = await it.face().catch((error: Error) => error.message)
      if (after !== before) wrong.push(table)
      if (after !== before) break
    }
    expect(wrong).toEqual([])
    expect(await refreshed(it.dara)).toMatchObject({
      isOperator: false,
      isPortalModerator: false,
      staffOf: [{ vendorId: it.vendor.id }],
      handleId: it.dara.handleId,
    })
  },
)

test('by no SQL do they put something beside it: a verdict, an answer, a decision, a mark, a tie, a seat', async () => {
  const it = await scene()
  const before = await it.face()
  const { vendor, rival, ours, theirs, amina, chen, dara, about, aboutRival } = it
  const verdict = (vendorId: string, productId: string, handleId: string, of: number) => sql`
    insert into recommendations (id, vendor_id, product_id, handle_id, headline, use_case, what_is_good, what_is_not, verdict, time_used, choose_again, relation, incentive, invited_by)
    values (${newId()}, ${vendorId}, ${productId}, ${handleId}, 'Everything is wonderful', 'All of it', 'All', 'None', ${of}, 'over-3-years', 'yes', 'customer', 'none', 'nobody')`
  const decided = (id: string, by: string, on: string, vendorId: string, target: string) => sql`
    insert into decisions (id, act, subject_kind, subject_id, vendor_id, target_handle_id, decided_by, scope, duration, source, detected_automatically, decided_automatically, rule, facts, why, appeal_until)
    values (${id}, 'hide', 'recommendation', ${on}, ${vendorId}, ${target}, ${by}, 'recommendation', 'until-changed', 'notice', false, false, 'civil', 'What was seen.', 'It is about us.', now() + interval '185 days')`
  const organisation = newId()
  const relationship = newId()
  const tries: Record<string, SQL> = {
    'praise of one’s own': verdict(vendor.id, ours.id, dara.handleId, 5),
    'a warning of the rival': verdict(rival.id, theirs.id, dara.handleId, 1),
    'praise in another’s name': verdict(vendor.id, ours.id, chen.handleId, 5),
    'an answer in the rival’s name': sql`insert into recommendation_replies (recommendation_id, vendor_id, handle_id, role, markdown, html) values (${aboutRival}, ${rival.id}, ${dara.handleId}, 'support', 'We are closing.', 'We are closing.')`,
    'an earlier version': sql`insert into recommendation_versions (id, recommendation_id, said, until) values (${newId()}, ${about}, '{}', now())`,
    evidence: sql`insert into recommendation_evidence (id, recommendation_id, level) values (${newId()}, ${about}, 'none')`,
    'where the author works': sql`insert into recommendation_authors (recommendation_id, handle_id, organisation) values (${about}, ${amina.handleId}, ${vendor.name})`,
    tallies: sql`insert into recommendation_tallies select * from recommendation_tallies where vendor_id = ${vendor.id}`,
    standings: sql`insert into recommendation_standings select * from recommendation_standings where vendor_id = ${vendor.id}`,
    'a prior': sql`insert into recommendation_priors (day, shares, count) values ('2999-01-01', '[0,0,0,0,1]', 99999)`,
    'a quotation': sql`insert into quoted_recommendations (id, vendor_id, product_id, handle_id, source, source_id, licence, rating, rating_scale, written_at) values (${newId()}, ${rival.id}, ${theirs.id}, ${dara.handleId}, 'elsewhere', '1', 'CC0', 1, 5, now())`,
    'a decision': decided(newId(), dara.personId, about, vendor.id, amina.handleId),
    'a decision in a moderator’s name': decided(newId(), it.bo.personId, about, vendor.id, amina.handleId),
    'a dispute of the rival’s': sql`insert into disputes (id, recommendation_id, vendor_id, handle_id, rule, due_at) values (${newId()}, ${aboutRival}, ${rival.id}, ${dara.handleId}, 'false', now())`,
    'a dispute in the rival’s name, about another’s': sql`insert into disputes (id, recommendation_id, vendor_id, handle_id, rule, due_at) values (${newId()}, ${aboutRival}, ${vendor.id}, ${dara.handleId}, 'false', now())`,
    'a naming under another’s answer': sql`insert into named_vendors (post_id, handle_id, vendor_id, named, relation, incentive, invited_by) values (${it.named.postId}, ${dara.handleId}, ${vendor.id}, 'We', 'customer', 'none', 'nobody')`,
    'a seat for the author': sql`insert into vendor_staff (id, vendor_id, person_id, role) values (${newId()}, ${vendor.id}, ${amina.personId}, 'support')`,
    'a seat of the rival for its author': sql`insert into vendor_staff (id, vendor_id, person_id, role) values (${newId()}, ${rival.id}, ${chen.personId}, 'support')`,
    'a seat at the rival for oneself': sql`insert into vendor_staff (id, vendor_id, person_id, role) values (${newId()}, ${rival.id}, ${dara.personId}, 'admin')`,
    'an organisation': sql`insert into organizations (id, name) values (${organisation}, ${vendor.name})`,
    'an employer for the author': sql`insert into affiliations (id, person_id, organization_id, started_at) select ${newId()}, ${amina.personId}, id, now() from organizations where id = ${organisation}`,
    'a moderator’s chair': sql`insert into portal_moderators (person_id, appointed_by) values (${dara.personId}, ${dara.personId})`,
    'an operator': sql`insert into people (id, is_operator) values (${newId()}, true)`,
    'an address of the author’s': sql`insert into account_emails (id, person_id, address, address_norm, confirmed_at) values (${newId()}, ${amina.personId}, 'a@tern.example', 'a@tern.example', now())`,
    'a record of the author’s': sql`insert into relationships (id, vendor_id, handle_id, since, last_at) values (${relationship}, ${vendor.id}, ${amina.handleId}, now(), now())`,
    'a partner of the author': sql`insert into relationship_states (id, relationship_id, state, vendor_confirmed_at, person_confirmed_at) select ${newId()}, id, 'partner', now(), now() from relationships where vendor_id = ${vendor.id} and handle_id = ${amina.handleId}`,
    'a product of the rival’s': sql`insert into products (id, vendor_id, slug, name) values (${newId()}, ${rival.id}, ${newId()}, 'Broken Mail')`,
    'a moderator’s chair of the room': sql`insert into community_moderators (community_id, person_id) values (${it.room.id}, ${dara.personId})`,
    'an answer in another’s name': sql`insert into posts (id, thread_id, kind, handle_id, markdown, html) values (${newId()}, ${it.asked.threadId}, 'answer', ${chen.handleId}, 'Take Tern Works.', 'Take Tern Works.')`,
    'a suspension of the author': sql`insert into suspensions (id, person_id, decision_id) values (${newId()}, ${amina.personId}, ${newId()})`,
  }
  const wrong: string[] = []
  for (const [what, statement] of Object.entries(tries)) {
    await run(dara, statement)
    await findConflicts()
    const after = await it.face().catch((error: Error) => error.message)
    if (after !== before) wrong.push(what)
    if (after !== before) break
  }
  expect(wrong).toEqual([])
})

test('nor by what the product lets them do: each attempt is refused, and those that moderators make stand in the log', async () => {
  const it = await scene()
  const { dara, about, aboutRival } = it
  const before = await it.face()
  const hide = { act: 'hide', rule: 'false', facts: 'It is not so.', why: 'We say it is not so.', seen: '' } as const
  for (const id of [about, aboutRival])
    for (const attempt of [
      () => decide(dara, 'recommendation', id, hide),
      () => decideTogether(dara, it.amina.handle, null, { ...hide, items: [`recommendation:${id}:`] } as never),
      () => editRecommendation(dara, id, { ...honest, headline: 'Everything is wonderful' }),
      () => withdrawRecommendation(dara, id),
      () => confirmRecommendation(dara, id),
      () => editReply(dara, id, { body: 'We never said that.' }),
    ])
      await expect(attempt()).rejects.toThrow()
  await expect(replyToRecommendation(dara, aboutRival, { body: 'They are no better.' })).rejects.toThrow()
  await expect(dispute(dara, aboutRival, { rule: 'false', body: 'It cannot be so, as everybody knows who sells.' })).rejects.toThrow()
  // Flags by all of the staff hide nothing by themselves, however many.
  await Promise.all(
    [dara, it.sam].map((one) => flag(one, 'recommendation', aboutRival, { reason: 'false', note: 'Not so.' } as never).catch(() => null)),
  )
  await voteOn(dara, it.named.postId, -1).catch(() => null)
  expect(await it.face()).toBe(before)
  const refused = await owner.execute<{ id: string }>(
    sql`select payload ->> 'subjectId' as id from interactions where kind = 'moderation.refused' and actor_handle_id = ${dara.handleId}::uuid`,
  )
  expect(new Set(refused.map(({ id }) => id))).toEqual(new Set([about, aboutRival]))
})

test('what staff try at any door of a recommendation, and may not, stands in the log', async () => {
  const { dara, amina, about } = await scene()
  const doors = {
    edit: act(z.object({}), ({ viewer, params }) => editRecommendation(viewer, params.id, honest)),
    withdrawal: act(z.object({}), ({ viewer, params }) => withdrawRecommendation(viewer, params.id)),
    confirmation: act(z.object({}), ({ viewer, params }) => confirmRecommendation(viewer, params.id)),
  }
  const knock = async (viewer: PersonViewer, door: keyof typeof doors) => {
    const request = new Request(`http://portal.example/recommendations/${about}/${door}`, {
      method: 'POST',
      body: new URLSearchParams({ next: '/' }),
    })
    const context = { viewer, cspNonce: '', from: '127.0.0.1', device: '' }
    return doors[door]({ request, params: { id: about }, context } as unknown as Parameters<(typeof doors)['edit']>[0])
  }
  const tried = () =>
    owner.execute(
      sql`select id from interactions where kind = 'moderation.refused' and payload ->> 'subjectId' = ${about} and actor_handle_id = ${dara.handleId}::uuid`,
    )
  for (const [at, door] of (['edit', 'withdrawal', 'confirmation'] as const).entries()) {
    expect(await knock(dara, door)).toMatchObject({ init: { status: 403 } })
    expect(await tried()).toHaveLength(at + 1)
  }
  // Somebody else who may not is refused as well, and is no vendor of whom to tell.
  expect(await knock(await aMember('Ivo'), 'edit')).toMatchObject({ init: { status: 403 } })
  await knock(amina, 'edit')
  const all = await owner.execute(sql`select id from interactions where kind = 'moderation.refused' and payload ->> 'subjectId' = ${about}`)
  expect(all).toHaveLength(3)
})
