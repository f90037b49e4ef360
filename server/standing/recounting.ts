import { sql } from 'drizzle-orm'
import { db, transaction } from '~/db/client'
import { recountVotes } from '~/server/threads'
import { systemViewer } from '~/server/viewer'
import { settlePosts } from './earning'

const AT_ONCE = 200

/**
 * Every night the whole ledger is compared with what stands, so that what was missed is mended. Says how many rows it had to touch:
 * none, unless a reaction was lost. So are the votes, which count unless they were taken out.
 */
export async function recountReputation(): Promise<number> {
  let [mended, after] = [await transaction(systemViewer('standing'), (tx) => recountVotes(tx)), '00000000-0000-0000-0000-000000000000']
  for (;;) {
    const rows = await db.execute<{ id: string }>(
      sql`select id from posts where id > ${after}::uuid and source is null and kind <> 'comment' order by id limit ${AT_ONCE}`,
    )
    if (rows.length === 0) return mended
    const { touched } = await transaction(systemViewer('standing'), (tx) =>
      settlePosts(
        tx,
        rows.map(({ id }) => id),
      ),
    )
    mended += touched.length
    after = rows.at(-1)?.id ?? after
  }
}
