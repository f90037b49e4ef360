import { eq } from 'drizzle-orm'
import { reputationEntries } from '~/db/schema'
import { ownStanding, settleReputation } from '~/server/standing'
import type { PersonViewer } from '~/server/viewer'
import { owner } from '../support/cast'
import { eventsIn } from '../threads/scene'

/** Everything that happened in the thread has its consequences; again and again, which changes nothing. */
export async function followed(threadId: string) {
  for (const event of await eventsIn(threadId)) await settleReputation(event)
}

export const pointsOf = async (person: PersonViewer) => (await ownStanding(person)).points

/** The rows of somebody, as “+10 answer-helpful”; what was taken back in brackets, with why. */
export async function rowsOf({ handleId }: PersonViewer): Promise<string[]> {
  const rows = await owner.select().from(reputationEntries).where(eq(reputationEntries.handleId, handleId))
  return rows
    .map(({ points, cause, takenBackAt, whyTaken }) => {
      const said = `${points > 0 ? '+' : ''}${points} ${cause}`
      return takenBackAt ? `(${said}: ${whyTaken})` : said
    })
    .sort()
}

/** The same draws at every run: between 0 and 1, by the seed. */
export function drawing(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}
