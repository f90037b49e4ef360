import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { vaultAttributes } from '~/db/schema'
import { keyOf } from '~/server/platform/person-keys'
import type { Viewer } from '~/server/viewer'
import { readSealed } from './sealed'

/**
 * Tells the database, for this transaction, where the viewer works, as far as they share it with somebody now: what is sealed it cannot
 * compare with the names of vendors by itself (`conflict_with`). To be called before it is asked whether they are tied to one.
 */
export async function sayPlaceOfWork(tx: Tx, viewer: Viewer): Promise<void> {
  if (viewer.kind !== 'person') return
  const [kept] = await tx
    .select({ personId: vaultAttributes.personId, key: vaultAttributes.key, value: vaultAttributes.value, sealed: vaultAttributes.sealed })
    .from(vaultAttributes)
    .where(
      and(
        eq(vaultAttributes.personId, viewer.personId),
        eq(vaultAttributes.key, 'organisation'),
        sql`exists (select 1 from grants g join grant_attributes a on a.grant_id = g.id
          where g.person_id = ${viewer.personId}::uuid and a.key = 'organisation' and g.revoked_at is null and g.ends_at > now())`,
      ),
    )
  const said = kept ? readSealed(await keyOf(tx, viewer.personId), kept) : ''
  await tx.execute(sql`select set_config('parley.place_of_work', ${said}, true)`)
}
