import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { openOpportunity, defineStage, signContract, switchBuying } from '~/server/buying'
import { ContractInput, OpportunityInput } from '~/server/buying/input'
import { NotFound } from '~/server/errors'
import { askErasure, eraseDue } from '~/server/erasure'
import { accountPage, accountTimeline, contactPage, keepAccount, keepContact, keepWork, sayThisIsMe } from '~/server/identity'
import { AccountInput, ContactInput, WorkInput } from '~/server/identity/input'
import { keepReceipt, receiptFile } from '~/server/receipts'
import { keepRelationship, peopleOf, staffRecordPage } from '~/server/relationships'
import { searchPage } from '~/server/search'
import { acceptAnswer, answerQuestion, askQuestion, threadPage } from '~/server/threads'
import { giveGrant, keepAttribute, revokeGrant } from '~/server/vault'
import { visitor, type PersonViewer } from '~/server/viewer'
import { fetched, made, opened } from '../portability/files'
import { aCommunity, aMember, aProduct, aStaffMember, aVendor, owner, refreshed, unique } from '../support/cast'
import { eventsIn } from '../threads/scene'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** Ana and Ben work at one company that Dara keeps; both said who they are, and only Ana lets the vendor tie what she does to it. */
async function aCompany() {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const [dara, lien] = [await aStaffMember(vendor), await aStaffMember(vendor, 'Lien', 'admin')]
  const account = await keepAccount(dara, vendor.slug, AccountInput.parse({ name: 'Norrhavn Shipping', owner: dara.handle }))
  const someone = async (name: string) => {
    const email = `${unique(name.toLowerCase())}@norrhavn.example`
    const person = await aMember(name, { email })
    const contact = await keepContact(
      dara,
      vendor.slug,
      ContactInput.parse({ name: `${name} Holm`, email, cameFrom: 'event', basis: 'contract' }),
    )
    await keepWork(dara, vendor.slug, contact, WorkInput.parse({ company: 'Norrhavn Shipping', since: '2020-01-01', main: 'on' }))
    return { person, contact, link: () => sayThisIsMe(person, contact) }
  }
  const [ana, ben, bea] = [await someone('Ana'), await someone('Ben'), await someone('Bea')]
  for (const { link } of [ana, bea]) await link()
  const asker = await aMember('Chen')
  const people = [asker, ana.person, ben.person, bea.person]
  const room = await aCommunity({ hostVendorId: vendor.id, productId: product.id, members: people })
  const [askerNow, anaNow, benNow, beaNow] = await Promise.all(people.map(refreshed))
  if (!askerNow || !anaNow || !benNow || !beaNow) throw new Error('Somebody is missing')
  await keepAttribute(anaNow, 'role', { value: 'Harbour master' })
  const grant = await giveGrant(anaNow, { vendor: vendor.slug, attributes: ['role'], purpose: 'relationship', until: inDays(30) })
  /** Asks, is answered by one of them, and accepts; the record follows. */
  const helps = async (person: PersonViewer) => {
    const { threadId, number } = await askQuestion(askerNow, room.slug, {
      title: `What does ${person.handle} know?`,
      body: 'They know more than they say.',
      tags: [],
      product: undefined,
    })
    const answer = await answerQuestion(person, threadId, { body: 'It is the index, and not the folder.' })
    await acceptAnswer(askerNow, answer.postId)
    for (const event of await eventsIn(threadId)) await keepRelationship(event)
    return number
  }
  return {
    vendor,
    dara,
    lien,
    account,
    room,
    grant,
    helps,
    ana: { ...ana, person: anaNow },
    ben: { ...ben, person: benNow },
    bea: { ...bea, person: beaNow },
  }
}
const kinds = (page: Awaited<ReturnType<typeof accountTimeline>>) =>
  page.entries.map(({ kind, side, actor }) => `${side} ${kind} ${actor?.displayName ?? ''}`)

test('a helpful answer reaches the record only by grant: Ana’s stands on the account, Ben’s and Bea’s are the community’s', async () => {
  const { vendor, dara, account, room, helps, ana, ben, bea } = await aCompany()
  expect(await accountTimeline(dara, account, null)).toMatchObject({ people: 0, answered: 0, entries: [] })
  await helps(ana.person)
  const before = await accountTimeline(dara, account, null)
  expect(before.answered).toBe(1)
  expect(kinds(before)).toEqual(expect.arrayContaining(['independent answer.accepted Chen', 'theirs question.answered Ana']))

  // Ben never said that he is whom they keep; Bea said it, and grants nothing.
  const fromBen = await helps(ben.person)
  await helps(bea.person)
  expect(await accountTimeline(dara, account, null)).toEqual(before)
  const page = await threadPage(visitor, { slug: room.slug, number: String(fromBen), order: 'helpful' })
  expect(page.answers[0]?.by?.handle).toBe(ben.person.handle)
  const told = JSON.stringify([
    await accountPage(dara, account),
    await accountTimeline(dara, account, null),
    await contactPage(dara, vendor.slug, ben.contact),
  ])
  for (const word of [ben.person.handle, ben.person.handleId]) expect(told).not.toContain(word)
  const found = await searchPage(dara, { q: 'Ben Holm' } as never).catch(() => null)
  expect(JSON.stringify(found)).not.toContain(ben.person.handle)

  const elsewhere = await aStaffMember(await aVendor('Halyard'), 'Joost')
  for (const stranger of [elsewhere, ana.person]) await expect(accountTimeline(stranger, account, null)).rejects.toThrow(NotFound)
  // Nor by plain SQL: the database asks whose account it is, and finds the people by itself.
  const acts = (viewer: PersonViewer) =>
    transaction(viewer, (tx) => tx.execute(sql`select kind from account_acts(${account}, null, null, 50)`))
  const counts = (viewer: PersonViewer) =>
    transaction(viewer, (tx) => tx.execute(sql`select * from account_answers(${account}, '-infinity')`))
  expect((await acts(dara)).length).toBe(before.entries.length)
  for (const stranger of [elsewhere, ana.person]) {
    expect(await acts(stranger)).toHaveLength(0)
    expect([...(await counts(stranger))]).toEqual([{ people: 0, answered: 0 }])
    const people = transaction(stranger, (tx) => tx.execute(sql`select * from account_people(${account})`))
    await expect(people).rejects.toMatchObject({ cause: { code: '42501' } })
  }
})

test('what belongs to nobody alone stands there too, page by page, while the vendor works with opportunities', async () => {
  const { vendor, dara, lien, account, helps, ana } = await aCompany()
  await switchBuying(lien, vendor.slug, { turn: 'on', reason: 'Three of us sell now, and lose sight of each other.' })
  await defineStage(dara, vendor.slug, { motion: 'new', sentence: 'Their director has agreed to the price.' })
  const deal = { name: 'Mail for the port', motion: 'new', amount: '12000', currency: 'EUR', expected: inDays(60) }
  const opportunity = await openOpportunity(dara, account, OpportunityInput.parse(deal))
  const paper = { from: inDays(1), until: inDays(366), notice: inDays(270), amount: '12000', currency: 'EUR', agreed: '140 mailboxes' }
  await signContract(dara, opportunity, ContractInput.parse({ ...paper, signedBy: 'Signe Aalto', signedOn: inDays(-1) }))
  const page = await accountTimeline(dara, account, null)
  expect(page.entries[0]).toMatchObject({ kind: 'contract.signed', about: { kind: 'words', title: 'Mail for the port' } })
  await helps(ana.person)
  const record = (await peopleOf(dara, vendor.slug, { search: ana.person.handle, before: null })).people[0]?.id ?? ''
  await owner.execute(sql`insert into timeline_entries (relationship_id, occurred_at, interaction_id, kind, side, actor_handle_id)
    select ${record}, now() - n * interval '1 second', gen_random_uuid(), 'question.answered', 'theirs', ${ana.person.handleId} from generate_series(1, 70) n`)
  // Page by page it is all of it, once and in order.
  const all = []
  for (let before: string | null = null, more = true; more;) {
    const { entries, older } = await accountTimeline(dara, account, before)
    all.push(...entries)
    before = older
    more = older !== null
  }
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(all.map(({ at }) => at.getTime())).toEqual(all.map(({ at }) => at.getTime()).sort((a, b) => b - a))
  expect(all.filter(({ kind }) => kind === 'question.answered')).toHaveLength(71)
  expect(all.filter(({ kind }) => kind === 'contract.signed' || kind === 'opportunity.opened')).toHaveLength(2)
  await switchBuying(lien, vendor.slug, { turn: 'off', reason: 'Nobody of us sells any more now.' })
  expect(kinds(await accountTimeline(dara, account, null)).join()).not.toMatch(/contract|opportunity/)
})

test('a customer revokes, takes the data along and leaves: the account has no word of theirs, the contract and the answers stay as they chose', async () => {
  const { vendor, dara, lien, account, room, grant, helps, ana } = await aCompany()
  const me: PersonViewer = { ...ana.person, proved: true }
  const number = await helps(me)
  await switchBuying(lien, vendor.slug, { turn: 'on', reason: 'Three of us sell now, and lose sight of each other.' })
  await defineStage(dara, vendor.slug, { motion: 'new', sentence: 'Their director has agreed to the price.' })
  const deal = { name: 'Mail for the port', motion: 'new', amount: '12000', currency: 'EUR', expected: inDays(60) }
  const opportunity = await openOpportunity(dara, account, OpportunityInput.parse(deal))
  const paper = { from: inDays(1), until: inDays(366), notice: inDays(270), amount: '12000', currency: 'EUR', agreed: '140 mailboxes' }
  await signContract(dara, opportunity, ContractInput.parse({ ...paper, signedBy: 'Signe Aalto', signedOn: inDays(-1) }))
  const record = (await peopleOf(dara, vendor.slug, { search: me.handle, before: null })).people[0]?.id ?? ''
  expect(JSON.stringify(await staffRecordPage(dara, record, { before: null, purpose: null }))).toContain('Harbour master')
  expect((await accountTimeline(dara, account, null)).people).toBe(1)

  await revokeGrant(me, grant)
  await keepReceipt({ payload: { grantId: grant } } as Parameters<typeof keepReceipt>[0])
  const dark = await accountTimeline(dara, account, null)
  expect(dark).toMatchObject({ people: 0, answered: 0 })
  expect(new Set(dark.entries.map(({ kind }) => kind))).toEqual(new Set(['contract.signed', 'opportunity.opened']))
  expect(JSON.stringify(await staffRecordPage(dara, record, { before: null, purpose: null }))).not.toContain('Harbour master')
  expect(await receiptFile(dara, grant)).toEqual(await receiptFile(me, grant))

  const file = await opened(await fetched(me, await made(me)))
  expect(file.names).toEqual(expect.arrayContaining(['README.html', 'grants.jsonld', 'access-log.ndjson', 'contributions.jsonld']))
  expect(await file.text('access-log.ndjson')).toContain('role')
  expect(await file.text('attributes.csv')).toContain('Harbour master')

  const before = await threadPage(visitor, { slug: room.slug, number: String(number), order: 'helpful' })
  await askErasure(me, { posts: 'nameless', credit: undefined, when: 'now', handle: me.handle } as Parameters<typeof askErasure>[1])
  await eraseDue()
  const after = await threadPage(visitor, { slug: room.slug, number: String(number), order: 'helpful' })
  expect(after.answers.map(({ html }) => html)).toEqual(before.answers.map(({ html }) => html))
  expect(after.answers[0]?.by).toMatchObject({ handle: null, displayName: 'Former member' })
  const [left] = await owner.execute<{ contracts: number; links: number; attributes: number }>(sql`select
    (select count(*)::int from contracts where account_id = ${account}) as contracts,
    (select count(*)::int from contact_links where handle_id = ${me.handleId} and ended_at is null) as links,
    (select count(*)::int from vault_attributes where person_id = ${me.personId}) as attributes`)
  expect(left).toEqual({ contracts: 1, links: 0, attributes: 0 })
  expect(new Set((await accountTimeline(dara, account, null)).entries.map(({ kind }) => kind))).toEqual(
    new Set(['contract.signed', 'opportunity.opened']),
  )
})
