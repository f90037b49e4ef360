import { isNull, sql } from 'drizzle-orm'
import { transaction } from '~/db/client'
import { recommendations } from '~/db/schema'
import type { Viewer } from '~/server/viewer'
import { visibleTo } from './facts'
import { scoresOfEach } from './scoring'
import type { Estimate, Rating, Score, Verdicts } from './types'

const LINES_SHOWN = 3
type Dimension = 'ease' | 'support' | 'value'

type Line = { id: string; headline: string; verdict: Rating; product: string }
type Told = 'published' | 'products' | 'sources' | 'evidence' | 'unscored' | 'withheld' | 'withdrawn' | 'disputed'
export type Compared = Score & Pick<Verdicts, Told> & { dimensions: Record<Dimension, Estimate | null>; lines: Line[] }

/** What customers say of several vendors: the same numbers as on their pages, and the newest lines. Two queries, however many vendors. */
export async function verdictsCompared(viewer: Viewer, vendorIds: string[]): Promise<Map<string, Compared>> {
  if (vendorIds.length === 0) return new Map()
  const [scores, lines] = await transaction(viewer, (tx) =>
    Promise.all([
      scoresOfEach(tx, vendorIds),
      tx.execute<Line & { vendorId: string }>(sql`
        select v.id as "vendorId", r.* from unnest(array[${sql.join(vendorIds, sql`, `)}]::uuid[]) v (id) cross join lateral (
          select ${recommendations.id} as id, ${recommendations.headline} as headline, ${recommendations.verdict} as verdict, p.name as product
          from ${recommendations} join products p on p.id = ${recommendations.productId}
          where ${recommendations.vendorId} = v.id and ${visibleTo(viewer)} and ${isNull(recommendations.hiddenByDecisionId)}
          order by ${recommendations.createdAt} desc, ${recommendations.id} desc limit ${LINES_SHOWN}) r`),
    ]),
  )
  return new Map([...scores].map(([vendorId, of]) => [vendorId, { ...shown(of), lines: linesOf(lines, vendorId) }]))
}

const linesOf = (lines: (Line & { vendorId: string })[], vendorId: string): Line[] =>
  lines.flatMap(({ vendorId: of, id, headline, verdict, product }) => (of === vendorId ? [{ id, headline, verdict, product }] : []))

function shown({ written: _, spread: __, quarters: ___, dimensions, ...told }: Verdicts): Omit<Compared, 'lines'> {
  const of = (name: Dimension) => dimensions[name]?.estimate ?? null
  return { ...told, dimensions: { ease: of('ease'), support: of('support'), value: of('value') } }
}
