import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { delegates, delegateUses } from '~/db/schema'
import { viewerOf } from '~/server/accounts'
import { now } from '~/server/platform/clock'
import { NO_ROLES, systemViewer, type PersonViewer } from '~/server/viewer'
import type { Scope, Write } from './input'

/** So that whoever finds one knows what it is, and a scanner of leaked secrets can. */
const PREFIX = 'parley_dg_'
/** A delegate, one that it handed on to, and one more. */
export const LONGEST_CHAIN = 3

export type Delegate = {
  id: string
  name: string
  scopes: Scope[]
  fields: string[]
  preapproved: Write[]
  expiresAt: Date
  /** Who acts: this one first, then whoever handed on to it (the `act` claim of RFC 8693). */
  actors: string[]
  /** The person, without any role they hold: a delegate moderates nothing and serves no vendor. */
  viewer: PersonViewer
}

export const newToken = () => PREFIX + randomBytes(32).toString('base64url')
export const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')

/** The delegate that shows this token, while it and everybody it has it from still may act; null for any other. */
export async function delegateBehind(token: string): Promise<Delegate | null> {
  if (!token.startsWith(PREFIX) || token.length > 100) return null
  const [found] = await transaction(systemViewer('know-delegate'), (tx) =>
    tx.execute<{
      id: string
      person_id: string
      name: string
      scopes: Scope[]
      fields: string[]
      preapproved: Write[]
      expires_at: string
      actors: string[]
    }>(sql`
      with recursive chain as (
        select id, parent_id, name, expires_at > now() and ended_at is null as live, 1 as depth from delegates where token_hash = ${hashOf(token)}
        union all select p.id, p.parent_id, p.name, p.expires_at > now() and p.ended_at is null, c.depth + 1
          from chain c join delegates p on p.id = c.parent_id where c.depth < ${LONGEST_CHAIN})
      select d.id, d.person_id, d.name, to_jsonb(d.scopes) as scopes, to_jsonb(d.fields) as fields, to_jsonb(d.preapproved) as preapproved, d.expires_at,
        (select to_jsonb(array_agg(name order by depth)) from chain) as actors
      from delegates d where d.id = (select id from chain where depth = 1) and (select bool_and(live) from chain)`),
  )
  const person = found && (await viewerOf(found.person_id))
  if (!found || !person) return null
  return {
    id: found.id,
    name: found.name,
    scopes: found.scopes,
    fields: found.fields,
    preapproved: found.preapproved,
    expiresAt: new Date(found.expires_at),
    actors: found.actors,
    viewer: { ...person, ...NO_ROLES, rolesWaiting: null, needsSecondStep: false },
  }
}

type Use = Pick<typeof delegateUses.$inferInsert, 'tool' | 'outcome'> & { fields?: string[] }

/** Written down in the transaction of what was done. */
export async function used(tx: Tx, delegate: Delegate, { tool, outcome, fields = [] }: Use): Promise<void> {
  await tx
    .insert(delegateUses)
    .values({ id: newId(), personId: delegate.viewer.personId, delegateId: delegate.id, tool, outcome, fields, at: now() })
  await tx
    .update(delegates)
    .set({ lastUsedAt: sql`now()` })
    .where(sql`${delegates.id} = ${delegate.id}`)
}
