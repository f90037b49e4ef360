import { sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { Forbidden, NotFound } from '~/server/errors'
import { authorize, can } from '~/server/policy'
import { holdRecommendation, recommendationFacts } from '~/server/recommendations'
import { holdThreadOf, postFacts, threadFacts } from '~/server/threads'
import type { Viewer } from '~/server/viewer'
import { asToday } from './today'
import type { Act, ActOnPerson, SubjectKind } from './types'

/** What is flagged or decided on, with all that the policy may ask. */
export type Subject = {
  kind: SubjectKind
  id: string
  handleId: string
  communityId: string | null
  vendorId: string | null
  threadId: string | null
  hidden: boolean
  /** By a check of what people flagged: no moderator has looked at it yet. */
  hiddenByCheck: boolean
  locked: boolean
  /** By a check, and nobody has looked at it yet. */
  held: boolean
  mayKnow: boolean
  mayDecide: boolean
  /** Throws Forbidden. */
  authorize: (verb: Verb, key?: string) => void
}
type Found = Omit<Subject, 'hiddenByCheck' | 'held'>
type Verb = 'flag' | 'report' | 'hide' | 'restore' | 'lock' | 'unlock'

/** Only threads are locked; whoever may hide a thing may say that it stays as it is. */
const contentVerb = (verb: Verb) => (verb === 'lock' || verb === 'unlock' ? 'hide' : verb)

/** Finds it as what it is today and, `held`, keeps it as it is until the end of the transaction. */
export async function foundSubject(viewer: Viewer, tx: Tx, kind: string, id: string, held = false): Promise<Subject> {
  const found = isId(id) ? await subjectOf(viewer, tx, kind, id, held) : null
  if (!found?.mayKnow) throw new NotFound()
  return viewer.kind === 'person' && found.handleId === viewer.handleId ? ownCase(found) : found
}

/** Nobody judges their own case, nor reads in the queue who flagged it. */
function ownCase(found: Subject): Subject {
  const authorizeOwn: Subject['authorize'] = (verb, key) => {
    found.authorize(verb, key)
    if (verb !== 'flag' && verb !== 'report') throw new Forbidden('moderation.yourself')
  }
  return { ...found, mayDecide: false, authorize: authorizeOwn }
}

async function subjectOf(viewer: Viewer, tx: Tx, kind: string, id: string, held: boolean): Promise<Subject | null> {
  if (kind === 'recommendation') {
    const found = await recommendation(viewer, tx, id, held)
    return found && { ...found, hiddenByCheck: false, held: false }
  }
  if (kind !== 'thread' && kind !== 'post') return null
  const today = await asToday(tx, kind, id)
  const found = today.kind === 'thread' ? await thread(viewer, tx, today.id, held) : await post(viewer, tx, today.id, held)
  // Merged, or taken out, while it was waited for.
  const since = held ? await asToday(tx, kind, id) : today
  if (since.kind !== today.kind) return subjectOf(viewer, tx, kind, id, held)
  if (!found) return null
  const { hidden, hiddenByCheck } = since
  // The thread being hidden hides its posts too; the decision here is about this one alone.
  const stands = found.kind === 'post' ? { ...found, hidden } : found
  return { ...stands, hiddenByCheck, held: since.held }
}

async function post(viewer: Viewer, tx: Tx, id: string, held: boolean): Promise<Found | null> {
  // Threads are held before their posts, by everybody: in the other order two could wait for each other.
  if (held) await holdThreadOf(tx, id)
  const found = await postFacts(id, tx, held)
  if (!found) return null
  const { handleId, communityId, threadId, hidden, locked } = found
  return {
    ...{ kind: 'post' as const, id, handleId, communityId, threadId, hidden, locked },
    vendorId: null,
    mayKnow: can(viewer, 'post.view', found),
    mayDecide: can(viewer, 'content.hide', found),
    authorize: (verb, key) => authorize(viewer, `content.${contentVerb(verb)}`, found, key),
  }
}

async function thread(viewer: Viewer, tx: Tx, id: string, held: boolean): Promise<Found | null> {
  const found = await threadFacts(id, tx, held)
  if (!found) return null
  const facts = { ...found, askerHandleId: found.handleId }
  const { handleId, communityId, hidden, locked } = found
  return {
    ...{ kind: 'thread' as const, id, handleId, communityId, hidden, locked },
    vendorId: null,
    threadId: id,
    mayKnow: can(viewer, 'thread.view', found),
    mayDecide: can(viewer, 'content.hide', facts),
    authorize: (verb, key) =>
      verb === 'lock' || verb === 'unlock'
        ? authorize(viewer, `thread.${verb}`, found, key)
        : authorize(viewer, `content.${verb}`, facts, key),
  }
}

async function recommendation(viewer: Viewer, tx: Tx, id: string, held: boolean): Promise<Found | null> {
  if (held) await holdRecommendation(tx, id)
  const found = await recommendationFacts(tx, id)
  if (!found || found.withdrawn) return null
  const { handleId, vendorId, hidden } = found
  return {
    ...{ kind: 'recommendation' as const, id, handleId, vendorId, hidden },
    communityId: null,
    threadId: null,
    locked: false,
    mayKnow: can(viewer, 'recommendation.view', found),
    mayDecide: can(viewer, 'recommendation.hide', found),
    authorize: (verb, key) => authorize(viewer, `recommendation.${contentVerb(verb)}`, found, key),
  }
}

/** What can be decided as it stands. */
export function actsOn({
  kind,
  hidden,
  hiddenByCheck,
  locked,
  held,
}: Pick<Subject, 'kind' | 'hidden' | 'hiddenByCheck' | 'locked' | 'held'>): Exclude<Act, ActOnPerson>[] {
  const lock = kind === 'thread' ? [locked ? ('unlock' as const) : ('lock' as const)] : []
  if (held) return ['restore', 'hide']
  if (hiddenByCheck) return ['restore', 'hide', ...lock]
  return hidden ? ['restore', ...lock] : ['keep', 'hide', ...lock]
}

/** Tells one state of its words from another, as a column of a query. */
export const versionOf = ({ kind, id }: Pick<Subject, 'kind' | 'id'>) =>
  kind === 'recommendation'
    ? sql`(select coalesce(extract(epoch from worded.edited_at), 0)::text from recommendations worded where worded.id = ${id}::uuid)`
    : sql`(select worded.edit_count::text from posts worded where ${kind === 'thread' ? sql`worded.thread_id = ${id}::uuid and worded.kind = 'opening'` : sql`worded.id = ${id}::uuid`})`

export async function versionNow(tx: Tx, subject: Pick<Subject, 'kind' | 'id'>): Promise<string | undefined> {
  const [row] = await tx.execute<{ version: string }>(sql`select ${versionOf(subject)} as version`)
  return row?.version
}
