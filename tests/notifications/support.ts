import { and, desc, eq, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { outgoingMails } from '~/db/schema'
import { beginMail, notifyWhoIsTold, tellWaiting } from '~/server/notifications'
import { now, setClock } from '~/server/platform/clock'
import { sendMail } from '~/server/platform/mail'
import { answerQuestion } from '~/server/threads'
import type { PersonViewer } from '~/server/viewer'
import { owner } from '../support/cast'
import { lastEventIn, type aQuestion } from '../threads/scene'

export type Scene = Awaited<ReturnType<typeof aQuestion>>
beginMail()

/** Somebody answers, and whoever is to be told is told on the site. */
export async function answered({ question }: Pick<Scene, 'question'>, by: PersonViewer, body = 'Try this.') {
  const answer = await answerQuestion(by, question.threadId, { body })
  await notifyWhoIsTold(await lastEventIn(question.threadId))
  return answer
}

export function minutesPass(minutes: number) {
  setClock(new Date(now().getTime() + minutes * 60_000))
}

/** What waits goes out, and everything queued for the person is handed over. Returns the mails they got, oldest first. */
export async function mailsTo(person: PersonViewer) {
  await tellWaiting()
  return handedOverTo(person)
}

export async function handedOverTo({ personId }: PersonViewer) {
  const theirs = eq(outgoingMails.personId, personId)
  const waiting = and(theirs, sql`sent_at is null and failed_at is null and dropped_at is null`)
  for (const { id } of await owner.select({ id: outgoingMails.id }).from(outgoingMails).where(waiting))
    await sendMail({ mailId: id }, { attempt: 1, lastAttempt: true })
  return owner
    .select()
    .from(outgoingMails)
    .where(and(theirs, sql`sent_at is not null`))
    .orderBy(outgoingMails.createdAt, outgoingMails.id)
}

export async function lastMailTo(person: PersonViewer) {
  const [mail] = await owner
    .select()
    .from(outgoingMails)
    .where(eq(outgoingMails.personId, person.personId))
    .orderBy(desc(outgoingMails.createdAt), desc(outgoingMails.id))
    .limit(1)
  expect(mail).toBeDefined()
  return mail as NonNullable<typeof mail>
}

export const tokenIn = (text: string) => /\/unsubscribe\/([\w.-]+)/.exec(text)?.[1] ?? ''
