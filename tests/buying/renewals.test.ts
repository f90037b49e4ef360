import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { openOpportunity, openRenewals, opportunitiesOf, opportunityPage, defineStage, signContract, switchBuying } from '~/server/buying'
import { ContractInput, OpportunityInput } from '~/server/buying/input'
import { keepAccount } from '~/server/identity'
import { AccountInput } from '~/server/identity/input'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const GOES_ON = 'Their clerks have said that they stay.'

/** A contract that Dara keeps, whose notice is that many days away. */
async function aContract(noticeIn: number) {
  const vendor = await aVendor()
  const lien = await aStaffMember(vendor, 'Lien', 'admin')
  const dara = await aStaffMember(vendor)
  const account = await keepAccount(dara, vendor.slug, AccountInput.parse({ name: 'Norrhavn Shipping', owner: dara.handle }))
  const reason = 'Three of us sell now, and lose sight of each other.'
  await switchBuying(lien, vendor.slug, { turn: 'on', reason })
  await defineStage(dara, vendor.slug, { motion: 'new', sentence: 'Their director has agreed to the price.' })
  await defineStage(dara, vendor.slug, { motion: 'renewal', sentence: GOES_ON })
  const deal = { name: 'Mail for 140', motion: 'new', amount: '900', currency: 'EUR', expected: inDays(60) }
  const id = await openOpportunity(dara, account, OpportunityInput.parse(deal))
  await signContract(dara, id, paper(noticeIn))
  return { vendor, lien, dara, account, id }
}
const paper = (noticeIn: number, more: Record<string, string> = {}) =>
  ContractInput.parse({
    ...{ from: inDays(-300), until: inDays(noticeIn + 60), notice: inDays(noticeIn), amount: '1200.50', currency: 'EUR' },
    ...{ agreed: '140 mailboxes', signedBy: 'Signe Aalto', signedOn: inDays(-310), ...more },
  })
const renewalsOf = (contractOf: string) =>
  owner.execute<{ id: string; term: string }>(
    sql`select id, renews_term::text as term from opportunities where renews_id = ${contractOf} order by renews_term`,
  )

test('sixty days before the notice a renewal is opened, once for a term, with a step of ours and what the customer commits to', async () => {
  const { vendor, dara, account, id } = await aContract(60)
  await openRenewals()
  await openRenewals()
  const opened = await renewalsOf(id)
  expect(opened).toHaveLength(1)
  const renewal = opened[0]?.id ?? ''
  const page = await opportunityPage(dara, renewal)
  expect(page.opportunity).toMatchObject({ name: 'Mail for 140', motion: 'renewal', amount: 1200.5, currency: 'EUR' })
  expect(page.account.id).toBe(account)
  expect(page.plan.commitments.map(({ what, doneAt }) => [what, doneAt])).toEqual([[GOES_ON, null]])
  expect(page.plan.steps).toMatchObject([{ side: 'ours', due: inDays(30), what: 'Ask them whether they go on' }])
  expect(page.plan.dates).toMatchObject([{ day: inDays(60) }])
  expect((await opportunitiesOf(dara, vendor.slug, null)).opportunities[0]).toMatchObject({ id: renewal, next: { side: 'ours' } })
  const events = await owner.execute<{ n: number }>(
    sql`select count(*)::int as n from interactions where vendor_id = ${vendor.id} and kind = 'opportunity.opened' and payload::text like ${`%${renewal}%`}`,
  )
  expect(events[0]?.n).toBe(1)
})

test('none is opened too early, too late, where opportunities are off, or for a term that was replaced', async () => {
  const early = await aContract(61)
  const late = await aContract(-1)
  const off = await aContract(20)
  await switchBuying(off.lien, off.vendor.slug, { turn: 'off', reason: 'Nobody sells this year any more.' })
  const longer = await aContract(20)
  await signContract(longer.dara, longer.id, paper(200, { changed: 'It runs half a year longer.' }))
  await openRenewals()
  for (const { id } of [early, late, off, longer]) expect(await renewalsOf(id)).toHaveLength(0)
})

test('the database holds that a term is renewed once, by a renewal, on the account of its contract; only the job says its day', async () => {
  const { vendor, dara, account, id } = await aContract(20)
  await openRenewals()
  const [{ term } = { term: '' }] = await renewalsOf(id)
  const renews = (motion: string, on: string, end: string | null) =>
    transaction(dara, (tx) =>
      tx.execute(sql`insert into opportunities (id, vendor_id, account_id, motion, name, amount, currency, renews_id, renews_term, created_by)
        values (${newId()}, ${vendor.id}, ${on}, ${motion}, 'Mail', 1, 'EUR', ${id}, ${end}, ${dara.personId})`),
    ).catch((error: { cause?: { constraint_name?: string } }) => error.cause?.constraint_name)
  const other = await keepAccount(dara, vendor.slug, AccountInput.parse({ name: 'Norrhavn Ferries', owner: dara.handle }))
  expect(await renews('renewal', account, term)).toBe('opportunities_renew_once')
  expect(await renews('new', account, inDays(500))).toBe('opportunities_renew')
  expect(await renews('renewal', account, null)).toBe('opportunities_renew')
  expect(await renews('renewal', other, inDays(500))).toBe('opportunities_renews')
  const jun = await aMember('Jun')
  await expect(
    transaction(jun, (tx) =>
      tx.execute(
        sql`insert into close_dates (id, vendor_id, opportunity_id, nth, day, said_by) values (${newId()}, ${vendor.id}, ${id}, 2, ${inDays(9)}, ${jun.personId})`,
      ),
    ),
  ).rejects.toThrow()
})
