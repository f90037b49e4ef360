import { and, desc, eq, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { caseMessages, cases } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { draftColumn, drawnDraft } from '~/server/drafts'
import { NotFound } from '~/server/errors'
import { foundIdea } from '~/server/ideas'
import { clocksOf } from '~/server/operations'
import { now } from '~/server/platform/clock'
import { authorize, can, mustBeFound } from '~/server/policy'
import { grantedOn } from '~/server/relationships'
import { foundThread, threadIdOf } from '~/server/threads'
import type { HandleInfo, PersonViewer, Viewer } from '~/server/viewer'
import { asks, casesFrom, foundCase, offerWaits, questionIsOpen, type KnownCase } from './facts'

const MESSAGES_ON_A_PAGE = 50
/** What a case reads of the asker’s fields; the rest stands on their record. */
const READ_IN_A_CASE = ['answer'] as const

type Answer = {
  id: string
  html: string
  state: 'proposed' | 'published' | 'declined' | 'withdrawn'
  by: string
  at: string
  decidedAt: string | null
  postId: string | null
}
type Note = { id: string; body: string; by: string; at: string }

/**
 * The case as one of its two sides sees it: the question, what was said since, and for staff what the asker lets them read to answer. A page that the browser
 * fetched on a guess reads nothing of that.
 */
export async function casePage(viewer: PersonViewer, id: string, before: string | null, { guessed = false } = {}) {
  const { it, found, clocks } = await transaction(viewer, async (tx) => {
    const it = await caseWithParts(tx, viewer, id)
    const [found, clocks] = await Promise.all([messagesOf(tx, it, before), clocksOf(tx, it.caseId)])
    return { it, found, clocks }
  })
  const mine = asks(viewer, it)
  const messages = found.slice(0, MESSAGES_ON_A_PAGE).reverse()
  const answers = it.answers ?? []
  const notes = it.notes ?? []
  const [names, theirs, idea] = await Promise.all([
    handlesShown(
      [
        it.handleId,
        it.openedBy,
        it.closedBy,
        it.assignedTo,
        ...messages.map((one) => one.handleId),
        ...[...answers, ...notes].map((one) => one.by),
      ],
      { vendorId: it.vendorId },
    ),
    mine ? null : grantedOn(viewer, { personId: it.askerId, vendorId: it.vendorId }, guessed ? [] : READ_IN_A_CASE),
    it.ideaThreadId ? ideaOf(viewer, it.ideaThreadId) : null,
  ])
  const nameOf = (handleId: string | null): HandleInfo | null => (handleId ? (names.get(handleId) ?? null) : null)
  const open = questionIsOpen(viewer, it)
  const { caseId, threadId, state, createdAt, continuedAt, waitingSince } = it
  return {
    ...{ caseId, threadId, state, createdAt, continuedAt, waitingSince, mine, idea, clocks },
    vendor: { slug: it.vendorSlug, name: it.vendorName },
    question: open ? { slug: it.slug, number: it.number, title: it.title, html: it.questionHtml } : null,
    asker: nameOf(it.handleId),
    openedBy: nameOf(it.openedBy),
    closedBy: nameOf(it.closedBy),
    assigned: it.assignedTo && !mine ? { by: nameOf(it.assignedTo), mine: it.assignedTo === viewer.handleId } : null,
    messages: messages.map(({ handleId, side, messageId, html, createdAt }) => ({
      ...{ messageId, html, side, createdAt },
      by: nameOf(handleId),
      mine: handleId === viewer.handleId,
    })),
    earlier: found.length > MESSAGES_ON_A_PAGE ? (messages[0]?.messageId ?? null) : null,
    latest: before === null,
    answers: answers.map(({ by, at, decidedAt, ...answer }) => ({
      ...answer,
      html: answer.state === 'proposed' ? answer.html : null,
      by: nameOf(by),
      at: new Date(at),
      decidedAt: decidedAt ? new Date(decidedAt) : null,
    })),
    notes: notes.map(({ by, at, ...note }) => ({ ...note, by: nameOf(by), at: new Date(at) })),
    noteCount: Number(it.noteCount),
    /** Exactly the fields under live grants; that they were read is written down. */
    theirs: theirs && { values: theirs.values, grants: theirs.grants },
    theirElsewhere: theirs?.elsewhere ?? false,
    recordId: it.recordId,
    draft: can(viewer, 'case.write', it) ? await drawnDraft(viewer, 'case-message', caseId, it.drafts) : null,
    noteDraft: can(viewer, 'case.serve', it) ? await drawnDraft(viewer, 'case-note', caseId, it.noteDrafts) : null,
    readAt: now().getTime(),
    offerWaits: offerWaits(it),
    may: {
      write: can(viewer, 'case.write', it),
      close: can(viewer, 'case.close', it),
      serve: can(viewer, 'case.serve', it),
      decide: can(viewer, 'case.decide-answer', it),
    },
  }
}

async function caseWithParts(tx: Tx, viewer: PersonViewer, id: string) {
  if (!isId(id)) throw new NotFound()
  const inOrder = sql`order by x.created_at desc`
  const [it] = await casesFrom(tx, {
    questionHtml: sql<string | null>`(select p.html from posts p where p.hidden_by_decision_id is null and p.id = (
      select o.id from posts o where o.thread_id = ${cases.threadId} and o.kind = 'opening'
      union all select o.id from posts o where o.home_thread_id = ${cases.threadId} and o.kind = 'asked' limit 1))`,
    answers: sql<
      Answer[] | null
    >`(select json_agg(json_build_object('id', x.id, 'html', x.html, 'state', x.state, 'by', x.handle_id, 'at', x.created_at,
      'decidedAt', x.decided_at, 'postId', x.post_id) ${inOrder}) from (select * from case_answers a where a.case_id = ${cases.id} order by a.created_at desc limit 20) x)`,
    notes: sql<
      Note[] | null
    >`(select json_agg(json_build_object('id', x.id, 'body', x.body, 'by', x.handle_id, 'at', x.created_at) ${inOrder})
      from (select * from case_notes n where n.case_id = ${cases.id} order by n.created_at desc limit 100) x)`,
    noteCount: sql<string>`case_note_count(${cases.id})`,
    recordId: sql<
      string | null
    >`(select r.id from relationships r where r.vendor_id = ${cases.vendorId} and r.handle_id = ${cases.handleId})`,
    drafts: draftColumn(viewer, 'case-message', sql`${cases.id}`),
    noteDrafts: draftColumn(viewer, 'case-note', sql`${cases.id}`),
  }).where(eq(cases.id, id))
  if (!it) throw new NotFound()
  mustBeFound(viewer, 'case.view', it)
  return it
}

async function messagesOf(tx: Tx, { caseId }: KnownCase, before: string | null) {
  const earlier =
    before && isId(before)
      ? sql`(${caseMessages.createdAt}, ${caseMessages.id}) < (select m.created_at, m.id from case_messages m where m.id = ${before})`
      : undefined
  return tx
    .select({
      messageId: caseMessages.id,
      handleId: caseMessages.handleId,
      side: caseMessages.side,
      html: caseMessages.html,
      createdAt: caseMessages.createdAt,
    })
    .from(caseMessages)
    .where(and(eq(caseMessages.caseId, caseId), earlier))
    .orderBy(desc(caseMessages.createdAt), desc(caseMessages.id))
    .limit(MESSAGES_ON_A_PAGE + 1)
}

async function ideaOf(viewer: Viewer, threadId: string) {
  try {
    const { number, slug, title, status } = await foundIdea(viewer, threadId)
    return { number, slug, title, status }
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}

/** What stands over the form that opens a case; `caseId` where there is one already. */
export async function openingPage(viewer: PersonViewer, number: string) {
  const thread = await foundThread(viewer, await threadIdOf(number))
  authorize(viewer, 'case.open', thread, 'case.notYours')
  if (thread.kind !== 'question' || !thread.vendorId) throw new NotFound()
  const [row] = await transaction(viewer, (tx) =>
    tx.execute<{ vendor: string; case_id: string | null }>(sql`select v.name as vendor,
      (select c.id from cases c where c.thread_id = ${thread.threadId}::uuid and c.vendor_id = v.id and c.handle_id = ${thread.handleId}::uuid) as case_id from vendors v where v.id = ${thread.vendorId}::uuid`),
  )
  const asker = (await handlesShown([thread.handleId], { communityId: thread.communityId })).get(thread.handleId)
  const { threadId, slug, title } = thread
  return {
    ...{ threadId, slug, title, number: thread.number },
    asker: asker?.displayName ?? '',
    mine: asks(viewer, thread),
    vendor: row?.vendor ?? '',
    caseId: row?.case_id ?? null,
  }
}

/** What stands over a form of the case, for its staff. */
export async function caseHead(viewer: PersonViewer, id: string) {
  const it = await transaction(viewer, (tx) => foundCase(tx, viewer, id))
  authorize(viewer, 'case.serve', it, 'case.staffOnly')
  const asker = (await handlesShown([it.handleId], { vendorId: it.vendorId })).get(it.handleId)
  return {
    caseId: it.caseId,
    standsIn: it.standsIn,
    title: questionIsOpen(viewer, it) ? it.title : null,
    asker: asker?.displayName ?? '',
    vendor: { slug: it.vendorSlug, name: it.vendorName },
  }
}

/** The address of a case, for its two sides. */
export async function caseAddress(viewer: PersonViewer, id: string): Promise<string> {
  return (await transaction(viewer, (tx) => foundCase(tx, viewer, id))).caseId
}
