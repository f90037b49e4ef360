import { sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import type { Viewer } from '~/server/viewer'
import { scoresOfEach } from './scoring'
import type { Estimate, Rating, Score, Verdicts } from './types'

const LINES_SHOWN = 3
type Dimension = 'ease' | 'support' | 'value'

type Line = { id: string; headline: string; verdict: Rating; product: string }
export type Compared = Score & {
  published: number
  dimensions: Record<Dimension, Estimate | null>
  products: Verdicts['products']
  lines: Line[]
}

/** What customers say of several vendors: the same numbers as on their pages, and the newest lines. Two queries, however many vendors. */
export async function verdictsCompared(viewer: Viewer, vendorIds: string[]): Promise<Map<string, Compared>> {
  if (vendorIds.length === 0) return new Map()
  const [scores, lines] = await transaction(viewer, (tx) =>
    Promise.all([
      scoresOfEach(tx, vendorIds),
      tx.execute<Line & { vendorId: string }>(sql`
        select v.id as "vendorId", r.* from unnest(array[${sql.join(vendorIds, sql`, `)}]::uuid[]) v (id) cross join lateral (
          select r.id, r.headline, r.verdict, p.name as product from recommendations r join products p on p.id = r.product_id
          where r.vendor_id = v.id and r.withdrawn_at is null and r.hidden_by_decision_id is null
          order by r.created_at desc, r.id desc limit ${LINES_SHOWN}) r`),
    ]),
  )
  return new Map([...scores].map(([vendorId, of]) => [vendorId, { ...shown(of), lines: linesOf(lines, vendorId) }]))
}

const linesOf = (lines: (Line & { vendorId: string })[], vendorId: string): Line[] =>
  lines.flatMap(({ vendorId: of, id, headline, verdict, product }) => (of === vendorId ? [{ id, headline, verdict, product }] : []))

function shown({ n, organisations, estimate, published, products, dimensions }: Verdicts): Omit<Compared, 'lines'> {
  const of = (name: Dimension) => dimensions[name]?.estimate ?? null
  return { n, organisations, estimate, published, products, dimensions: { ease: of('ease'), support: of('support'), value: of('value') } }
}
