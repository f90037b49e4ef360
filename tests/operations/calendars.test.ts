import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { businessCalendars, interactions } from '~/db/schema'
import { Forbidden, Invalid, NotFound } from '~/server/errors'
import { calendarPage, publishCalendar, vendorHours } from '~/server/operations'
import type { CalendarInput } from '~/server/operations/input'
import { readHolidays, readSpans, writeSpans } from '~/server/operations/rules'
import { visitor } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

const weekdays = { monday: '9-12, 13-17', tuesday: '9-17', wednesday: '9-17', thursday: '9-17', friday: '9:00–16:30' }
const brussels: CalendarInput = {
  zone: 'Europe/Brussels',
  ...weekdays,
  saturday: undefined,
  sunday: undefined,
  holidays: '2027-12-25\n2027-01-01',
}

async function aVendorWithStaff() {
  const vendor = await aVendor()
  return { vendor, dara: await aStaffMember(vendor) }
}
const versionsOf = async (vendor: { id: string }) =>
  (await owner.select().from(businessCalendars)).filter(({ vendorId }) => vendorId === vendor.id).map(({ version }) => version)
const publishedBy = async (vendor: { id: string }) =>
  (await owner.select({ kind: interactions.kind, payload: interactions.payload }).from(interactions)).filter(
    ({ kind, payload }) => kind === 'calendar.published' && payload.vendorId === vendor.id,
  ).length

test('staff say when a vendor is open, and anybody reads it', async () => {
  const { vendor, dara } = await aVendorWithStaff()
  expect((await vendorHours(visitor, vendor.slug)).calendar).toBeNull()

  await publishCalendar(dara, vendor.slug, brussels)

  const { calendar, may } = await vendorHours(visitor, vendor.slug)
  expect(calendar).toMatchObject({ zone: 'Europe/Brussels', version: 1, holidays: ['2027-01-01', '2027-12-25'] })
  expect(calendar?.days).toEqual(['09:00–12:00, 13:00–17:00', '09:00–17:00', '09:00–17:00', '09:00–17:00', '09:00–16:30', '', ''])
  expect(may.publish).toBe(false)
  expect((await calendarPage(dara, vendor.slug)).days[0]).toBe('09:00–12:00, 13:00–17:00')
})

test('publishing the same twice is publishing it once; a change is a version of its own', async () => {
  const { vendor, dara } = await aVendorWithStaff()
  await publishCalendar(dara, vendor.slug, brussels)
  await publishCalendar(dara, vendor.slug, brussels)
  expect([await versionsOf(vendor), await publishedBy(vendor)]).toEqual([[1], 1])
  await publishCalendar(dara, vendor.slug, { ...brussels, friday: '' })
  expect([(await versionsOf(vendor)).sort(), await publishedBy(vendor)]).toEqual([[1, 2], 2])
})

test('nobody else publishes it: not a customer, not the staff of another vendor, not an analyst', async () => {
  const { vendor } = await aVendorWithStaff()
  for (const other of [await aMember(), (await aVendorWithStaff()).dara, await aStaffMember(vendor, 'Ana', 'analyst')]) {
    await expect(publishCalendar(other, vendor.slug, brussels)).rejects.toThrow(Forbidden)
    await expect(calendarPage(other, vendor.slug)).rejects.toThrow(Forbidden)
  }
  await expect(vendorHours(visitor, 'no-such-vendor')).rejects.toThrow(NotFound)
})

test.each([
  [{ zone: 'Europe/Atlantis' }, 'zone'],
  [{ monday: '17-9' }, 'monday'],
  [{ tuesday: '9-12, 11-17' }, 'tuesday'],
  [{ friday: '<script>' }, 'friday'],
  [{ holidays: '2027-02-30' }, 'holidays'],
  [{ monday: '', tuesday: '', wednesday: '', thursday: '', friday: '' }, 'monday'],
])('what is no calendar is refused beside its field: %j', async (wrong, field) => {
  const { vendor, dara } = await aVendorWithStaff()
  const refused = await publishCalendar(dara, vendor.slug, { ...brussels, ...wrong }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Invalid)
  expect(Object.keys((refused as Invalid).fields)).toEqual([field])
})

test('hours are read as people write them, up to midnight, and written as they are read again', () => {
  expect(readSpans('13.00 - 17:30; 9–12')).toEqual([[540, 720], [780, 1050]]) // prettier-ignore
  expect(readSpans('0-24')).toEqual([[0, 1440]])
  for (const no of ['24-25', '9', '9-9', '9:60-10', 'nine-five', '1-2,3-4,5-6,7-8,9-10,11-12,13-14']) expect(readSpans(no)).toBeNull()
  expect(readSpans(writeSpans([[0, 1440]]))).toEqual([[0, 1440]])
  expect(readHolidays('2027-12-25\n\n2027-12-25')).toEqual(['2027-12-25'])
})

test('the database keeps a version as it was published, and takes none from outsiders', async () => {
  const { vendor, dara } = await aVendorWithStaff()
  await publishCalendar(dara, vendor.slug, brussels)
  const refused = { cause: { code: '42501' } }
  await expect(
    transaction(dara, (tx) => tx.execute(sql`update business_calendars set zone = 'UTC' where vendor_id = ${vendor.id}`)),
  ).rejects.toMatchObject(refused)
  await expect(
    transaction(dara, (tx) => tx.execute(sql`delete from business_calendars where vendor_id = ${vendor.id}`)),
  ).rejects.toMatchObject(refused)
  const amina = await aMember()
  await expect(
    transaction(amina, (tx) =>
      tx.execute(sql`insert into business_calendars (id, vendor_id, version, zone, hours, holidays, published_by)
        values (${newId()}, ${vendor.id}, 9, 'UTC', '[[[0,60]],[],[],[],[],[],[]]', '{}', ${amina.personId})`),
    ),
  ).rejects.toMatchObject(refused)
})
