export { calendarPage, publishCalendar, vendorHours } from './calendars'
export { checkClocks, clocksOf, firstDueIn, turnClocks, type ClockShown } from './clocks'
export { publishTargets, targetsPage } from './targets'
export { dueAfter, openAt, openMinutesBetween } from './open-time'
