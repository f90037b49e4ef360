import { and, eq, inArray, sql } from 'drizzle-orm'
import { db, inBackground, pool } from '~/db/client'
import { deliveries, interactions } from '~/db/schema'
import { log } from './log'

/** What somebody told the relay to do with events; the table of it is server/reactions.ts. */
export type Reactor = {
  /** The names of what follows from an event of this kind. Names are stored: renaming one needs a migration. */
  reactionsTo(kind: string): string[]
  react(reaction: string, event: Recorded): Promise<void>
  /** Names what a reaction brings up to date, where once is enough for all the events of a batch about it. */
  brings?(reaction: string, event: Recorded): string | null
}
type Recorded = { id: string; kind: string; occurredAt: Date; actorHandleId: string | null; payload: Record<string, unknown> }

const BATCH = 100
/** A worker that died gives its deliveries back after this. */
const LEASE_SECONDS = 60
/** 2 s, 4 s, 8 s … 17 minutes, then it waits for a person: `parley deliveries retry`. */
const MOST_ATTEMPTS = 10

/** Moves recorded events from the outbox to one delivery for each reaction. Safe beside other relays. */
export async function fanOut(reactor: Reactor): Promise<number> {
  return db.transaction(async (tx) => {
    const taken = await tx.execute<{ interaction_id: string; occurred_at: string; kind: string }>(sql`
      delete from outbox where seq in (select seq from outbox order by seq limit ${BATCH * 5} for update skip locked)
      returning interaction_id, occurred_at::text as occurred_at, kind`)
    const rows = taken.flatMap((event) =>
      reactor
        .reactionsTo(event.kind)
        .map((reaction) => ({ interactionId: event.interaction_id, occurredAt: sql`${event.occurred_at}::timestamptz`, reaction })),
    )
    if (rows.length > 0) await tx.insert(deliveries).values(rows).onConflictDoNothing()
    return taken.length
  })
}

/** Takes a batch of due deliveries and runs them. Each runs at least once; one that throws waits for its own next try. */
export async function deliver(reactor: Reactor): Promise<number> {
  const taken = await db.execute<{ interaction_id: string; occurred_at: string; reaction: string; attempts: number }>(sql`
    update deliveries d set attempts = d.attempts + 1, next_at = now() + make_interval(secs => ${LEASE_SECONDS})
    from (select interaction_id, reaction from deliveries where gave_up_at is null and next_at <= now()
      order by next_at limit ${BATCH} for update skip locked) due
    where d.interaction_id = due.interaction_id and d.reaction = due.reaction
    returning d.interaction_id, d.occurred_at::text as occurred_at, d.reaction, d.attempts`)
  if (taken.length === 0) return 0
  const found = await db
    .select()
    .from(interactions)
    .where(
      and(
        inArray(
          interactions.id,
          taken.map((row) => row.interaction_id),
        ),
        sql`${interactions.occurredAt} in (${sql.join(
          taken.map((row) => sql`${row.occurred_at}::timestamptz`),
          sql`, `,
        )})`,
      ),
    )
  const byId = new Map(found.map((event) => [event.id, event]))
  const upToDate = new Set<string>()
  for (const row of taken) {
    const event = byId.get(row.interaction_id)
    const brings = event && reactor.brings?.(row.reaction, event)
    const key = and(eq(deliveries.interactionId, row.interaction_id), eq(deliveries.reaction, row.reaction))
    try {
      // Every event of the batch was committed before the first of its reactions ran, so the first has seen them all.
      if (event && !(brings && upToDate.has(brings))) await reactor.react(row.reaction, event)
      if (brings) upToDate.add(brings)
      await db.delete(deliveries).where(key)
    } catch (error) {
      log.error({ err: error, reaction: row.reaction, event: row.interaction_id, attempt: row.attempts }, 'a reaction failed')
      const waitSeconds = 2 ** row.attempts
      await db
        .update(deliveries)
        .set({
          nextAt: sql`now() + make_interval(secs => ${waitSeconds})`,
          lastError: error instanceof Error ? error.name : 'unknown',
          gaveUpAt: row.attempts >= MOST_ATTEMPTS ? sql`now()` : null,
        })
        .where(key)
    }
  }
  return taken.length
}

/** Runs everything that is due now. For tests, imports and the seed. */
export async function drain(reactor: Reactor): Promise<void> {
  while ((await fanOut(reactor)) + (await deliver(reactor)) > 0);
}

/** Woken by NOTIFY, and once a second in case a NOTIFY was lost. */
export async function startRelay(reactor: Reactor): Promise<{ stop(): Promise<void> }> {
  let stopped = false
  let wake: () => void = () => {}
  let poked = false
  const poke = () => {
    poked = true
    wake()
  }
  const listening = await pool().listen('parley_outbox', poke)
  const loop = (async () => {
    while (!stopped) {
      try {
        await inBackground(async () => {
          while (!stopped && (await fanOut(reactor)) + (await deliver(reactor)) > 0);
        })
      } catch (error) {
        log.error({ err: error }, 'the relay stumbled')
      }
      if (stopped) break
      if (!poked)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, 1000)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      poked = false
    }
  })()
  return {
    async stop() {
      stopped = true
      poke()
      await listening.unlisten()
      await loop
    },
  }
}
