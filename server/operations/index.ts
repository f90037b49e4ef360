export { calendarPage, publishCalendar, vendorHours } from './calendars'
export { dueAfter, openAt, openMinutesBetween } from './open-time'
