import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import {
  accounts,
  communities,
  contacts,
  healthSnapshots,
  planSteps,
  products,
  recommendations,
  relationships,
  threads,
  vendorOrganizations,
  vendors,
  type ReasonStood,
} from '~/db/schema'
import { handleOfPerson, handlesShown } from '~/server/accounts'
import { staffAccount, vendorServed } from '~/server/identity'
import { now, today } from '~/server/platform/clock'
import { servedBy } from '~/server/served-by'
import { visibleTo } from '~/server/threads'
import type { PersonViewer } from '~/server/viewer'
import { healthRows } from './facts'
import { caps, FORMULA, isFresh, MEASURES, PARTS, weigh, type HealthRow, type Measure, type Weighed } from './formula'

/** How it stood so long ago is said beside it. */
const COMPARED_DAYS = 30
const CANDIDATES = 5
/** The worst of a vendor’s accounts, on one page. */
const A_PAGE = 50
const MONTHS_TESTED = 12
/** So long before a customer left, a number should have said so. */
const FORETOLD_DAYS = 90
/** At this or below, a number warned. */
const WARNED_AT = 50

type Stood = Pick<Weighed, 'score' | 'coverage' | 'measures' | 'reasons'> & { day: string; formula: number }

/** One row that a number opens to. What was asked or promised elsewhere has words only where the viewer may read it. */
export type EvidenceRow = {
  measure: Measure
  contact: { id: string; name: string } | null
  record: string | null
  part: (typeof PARTS)[number] | null
  at: Date | null
  due: string | null
  n: number | null
  good: boolean
  words: string | null
  thread: { slug: string; number: number } | null
  opportunity: string | null
  recommendation: string | null
}

export type ReasonShown = ReasonStood & { caps: boolean; words: string | null; contact: string | null; opportunity: string | null }

/** /accounts/:id/health: how it stood this morning and why, each number with the rows that it is from as they are now. */
export async function accountHealth(viewer: PersonViewer, accountId: string) {
  const moment = now()
  const found = await transaction(viewer, async (tx) => {
    const it = await staffAccount(tx, viewer, accountId)
    const [rows, stood] = await Promise.all([healthRows(tx, accountId, moment), lastStood(tx, accountId)])
    return { it, rows, stood, known: await knownOf(tx, viewer, rows) }
  })
  const { it, rows, known } = found
  const [before, morning] = [found.stood.before, found.stood.last]
  const shown: Stood = morning ?? { ...weigh(rows, moment), day: today(), formula: FORMULA }
  const evidence = rows.map((row) => shownRow(row, known))
  const held = rows.some(({ measure, part, good }) => measure === 'roles' && part === 'champion' && good)
  return {
    account: { id: it.accountId, name: it.name, suffix: it.legalSuffix },
    vendor: { slug: it.vendorSlug, name: it.vendorName },
    ...{ day: shown.day, score: shown.score, coverage: shown.coverage, weighed: morning !== null },
    before,
    reasons: shown.reasons.map((reason): ReasonShown => {
      const row = reason.about ? rows.find(({ objectId }) => objectId === reason.about) : undefined
      const said = row ? shownRow(row, known) : null
      return {
        ...reason,
        ...{ caps: caps(reason.kind), words: said?.contact?.name ?? said?.words ?? null },
        ...{ contact: said?.contact?.id ?? null, opportunity: said?.opportunity ?? null },
      }
    }),
    measures: (Object.keys(MEASURES) as Measure[]).map((measure) => ({
      measure,
      ...{ weight: MEASURES[measure].weight, halfLife: MEASURES[measure].halfLife },
      ...{ stood: shown.measures[measure], fresh: isFresh(measure, shown.measures[measure]) },
      rows: evidence.filter((row) => row.measure === measure),
    })),
    candidates: held
      ? []
      : evidence
          .filter((row) => row.measure === 'active' && row.contact && (row.n ?? 0) > 0)
          .toSorted((one, other) => (other.n ?? 0) - (one.n ?? 0))
          .slice(0, CANDIDATES),
  }
}

async function lastStood(tx: Tx, accountId: string): Promise<{ last: Stood | null; before: { score: number | null; day: string } | null }> {
  const { day, score, coverage, measures, reasons, formula } = healthSnapshots
  const [last] = await tx
    .select({ day, score, coverage, measures, reasons, formula })
    .from(healthSnapshots)
    .where(eq(healthSnapshots.accountId, accountId))
    .orderBy(desc(day))
    .limit(1)
  if (!last) return { last: null, before: null }
  const [before] = await tx
    .select({ day, score })
    .from(healthSnapshots)
    .where(and(eq(healthSnapshots.accountId, accountId), sql`${day} <= ${last.day}::date - ${COMPARED_DAYS}::int`))
    .orderBy(desc(day))
    .limit(1)
  return { last, before: before ?? null }
}

type Known = {
  names: Map<string, string>
  steps: Map<string, { what: string; opportunityId: string }>
  titles: Map<string, { slug: string; number: number; title: string }>
  headlines: Map<string, string>
}

async function knownOf(tx: Tx, viewer: PersonViewer, rows: HealthRow[]): Promise<Known> {
  const of = (measure: Measure) => rows.flatMap((row) => (row.measure === measure && row.objectId ? [row.objectId] : []))
  const people = [...new Set(rows.flatMap(({ contactId }) => (contactId ? [contactId] : [])))]
  const [named, steps, titles, headlines] = await Promise.all([
    people.length > 0 ? tx.select({ id: contacts.id, name: contacts.name }).from(contacts).where(inArray(contacts.id, people)) : [],
    of('commitments').length > 0
      ? tx
          .select({ id: planSteps.id, what: planSteps.what, opportunityId: planSteps.opportunityId })
          .from(planSteps)
          .where(inArray(planSteps.id, of('commitments')))
      : [],
    titlesOpenTo(tx, viewer, of('questions')),
    headlinesOf(tx, of('recommendations')),
  ])
  return {
    names: new Map(named.map(({ id, name }) => [id, name])),
    steps: new Map(steps.map(({ id, ...step }) => [id, step])),
    titles,
    headlines,
  }
}

/** Of questions, those that the viewer may read. */
async function titlesOpenTo(tx: Tx, viewer: PersonViewer, ids: string[]): Promise<Known['titles']> {
  if (ids.length === 0) return new Map()
  const found = await tx
    .select({ id: threads.id, number: threads.number, title: threads.title, slug: communities.slug })
    .from(threads)
    .innerJoin(communities, eq(communities.id, threads.communityId))
    .where(and(inArray(threads.id, ids), visibleTo(viewer)))
  return new Map(found.map(({ id, ...thread }) => [id, thread]))
}

async function headlinesOf(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const found = await tx
    .select({ id: recommendations.id, headline: recommendations.headline, product: products.name })
    .from(recommendations)
    .innerJoin(products, eq(products.id, recommendations.productId))
    .where(and(inArray(recommendations.id, ids), isNull(recommendations.hiddenByDecisionId), isNull(recommendations.withdrawnAt)))
  return new Map(found.map(({ id, headline, product }) => [id, headline || product]))
}

function shownRow(row: HealthRow, { names, steps, titles, headlines }: Known): EvidenceRow {
  const [id, contactName] = [row.objectId ?? '', names.get(row.contactId ?? '')]
  const [step, thread] = [steps.get(id), titles.get(id)]
  return {
    measure: row.measure,
    contact: row.contactId && contactName ? { id: row.contactId, name: contactName } : null,
    record: row.relationshipId,
    part: PARTS.find((part) => part === row.part) ?? null,
    ...{ at: row.at, due: row.due, n: row.n, good: row.good === true },
    words: step?.what ?? thread?.title ?? headlines.get(id) ?? null,
    thread: thread ? { slug: thread.slug, number: thread.number } : null,
    opportunity: step?.opportunityId ?? null,
    recommendation: headlines.has(id) ? id : null,
  }
}

/** How an account stood last, for its own page; null while it never was weighed. */
export async function healthAtAGlance(viewer: PersonViewer, accountId: string) {
  return transaction(viewer, async (tx) => {
    await staffAccount(tx, viewer, accountId)
    const { last } = await lastStood(tx, accountId)
    return last ? { score: last.score, capped: last.score !== null && last.reasons.some(({ kind }) => caps(kind)) } : null
  })
}

/** /vendors/:slug/health: the accounts of a vendor, those that fare worst in front, and whether the numbers warned of those that left. */
export async function vendorHealth(viewer: PersonViewer, vendorSlug: string) {
  const vendor = await vendorServed(viewer, vendorSlug)
  const { vendorId } = vendor
  const { rows, tested } = await transaction(viewer, async (tx) => {
    const [last] = await tx
      .select({ day: sql<string | null>`max(${healthSnapshots.day})::text` })
      .from(healthSnapshots)
      .where(eq(healthSnapshots.vendorId, vendorId))
    return { rows: last?.day ? await stoodOn(tx, viewer, vendorId, last.day) : [], tested: await backTest(tx, vendorId) }
  })
  const names = await handlesShown(
    rows.map(({ owner }) => owner),
    { vendorId },
  )
  return {
    vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
    day: rows[0]?.day ?? null,
    accounts: rows.slice(0, A_PAGE).map(({ owner, reasons, ...row }) => ({
      ...row,
      owner: owner ? (names.get(owner)?.displayName ?? null) : null,
      reasons: reasons.map(({ kind, figures }) => ({ kind, figures, caps: caps(kind) })),
    })),
    more: rows.length > A_PAGE,
    tested,
  }
}

const stoodOn = (tx: Tx, viewer: PersonViewer, vendorId: string, day: string) =>
  tx
    .select({
      ...{ accountId: accounts.id, name: vendorOrganizations.name, suffix: vendorOrganizations.legalSuffix, day: healthSnapshots.day },
      ...{ score: healthSnapshots.score, coverage: healthSnapshots.coverage, reasons: healthSnapshots.reasons },
      owner: sql<string | null>`${handleOfPerson(sql`${accounts.ownerId}`)}`,
    })
    .from(healthSnapshots)
    .innerJoin(accounts, eq(accounts.id, healthSnapshots.accountId))
    .innerJoin(vendorOrganizations, eq(vendorOrganizations.id, accounts.organizationId))
    .where(and(servedBy(viewer, healthSnapshots.vendorId), eq(healthSnapshots.vendorId, vendorId), eq(healthSnapshots.day, day)))
    .orderBy(sql`${healthSnapshots.score} nulls last`, healthSnapshots.accountId)
    .limit(A_PAGE + 1)

export type Tested = { month: string; left: number; warned: number; unknown: number }

/** Of the customers who did not renew, by month: how many a number had warned of ninety days before, and of how many nothing was known. */
async function backTest(tx: Tx, vendorId: string): Promise<Tested[]> {
  const moment = sql`${now().toISOString()}::timestamptz`
  return [
    ...(await tx.execute<Tested>(sql`
      with gone as (select o.account_id, min(x.said_at)::date as day from outcomes x join opportunities o on o.id = x.opportunity_id
        where o.vendor_id = ${vendorId}::uuid and o.motion = 'renewal' and x.outcome <> 'won' and x.said_at > ${moment} - make_interval(months => ${MONTHS_TESTED})
        group by o.id, o.account_id)
      select to_char(g.day, 'YYYY-MM') as month, count(*)::int as left, (count(*) filter (where h.score <= ${WARNED_AT}))::int as warned,
        (count(*) filter (where h.score is null))::int as unknown
      from gone g left join lateral (select s.score from health_snapshots s where s.account_id = g.account_id and s.day between g.day - ${FORETOLD_DAYS + 7}::int and g.day - ${FORETOLD_DAYS}::int
        order by s.day desc limit 1) h on true
      group by 1 order by 1 desc`)),
  ]
}

export type CountedOfMe = {
  company: string
  measure: Measure
  part: (typeof PARTS)[number] | null
  at: Date | null
  n: number | null
  good: boolean
  words: string | null
  thread: { slug: string; number: number } | null
  recommendation: string | null
}

/** What of the viewer’s own acts a vendor counts for the companies they work for; nothing while they grant it no relationship. */
export async function countedOfMe(viewer: PersonViewer, vendorSlug: string): Promise<CountedOfMe[]> {
  type Row = {
    company: string
    measure: Measure
    object_id: string | null
    part: string | null
    at: string | null
    n: number | null
    good: boolean | null
  }
  return transaction(viewer, async (tx) => {
    const rows = await tx.execute<Row>(sql`
      select h.* from ${relationships} r join ${vendors} v on v.id = r.vendor_id and v.slug = ${vendorSlug}
        cross join lateral my_health_rows(r.id, ${now().toISOString()}::timestamptz) h
      where r.handle_id in (select x.id from handles x where x.person_id = ${viewer.personId}::uuid)`)
    const of = (measure: Measure) => rows.flatMap((row) => (row.measure === measure && row.object_id ? [row.object_id] : []))
    const [titles, headlines] = await Promise.all([titlesOpenTo(tx, viewer, of('questions')), headlinesOf(tx, of('recommendations'))])
    return rows.map(({ object_id, at, part, good, ...row }) => {
      const thread = titles.get(object_id ?? '')
      return {
        ...row,
        at: at ? new Date(at) : null,
        good: good === true,
        part: PARTS.find((one) => one === part) ?? null,
        words: thread?.title ?? headlines.get(object_id ?? '') ?? null,
        thread: thread ? { slug: thread.slug, number: thread.number } : null,
        recommendation: headlines.has(object_id ?? '') ? object_id : null,
      }
    })
  })
}
