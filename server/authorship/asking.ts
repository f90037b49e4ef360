import { and, eq } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { authorshipRequests, authorshipWords } from '~/db/schema'
import { Conflict, Invalid } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { now } from '~/server/platform/clock'
import { authorize } from '~/server/policy'
import type { Viewer } from '~/server/viewer'
import { addressProves } from './address'
import { recognise, takenBy } from './deciding'
import { importedAuthor, lockAuthor, personAsking } from './facts'
import type { AuthorshipInput } from './input'

/** Fewer words than this prove nothing to anybody. */
const FEWEST_CHARACTERS = 20

/**
 * “This was me.” Where the import brought the person’s own confirmed address, that settles it; otherwise the moderators of the room read how
 * they can show it. A name proves nothing. Asking twice is asking once: the words that wait are replaced.
 */
export async function askForAuthorship(
  viewer: Viewer,
  importedId: string,
  { words = '' }: Partial<AuthorshipInput>,
): Promise<'accepted' | 'waiting'> {
  const author = await importedAuthor(viewer, importedId)
  authorize(viewer, 'authorship.ask', author)
  const { personId, handleId } = personAsking(viewer)
  await countAgainst('authorship', personId)
  return transaction(viewer, async (tx) => {
    await lockAuthor(tx, importedId)
    const taken = await takenBy(importedId, tx)
    if (taken?.personId === personId) return 'accepted'
    if (taken) throw new Conflict('authorship.taken')
    const proof = (await addressProves(tx, personId, importedId)) ? 'address' : 'words'
    if (proof === 'words' && [...words].length < FEWEST_CHARACTERS)
      throw new Invalid({ words: words ? `tooShort:${FEWEST_CHARACTERS}` : 'required' })
    const [waiting] = await tx
      .update(authorshipRequests)
      .set({ proof })
      .where(
        and(
          eq(authorshipRequests.importedId, importedId),
          eq(authorshipRequests.personId, personId),
          eq(authorshipRequests.state, 'waiting'),
        ),
      )
      .returning({ requestId: authorshipRequests.id })
    const { communityId } = author
    const requestId = waiting?.requestId ?? newId()
    if (!waiting) {
      await tx.insert(authorshipRequests).values({ id: requestId, communityId, importedId, personId, handleId, proof, createdAt: now() })
      await record(tx, viewer, 'authorship.asked', { communityId, requestId })
    }
    if (proof === 'words') {
      await tx
        .insert(authorshipWords)
        .values({ requestId, words })
        .onConflictDoUpdate({ target: authorshipWords.requestId, set: { words } })
      return 'waiting'
    }
    await recognise(tx, viewer, { requestId, communityId, importedId, personId, handleId }, null)
    return 'accepted'
  })
}

export async function withdrawAuthorship(viewer: Viewer, importedId: string): Promise<void> {
  await transaction(viewer, async (tx) => {
    const { communityId } = await importedAuthor(viewer, importedId, tx)
    authorize(viewer, 'account.manage', null)
    const { personId } = personAsking(viewer)
    await lockAuthor(tx, importedId)
    const mine = and(eq(authorshipRequests.importedId, importedId), eq(authorshipRequests.personId, personId))
    const [withdrawn] = await tx
      .update(authorshipRequests)
      .set({ state: 'withdrawn', decidedAt: now() })
      .where(and(mine, eq(authorshipRequests.state, 'waiting')))
      .returning({ requestId: authorshipRequests.id })
    if (withdrawn) await record(tx, viewer, 'authorship.withdrawn', { communityId, ...withdrawn })
  })
}
