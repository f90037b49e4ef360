import { and, eq, ne, sql, type SQL } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { answerAcceptances, communities, posts, tags, threadClaims, threadFollows, threads, threadTags, vendors } from '~/db/schema'
import { blockedColumn, handlesShown } from '~/server/accounts'
import { draftColumn, drawnDraft } from '~/server/drafts'
import { waitingFilesColumn } from '~/server/attachments'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { can, canInTime, mustBeFound } from '~/server/policy'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { fresh } from './claiming'
import { duplicatesAround } from './duplicates'
import { drawing } from './drawing-posts'
import { openedAsSpam, roomProduct, threadProduct, vendorConcerned } from './facts'
import { answers, ANSWERS_ON_A_PAGE, COMMENTS_UNDER_A_POST, commentsOn, heldFor, post, postColumns, type AnswerOrder } from './posts-read'
import { mergedInto, movedTo } from './merges-read'
import { ownCase, privately, vendorConcernedName, recordOfAsker } from './privately'
import { daysAfter, MARKING_REVERSIBLE_DAYS, MERGE_REVERSIBLE_DAYS, stateOf } from './rules'
import { awaitingConfirmation } from './standing'
import { nobody, tagsIn } from './thread-list'

/** A thread with its question, one page of answers and the first comments on each: five queries, however long the thread. */
export async function threadPage(viewer: Viewer, wanted: Wanted) {
  const page = await threadAt(viewer, wanted)
  if (page.moved) throw new NotFound()
  return page
}

/** `among`: of a request those answers alone, a condition on posts. */
type Wanted = { slug: string; number: string; order: AnswerOrder; after?: string | null; among?: SQL }

/** What stands at an address: the thread, or the one into which it was merged. */
export async function threadAt(viewer: Viewer, wanted: Wanted) {
  const thread = await threadWithOpening(viewer, wanted.number)
  const moved = thread ? null : await movedTo(viewer, wanted.slug, wanted.number)
  if (moved) return { moved }
  if (!thread || thread.slug !== wanted.slug) throw new NotFound()
  mustBeFound(viewer, 'thread.view', thread)
  const after = wanted.after && isId(wanted.after) ? wanted.after : null
  const moderates = can(viewer, 'content.hide', { ...thread, askerHandleId: thread.handleId })
  const among = thread.isRequest ? wanted.among : undefined
  const [found, accepted, around, merged] = await Promise.all([
    answers(viewer, thread, wanted.order, after, moderates, among),
    thread.acceptedPostId && !after && !among ? post(viewer, thread.acceptedPostId) : [],
    thread.hasDuplicates ? duplicatesAround(viewer, thread.threadId) : { duplicateOf: null, duplicates: [] },
    thread.hasMerged ? mergedInto(viewer, thread.threadId) : [],
  ])
  const page = found.slice(0, ANSWERS_ON_A_PAGE)
  const shown = [...accepted, ...page]
  const comments = await commentsOn(
    viewer,
    [thread.opening.postId, ...merged.map(({ post }) => post.postId), ...shown.map((answer) => answer.postId)],
    COMMENTS_UNDER_A_POST,
    moderates,
  )
  const names = await handlesShown(
    [
      thread.handleId,
      thread.acceptedBy,
      thread.claimedBy,
      ...merged.map(({ post }) => post.handleId),
      ...shown.flatMap((answer) => [answer.handleId, answer.confirmedBy]),
      ...comments.map((comment) => comment.handleId),
    ],
    { communityId: thread.communityId },
  )
  const claimedBy = names.get(thread.claimedBy ?? '')
  const mayClaim = thread.kind === 'question' && !thread.acceptedPostId && can(viewer, 'thread.claim', thread)
  const draw = drawing(viewer, thread, names, moderates, comments)
  const { threadId, number, slug, title, kind, answerCount, followerCount, createdAt, communityId, communityName, vendorName, vendorSlug } =
    thread
  return {
    ...{ threadId, number, slug, title, kind, answerCount, followerCount, createdAt, communityId, communityName, vendorName, vendorSlug },
    communitySummary: thread.communitySummary,
    /** Anybody may read it. */
    open: thread.access === 'open' && thread.hiddenBy === null,
    productName: thread.productName,
    state: stateOf(thread),
    ...around,
    /** With which vendors it goes on by itself, and the case for those two sides. */
    privately: (thread.privately ?? []).map(({ vendor, ...at }) => ({
      vendor,
      offeredAt: new Date(at.offeredAt),
      continuedAt: at.continuedAt ? new Date(at.continuedAt) : null,
      cameBackAt: at.cameBackAt ? new Date(at.cameBackAt) : null,
    })),
    ownCase: thread.ownCase,
    askerRecord: thread.askerRecord,
    tags: tagsIn(thread.tagNames),
    locked: thread.locked,
    lockedBy: thread.lockedBy,
    hasPolls: thread.hasPolls,
    isRequest: thread.isRequest,
    hiddenBy: thread.hiddenBy,
    heldFor: thread.heldFor,
    following: thread.following,
    muted: thread.muted,
    claim:
      mayClaim && claimedBy && thread.claimedAt
        ? { by: claimedBy, mine: viewer.kind === 'person' && thread.claimedBy === viewer.handleId, at: thread.claimedAt }
        : null,
    accepted: {
      at: thread.acceptedAt,
      as: thread.acceptedAs ?? ('asker' as const),
      by: names.get(thread.acceptedBy ?? '') ?? null,
      /** Until when the asker may take back what was marked for them. */
      reversibleUntil: thread.acceptedAt && thread.acceptedAs !== 'asker' ? daysAfter(thread.acceptedAt, MARKING_REVERSIBLE_DAYS) : null,
    },
    opening: draw(thread.opening),
    answers: shown.map(draw),
    // The title goes with the words: what one may not read of a question, one is not told in its heading.
    merged: merged
      .map(({ post, mergedAt, ...question }) => ({
        ...question,
        mergedAt,
        undoUntil: moderates ? undoUntil(mergedAt) : null,
        post: draw(post),
      }))
      .filter(({ post }) => post.html !== null),
    next: found.length > ANSWERS_ON_A_PAGE ? (page.at(-1)?.postId ?? null) : null,
    order: wanted.order,
    firstPage: !after,
    /** What was written after this moment has arrived while the page was open. */
    readAt: now().getTime(),
    may: {
      answer: canInTime(viewer, 'post.answer', thread),
      follow: can(viewer, 'thread.follow', thread),
      moderate: moderates,
      claim: mayClaim,
      makePoll: !thread.hasPoll && can(viewer, 'poll.make', thread),
      merge: (thread.kind === 'question' || thread.kind === 'idea') && can(viewer, 'thread.propose-merge', thread),
      markDuplicate: thread.kind === 'question' && can(viewer, 'thread.mark-duplicate', thread),
      openCase:
        thread.kind === 'question' && !thread.ownCase && !names.get(thread.handleId)?.placeholder && can(viewer, 'case.open', thread),
    },
    concernedVendorName: thread.concernedVendorName,
    signedIn: viewer.kind === 'person',
    me:
      viewer.kind === 'person'
        ? { displayName: asUnnamed(viewer) ? (names.get(viewer.handleId) ?? nobody).displayName : viewer.displayName }
        : null,
    draft: canInTime(viewer, 'post.answer', thread) ? await drawnDraft(viewer, 'answer', threadId, thread.drafts) : null,
    /** Uploaded for an answer that is still being written. */
    waitingFiles: thread.waitingFiles ?? [],
  }
}

/** The viewer asked this without a name. */
const asUnnamed = ({ handleId, unnamedAs }: PersonViewer) => unnamedAs.includes(handleId)

/** Until when a merge can be taken back; null once that is over. */
function undoUntil(mergedAt: Date | null) {
  const until = mergedAt && daysAfter(mergedAt, MERGE_REVERSIBLE_DAYS)
  return until && until > now() ? until : null
}

/** A post with all its comments, on a page of its own. */
export async function commentsPage(viewer: Viewer, postId: string) {
  const parent = isId(postId)
    ? await db
        .select({ number: threads.number })
        .from(posts)
        .innerJoin(threads, eq(threads.id, posts.threadId))
        .where(and(eq(posts.id, postId), ne(posts.kind, 'comment')))
    : []
  const thread = parent[0] ? await threadWithOpening(viewer, String(parent[0].number)) : null
  if (!thread) throw new NotFound()
  mustBeFound(viewer, 'thread.view', thread)
  const moderates = can(viewer, 'content.hide', { ...thread, askerHandleId: thread.handleId })
  const [[row], comments] = await Promise.all([post(viewer, postId), commentsOn(viewer, [postId], MOST_COMMENTS, moderates)])
  if (!row) throw new NotFound()
  const names = await handlesShown([row.handleId, ...comments.map((comment) => comment.handleId)], { communityId: thread.communityId })
  const { threadId, number, slug, title, communityId, communityName } = thread
  return {
    threadId,
    number,
    slug,
    title,
    communityId,
    communityName,
    locked: thread.locked,
    post: drawing(viewer, thread, names, moderates, comments)(row),
    opening: row.kind === 'opening',
  }
}

const MOST_COMMENTS = 500

export type FoundThread = NonNullable<Awaited<ReturnType<typeof threadWithOpening>>>

// In a transaction of the viewer: their own draft and whom they blocked stand in columns of it.
async function threadWithOpening(viewer: Viewer, number: string) {
  if (!/^[1-9]\d{0,14}$/.test(number)) return null
  return viewer.kind === 'person' ? transaction(viewer, (tx) => openingOf(tx, viewer, number)) : openingOf(db, viewer, number)
}

async function openingOf(reader: Pick<Tx, 'select'>, viewer: Viewer, number: string) {
  const me = viewer.kind === 'person' ? viewer.handleId : null
  const [row] = await reader
    .select({
      threadId: threads.id,
      number: threads.number,
      slug: communities.slug,
      communityName: communities.name,
      communitySummary: communities.summary,
      communityId: threads.communityId,
      access: communities.access,
      title: threads.title,
      kind: threads.kind,
      handleId: threads.handleId,
      answerCount: threads.answerCount,
      followerCount: threads.followerCount,
      acceptedPostId: threads.acceptedPostId,
      hasDuplicates: sql<boolean>`exists (select 1 from thread_duplicates d where d.thread_id = ${threads.id} or d.of_thread_id = ${threads.id})`,
      hasPoll: sql<boolean>`exists (select 1 from polls q where q.thread_id = ${threads.id})`,
      isRequest: sql<boolean>`exists (select 1 from recommendation_requests q where q.thread_id = ${threads.id})`,
      hasPolls: sql<boolean>`exists (select 1 from polls q join threads x on x.id = q.thread_id where x.id = ${threads.id} or x.stands_in_id = ${threads.id})`,
      hasMerged: sql<boolean>`exists (select 1 from threads x where x.stands_in_id = ${threads.id})`,
      acceptedAs: answerAcceptances.acceptedAs,
      askerSaidAt: threads.askerSaidAt,
      markingReversed: sql<boolean>`${threads.markingReversedAt} is not null`,
      awaiting: awaitingConfirmation(),
      vendorId: vendorConcerned,
      acceptedBy: answerAcceptances.acceptedBy,
      acceptedAt: answerAcceptances.acceptedAt,
      lockedBy: threads.lockedByDecisionId,
      importedLocked: threads.importedLocked,
      hiddenBy: threads.hiddenByDecisionId,
      heldFor: heldFor(sql`${threads}`),
      vendorName: vendors.name,
      vendorSlug: vendors.slug,
      productName: threadProduct.name,
      createdAt: threads.createdAt,
      following: sql<boolean>`exists (select 1 from ${threadFollows} f where f.thread_id = ${threads.id} and f.handle_id = ${me}::uuid)`,
      claimedBy: threadClaims.handleId,
      claimedAt: threadClaims.claimedAt,
      tagNames: sql<
        string | null
      >`(select string_agg(g.name, chr(31) order by g.name) from ${threadTags} tt join ${tags} g on g.id = tt.tag_id where tt.thread_id = ${threads.id})`,
      blocked: blockedColumn(viewer),
      muted:
        viewer.kind === 'person'
          ? sql<boolean>`exists (select 1 from thread_mutes m where m.thread_id = ${threads.id} and m.person_id = ${viewer.personId}::uuid and not m.mail_only)`
          : sql<boolean>`false`,
      drafts: draftColumn(viewer, 'answer', sql`${threads.id}`),
      waitingFiles: waitingFilesColumn(viewer, 'answer', sql`${threads.id}`),
      privately: privately(),
      ownCase: ownCase(viewer),
      askerRecord: recordOfAsker(viewer),
      concernedVendorName: vendorConcernedName(),
      opening: postColumns(viewer),
    })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .innerJoin(posts, and(eq(posts.threadId, threads.id), eq(posts.kind, 'opening'), eq(posts.importedAsSpam, false)))
    .leftJoin(answerAcceptances, eq(answerAcceptances.threadId, threads.id))
    .leftJoin(threadClaims, and(eq(threadClaims.threadId, threads.id), fresh()))
    .leftJoin(vendors, eq(vendors.id, communities.hostVendorId))
    .leftJoin(threadProduct, eq(threadProduct.id, threads.productId))
    .leftJoin(roomProduct, eq(roomProduct.id, communities.productId))
    .where(and(eq(threads.number, Number(number)), sql`not ${openedAsSpam}`))
  return row ? { ...row, hidden: row.hiddenBy !== null, locked: row.lockedBy !== null || row.importedLocked } : null
}
