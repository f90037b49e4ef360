import { sql } from 'drizzle-orm'
import { transaction, type Tx } from '~/db/client'
import { isId } from '~/db/ids'
import { handlesShown } from '~/server/accounts'
import { now, today } from '~/server/platform/clock'
import { behind, staffAccount } from '~/server/identity'
import { can } from '~/server/policy'
import type { PersonViewer } from '~/server/viewer'
import { contractsOf, type Contract } from './contracts'
import type { OutcomeInput } from './input'
import { ownSeat, plansOf, staffOpportunity, vendorBuying, visibleTo, type Motion } from './facts'
import { endsOf, type Ended } from './outcomes'
import { daysIn, standingStage } from './rules'

const A_PAGE = 30
/** After every day that can be typed: what has no next step with a day stands last. */
const NO_DAY = '9999-12-30'
/** After those: what ended needs nothing. */
const ENDED = '9999-12-31'

type Row = {
  id: string
  name: string
  motion: Motion
  amount: string
  currency: string
  company: string
  account: string
  expected: string
  next: { what: string; side: 'ours' | 'theirs'; due: string | null; commitment: boolean } | null
  stage: { sentence: string; since: string } | null
  outcome: OutcomeInput['outcome'] | null
  needed: string
}

/** A place in a list that goes by the day of what is needed next: `day_id`. */
function placeIn(after: string | null): { day: string; id: string } | null {
  const [day = '', id = ''] = (after ?? '').split('_')
  return isId(id) && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) ? { day, id } : null
}

/** What is needed next on a plan: the step with the nearest day, then the first commitment that is open. */
const nextStep = sql`(select s.what, s.side, s.due_on as due, s.stage_id is not null as commitment from plan_steps s where s.opportunity_id = opportunities.id and s.done_at is null
  order by s.due_on nulls last, s.place nulls last, s.id limit 1)`

/** How it ended; what the customer says of it goes before what the vendor was told. */
const howItEnded = sql`(select e.outcome from outcomes e where e.opportunity_id = opportunities.id order by e.side = 'theirs' desc limit 1)`

/** /vendors/:slug/opportunities: by what is needed next. */
export async function opportunitiesOf(viewer: PersonViewer, vendorSlug: string, after: string | null) {
  const place = placeIn(after)
  const { vendor, rows } = await transaction(viewer, async (tx) => {
    const it = await vendorBuying(tx, viewer, vendorSlug)
    const found = await tx.execute<Row>(sql`
      select * from (
        select opportunities.id, opportunities.name, opportunities.motion, opportunities.amount::text, opportunities.currency,
          o.name as company, opportunities.account_id as account, to_json(n.*) as next, w.outcome,
          case when w.outcome is null then coalesce(n.due, ${NO_DAY}::date) else ${ENDED}::date end::text as needed,
          (select d.day::text from close_dates d where d.opportunity_id = opportunities.id order by d.nth desc limit 1) as expected,
          (select json_build_object('sentence', s.what, 'since', s.done_at) from plan_steps s
            where s.opportunity_id = opportunities.id and s.done_at is not null and s.place is not null order by s.place desc limit 1) as stage
        from opportunities join accounts a on a.id = opportunities.account_id join vendor_organizations o on o.id = a.organization_id
          left join lateral ${howItEnded} w on true left join lateral ${nextStep} n on w.outcome is null
        where ${visibleTo(viewer)} and opportunities.vendor_id = ${it.vendorId}) x
      ${place ? sql`where (x.needed, x.id) > (${place.day}, ${place.id}::uuid)` : sql``}
      order by x.needed, x.id limit ${A_PAGE + 1}`)
    return { vendor: it, rows: found }
  })
  const shown = rows.slice(0, A_PAGE)
  const last = shown.at(-1)
  return {
    vendor: { slug: vendor.vendorSlug, name: vendor.vendorName },
    today: today(),
    opportunities: shown.map(({ stage, needed: _, ...row }) => ({
      ...row,
      amount: Number(row.amount),
      stage: stage ? { sentence: stage.sentence, days: daysIn(new Date(stage.since), now()) } : null,
    })),
    older: rows.length > A_PAGE && last ? `${last.needed}_${last.id}` : null,
    may: { define: can(viewer, 'stage.define', vendor), turn: can(viewer, 'buying.switch', vendor) },
  }
}

type WholeStep = {
  id: string
  side: 'ours' | 'theirs'
  stageId: string | null
  place: number
  what: string
  due: string | null
  doneAt: Date | null
  by: string | null
  evidence: string
  link: string
}
type Plan = {
  steps: (Omit<WholeStep, 'doneAt'> & { doneAt: string | null })[]
  dates: { day: string; reason: string; at: string }[]
  people: { handle: string; company: string; accepted: boolean }[]
}

/** What both sides read of a plan, in one question. */
async function planOf(tx: Tx, opportunityId: string) {
  const list = (rows: ReturnType<typeof sql>) => sql`(select coalesce(json_agg(x), '[]') from (${rows}) x)`
  const [row] = await tx.execute<Plan>(sql`select
    ${list(sql`select s.id, s.side, s.stage_id as "stageId", coalesce(s.place, 0) as place, s.what, s.due_on as due, s.done_at as "doneAt",
        coalesce((select p.handle_id from plan_people p where p.opportunity_id = s.opportunity_id and p.person_id = s.done_by order by p.invited_at desc limit 1),
          (select h.id from handles h where h.person_id = s.done_by order by h.created_at limit 1)) as by, s.evidence, s.link
      from plan_steps s where s.opportunity_id = ${opportunityId}
      order by s.place nulls last, s.due_on, s.id limit 100`)} as steps,
    ${list(sql`select d.day, d.reason, d.said_at as at from close_dates d where d.opportunity_id = ${opportunityId} order by d.nth desc limit 100`)} as dates,
    ${list(sql`select p.handle_id as handle, p.company, p.accepted_at is not null as accepted from plan_people p
      where p.opportunity_id = ${opportunityId} and p.ended_at is null order by p.invited_at limit 50`)} as people`)
  const { steps, dates, people } = row ?? { steps: [], dates: [], people: [] }
  const whole = steps.map((step): WholeStep => ({ ...step, doneAt: step.doneAt ? new Date(step.doneAt) : null }))
  const standing = standingStage(whole)
  return {
    commitments: whole.filter(({ stageId }) => stageId),
    steps: whole.filter(({ stageId }) => !stageId),
    dates: dates.map(({ at, ...date }) => ({ ...date, at: new Date(at) })),
    people,
    stage: standing?.doneAt ? { sentence: standing.what, since: standing.doneAt, days: daysIn(standing.doneAt, now()) } : null,
  }
}

const nothingEnded = { ends: [], contracts: [] }
const endedOf = async (tx: Tx, opportunityId: string) => ({
  ends: await endsOf(tx, opportunityId),
  contracts: await contractsOf(tx, opportunityId),
})

async function whoEnded({ ends, contracts }: { ends: Ended[]; contracts: Contract[] }, vendorId: string) {
  const names = await handlesShown(
    ends.map(({ by }) => by),
    { vendorId },
  )
  return {
    ends: ends.map(({ by, at, ...end }) => ({ ...end, at: new Date(at), by: by ? (names.get(by)?.displayName ?? null) : null })),
    contracts,
  }
}

type Kept = Awaited<ReturnType<typeof planOf>>

async function named({ commitments, steps, people, ...plan }: Kept, vendorId: string) {
  const names = await handlesShown([...[...commitments, ...steps].map(({ by }) => by), ...people.map(({ handle }) => handle)], { vendorId })
  const whose = (list: WholeStep[]) => list.map(({ by, ...step }) => ({ ...step, by: by ? (names.get(by)?.displayName ?? null) : null }))
  return {
    ...plan,
    commitments: whose(commitments),
    steps: whose(steps),
    people: people.map(({ handle, ...one }) => ({ ...one, who: names.get(handle)?.displayName ?? null })),
    today: today(),
  }
}

/** /opportunities/:id, for the vendor's staff. */
export async function opportunityPage(viewer: PersonViewer, id: string) {
  const { it, plan, ended, company, roles } = await transaction(viewer, async (tx) => {
    const found = await staffOpportunity(tx, viewer, id)
    const [account] = await tx.execute<{ company: string; roles: string[] }>(sql`
      select o.name as company, (select coalesce(json_agg(distinct r.role), '[]') from buying_roles r
        where r.account_id in (select w.id from accounts w where w.organization_id in ${behind('vendor_organizations', sql`a.organization_id`)}) and r.ended_on is null) as roles
      from accounts a join vendor_organizations o on o.id = a.organization_id where a.id = ${found.accountId}`)
    return {
      it: found,
      plan: await planOf(tx, found.opportunityId),
      ended: await endedOf(tx, found.opportunityId),
      company: account?.company ?? '',
      roles: account?.roles ?? [],
    }
  })
  return {
    vendor: { slug: it.vendorSlug, name: it.vendorName },
    opportunity: { id: it.opportunityId, name: it.name, motion: it.motion, amount: Number(it.amount), currency: it.currency },
    account: { id: it.accountId, name: company },
    /** Nobody can decide there, or wants it there, as far as is known. */
    missing: (['champion', 'economic-buyer'] as const).filter((role) => !roles.includes(role)),
    plan: await named(plan, it.vendorId),
    ...(await whoEnded(ended, it.vendorId)),
    may: { keep: can(viewer, 'opportunity.keep', it) },
  }
}

/** What stands on an account, and on those that were merged into it; null where the vendor works without opportunities. */
export async function opportunitiesOn(viewer: PersonViewer, accountId: string) {
  return transaction(viewer, async (tx) => {
    const { vendorId, organizationId } = await staffAccount(tx, viewer, accountId)
    const [{ isOn } = { isOn: false }] = await tx.execute<{ isOn: boolean }>(sql`select buying_is_on(${vendorId}) as "isOn"`)
    if (!isOn) return null
    type One = {
      id: string
      name: string
      motion: Motion
      outcome: OutcomeInput['outcome'] | null
      until: string | null
      notice: string | null
    }
    const opportunities =
      await tx.execute<One>(sql`select opportunities.id, opportunities.name, opportunities.motion, c.ends_on::text as until, c.notice_on::text as notice,
        ${howItEnded} as outcome
      from opportunities left join lateral (select c.ends_on, c.notice_on from contracts c where c.opportunity_id = opportunities.id order by c.nth desc limit 1) c on true
      where ${visibleTo(viewer)} and opportunities.account_id in (select a.id from accounts a where a.organization_id in ${behind('vendor_organizations', organizationId)})
      order by opportunities.id desc limit 50`)
    return { opportunities: [...opportunities], may: { keep: can(viewer, 'opportunity.keep', { vendorId }) } }
  })
}

/** /me/plans: where somebody speaks for a customer, or is asked to. */
export async function myPlans(viewer: PersonViewer) {
  type Mine = { id: string; name: string; company: string; vendor: string; accepted: boolean; open: number }
  const plans = await transaction(viewer, (tx) =>
    tx.execute<Mine>(sql`select o.id, o.name, p.company, v.name as vendor, p.accepted_at is not null as accepted,
        (select count(*)::int from plan_steps s where s.opportunity_id = o.id and s.side = 'theirs' and s.done_at is null) as open
      from plan_people p join opportunities o on o.id = p.opportunity_id join vendors v on v.id = p.vendor_id
      where ${plansOf(viewer)} order by p.accepted_at is not null, p.invited_at desc limit 100`),
  )
  return { plans: [...plans] }
}

/**
 * /me/plans/:id: the same plan, as the customer reads it: not what the vendor hopes to earn by it. Whoever is asked and has not answered reads what
 * it is about, and nothing of those who speak for the customer already.
 */
export async function myPlan(viewer: PersonViewer, id: string) {
  const { seat, plan, ended } = await transaction(viewer, async (tx) => {
    const own = await ownSeat(tx, viewer, id)
    return {
      seat: own,
      plan: await planOf(tx, own.opportunityId),
      ended: own.acceptedAt ? await endedOf(tx, own.opportunityId) : nothingEnded,
    }
  })
  return {
    id: seat.opportunityId,
    name: seat.name,
    company: seat.company,
    vendor: { slug: seat.vendorSlug, name: seat.vendorName },
    accepted: seat.acceptedAt !== null,
    may: { say: can(viewer, 'outcome.say', seat) },
    plan: await named(seat.acceptedAt ? plan : withoutPeople(plan), seat.vendorId),
    ...(await whoEnded(ended, seat.vendorId)),
  }
}

const withoutPeople = ({ commitments, steps, ...plan }: Kept): Kept => {
  const nameless = (list: WholeStep[]) => list.map((step) => ({ ...step, by: null, evidence: '', link: '' }))
  return { ...plan, commitments: nameless(commitments), steps: nameless(steps), people: [] }
}
