import { sql } from 'drizzle-orm'
import { beforeAll } from 'vitest'
import type { Happened } from '~/server/events'
import { owner } from './cast'

type Row = { seq: string; id: string; kind: string; occurred_at: string; actor_handle_id: string | null; payload: Record<string, unknown> }

/**
 * What follows from all that happened since the file began, or since this was last called; in its order. The outbox of a worker holds what
 * every file before it left there, and is not emptied for one reaction.
 */
export function following(react: (event: Happened) => Promise<unknown>): () => Promise<void> {
  let seen = '0'
  beforeAll(async () => {
    const [last] = await owner.execute<{ seq: string }>(sql`select coalesce(max(seq), 0)::text as seq from outbox`)
    seen = last?.seq ?? '0'
  })
  return async () => {
    const rows = await owner.execute<Row>(sql`select o.seq::text as seq, i.id, i.kind, i.occurred_at, i.actor_handle_id, i.payload
      from outbox o join interactions i on i.id = o.interaction_id and i.occurred_at = o.occurred_at where o.seq > ${seen}::bigint order by o.seq`)
    for (const { seq, occurred_at, actor_handle_id: actorHandleId, ...event } of rows) {
      await react({ ...event, occurredAt: new Date(occurred_at), actorHandleId } as unknown as Happened)
      seen = seq
    }
  }
}
