import { and, asc, count, desc, eq, inArray, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { transaction, type Tx } from '~/db/client'
import { authorshipRequests, authorshipWords, communities, handles, posts, threads } from '~/db/schema'
import { actsPage, handlesShown } from '~/server/accounts'
import { communityBySlug } from '~/server/communities'
import { authorize, can, mustBeFound } from '~/server/policy'
import { visibleTo } from '~/server/threads'
import type { Viewer } from '~/server/viewer'
import { addressProves } from './address'
import { isUndoable, takenBy } from './deciding'
import { importedAuthor, personAsking } from './facts'

const MOST_SHOWN = 50

/** An imported author: what they wrote where the viewer may read, whose it is by now, and the way to say “this was me”. */
export async function importedPage(viewer: Viewer, importedId: string, before: string | null) {
  const author = await importedAuthor(viewer, importedId)
  const [taken, { acts, older }, mine] = await Promise.all([
    takenBy(importedId),
    actsPage(viewer, importedId, before),
    viewer.kind === 'person' ? transaction(viewer, (tx) => ownRequest(tx, importedId, viewer.personId)) : null,
  ])
  const names = await handlesShown([taken?.handleId], { communityId: author.communityId })
  // Here it matters whether the viewer is among them.
  const claimants = viewer.kind === 'person' && mine ? [viewer.handleId] : []
  const isMine = viewer.kind === 'person' && taken?.personId === viewer.personId
  return {
    ...author,
    taken: taken ? { who: names.get(taken.handleId) ?? null, at: taken.at, isMine } : null,
    acts,
    older,
    mine: mine && mine.state !== 'accepted' ? mine : null,
    mayAsk: !taken && mine?.state !== 'waiting' && (viewer.kind === 'visitor' || can(viewer, 'authorship.ask', author)),
    undoable: taken && isUndoable(taken.at) && can(viewer, 'authorship.undo', { claimants }) ? taken.requestId : null,
  }
}

/** What the form has to ask: nothing, where the address that came with the import is the person’s own. */
export async function authorshipForm(viewer: Viewer, importedId: string) {
  const author = await importedAuthor(viewer, importedId)
  authorize(viewer, 'authorship.ask', author)
  const { personId } = personAsking(viewer)
  return transaction(viewer, async (tx) => {
    const [byAddress, mine, taken, [wrote]] = await Promise.all([
      addressProves(tx, personId, importedId),
      ownRequest(tx, importedId, personId),
      takenBy(importedId, tx),
      tx
        .select({ posts: count() })
        .from(posts)
        .innerJoin(threads, eq(threads.id, posts.threadId))
        .innerJoin(communities, eq(communities.id, threads.communityId))
        .where(and(eq(posts.handleId, importedId), isNull(posts.hiddenByDecisionId), eq(posts.importedAsSpam, false), visibleTo(viewer))),
    ])
    return {
      ...author,
      byAddress,
      taken: taken !== null,
      posts: wrote?.posts ?? 0,
      words: mine?.state === 'waiting' ? (mine.words ?? '') : '',
    }
  })
}

async function ownRequest(tx: Tx, importedId: string, personId: string) {
  const [own] = await tx
    .select({
      state: authorshipRequests.state,
      words: authorshipWords.words,
      reason: authorshipRequests.reason,
      at: authorshipRequests.createdAt,
    })
    .from(authorshipRequests)
    .leftJoin(authorshipWords, eq(authorshipWords.requestId, authorshipRequests.id))
    .where(and(eq(authorshipRequests.importedId, importedId), eq(authorshipRequests.personId, personId)))
    .orderBy(desc(authorshipRequests.createdAt))
    .limit(1)
  return own ?? null
}

/** Who says that they wrote what was imported, oldest first, and what was decided lately. For moderators. */
export async function authorshipPage(viewer: Viewer, slug: string) {
  const { communityId, name, access } = await communityBySlug(viewer, slug)
  mustBeFound(viewer, 'queue.view', { communityId, access })
  const imported = alias(handles, 'imported')
  return transaction(viewer, async (tx) => {
    const those = (...states: ('waiting' | 'accepted' | 'refused')[]) =>
      tx
        .select({
          requestId: authorshipRequests.id,
          handleId: authorshipRequests.handleId,
          importedId: authorshipRequests.importedId,
          name: imported.displayName,
          source: imported.source,
          sourceUrl: imported.sourceUrl,
          words: authorshipWords.words,
          proof: authorshipRequests.proof,
          state: authorshipRequests.state,
          reason: authorshipRequests.reason,
          askedAt: authorshipRequests.createdAt,
          decidedAt: authorshipRequests.decidedAt,
        })
        .from(authorshipRequests)
        .innerJoin(imported, eq(imported.id, authorshipRequests.importedId))
        .leftJoin(authorshipWords, eq(authorshipWords.requestId, authorshipRequests.id))
        .where(and(eq(authorshipRequests.communityId, communityId), inArray(authorshipRequests.state, states)))
    const waiting = await those('waiting').orderBy(asc(authorshipRequests.createdAt)).limit(MOST_SHOWN)
    const decided = await those('accepted', 'refused').orderBy(desc(authorshipRequests.decidedAt)).limit(10)
    const names = await handlesShown(
      [...waiting, ...decided].map(({ handleId }) => handleId),
      { communityId },
    )
    const shown = (rows: typeof waiting) =>
      rows.map(({ handleId, ...row }) => ({
        ...row,
        who: names.get(handleId) ?? null,
        mayDecide: can(viewer, 'authorship.decide', { communityId, access, claimants: [handleId] }),
      }))
    return { slug, name, communityId, waiting: shown(waiting), decided: shown(decided) }
  })
}
