import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { CLOCK_TARGETS, PAUSE_REASONS } from '../kinds'
import { cases } from './cases'
import { at, id } from './columns'
import { byPerson, vendorId } from './of-vendor'
import { businessCalendars } from './operations'

/** What a vendor promises whoever asks it, in open minutes. A version is never changed; nothing means that nothing is promised. */
export const responseTargets = pgTable(
  'response_targets',
  {
    id: id(),
    vendorId: vendorId(),
    version: integer('version').notNull(),
    /** Until its first answer in a case. */
    firstMinutes: integer('first_minutes'),
    /** Until each later one. */
    nextMinutes: integer('next_minutes'),
    /** Until the case is closed; what waits for the asker does not count. */
    resolutionMinutes: integer('resolution_minutes'),
    publishedBy: byPerson('published_by'),
    publishedAt: at('published_at').notNull(),
  },
  (t) => [
    uniqueIndex('response_targets_version').on(t.vendorId, t.version.desc()), // what holds now
    check(
      'response_targets_bounds',
      sql`coalesce(${t.firstMinutes}, 1) between 1 and 60000 and coalesce(${t.nextMinutes}, 1) between 1 and 60000 and coalesce(${t.resolutionMinutes}, 1) between 1 and 60000`,
    ),
  ],
)

/** One promise in one case: by which versions of targets and hours it is counted, and by when it is due. Both sides read the same row. */
export const caseClocks = pgTable(
  'case_clocks',
  {
    id: id(),
    vendorId: vendorId(),
    caseId: uuid('case_id')
      .notNull()
      .references(() => cases.id),
    target: text('target', { enum: CLOCK_TARGETS }).notNull(),
    targetsId: uuid('targets_id')
      .notNull()
      .references(() => responseTargets.id),
    calendarId: uuid('calendar_id')
      .notNull()
      .references(() => businessCalendars.id),
    minutes: integer('minutes').notNull(),
    startedAt: at('started_at').notNull(),
    dueAt: at('due_at').notNull(),
    /** Since when it stands still. */
    pausedAt: at('paused_at'),
    /** Three quarters of it had passed. */
    warnedAt: at('warned_at'),
    missedAt: at('missed_at'),
    endedAt: at('ended_at'),
    nextCheckAt: at('next_check_at').notNull(),
  },
  (t) => [
    uniqueIndex('case_clocks_one_running')
      .on(t.caseId, t.target)
      .where(sql`${t.endedAt} is null`), // one a case and promise at a time
    index('case_clocks_of').on(t.caseId, t.startedAt.desc(), t.id.desc()), // those of a case, the newest first
    index('case_clocks_to_check')
      .on(t.nextCheckAt)
      .where(sql`${t.endedAt} is null and ${t.pausedAt} is null and ${t.missedAt} is null`), // what the minute’s job looks at
    check('case_clocks_known', sql`${t.target} in ('first', 'next', 'resolution') and ${t.minutes} between 1 and 60000`),
    check('case_clocks_forward', sql`${t.dueAt} >= ${t.startedAt} and ${t.pausedAt} >= ${t.startedAt} and ${t.endedAt} >= ${t.startedAt}`),
    check('case_clocks_ended_is_not_paused', sql`${t.endedAt} is null or ${t.pausedAt} is null`),
  ],
)

/** When a clock stood still, and why. */
export const caseClockPauses = pgTable(
  'case_clock_pauses',
  {
    id: id(),
    clockId: uuid('clock_id')
      .notNull()
      .references(() => caseClocks.id),
    reason: text('reason', { enum: PAUSE_REASONS }).notNull(),
    startedAt: at('started_at').notNull(),
    endedAt: at('ended_at'),
  },
  (t) => [
    uniqueIndex('case_clock_pauses_one_open')
      .on(t.clockId)
      .where(sql`${t.endedAt} is null`),
    index('case_clock_pauses_of').on(t.clockId, t.startedAt),
    check('case_clock_pauses_forward', sql`${t.endedAt} >= ${t.startedAt}`),
    check('case_clock_pauses_known', sql`${t.reason} in ('waiting-asker')`),
  ],
)
