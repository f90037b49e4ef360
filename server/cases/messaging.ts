import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { caseMessages, cases, handles } from '~/db/schema'
import { endDraft } from '~/server/drafts'
import { Conflict, Forbidden, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { countAgainst } from '~/server/limits'
import { turnClocks } from '~/server/operations'
import { now } from '~/server/platform/clock'
import { renderMarkdown } from '~/server/platform/markdown'
import { authorize } from '~/server/policy'
import { withinBudget } from '~/server/reaching'
import { foundThread, inTurn, writer, type KnownThread } from '~/server/threads'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { asks, heldCase, idsOf, mayWrite, type KnownCase } from './facts'
import type { MessageInput } from './input'

/** The same words again within this time are the same press of a button. */
const SAME_PRESS_MS = 60_000

/**
 * A question goes on between its asker and the vendor it concerns. Staff offer it and the asker takes it by writing; or the asker
 * begins. There is one case a question, vendor and asker: who opens it again writes in it.
 */
export async function openCase(viewer: Viewer, threadId: string, input: MessageInput): Promise<string> {
  const seen = await foundThread(viewer, threadId)
  authorize(viewer, 'case.open', seen, 'case.notYours')
  const me = writer(viewer)
  await countAgainst('case', me.personId)
  return withinBudget(() =>
    transaction(viewer, async (tx) => {
      const [, thread] = await Promise.all([inTurn(tx, threadId), foundThread(viewer, threadId, tx)])
      authorize(viewer, 'case.open', thread, 'case.notYours')
      if (thread.standsInId) throw new Conflict('thread.mergedMeanwhile')
      const { caseId, fresh } = await caseOf(tx, me, thread)
      await endDraft(tx, viewer, 'case', threadId, input)
      const it = await heldCase(tx, viewer, caseId)
      if (fresh) await record(tx, viewer, 'case.opened', idsOf(it))
      await say(tx, me, it, input.body, fresh)
      return caseId
    }),
  )
}

async function caseOf(tx: Tx, me: PersonViewer, thread: KnownThread): Promise<{ caseId: string; fresh: boolean }> {
  const { threadId, vendorId, handleId, kind } = thread
  if (kind !== 'question' || !vendorId) throw new NotFound()
  const [there] = await tx
    .select({ caseId: cases.id })
    .from(cases)
    .where(and(eq(cases.threadId, threadId), eq(cases.vendorId, vendorId), eq(cases.handleId, handleId)))
  if (there) return { ...there, fresh: false }
  // An imported name has nobody behind it who could read this.
  const [asker] = await tx
    .select({ id: handles.id })
    .from(handles)
    .where(and(eq(handles.id, handleId), eq(handles.kind, 'member'), isNotNull(handles.personId)))
  if (!asker) throw new Forbidden('case.nobodyThere')
  const caseId = newId()
  const at = now()
  const mine = me.handleId === handleId
  await tx.insert(cases).values({
    ...{ id: caseId, threadId, vendorId, handleId, openedBy: me.handleId, createdAt: at, lastAt: at, waitingSince: at },
    state: mine ? 'waiting-vendor' : 'waiting-asker',
    assignedTo: mine ? null : me.handleId,
    continuedAt: mine ? at : null,
  })
  return { caseId, fresh: true }
}

/** A message of either side; into a closed case, it opens it again. */
export async function writeInCase(viewer: PersonViewer, caseId: string, input: MessageInput): Promise<void> {
  await countAgainst('case', viewer.personId)
  await transaction(viewer, async (tx) => {
    const it = await heldCase(tx, viewer, caseId)
    mayWrite(viewer, it)
    await endDraft(tx, viewer, 'case-message', caseId, input)
    await say(tx, viewer, it, input.body, false)
  })
}

/** Its first message comes with the opening, which is told by itself. */
async function say(tx: Tx, viewer: PersonViewer, it: KnownCase, markdown: string, first: boolean): Promise<void> {
  const [last] = await tx
    .select({ handleId: caseMessages.handleId, markdown: caseMessages.markdown, createdAt: caseMessages.createdAt })
    .from(caseMessages)
    .where(eq(caseMessages.caseId, it.caseId))
    .orderBy(desc(caseMessages.createdAt), desc(caseMessages.id))
    .limit(1)
  const at = now()
  const again = last?.handleId === viewer.handleId && last.markdown === markdown && at.getTime() - last.createdAt.getTime() < SAME_PRESS_MS
  if (again) return
  if (!first) mayWrite(viewer, it)
  const mine = asks(viewer, it)
  const messageId = newId()
  const html = renderMarkdown(markdown, { mentioned: new Set() })
  const side = mine ? 'asker' : 'vendor'
  await tx.insert(caseMessages).values({ id: messageId, caseId: it.caseId, handleId: viewer.handleId, side, markdown, html, createdAt: at })
  await turn(tx, it, mine ? 'waiting-vendor' : 'waiting-asker', {
    ...(mine ? { continuedAt: it.continuedAt ?? at } : { assignedTo: it.assignedTo ?? viewer.handleId }),
  })
  if (first) return
  await record(tx, viewer, mine && !it.continuedAt ? 'case.continued' : 'case.messaged', { ...idsOf(it), messageId })
}

type Changes = Partial<Pick<typeof cases.$inferInsert, 'continuedAt' | 'assignedTo' | 'ideaThreadId'>>

/** Whose turn it is from now on; who waits already goes on waiting since then. */
export async function turn(tx: Tx, it: KnownCase, state: 'waiting-vendor' | 'waiting-asker', more: Changes = {}): Promise<void> {
  await tx
    .update(cases)
    .set({ state, closedBy: null, lastAt: now(), waitingSince: it.state === state ? sql`${cases.waitingSince}` : now(), ...more })
    .where(eq(cases.id, it.caseId))
  await turnClocks(tx, it, state)
}
