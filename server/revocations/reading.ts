import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { handlesShown } from '~/server/accounts'
import { NotFound } from '~/server/errors'
import { now } from '~/server/platform/clock'
import { canonicalJson } from '~/server/platform/canonical-json'
import { signTogether } from '~/server/platform/signatures'
import { signerFor } from '~/server/platform/signing-keys'
import { mustBeFound } from '~/server/policy'
import type { HandleInfo, PersonViewer } from '~/server/viewer'
import { deletionOf, type DeletionShown } from './deleting'
import { endedOf } from './ending'
import { sinceStatement } from './record'

export type EndingShown = {
  id: string
  how: 'revoked' | 'expired'
  at: Date
  /** Its place among all readings, refusals and endings. */
  nth: number
  signed: boolean
  /** Who first asked after it for what it had covered, and was shown nothing. */
  firstRefused: { id: string; at: Date; by: HandleInfo | null } | null
  refusals: number
  reads: number
  deletion: DeletionShown | null
}

/** What there is to show of a grant that has ended, to whom it belonged. Null while it runs. */
export async function endingOf(viewer: PersonViewer, grantId: string): Promise<EndingShown | null> {
  if (!isId(grantId)) throw new NotFound()
  const found = await transaction(viewer, async (tx) => {
    const it = await endedOf(tx, grantId)
    if (!it) return null
    mustBeFound(viewer, 'vault.view', { personId: it.personId })
    const [since, deletion] = await Promise.all([sinceOf(tx, grantId), deletionOf(tx, grantId)])
    return { ...it, since, deletion }
  })
  if (!found) return null
  const { ended, signed, since, deletion } = found
  const names = await handlesShown([since.firstBy, deletion?.doneBy ?? null])
  return {
    id: ended.id,
    how: ended.how,
    at: ended.endedAt,
    nth: ended.link.nth,
    signed: signed !== null,
    firstRefused: since.first && since.firstAt ? { id: since.first, at: since.firstAt, by: named(names, since.firstBy) } : null,
    refusals: since.refusals,
    reads: since.reads,
    deletion: deletion ? { ...deletion, doneBy: named(names, deletion.doneBy) } : null,
  }
}

/** The signed ending, as a file. */
export async function endingFile(viewer: PersonViewer, grantId: string): Promise<string> {
  if (!isId(grantId)) throw new NotFound()
  return transaction(viewer, async (tx) => {
    const found = await endedOf(tx, grantId)
    if (!found?.signed) throw new NotFound()
    mustBeFound(viewer, 'vault.view', { personId: found.personId })
    return found.signed
  })
}

/** How often it was read since, counted from the chain at this moment and signed by the portal. */
export async function sinceFile(viewer: PersonViewer, grantId: string): Promise<string> {
  if (!isId(grantId)) throw new NotFound()
  return transaction(viewer, async (tx) => {
    const found = await endedOf(tx, grantId)
    if (!found) throw new NotFound()
    mustBeFound(viewer, 'vault.view', { personId: found.personId })
    const { reads, refusals, firstAt, head } = await sinceOf(tx, grantId)
    const statement = sinceStatement(found.ended, { reads, refusals, firstRefusedAt: firstAt, asOf: now(), head })
    return canonicalJson(await signTogether(statement, [await signerFor(tx, { kind: 'portal' })]))
  })
}

const named = (names: Map<string, HandleInfo>, handleId: string | null) => (handleId ? (names.get(handleId) ?? null) : null)

/** A reading counts whether its link stands after the ending’s, or its clock does: a repeat within an hour has no link of its own. */
async function sinceOf(tx: Tx, grantId: string) {
  const [row] = await tx.execute<{
    reads: number
    refusals: number
    first: string | null
    first_at: string | null
    first_by: string | null
    head_nth: string
    head_hash: string
  }>(sql`
    with ending as (select e.grant_id, e.ended_at, c.nth from grant_endings e join access_chain c on c.row_id = e.id where e.grant_id = ${grantId}::uuid),
      first as (select r.id, c.linked_at, r.asker_handle_id from access_refusals r join access_chain c on c.row_id = r.id
        where r.grant_id = ${grantId}::uuid order by c.nth limit 1)
    select (select count(*)::int from access_records r join access_chain c on c.row_id = r.id where r.grant_id = ending.grant_id and (c.nth > ending.nth or r.last_read_at > ending.ended_at)) as reads,
      (select coalesce(sum(r.asks), 0)::int from access_refusals r where r.grant_id = ending.grant_id) as refusals,
      (select id from first) as first, (select linked_at from first) as first_at, (select asker_handle_id from first) as first_by, head.nth as head_nth, head.hash as head_hash
    from ending, access_chain_head() head`)
  if (!row) throw new NotFound()
  return {
    reads: row.reads,
    refusals: row.refusals,
    first: row.first,
    firstAt: row.first_at ? new Date(row.first_at) : null,
    firstBy: row.first_by,
    head: { nth: Number(row.head_nth), hash: row.head_hash },
  }
}
