import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { handlesShown } from '~/server/accounts'
import { whoIsIn } from '~/server/platform/realtime'
import { authorize } from '~/server/policy'
import { foundThread, threadIdOf } from '~/server/threads'
import { systemViewer, type HandleInfo, type PersonViewer, type Viewer } from '~/server/viewer'

/** Named are so many; the others are a number. */
const NAMED = 5

export type Presence = { count: number; named: HandleInfo[]; answering: HandleInfo[] }

/**
 * Who else has this thread open, and who of them is writing an answer – never what. Not those who do not want to be seen, and not
 * those who blocked the viewer or whom the viewer blocked: they are not counted either.
 */
export async function whoIsHere(viewer: Viewer, number: string): Promise<Presence> {
  const thread = await foundThread(viewer, await threadIdOf(number))
  authorize(viewer, 'presence.view', thread)
  const me = viewer as PersonViewer
  const others = (room: string) => whoIsIn(`${room}:${thread.threadId}`).filter((id) => id !== me.personId)
  const [here, writing] = [others('thread'), others('answering')]
  const seen = await seenBy(me, [...new Set([...here, ...writing])], thread.handleId)
  const handlesOf = (ids: string[]) => ids.flatMap((id) => seen.get(id) ?? []).slice(0, NAMED)
  const names = await handlesShown([...handlesOf(here), ...handlesOf(writing)], { communityId: thread.communityId })
  const named = (ids: string[]) => handlesOf(ids).flatMap((id) => names.get(id) ?? [])
  return { count: here.filter((id) => seen.has(id)).length, named: named(here), answering: named(writing) }
}

/** Person to handle, of those whom this viewer sees: not whoever asked without a name. */
async function seenBy({ personId, handleId }: PersonViewer, personIds: string[], askedBy: string): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map()
  const rows = await transaction(systemViewer('presence'), (tx) =>
    tx.execute<{ person_id: string; id: string }>(sql`
      select distinct on (h.person_id) h.person_id, h.id from handles h
      where h.person_id = any(${`{${personIds.join(',')}}`}::uuid[])
        and h.kind = 'member' and not exists (select 1 from handles u where u.id = ${askedBy}::uuid and u.kind = 'unnamed' and u.person_id = h.person_id)
        and not exists (select 1 from unseen_people u where u.person_id = h.person_id)
        and not exists (select 1 from blocks b where (b.person_id = h.person_id and b.blocked_handle_id = ${handleId}::uuid) or (b.person_id = ${personId}::uuid and b.blocked_handle_id = h.id))
      order by h.person_id, h.created_at`),
  )
  return new Map(rows.map(({ person_id, id }) => [person_id, id]))
}
