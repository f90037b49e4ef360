import { desc, eq } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { businessCalendars, vendors } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize, can, mustBeFound } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'
import type { CalendarInput } from './input'
import { openAt } from './open-time'
import { readHolidays, readSpans, writeOpenHours, writeSpans } from './rules'
import { targetsNow } from './targets-now'
import { WEEKDAYS, type Calendar, type Span } from './types'

type CalendarNow = Calendar & { calendarId: string; version: number; since: Date }

/** Where nobody has said anything else yet, the form begins with this. */
const USUAL: Calendar = {
  zone: 'UTC',
  hours: WEEKDAYS.map((_, day): Span[] => (day < 5 ? [[540, 1020]] : [])),
  holidays: [],
}

/** Says when a vendor is open from now on. What was counted by an earlier version keeps that version. */
export async function publishCalendar(viewer: PersonViewer, vendorSlug: string, input: CalendarInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  const calendar = calendarOf(input)
  await transaction(viewer, async (tx) => {
    const vendor = await vendorNamed(tx, vendorSlug)
    authorize(viewer, 'calendar.publish', vendor)
    const before = await calendarNow(tx, vendor.vendorId)
    if (before && same(before, calendar)) return
    const calendarId = newId()
    const made = await tx
      .insert(businessCalendars)
      .values({ id: calendarId, vendorId: vendor.vendorId, version: (before?.version ?? 0) + 1, ...calendar, publishedBy: viewer.personId })
      .onConflictDoNothing()
      .returning({ id: businessCalendars.id })
    if (made.length === 0) throw new Conflict('conflict')
    await record(tx, viewer, 'calendar.published', { vendorId: vendor.vendorId, calendarId })
  })
}

/** When a vendor is open, for anybody. */
export async function vendorHours(viewer: Viewer, vendorSlug: string) {
  mustBeFound(viewer, 'vendor.view', null)
  const vendor = await vendorNamed(db, vendorSlug)
  const [calendar, targets] = await Promise.all([calendarNow(db, vendor.vendorId), targetsNow(db, vendor.vendorId)])
  return {
    vendor: { slug: vendor.slug, name: vendor.name },
    calendar: calendar ? { ...calendar, days: calendar.hours.map(writeSpans), ...openAt(calendar, now()) } : null,
    promised: targets && {
      ...{ version: targets.version, since: targets.since },
      hours: { first: writeOpenHours(targets.first), next: writeOpenHours(targets.next), resolution: writeOpenHours(targets.resolution) },
    },
    may: { publish: can(viewer, 'calendar.publish', vendor), promise: can(viewer, 'targets.publish', vendor) },
  }
}

/** The form as it stands now. */
export async function calendarPage(viewer: PersonViewer, vendorSlug: string) {
  const vendor = await vendorNamed(db, vendorSlug)
  authorize(viewer, 'calendar.publish', vendor)
  const { zone, hours, holidays } = (await calendarNow(db, vendor.vendorId)) ?? USUAL
  return {
    vendor: { slug: vendor.slug, name: vendor.name },
    zone,
    days: hours.map(writeSpans),
    holidays: holidays.join('\n'),
    zones: ['UTC', ...Intl.supportedValuesOf('timeZone')],
  }
}

/** What a vendor has published, if anything. */
export async function calendarNow(tx: Pick<Tx, 'select'>, vendorId: string): Promise<CalendarNow | null> {
  const { id: calendarId, version, zone, hours, holidays, publishedAt: since } = businessCalendars
  const [found] = await tx
    .select({ calendarId, version, zone, hours, holidays, since })
    .from(businessCalendars)
    .where(eq(businessCalendars.vendorId, vendorId))
    .orderBy(desc(version))
    .limit(1)
  return found ?? null
}

function calendarOf(input: CalendarInput): Calendar {
  const errors: Record<string, string> = {}
  if (input.zone !== 'UTC' && !Intl.supportedValuesOf('timeZone').includes(input.zone)) errors.zone = 'notChoice'
  const hours = WEEKDAYS.map((day) => {
    const spans = readSpans(input[day] ?? '')
    if (!spans) errors[day] = 'calendar.spans'
    return spans ?? []
  })
  const holidays = readHolidays(input.holidays ?? '')
  if (!holidays) errors.holidays = 'calendar.holidays'
  if (Object.keys(errors).length === 0 && hours.every((spans) => spans.length === 0)) errors.monday = 'calendar.neverOpen'
  if (Object.keys(errors).length > 0) throw new Invalid(errors)
  return { zone: input.zone, hours, holidays: holidays ?? [] }
}

const same = (a: Calendar, b: Calendar): boolean =>
  a.zone === b.zone && a.holidays.join() === b.holidays.join() && JSON.stringify(a.hours) === JSON.stringify(b.hours)

export async function vendorNamed(tx: Pick<Tx, 'select'>, slug: string) {
  const [vendor] = await tx
    .select({ vendorId: vendors.id, slug: vendors.slug, name: vendors.name })
    .from(vendors)
    .where(eq(vendors.slug, slug))
  if (!vendor) throw new NotFound()
  return vendor
}
