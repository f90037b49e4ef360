import { eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { caseClockPauses, caseClocks, notifications } from '~/db/schema'
import { casePage, casesOfVendor, closeCase, myCases, openCase, reopenCase, writeInCase } from '~/server/cases'
import { Forbidden, NotFound } from '~/server/errors'
import { notifyWhoIsTold } from '~/server/notifications'
import { checkClocks, publishCalendar, publishTargets, targetsPage, vendorHours } from '~/server/operations'
import { TargetsInput } from '~/server/operations/input'
import { setClock } from '~/server/platform/clock'
import { visitor, type PersonViewer } from '~/server/viewer'
import { anOffer, aQuestionForTheVendor, eventsOfCase, kindsOf } from '../cases/scene'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

afterEach(() => setClock(null))

const day = '9-12, 13-17'
const hours = { zone: 'UTC', monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: undefined, sunday: undefined }
const promise = (first: string, next: string, resolution: string) => TargetsInput.parse({ first, next, resolution })
const at = (moment: string) => setClock(new Date(moment))
const FRIDAY_HALF_PAST_FOUR = '2027-03-05T16:30:00Z'

async function promisedTo(first: string, next: string, resolution: string) {
  const scene = await aQuestionForTheVendor()
  await publishCalendar(scene.dara, scene.vendor.slug, { ...hours, holidays: undefined })
  await publishTargets(scene.dara, scene.vendor.slug, promise(first, next, resolution))
  const ask = () => openCase(scene.amina, scene.question.threadId, { body: 'The index of last week is gone here too.' })
  return { ...scene, ask }
}
const clocksSeenBy = async (viewer: PersonViewer, caseId: string) => {
  const { clocks } = await casePage(viewer, caseId, null)
  return Object.fromEntries(
    clocks.map(({ target, dueAt, pausedAt, missedAt, endedAt, pauses }) => [
      target,
      {
        due: new Date(dueAt).toISOString().slice(0, 16),
        stands: pausedAt !== null,
        ...{ missed: missedAt !== null, ended: endedAt !== null },
        pauses: pauses.map((one) => [
          one.reason,
          new Date(one.from).toISOString().slice(0, 16),
          one.until && new Date(one.until).toISOString().slice(0, 16),
        ]),
      },
    ]),
  )
}

test('what is asked on Friday at half past four is due on Monday at half past nine; while staff wait for the asker the clock stands', async () => {
  const { amina, dara, vendor, ask } = await promisedTo('1', '4', '8')
  at(FRIDAY_HALF_PAST_FOUR)
  const caseId = await ask()
  const asked = await clocksSeenBy(amina, caseId)
  expect(asked).toMatchObject({ first: { due: '2027-03-08T09:30', ended: false }, resolution: { due: '2027-03-09T09:30', stands: false } })
  expect(await clocksSeenBy(dara, caseId)).toEqual(asked)

  at('2027-03-08T09:15:00Z')
  await writeInCase(dara, caseId, { body: 'Which version of the index is it?' })
  expect(await clocksSeenBy(amina, caseId)).toMatchObject({ first: { ended: true, missed: false }, resolution: { stands: true } })

  at('2027-03-08T11:15:00Z')
  await writeInCase(amina, caseId, { body: 'The one of last spring.' })
  const paused = [['waiting-asker', '2027-03-08T09:15', '2027-03-08T11:15']]
  const moved = { resolution: { due: '2027-03-09T11:30', stands: false, pauses: paused }, next: { due: '2027-03-08T16:15' } }
  expect(await clocksSeenBy(amina, caseId)).toMatchObject(moved)

  at('2027-03-09T09:00:00Z')
  await publishTargets(dara, vendor.slug, promise('2', '', '40'))
  await publishCalendar(dara, vendor.slug, { ...hours, tuesday: '10-11', holidays: undefined })
  expect(await clocksSeenBy(amina, caseId)).toMatchObject(moved)
  expect(await clocksSeenBy(dara, caseId)).toEqual(await clocksSeenBy(amina, caseId))

  await closeCase(amina, caseId)
  const closed = await clocksSeenBy(dara, caseId)
  expect([closed.resolution, closed.next]).toMatchObject([
    { ended: true, missed: false },
    { ended: true, missed: true },
  ])
})

test('three quarters into it staff are warned, and what is missed is missed once, also where it was answered late', async () => {
  const { amina, dara, joost, vendor, ask } = await promisedTo('1', '', '')
  at(FRIDAY_HALF_PAST_FOUR)
  const caseId = await ask()
  const told = async () => (await kindsOf(caseId)).filter((kind) => kind.startsWith('clock.'))
  for (const [moment, kinds] of [
    ['2027-03-08T09:14:00Z', []],
    ['2027-03-08T09:15:00Z', ['clock.warned']],
    ['2027-03-08T09:29:00Z', ['clock.warned']],
    ['2027-03-08T09:30:00Z', ['clock.warned', 'clock.missed']],
    ['2027-03-08T09:31:00Z', ['clock.warned', 'clock.missed']],
  ] as const) {
    at(moment)
    await Promise.all([checkClocks(), checkClocks()])
    expect(await told(), moment).toEqual(kinds)
  }
  for (const event of await eventsOfCase(caseId)) await notifyWhoIsTold(event)
  const heard = async (viewer: PersonViewer) =>
    (await owner.select().from(notifications).where(eq(notifications.personId, viewer.personId)))
      .map(({ kind }) => kind)
      .filter((kind) => kind.startsWith('clock.'))
  expect([(await heard(dara)).sort(), await heard(amina), await heard(joost)]).toEqual([['clock.missed', 'clock.warned'], [], []])
  expect((await casesOfVendor(dara, vendor.slug, 'us', null)).cases[0]?.due).toEqual({ at: new Date('2027-03-08T09:30:00Z'), late: true })
  expect((await myCases(amina, null)).cases[0]?.due?.late).toBe(true)
  await writeInCase(dara, caseId, { body: 'It is being mended.' })
  expect((await casesOfVendor(dara, vendor.slug, 'them', null)).cases[0]?.due).toBeNull()
  expect(await clocksSeenBy(amina, caseId)).toMatchObject({ first: { ended: true, missed: true } })
  await closeCase(dara, caseId)
  await reopenCase(amina, caseId)
  expect(Object.keys(await clocksSeenBy(amina, caseId))).toEqual(['first'])
})

test('an offer of staff starts nothing; its asker’s first words start the next answer', async () => {
  const { amina, dara, vendor, caseId } = await anOffer()
  await publishCalendar(dara, vendor.slug, { ...hours, holidays: undefined })
  await publishTargets(dara, vendor.slug, promise('1', '2', ''))
  expect(await clocksSeenBy(amina, caseId)).toEqual({})
  at(FRIDAY_HALF_PAST_FOUR)
  await writeInCase(amina, caseId, { body: 'Here it is.' })
  expect(await clocksSeenBy(dara, caseId)).toMatchObject({ next: { due: '2027-03-08T10:30' } })
})

test('who speaks for the vendor promises, by its hours; anybody reads it; the same twice is one version', async () => {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  await expect(publishTargets(dara, vendor.slug, promise('1', '', ''))).rejects.toMatchObject({ fields: { first: 'targets.noCalendar' } })
  await publishCalendar(dara, vendor.slug, { ...hours, holidays: undefined })
  await publishTargets(dara, vendor.slug, promise('1', '0.5', ''))
  await publishTargets(dara, vendor.slug, promise('1', '0,5', ''))
  expect((await vendorHours(visitor, vendor.slug)).promised).toMatchObject({
    version: 1,
    hours: { first: '1', next: '0.5', resolution: '' },
  })
  for (const other of [await aMember(), await aStaffMember(await aVendor('Halyard')), await aStaffMember(vendor, 'Ana', 'analyst')]) {
    await expect(publishTargets(other, vendor.slug, promise('1', '', ''))).rejects.toThrow(Forbidden)
    await expect(targetsPage(other, vendor.slug)).rejects.toThrow(Forbidden)
  }
  await expect(publishTargets(dara, 'no-such-vendor', promise('1', '', ''))).rejects.toThrow(NotFound)
  for (const no of ['0', '-1', '1000', '1e2', 'soon', '0.001', '<b>']) expect(TargetsInput.safeParse({ first: no }).success, no).toBe(false)
  expect(promise('999', '0.02', '1,5')).toEqual({ first: 59_940, next: 1, resolution: 90 })
})

test('the database shows a clock to the two sides of its case alone, and keeps what was promised', async () => {
  const { amina, joost, chen, dara, ask } = await promisedTo('1', '4', '8')
  const caseId = await ask()
  const seenBy = async (viewer: PersonViewer) =>
    (await transaction(viewer, (tx) => tx.execute(sql`select id from case_clocks where case_id = ${caseId}`))).length
  expect([await seenBy(amina), await seenBy(dara), await seenBy(joost), await seenBy(chen)]).toEqual([2, 2, 0, 0])
  for (const change of [
    sql`update case_clocks set minutes = 9 where case_id = ${caseId}`,
    sql`delete from case_clocks where case_id = ${caseId}`,
    sql`update response_targets set first_minutes = 9`,
    sql`update case_clock_pauses set started_at = now()`,
  ])
    await expect(transaction(dara, (tx) => tx.execute(change))).rejects.toMatchObject({ cause: { code: '42501' } })
  const [clock] = await owner.select().from(caseClocks).where(eq(caseClocks.caseId, caseId))
  await owner.update(caseClocks).set({ endedAt: clock?.startedAt }).where(eq(caseClocks.caseId, caseId))
  const another = { ...(clock as typeof caseClocks.$inferInsert), id: newId() }
  await expect(transaction(joost, (tx) => tx.insert(caseClocks).values(another))).rejects.toMatchObject({ cause: { code: '42501' } })
  const paused = { id: newId(), clockId: another.id, reason: 'waiting-asker' as const, startedAt: new Date() }
  await expect(transaction(joost, (tx) => tx.insert(caseClockPauses).values(paused))).rejects.toMatchObject({ cause: { code: '42501' } })
  await transaction(dara, (tx) => tx.insert(caseClocks).values(another))
})
