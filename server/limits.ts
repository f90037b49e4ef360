import { and, eq, lt, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { limitCounters } from '~/db/schema'
import { TooMany } from './errors'
import { now } from './platform/clock'

const minute = 60
const hour = 60 * minute

/** How often something may be done. Each number has its reason. */
// prettier-ignore
export const limits = {
  'sign-in-address': { most: 10, seconds: 15 * minute, why: 'guessing one person’s password' },
  'sign-in-from':    { most: 60, seconds: 15 * minute, why: 'trying stolen passwords on many people, from one network' },
  'second-step':     { most: 10, seconds: hour, why: 'guessing one person’s code, of which three in a million are right' },
  'passkey-challenge': { most: 120, seconds: 15 * minute, why: 'each one is a row, kept for five minutes' },
  'provider-visit':  { most: 120, seconds: 15 * minute, why: 'each one is a row, kept for minutes' },
  'change-email':    { most: 5, seconds: 24 * hour, why: 'each one is mail to somebody’s address, perhaps a stranger’s' },
  'hold-form':       { most: 120, seconds: hour, why: 'each one is kept for a day, of visitors too' },
  'sign-up-from':    { most: 20, seconds: hour, why: 'making accounts by machine' },
  'mail-to':         { most: 5, seconds: hour, why: 'filling somebody’s mailbox' },
  'authorship':      { most: 10, seconds: 24 * hour, why: 'each one is work for the moderators' },
  'ask':             { most: 10, seconds: hour, why: 'questions crowd out answers' },
  'answer-found-from': { most: 60, seconds: hour, why: 'counting what was never asked' },
  'answer':          { most: 60, seconds: hour, why: 'nobody writes faster than this by hand' },
  'comment':         { most: 60, seconds: hour, why: 'nobody writes faster than this by hand' },
  'vote':            { most: 300, seconds: hour, why: 'votes by machine' },
  'case':            { most: 60, seconds: hour, why: 'nobody writes faster than this by hand' },
  'propose-idea':    { most: 10, seconds: hour, why: 'ideas crowd out ideas' },
  'suggest-edit':    { most: 30, seconds: hour, why: 'each one is work for its author' },
  'merge':           { most: 30, seconds: hour, why: 'each one moves people’s words' },
  'flag':            { most: 30, seconds: hour, why: 'flags as a weapon' },
  'dispute':         { most: 10, seconds: 24 * hour, why: 'each one is read by a person' },
  'report-from':     { most: 10, seconds: 24 * hour, why: 'each one is mail to an address, perhaps a stranger’s, and work for the moderators' },
  'appeal-from':     { most: 10, seconds: 24 * hour, why: 'each one is read by a person, or mail to an address' },
  'appeal':          { most: 10, seconds: 24 * hour, why: 'each one is read by a person' },
  'recommend':       { most: 5, seconds: 24 * hour, why: 'a verdict takes time to earn' },
  'evidence':        { most: 10, seconds: 24 * hour, why: 'each one is looked at by a person' },
  'reference':       { most: 5, seconds: 24 * hour, why: 'each one asks for somebody’s time' },
  'claim-vendor':    { most: 5, seconds: 24 * hour, why: 'each one may be mail to somebody’s postmaster' },
  'prove-claim':     { most: 30, seconds: hour, why: 'each one asks the names of another house' },
  'invite':          { most: 50, seconds: 24 * hour, why: 'invitations are mail to strangers' },
  'mail-in':         { most: 20, seconds: hour, why: 'programs that answer each other' },
  'mail-refusal':    { most: 1, seconds: 24 * hour, why: 'one polite answer is enough' },
  'mail-a-day':      { most: 100, seconds: 24 * hour, why: 'more notifications a day are noise, and look like spam' },
  'add-device':      { most: 20, seconds: hour, why: 'nobody has so many browsers' },
  'upload':          { most: 60, seconds: 24 * hour, why: 'filling the disk' },
  'preview':         { most: 600, seconds: hour, why: 'drawing a text takes time' },
  'draw-picture':    { most: 120, seconds: hour, why: 'drawing the picture of a link keeps a processor busy' },
  'suggest-names':   { most: 1500, seconds: hour, why: 'one for each letter after an @; not a way to list everybody' },
  'keep-draft':      { most: 3000, seconds: hour, why: 'nobody pauses more often than this while typing' },
  'look-for-votes':  { most: 20,  seconds: hour, why: 'all votes of 90 days are read' },
  'erase':           { most: 10, seconds: hour, why: 'asking and calling back writes to a log that is kept' },
  'export':          { most: 5, seconds: 24 * hour, why: 'each one reads all that somebody ever did here' },
  'bring-archive':   { most: 10, seconds: 24 * hour, why: 'each one is a large file, and read to its end' },
  'appoint-delegate': { most: 20, seconds: 24 * hour, why: 'each one is a key to somebody’s data' },
  'delegate-call':   { most: 600, seconds: hour, why: 'programs that ask more often for one person help nobody' },
  'verify-from':     { most: 120, seconds: hour, why: 'checking signatures keeps a processor busy' },
  'write-down':      { most: 200, seconds: hour, why: 'notes, tasks and vault fields, by hand' },
} as const

export type LimitName = keyof typeof limits

/** Counts one use, outside the caller's transaction so that a refused try counts too. Throws TooMany with the seconds left. */
export async function countAgainst(name: LimitName, key: string): Promise<void> {
  const { most, seconds } = limits[name]
  const start = Math.floor(now().getTime() / 1000 / seconds) * seconds
  const windowStart = new Date(start * 1000)
  const [row] = await db
    .insert(limitCounters)
    .values({ limitName: name, key, windowStart, used: 1 })
    .onConflictDoUpdate({
      target: [limitCounters.limitName, limitCounters.key, limitCounters.windowStart],
      set: { used: sql`${limitCounters.used} + 1` },
    })
    .returning({ used: limitCounters.used })
  if ((row?.used ?? 0) > most) throw new TooMany(start + seconds - Math.floor(now().getTime() / 1000))
}

/** A success starts the count again: only failures add up. */
export async function forgive(name: LimitName, key: string): Promise<void> {
  await db.delete(limitCounters).where(and(eq(limitCounters.limitName, name), eq(limitCounters.key, key)))
}

export async function forgetOldLimits(): Promise<void> {
  await db.delete(limitCounters).where(lt(limitCounters.windowStart, new Date(now().getTime() - 48 * hour * 1000)))
}
