import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { Tx } from '~/db/client'
import { AUTHOR_ROLES, INDUSTRIES, ORGANISATION_SIZES } from '~/db/kinds'
import { recommendations } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { isPlainText } from '~/server/platform/text'
import { counted, enoughToScore, scoreOf, type Five, type Tally } from './score'
import type { Score } from './types'

const LONGEST_ABOUT = 80

/** Which of a vendor's recommendations somebody asked for. */
export type Cut = {
  size?: (typeof ORGANISATION_SIZES)[number]
  industry?: (typeof INDUSTRIES)[number]
  role?: (typeof AUTHOR_ROLES)[number]
  about?: string
}
/** The score of a cut, with how it spreads; neither where there are too few. */
export type CutScore = Score & { spread: Five | null }

/** What an address asks for; what is no choice is not asked for. */
export function cutFrom(given: URLSearchParams): Cut {
  const one = <T extends string>(name: string, of: readonly T[]) => of.find((value) => value === given.get(name))
  const about = given.get('about') ?? ''
  const cut = {
    size: one('size', ORGANISATION_SIZES),
    industry: one('industry', INDUSTRIES),
    role: one('role', AUTHOR_ROLES),
    about: isPlainText(about) ? about.trim().slice(0, LONGEST_ABOUT) : '',
  }
  return Object.fromEntries(Object.entries(cut).filter(([, value]) => value))
}

export const isCut = (cut: Cut) => Object.keys(cut).length > 0

/** What is not shown beside an unnamed recommendation does not find it either. */
export function inCut(vendorId: string, { size, industry, role, about }: Cut): SQL | undefined {
  return and(
    size || industry || role ? recommendations.named : undefined,
    size ? eq(recommendations.organisationSize, size) : undefined,
    industry ? eq(recommendations.industry, industry) : undefined,
    role ? eq(recommendations.authorRole, role) : undefined,
    about ? sql`${recommendations.id} in (select recommendations_about(${vendorId}::uuid, ${about}))` : undefined,
  )
}

/** What those of a cut come to, weighed like all; the whole portal's spread is what is expected of them too. */
export async function cutScore(tx: Tx, vendorId: string, cut: Cut): Promise<CutScore> {
  const levels = sql.join(
    [1, 2, 3, 4, 5].map((level) => sql`count(*) filter (where verdict = ${sql.raw(String(level))})`),
    sql`, `,
  )
  const [row] = await tx.execute<{ tallies: Tally[] | string; organisations: number; prior: Five | string | null }>(sql`
    with cut as (select ${recommendations.id} as id, to_char(${recommendations.confirmedAt} at time zone 'UTC', 'YYYY-MM') as month,
        ${recommendations.source} as source, ${recommendations.evidence} as evidence, ${recommendations.verdict} as verdict
      from ${recommendations} where ${and(eq(recommendations.vendorId, vendorId), inCut(vendorId, cut))}
        and withdrawn_at is null and hidden_by_decision_id is null and conflict is null and not is_partner)
    select (select coalesce(jsonb_agg(t), '[]') from (select month, source, evidence, json_build_array(${levels}) as counts from cut group by month, source, evidence) t) as tallies,
      organisations_among((select array_agg(id) from cut)) as organisations,
      (select shares from recommendation_priors order by day desc limit 1) as prior`)
  const parsed = <T>(value: T | string | undefined): T => (typeof value === 'string' ? (JSON.parse(value) as T) : (value as T))
  const tallies = parsed<Tally[]>(row?.tallies)
  const estimate = scoreOf(tallies, parsed<Five | null>(row?.prior ?? null) ?? [0.2, 0.2, 0.2, 0.2, 0.2], now())
  const organisations = row?.organisations ?? 0
  const enough = enoughToScore(estimate.n, organisations)
  return { n: estimate.n, organisations, estimate: enough ? estimate : null, spread: enough ? counted(tallies) : null }
}
