import { desc, eq, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { newId } from '~/db/ids'
import { communities, decisions, interactions, posts, threads } from '~/db/schema'
import type { Happened } from '~/server/events'
import { answerQuestion, askQuestion } from '~/server/threads'
import type { PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, owner, refreshed } from '../support/cast'
import { stated } from '../support/statement'

type Room = Parameters<typeof aCommunity>[0]

export const aQuestionOf = {
  title: 'Deleted messages come back',
  body: 'I delete forty newsletters, compact, and half of them are back.',
  tags: ['folders', 'imap'],
  product: undefined,
}

/** Amina has asked in a room where Chen is a member and Bo moderates. */
export async function aQuestion(room: Room = {}) {
  const [amina, chen, bo] = await Promise.all([aMember('Amina'), aMember('Chen'), aMember('Bo')])
  const community = await aCommunity({ ...room, members: [amina, chen], moderators: [bo] })
  const people = { amina: await refreshed(amina), chen: await refreshed(chen), bo: await refreshed(bo) }
  const question = await askQuestion(people.amina, community.slug, aQuestionOf)
  return { ...people, community, question }
}

export async function aQuestionWithAnAnswer(room: Room = {}) {
  const scene = await aQuestion(room)
  const answer = await answerQuestion(scene.chen, scene.question.threadId, { body: 'Nothing comes back: the index disagrees.' })
  return { ...scene, answer }
}

export const kindsIn = async (threadId: string) => (await eventsIn(threadId)).map((event) => event.kind)

export async function eventsIn(threadId: string): Promise<Happened[]> {
  const rows = await db
    .select()
    .from(interactions)
    .where(sql`${interactions.payload} ->> 'threadId' = ${threadId}`)
    .orderBy(interactions.id)
  return rows as unknown as Happened[]
}

export async function lastEventIn(threadId: string): Promise<Happened> {
  const [row] = await db
    .select()
    .from(interactions)
    .where(sql`${interactions.payload} ->> 'threadId' = ${threadId}`)
    .orderBy(desc(interactions.id))
    .limit(1)
  return row as unknown as Happened
}

export const threadRow = async (id: string) =>
  (await owner.select().from(threads).where(eq(threads.id, id)))[0] as typeof threads.$inferSelect
export const postRow = async (id: string) => (await owner.select().from(posts).where(eq(posts.id, id)))[0] as typeof posts.$inferSelect
export const communityRow = async (id: string) =>
  (await owner.select().from(communities).where(eq(communities.id, id)))[0] as typeof communities.$inferSelect

export async function aDecision(
  by: PersonViewer,
  subject: {
    kind: 'post' | 'thread'
    id: string
    communityId: string
    act?: 'hide' | 'restore' | 'lock' | 'unlock'
    target?: string
    decidedAt?: Date
    appealUntil?: Date
  },
) {
  const id = newId()
  const { kind: subjectKind, id: subjectId, communityId, act = 'hide', target, ...dates } = subject
  await owner.insert(decisions).values({
    id,
    act,
    subjectKind,
    subjectId,
    communityId,
    targetHandleId: target,
    decidedBy: by.personId,
    ...stated(communityId),
    ...dates,
  })
  return id
}

/** The newest event of a kind that names an id. */
export async function lastEventOf(kind: Happened['kind'], field: string, id: string): Promise<Happened> {
  const [row] = await db
    .select()
    .from(interactions)
    .where(sql`${interactions.kind} = ${kind} and ${interactions.payload} ->> ${field} = ${id}`)
    .orderBy(desc(interactions.id))
    .limit(1)
  return row as unknown as Happened
}
