import { randomInt } from 'node:crypto'
import { desc, eq, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { outgoingMails } from '~/db/schema'
import { viewerFromCookies } from '~/server/accounts'
import { Invalid } from '~/server/errors'
import type { PersonViewer } from '~/server/viewer'
import { unique } from '../support/cast'

export const PASSWORD = 'four odd words apart'

/** What somebody types who joins. */
export function someone(name: string, email?: string) {
  const handle = unique(name).slice(-20)
  return { email: email ?? `${handle}@mail.example`, handle, displayName: name[0]?.toUpperCase() + name.slice(1), password: PASSWORD }
}

/** A browser on a network of its own, so that no test uses up another's tries. */
export function aPlace() {
  const byte = () => randomInt(256)
  return { from: `10.${byte()}.${byte()}.${byte()}`, device: 'Firefox, Linux' }
}

/** Whose session it is that was begun with these cookies. */
export async function personOf(cookies: string | string[]): Promise<PersonViewer> {
  const { viewer } = await viewerFromCookies(sentBack(cookies))
  if (viewer.kind !== 'person') throw new Error('Nobody is signed in with this cookie')
  return viewer
}

/** As a browser sends back what it was given. */
export const sentBack = (cookies: string | string[]) =>
  [cookies]
    .flat()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

export const isSignedIn = (cookies: string | string[]) =>
  personOf(cookies).then(
    () => true,
    () => false,
  )

export function mailsTo(address: string) {
  return db.select().from(outgoingMails).where(eq(outgoingMails.toAddress, address)).orderBy(desc(outgoingMails.id))
}

/** The secret of the newest link mailed to an address. */
export async function linkMailedTo(
  address: string,
  page: 'confirm-email' | 'reset-password' | 'change-email' | 'undo-email' | 'not-me',
): Promise<string> {
  for (const mail of await mailsTo(address)) {
    const token = new RegExp(`/${page}/([\\w-]+)`).exec(mail.textBody)?.[1]
    if (token) return token
  }
  throw new Error('No link was mailed')
}

export async function fieldsOf(refused: Promise<unknown>): Promise<Record<string, string>> {
  const error: unknown = await refused.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof Invalid)) throw error ?? new Error('It was not refused')
  return error.fields
}

/** What the log says of a person's account, oldest first. */
export async function eventsOf(personId: string): Promise<string[]> {
  const log = await db.execute<{ kind: string }>(sql`select kind from interactions where payload->>'personId' = ${personId} order by id`)
  return log.map((event) => event.kind)
}
