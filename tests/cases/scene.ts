import { eq, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { caseAnswers, caseMessages, caseNotes, cases, interactions } from '~/db/schema'
import { openCase } from '~/server/cases'
import type { Happened } from '~/server/events'
import { askQuestion } from '~/server/threads'
import { aCommunity, aMember, aProduct, aStaffMember, aVendor, owner, refreshed } from '../support/cast'
import { aQuestionOf } from '../threads/scene'

export const OFFER = 'May I see the log of your index? Send it here, where only we read it.'
export const REPLY = 'Here it is. It names our clients, hence not in public.'

/** Amina has asked in the vendor’s room, where Chen is a member, Bo moderates, Dara and Sanne are from the vendor; Joost is from a rival. */
export async function aQuestionForTheVendor(room: Parameters<typeof aCommunity>[0] = {}) {
  const [vendor, rival] = await Promise.all([aVendor(), aVendor('Halyard')])
  const product = await aProduct(vendor)
  const [amina, chen, bo] = await Promise.all([aMember('Amina'), aMember('Chen'), aMember('Bo')])
  const [dara, sanne, joost] = await Promise.all([aStaffMember(vendor), aStaffMember(vendor, 'Sanne'), aStaffMember(rival, 'Joost')])
  const olu = await aMember('Olu', { operator: true })
  const community = await aCommunity({
    hostVendorId: vendor.id,
    productId: product.id,
    ...room,
    members: [amina, chen, dara, ...(room.members ?? [])],
    moderators: [bo],
  })
  const people = {
    ...{ amina: await refreshed(amina), chen: await refreshed(chen), bo: await refreshed(bo) },
    ...{ dara: await refreshed(dara), sanne, joost, olu },
  }
  const question = await askQuestion(people.amina, community.slug, aQuestionOf)
  return { ...people, vendor, rival, product, community, question }
}

/** Dara has offered to continue it. */
export async function anOffer(room: Parameters<typeof aCommunity>[0] = {}) {
  const scene = await aQuestionForTheVendor(room)
  return { ...scene, caseId: await openCase(scene.dara, scene.question.threadId, { body: OFFER }) }
}

export const caseRow = async (id: string) => (await owner.select().from(cases).where(eq(cases.id, id)))[0] as typeof cases.$inferSelect
export const messagesIn = (id: string) =>
  owner.select().from(caseMessages).where(eq(caseMessages.caseId, id)).orderBy(caseMessages.createdAt)
export const answersIn = (id: string) => owner.select().from(caseAnswers).where(eq(caseAnswers.caseId, id)).orderBy(caseAnswers.createdAt)
export const notesIn = (id: string) => owner.select().from(caseNotes).where(eq(caseNotes.caseId, id))

export async function eventsOfCase(caseId: string): Promise<Happened[]> {
  const rows = await db
    .select()
    .from(interactions)
    .where(sql`${interactions.payload} ->> 'caseId' = ${caseId}`)
    .orderBy(interactions.id)
  return rows as unknown as Happened[]
}
export const kindsOf = async (caseId: string) => (await eventsOfCase(caseId)).map(({ kind }) => kind)
