import { sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { transaction, type Tx } from '~/db/client'
import { recommendationPriors, recommendationTallies } from '~/db/schema'
import { now } from '~/server/platform/clock'
import { systemViewer } from '~/server/viewer'
import { byQuarter, counted, enoughToScore, priorOf, scoreOf, shownOf, splitBy, sum, type Five, type Tally } from './score'
import type { Score, Verdicts } from './types'
import { FEWEST_IN_A_CUT, type Evidence, type Source } from './weights'

type Dimension = 'ease' | 'support' | 'value'
/** Two years. */
const QUARTERS_SHOWN = 8
const EVEN: Five = [0.2, 0.2, 0.2, 0.2, 0.2]

/** Months, sources and evidence of a vendor are some hundreds, of all its products thousands: the names are left out on the way. */
type Whole = [month: string, Source, Evidence, verdicts: Five, ease: Five, support: Five, value: Five]
type OfProduct = [productId: string, month: string, Source, Evidence, verdicts: Five]
type Standing = { productId: string; standing: string; reason: string; count: number }
type Row = {
  whole: Whole[]
  ofProducts: OfProduct[]
  standings: Standing[]
  organisations: { productId: string | null; slug: string | null; organisations: number }[]
  disputed: Verdicts['disputed']
  prior: Five | null
}

/** The numbers of a vendor and of each of its products, from sums: one query, however many have written. */
export async function scoresOf(tx: Tx, vendorId: string): Promise<Verdicts> {
  return (await scoresOfEach(tx, [vendorId])).get(vendorId) as Verdicts
}

/** The same of several vendors, in one query as well. */
export async function scoresOfEach(tx: Tx, vendorIds: string[]): Promise<Map<string, Verdicts>> {
  if (vendorIds.length === 0) return new Map()
  const rows = await tx.execute<Record<keyof Row | 'vendorId', unknown>>(sql`select v.id as "vendorId",
    (select coalesce(json_agg(json_build_array(t.month, t.source, t.evidence, t.verdicts, t.ease, t.support, t.value)), '[]') from (
      select t.month, t.source, t.evidence, ${fiveOf('verdicts')} as verdicts, ${fiveOf('ease')} as ease, ${fiveOf('support')} as support, ${fiveOf('value')} as value
      from recommendation_tallies t where t.vendor_id = v.id group by t.month, t.source, t.evidence) t) as whole,
    (select coalesce(json_agg(json_build_array(t.product_id, t.month, t.source, t.evidence, t.verdicts)), '[]')
      from recommendation_tallies t where t.vendor_id = v.id) as "ofProducts",
    (select coalesce(jsonb_agg(jsonb_build_object('productId', s.product_id, 'standing', s.standing, 'reason', s.reason, 'count', s.count)), '[]')
      from recommendation_standings s where s.vendor_id = v.id) as standings,
    (select coalesce(jsonb_agg(jsonb_build_object('productId', o.product_id, 'slug', p.slug, 'organisations', o.organisations)), '[]')
      from organisations_heard(v.id) o left join products p on p.id = o.product_id) as organisations,
    (select to_jsonb(c) from disputes_counted(v.id) c) as disputed,
    (select shares from recommendation_priors order by day desc limit 1) as prior
    from unnest(array[${sql.join(vendorIds, sql`, `)}]::uuid[]) v (id)`)
  return new Map(rows.map(({ vendorId, ...row }) => [String(vendorId), verdictsFrom(row)]))
}

/** The sums of `name` over the rows of tallies that are grouped. */
const fiveOf = (name: 'verdicts' | Dimension) =>
  sql`json_build_array(${sql.raw([1, 2, 3, 4, 5].map((level) => `sum(t.${name}[${level}])::int`).join(', '))})`

function verdictsFrom(row: Record<keyof Row, unknown>): Verdicts {
  const { whole, ofProducts, standings, organisations, disputed, prior } = Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'string' ? JSON.parse(value) : value]),
  ) as Row
  const at = now()
  const scored = (tallies: Tally[], organisations: number): Score => {
    const n = sum(counted(tallies))
    return { n, organisations, estimate: enoughToScore(n, organisations) ? scoreOf(tallies, prior ?? EVEN, at) : null }
  }
  const products = new Map<string | null, Tally[]>(organisations.map(({ productId }) => [productId, []]))
  for (const [productId, month, source, evidence, counts] of ofProducts) products.get(productId)?.push({ month, source, evidence, counts })
  const stand = (...wanted: string[]) => standings.reduce((sum, it) => sum + (wanted.includes(it.standing) ? it.count : 0), 0)
  const vendor = scored(as(whole, 'verdicts'), organisations.find(({ productId }) => productId === null)?.organisations ?? 0)
  return {
    ...vendor,
    ...(vendor.estimate ? partsOf(whole, at) : UNTOLD),
    written: standings.reduce((sum, { count }) => sum + count, 0),
    published: stand('scored', 'partner', 'conflict'),
    unscored: { partner: stand('partner'), conflict: stand('conflict') },
    withheld: withheldOf(standings),
    disputed,
    withdrawn: stand('withdrawn'),
    products: Object.fromEntries(
      organisations.flatMap(({ productId, slug, organisations: heard }) =>
        slug === null ? [] : [[slug, scored(products.get(productId) ?? [], heard)]],
      ),
    ),
  }
}

type Parts = Pick<Verdicts, 'spread' | 'dimensions' | 'quarters' | 'sources' | 'evidence'>

/** Of what is too little for a score, no part leaves here either. */
const UNTOLD: Parts = {
  spread: null,
  dimensions: { ease: null, support: null, value: null },
  quarters: [],
  sources: { parts: {}, rest: 0 },
  evidence: { parts: {}, rest: 0 },
}

function partsOf(whole: Whole[], at: Date): Parts {
  const verdicts = as(whole, 'verdicts')
  const dimension = (name: Dimension) => {
    const tallies = as(whole, name)
    const estimate = scoreOf(tallies, EVEN, at)
    return estimate.n < FEWEST_IN_A_CUT ? null : { spread: counted(tallies), estimate }
  }
  return {
    spread: counted(verdicts),
    dimensions: { ease: dimension('ease'), support: dimension('support'), value: dimension('value') },
    quarters: shownOf(byQuarter(verdicts), ({ counts }) => sum(counts)).slice(-QUARTERS_SHOWN),
    sources: splitBy(verdicts, 'source'),
    evidence: splitBy(verdicts, 'evidence'),
  }
}

const as = (whole: Whole[], name: 'verdicts' | Dimension): Tally[] =>
  whole.map(([month, source, evidence, verdicts, ease, support, value]) => ({
    month,
    source,
    evidence,
    counts: { verdicts, ease, support, value }[name],
  }))

function withheldOf(standings: Standing[]): { reason: string; count: number }[] {
  const reasons = new Map<string, number>()
  for (const { standing, reason, count } of standings) if (standing === 'withheld') reasons.set(reason, (reasons.get(reason) ?? 0) + count)
  return [...reasons].map(([reason, count]) => ({ reason, count })).sort((one, other) => other.count - one.count)
}

/** By night: how the whole portal spreads over the five verdicts, which is what is expected of whoever is little known. */
export async function weighRecommendations(): Promise<void> {
  await transaction(systemViewer('weigh-recommendations'), async (tx) => {
    const t = alias(recommendationTallies, 't')
    const rows = await tx
      .select({ month: t.month, source: t.source, evidence: t.evidence, counts: sql<Five | string>`${fiveOf('verdicts')}` })
      .from(t)
      .groupBy(t.month, t.source, t.evidence)
    const tallies = rows.map((row) => ({ ...row, counts: typeof row.counts === 'string' ? (JSON.parse(row.counts) as Five) : row.counts }))
    const written = { shares: priorOf(tallies, now()), count: counted(tallies).reduce((sum, each) => sum + each, 0) }
    await tx
      .insert(recommendationPriors)
      .values({ day: now().toISOString().slice(0, 10), ...written })
      .onConflictDoUpdate({ target: recommendationPriors.day, set: written })
  })
}
