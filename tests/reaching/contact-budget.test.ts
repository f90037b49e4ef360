import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { contactUses, relationships } from '~/db/schema'
import { openCase, writeInCase } from '~/server/cases'
import { Conflict, NotFound } from '~/server/errors'
import { forgetContacts, howOftenPage, leftFor, sayHowOften } from '~/server/reaching'
import { HowOftenInput } from '~/server/reaching/input'
import { answerState, askOnRecord, proposeState } from '~/server/relationships'
import { AskInput } from '~/server/vault/input'
import type { PersonViewer } from '~/server/viewer'
import { aQuestionForTheVendor } from '../cases/scene'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

const often = (most: string, vendor?: string) => HowOftenInput.parse({ most, vendor })
const knows = async (vendor: { id: string }, person: PersonViewer) => {
  const [id, now] = [newId(), new Date()]
  await owner.insert(relationships).values({ id, vendorId: vendor.id, handleId: person.handleId, since: now, lastAt: now })
  return id
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'taken',
    (error: { cause?: { code?: string; constraint_name?: string } }) => error.cause?.constraint_name ?? error.cause?.code ?? String(error),
  )
const ago = (person: PersonViewer, days: number) =>
  owner.execute(sql`update contact_uses set at = at - make_interval(days => ${days}) where person_id = ${person.personId}`)

test('a vendor reaches somebody as often as they allow, over all of its staff; what they asked themselves does not count', async () => {
  const { vendor, dara, amina, question } = await aQuestionForTheVendor()
  const sam = await aStaffMember(vendor, 'Sam')
  const record = await knows(vendor, amina)
  expect(await howOftenPage(amina)).toMatchObject({ most: 4, vendors: [{ slug: vendor.slug, own: null, used: 0 }] })
  await sayHowOften(amina, often('2'))

  await proposeState(dara, record, { state: 'customer' })
  await askOnRecord(sam, record, AskInput.parse({ fields: ['role'], purpose: 'relationship', why: 'To know who decides.' }))
  expect(await leftFor(dara, record)).toMatchObject({ most: 2, used: 2 })
  // One too many, whoever of them it is, and by whatever it would be.
  await expect(proposeState(sam, record, { state: 'partner' })).rejects.toMatchObject({ key: 'reach.spent' })
  await expect(openCase(dara, question.threadId, { body: 'May I see the log?' })).rejects.toThrow(Conflict)
  // Nothing of it stands.
  expect((await transaction(dara, (tx) => tx.execute(sql`select 1 from cases where thread_id = ${question.threadId}`))).length).toBe(0)

  // What they begin, and what answers it, is no reaching out.
  const caseId = await openCase(amina, question.threadId, { body: 'Here is the log, but not in public.' })
  await writeInCase(dara, caseId, { body: 'Thank you: I look at it.' })
  expect(await leftFor(dara, record)).toMatchObject({ used: 2 })

  // Thirty days on it is as if it had not been; of this vendor they may say something else.
  await ago(amina, 31)
  expect(await leftFor(dara, record)).toMatchObject({ most: 2, used: 0, moreAt: null })
  await sayHowOften(amina, often('0', vendor.slug))
  await expect(proposeState(sam, record, { state: 'partner' })).rejects.toMatchObject({ key: 'reach.spent' })
  await sayHowOften(amina, often('1', vendor.slug))
  await proposeState(sam, record, { state: 'partner' })
  expect((await howOftenPage(amina)).vendors).toMatchObject([{ own: 1, used: 1 }])
  // What they say yes to costs nothing more.
  const [state] = await transaction(amina, (tx) =>
    tx.execute<{ id: string }>(sql`select id from relationship_states where relationship_id = ${record} and state = 'partner'`),
  )
  await answerState(amina, vendor.slug, { stateId: state?.id ?? '', answer: 'confirm' })

  const elsewhere = await aVendor('Halyard')
  await expect(sayHowOften(amina, often('1', elsewhere.slug))).rejects.toThrow(NotFound)
  expect(HowOftenInput.safeParse({ most: '3' }).error?.issues[0]?.message).toBe('notChoice')
  // Another vendor learns nothing of it.
  expect(await leftFor(await aStaffMember(elsewhere, 'Joost'), record)).toBeNull()
  expect(await leftFor(amina, record)).toBeNull()
  const joost = await aStaffMember(elsewhere, 'Joost')
  const asked = await transaction(joost, (tx) => tx.execute(sql`select * from contacts_left(${elsewhere.id}, ${amina.personId})`))
  expect(asked).toHaveLength(0)

  // What is counted no more is kept no more.
  const kept = async () => (await owner.execute(sql`select 1 from contact_uses where person_id = ${amina.personId}`)).length
  expect(await kept()).toBe(3)
  await forgetContacts()
  expect(await kept()).toBe(1)
  const forget = transaction(dara, (tx) => tx.execute(sql`delete from contact_uses where person_id = ${amina.personId} returning 1`))
  expect(await forget).toHaveLength(0)
})

test('beyond the contact budget the database refuses, whoever writes; of two at once one is too many', async () => {
  const vendor = await aVendor()
  const [dara, amina] = [await aStaffMember(vendor), await aMember()]
  const record = await knows(vendor, amina)
  await sayHowOften(amina, often('1'))
  const propose = (state: 'customer' | 'partner') => refusal(proposeState(dara, record, { state }))
  expect((await Promise.all([propose('customer'), propose('partner')])).map((one) => (one === 'taken' ? one : 'refused')).sort()).toEqual([
    'refused',
    'taken',
  ])
  const ask = sql`insert into grant_requests (id, person_id, handle_id, vendor_id, purpose, why, asked_by, asker_handle_id)
    values (${newId()}, ${amina.personId}, ${amina.handleId}, ${vendor.id}, 'relationship', 'To know.', ${dara.personId}, ${dara.handleId})`
  expect(await refusal(transaction(dara, (tx) => tx.execute(ask)))).toBe('contact_budget')
  expect(await refusal(owner.execute(ask))).toBe('contact_budget')
  const use = { id: newId(), vendorId: vendor.id, personId: amina.personId, kind: 'plan' as const, at: new Date() }
  expect(await refusal(transaction(dara, (tx) => tx.insert(contactUses).values(use)))).toBe('42501')
  expect(
    await refusal(
      transaction(dara, (tx) => tx.execute(sql`update contact_budgets set most = 30 where person_id = ${amina.personId} returning 1`)),
    ),
  ).toBe('taken')
  expect((await howOftenPage(amina)).most).toBe(1)
  expect(await refusal(transaction(dara, (tx) => tx.execute(sql`select spend_contact(${vendor.id}, ${amina.personId}, 'plan')`)))).toBe(
    '42501',
  )
})
