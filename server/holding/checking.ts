import { eq, sql } from 'drizzle-orm'
import { asJob, type Tx } from '~/db/client'
import { roomChecks } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { CHECKED_UP_TO, rightsOf, type Entitled } from '~/server/rights'
import type { PersonViewer } from '~/server/viewer'
import { checked, type Found } from './checks'
import { secondsOpen } from './typing'

export type Caught = Found & { level: number }

const REPEATED_WITHIN_HOURS = 24
const MOST_EARLIER = 50

type Written = { communityId: string; threadId: string | null; title?: string; markdown: string; html: string; opened?: string }

/** Which check holds a post back, before it is written; null: none. Of those who have taken part for a while, nothing is held. */
export async function caughtBy(
  tx: Tx,
  author: PersonViewer,
  { communityId, threadId, title, markdown, html, opened }: Written,
  entitled?: Entitled,
): Promise<Caught | null> {
  const { level, rights, known } = entitled ?? (await rightsOf(tx, author))
  if (known || level > CHECKED_UP_TO) return null
  const since = sql`${now().toISOString()}::timestamptz - make_interval(hours => ${REPEATED_WITHIN_HOURS})`
  const [checks, [before]] = await asJob(tx, 'hold-posts', () =>
    Promise.all([
      readsChecks(tx, communityId),
      tx.execute<{ first: boolean; earlier: string[] | null }>(sql`
        select not exists (select 1 from posts p join threads t on t.id = p.thread_id where p.handle_id = any(array(select id from handles where person_id = ${author.personId}::uuid)) and t.community_id = ${communityId}::uuid
            and p.hidden_by_decision_id is null and t.hidden_by_decision_id is null) as first,
          (select json_agg(e.markdown) from (select p.markdown from posts p where p.handle_id = any(array(select id from handles where person_id = ${author.personId}::uuid)) and p.created_at > ${since}
            and p.thread_id is distinct from ${threadId}::uuid order by p.created_at desc limit ${MOST_EARLIER}) e) as earlier`),
    ]),
  )
  const text = title ? `${title}\n${markdown}` : markdown
  const open = await secondsOpen(opened)
  const post = {
    secondsOpen: open,
    text,
    html,
    mostLinks: rights.links,
    level,
    first: before?.first ?? true,
    earlier: before?.earlier ?? [],
  }
  const found = checked({ ...post, body: markdown }, checks)
  return found ? { ...found, level } : null
}

const NO_CHECKS = { words: [], domains: [], approval: 'none' as const }

/** What the room's moderators chose; nothing, where they never did. */
export async function readsChecks(tx: Pick<Tx, 'select'>, communityId: string) {
  const { words, domains, approval } = roomChecks
  const [chosen] = await tx.select({ words, domains, approval }).from(roomChecks).where(eq(roomChecks.communityId, communityId))
  return chosen ?? NO_CHECKS
}
