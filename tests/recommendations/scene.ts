import { eq, sql } from 'drizzle-orm'
import { db } from '~/db/client'
import { newId } from '~/db/ids'
import { handles, interactions, recommendationAuthors, recommendations, relationships, relationshipStates } from '~/db/schema'
import type { Happened } from '~/server/events'
import { reactor } from '~/server/reactions'
import { writeRecommendation } from '~/server/recommendations'
import type { RecommendationInput } from '~/server/recommendations/input'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aPortalModerator, aProduct, aStaffMember, aVendor, owner } from '../support/cast'

export const honest: Omit<RecommendationInput, 'product'> = {
  headline: 'Getting in was easy, getting out was not',
  useCase: 'Forty-eight people in a museum, with long archives.',
  whatIsGood: 'Reading and writing mail.',
  whatIsNot: 'Our rules cannot be exported.',
  forWhom: 'Not for anyone who may want to leave.',
  verdict: 2,
  ease: 4,
  support: null,
  value: 3,
  timeUsed: '3-to-12-months',
  chooseAgain: 'no',
  relation: 'customer',
  incentive: 'none',
  invitedBy: 'nobody',
  organisation: undefined,
  organisationSize: null,
  shownAs: 'handle',
}

/** Amina has written about Tern Mail, where Dara works; Bo moderates the portal and serves nobody. */
export async function aRecommendation() {
  const vendor = await aVendor()
  const [product, amina, dara, bo] = await Promise.all([aProduct(vendor), aMember('Amina'), aStaffMember(vendor), aPortalModerator()])
  const { recommendationId } = await writeRecommendation(amina, vendor.slug, { ...honest, product: product.slug })
  return { vendor, product, amina, dara, bo, recommendationId }
}

/** Both sides have confirmed that the person is a customer. */
export async function aConfirmedCustomer(viewer: PersonViewer, vendor: { id: string }) {
  const relationshipId = newId()
  const at = new Date()
  await owner.insert(relationships).values({ id: relationshipId, vendorId: vendor.id, handleId: viewer.handleId, since: at, lastAt: at })
  await owner
    .insert(relationshipStates)
    .values({ id: newId(), relationshipId, state: 'customer', vendorConfirmedAt: at, personConfirmedAt: at })
}

const eventsAbout = async (recommendationId: string) =>
  (await db
    .select()
    .from(interactions)
    .where(
      sql`${interactions.payload} ->> 'recommendationId' = ${recommendationId} or ${interactions.payload} ->> 'subjectId' = ${recommendationId}`,
    )
    .orderBy(interactions.id)) as unknown as Happened[]

export const kindsAbout = async (recommendationId: string) => (await eventsAbout(recommendationId)).map(({ kind }) => kind)

/** Everything that follows of what happened to it, and to nothing else. */
export async function followUp(recommendationId: string) {
  for (const event of await eventsAbout(recommendationId))
    for (const name of reactor.reactionsTo(event.kind)) await reactor.react(name, event)
}

export const recommendationRow = async (id: string) =>
  (await owner.select().from(recommendations).where(eq(recommendations.id, id)))[0] as typeof recommendations.$inferSelect

type Like = Partial<typeof recommendations.$inferInsert> & { organisations?: number }

/** Recommendations of as many people as there are verdicts, a minute apart; each of an organisation of its own, or of so many. */
export async function manyRecommendations(vendorId: string, productId: string, verdicts: number[], { organisations, ...like }: Like = {}) {
  const began = Date.now() - verdicts.length * 60_000
  for (const [at, verdict] of verdicts.entries()) {
    const handleId = newId()
    await owner.insert(handles).values({ id: handleId, kind: 'placeholder', displayName: `Somebody ${at}` })
    const { ease, support, value, forWhom, organisation: _, shownAs: __, ...words } = honest
    const id = newId()
    await owner.insert(recommendations).values({
      id,
      vendorId,
      productId,
      handleId,
      ...words,
      forWhom: forWhom ?? '',
      verdict,
      easeRating: ease,
      supportRating: support,
      valueRating: value,
      createdAt: new Date(began + at * 60_000),
      ...like,
    })
    if (organisations !== 0)
      await owner
        .insert(recommendationAuthors)
        .values({ recommendationId: id, handleId, organisation: `House ${organisations ? at % organisations : at}` })
  }
}
