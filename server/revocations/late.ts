import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { authorize } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'

export type Late = { slug: string; name: string; kind: 'answer' | 'deletion' | 'correction' | 'erasure'; late: number }

/** For operators: what vendors owe people for longer than they should. */
export async function lateObligations(viewer: PersonViewer): Promise<Late[]> {
  authorize(viewer, 'operate.view', null)
  return transaction(viewer, (tx) => tx.execute<Late>(sql`select slug, name, kind, late from late_obligations()`))
}
