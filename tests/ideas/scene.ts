import { eq } from 'drizzle-orm'
import { ideas, ideaSteps } from '~/db/schema'
import { moveIdea, proposeIdea } from '~/server/ideas'
import type { IdeaStatus } from '~/server/ideas'
import type { PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, aProduct, aStaffMember, aVendor, owner, refreshed } from '../support/cast'

export const anIdeaOf = {
  title: 'Move a whole calendar at once',
  body: 'I move forty appointments by hand whenever a project moves.',
  tags: ['calendar'],
  product: undefined,
}

/** Amina has proposed something in the vendor’s room, where Chen and Jun are members, Bo moderates and Dara is from the vendor. */
export async function anIdea({ hosted = true } = {}) {
  const vendor = await aVendor()
  const product = await aProduct(vendor)
  const [amina, chen, jun, bo] = await Promise.all([aMember('Amina'), aMember('Chen'), aMember('Jun'), aMember('Bo')])
  const dara = await aStaffMember(vendor)
  const community = await aCommunity({
    ...(hosted ? { hostVendorId: vendor.id, productId: product.id } : {}),
    members: [amina, chen, jun],
    moderators: [bo],
  })
  const people = { amina: await refreshed(amina), chen: await refreshed(chen), jun: await refreshed(jun), bo: await refreshed(bo), dara }
  const idea = await proposeIdea(people.amina, community.slug, anIdeaOf)
  return { ...people, vendor, product, community, idea }
}

export const move = (by: PersonViewer, threadId: string, from: IdeaStatus, status: IdeaStatus, response?: string) =>
  moveIdea(by, threadId, { from, status, response })

export const ideaRow = async (id: string) =>
  (await owner.select().from(ideas).where(eq(ideas.threadId, id)))[0] as typeof ideas.$inferSelect
export const stepsOf = (id: string) => owner.select().from(ideaSteps).where(eq(ideaSteps.threadId, id)).orderBy(ideaSteps.createdAt)
