import { and, eq } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { cases, relationships } from '~/db/schema'
import { Conflict, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { enterVote, foundIdea } from '~/server/ideas'
import { countAgainst } from '~/server/limits'
import { authorize } from '~/server/policy'
import { questionNamed } from '~/server/threads'
import type { PersonViewer } from '~/server/viewer'
import { foundCase, heldCase, idsOf, type KnownCase } from './facts'
import type { LinkInput } from './input'

/** What the customer needs is an idea: the case points to it, and their vote is entered there as any vote on behalf is, with notice. */
export async function linkIdea(viewer: PersonViewer, caseId: string, { idea: named, said }: LinkInput): Promise<void> {
  await countAgainst('write-down', viewer.personId)
  await transaction(viewer, async (tx) => authorize(viewer, 'case.serve', await foundCase(tx, viewer, caseId), 'case.staffOnly'))
  const idea = await ideaNamed(viewer, named)
  await transaction(viewer, async (tx) => {
    const seen = await foundCase(tx, viewer, caseId)
    authorize(viewer, 'case.serve', seen, 'case.staffOnly')
    if (idea.vendorId !== seen.vendorId) throw new Invalid({ idea: 'case.ideaElsewhere' })
    if (idea.handleId !== seen.handleId) await voteFor(tx, viewer, seen, idea.threadId, said)
    const it = await heldCase(tx, viewer, caseId)
    if (it.ideaThreadId === idea.threadId) return
    await tx.update(cases).set({ ideaThreadId: idea.threadId }).where(eq(cases.id, caseId))
    await record(tx, viewer, 'case.linked', { ...idsOf(it), ideaThreadId: idea.threadId })
  })
}

async function ideaNamed(viewer: PersonViewer, named: string) {
  try {
    const { threadId } = await questionNamed(viewer, named)
    return await foundIdea(viewer, threadId)
  } catch (error) {
    if (error instanceof NotFound || error instanceof Invalid) throw new Invalid({ idea: 'case.noSuchIdea' })
    throw error
  }
}

/** Who has withdrawn such a vote before is not voted for again; the case points to the idea all the same. */
async function voteFor(tx: Tx, viewer: PersonViewer, { vendorId, handleId }: KnownCase, threadId: string, said: string) {
  const [known] = await tx
    .select({ id: relationships.id })
    .from(relationships)
    .where(and(eq(relationships.vendorId, vendorId), eq(relationships.handleId, handleId)))
  if (!known) throw new Invalid({ idea: 'case.noRecordYet' })
  try {
    await enterVote(tx, viewer, threadId, { relationship: known.id, said })
  } catch (error) {
    if (error instanceof Conflict && error.key === 'idea.theyWithdrew') return
    if (error instanceof Invalid) throw new Invalid({ idea: Object.values(error.fields)[0] ?? 'invalid' })
    throw error
  }
}
