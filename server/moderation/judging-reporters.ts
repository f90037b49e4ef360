import { and, eq, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { newId } from '~/db/ids'
import { discountedReporters, handles } from '~/db/schema'
import { handlesShown } from '~/server/accounts'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import { record } from '~/server/events'
import { now } from '~/server/platform/clock'
import { authorize, can, mustBeFound } from '~/server/policy'
import { systemViewer, type PersonViewer, type Viewer } from '~/server/viewer'
import { newestDecisionOn } from './deciding'
import { earlierOnPerson } from './earlier'
import { DISCOUNT_DAYS, type ReporterInput } from './input'
import { isLive, reportedAuthors } from './reporters'
import { LADDER_MONTHS, oftenUnfounded, REPORTS_DAYS, REPORTS_DECIDED, stepForReporter, UNFOUNDED_SHARE } from './rules'
import { stateReasons } from './statement'
import { liftPenalty, refuseTiedToPerson } from './suspending'
import type { ActOnReporter, WaitingReporters } from './types'

const DAY = 86_400_000
const MOST_PROPOSED = 20

const system = systemViewer('judge-reporters')
const JUDGED = sql`('warn-reporter', 'discount-reporter', 'trust-reporter')`
const since = () => sql`${new Date(now().getTime() - REPORTS_DAYS * DAY).toISOString()}::timestamptz`

/** Reports of the last months that were decided, but for those before the last decision on them. `f` is `flags`, `person` whose they are. */
const ofLate = (
  person: string,
) => sql`f.state <> 'open' and f.created_at > ${since()} and f.created_at > coalesce((select max(d.decided_at) from decisions d
  where d.subject_kind = 'person' and d.subject_id = ${sql.raw(person)} and d.act in ${JUDGED}), '-infinity')`

/** For those who may judge them: whose reports are refused so often that somebody should look. Nobody is shown who reported what they wrote. */
export async function reportersWaiting(viewer: PersonViewer): Promise<WaitingReporters> {
  if (!can(viewer, 'reporter.judge', { handleId: '', onViewer: false })) return []
  // The system counts what its viewer might only read room by room.
  const rows = await transaction(system, (tx) =>
    tx.execute<WaitingReporters[number]>(sql`
      select h.handle, h.display_name as name, counted.decided, counted.unfounded
      from (select fh.person_id from flags f join handles fh on fh.id = f.flagged_by where f.state <> 'open' and f.flagged_by is not null and f.created_at > ${since()}
          group by fh.person_id having count(*) >= ${REPORTS_DECIDED} and count(*) filter (where f.state = 'declined') >= ${REPORTS_DECIDED} * ${UNFOUNDED_SHARE}::real) often
        join lateral (select count(*)::int as decided, count(*) filter (where f.state = 'declined')::int as unfounded
          from handles fh join flags f on f.flagged_by = fh.id where fh.person_id = often.person_id and ${ofLate('often.person_id')}) counted on true
        join handles h on h.person_id = often.person_id and h.kind = 'member'
      where counted.decided >= ${REPORTS_DECIDED} and counted.unfounded >= counted.decided * ${UNFOUNDED_SHARE}::real and often.person_id <> ${viewer.personId}::uuid
        and not exists (select 1 from (${reportedAuthors(sql`often.person_id`)}) w join handles mine on mine.id = w.handle_id where mine.person_id = ${viewer.personId}::uuid)
      order by counted.unfounded desc, h.id limit ${MOST_PROPOSED}`),
  )
  return rows.filter(oftenUnfounded)
}

type Reporter = { personId: string; handleId: string; onViewer: boolean }

async function reporterBehind(viewer: Viewer, handle: string): Promise<Reporter> {
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  const [found] = await db
    .select({ personId: handles.personId, handleId: handles.id })
    .from(handles)
    .where(and(sql`lower(${handles.handle}) = ${handle.toLowerCase()}`, eq(handles.kind, 'member')))
  const personId = found?.personId
  if (!found || !personId) throw new NotFound()
  const [own] = await transaction(system, (tx) =>
    tx.execute<{ found: boolean }>(sql`select exists (select 1 from (${reportedAuthors(sql`${personId}::uuid`)}) w
      join handles mine on mine.id = w.handle_id where mine.person_id = ${viewer.personId}::uuid) as found`),
  )
  const reporter = { handleId: found.handleId, personId, onViewer: own?.found ?? false }
  authorize(viewer, 'reporter.judge', { ...reporter, onViewer: false }, 'moderation.notYours')
  // As if there were nothing: a refusal would say who reported them.
  mustBeFound(viewer, 'reporter.judge', reporter)
  return reporter
}

/** The form: what became of their reports, what holds, and which step is next. */
export async function reporterPage(viewer: Viewer, handle: string) {
  const { personId, handleId } = await reporterBehind(viewer, handle)
  const [it, names] = await Promise.all([
    transaction(system, async (tx) => {
      const [counted, stands, earlier, seen] = await Promise.all([
        countedOf(tx, personId),
        standingOf(tx, personId),
        earlierOnPerson(tx, personId, null),
        newestDecisionOn(tx, 'person', personId),
      ])
      return { ...counted, stands, earlier: earlier.filter(({ act }) => act.endsWith('-reporter')), seen }
    }),
    handlesShown([handleId]),
  ])
  const { until, ...stands } = it.stands
  return {
    ...{ handle, who: names.get(handleId) ?? null, earlier: it.earlier, seen: it.seen, until },
    ...{ decided: it.decided, unfounded: it.unfounded, days: REPORTS_DAYS, proposed: oftenUnfounded(it) },
    stands: { ...stands, months: LADDER_MONTHS },
    acts: [...actsAt(until)],
    offered: stepForReporter(stands),
  }
}

const actsAt = (until: Date | null): readonly ActOnReporter[] =>
  until ? ['trust-reporter'] : ['warn-reporter', 'discount-reporter', 'trust-reporter']

/** A warning first; then their reports weigh nothing for a time. Or: their reports go on to count, and the proposal is settled. */
export async function judgeReporter(viewer: Viewer, handle: string, input: ReporterInput) {
  const { personId, handleId } = await reporterBehind(viewer, handle)
  if (viewer.kind !== 'person') throw new Forbidden('signInFirst')
  return transaction(viewer, async (tx) => {
    // One decision on a person at a time.
    await tx.execute(sql`select 1 from people where id = ${personId}::uuid for no key update`)
    await refuseTiedToPerson(tx, viewer, personId)
    const { warned, discounted, until: held } = await standingOf(tx, personId)
    if ((input.seen ?? '') !== (await newestDecisionOn(tx, 'person', personId)) || !actsAt(held).includes(input.act))
      throw new Conflict('moderation.decidedMeanwhile')
    if (input.act === 'discount-reporter' && warned + discounted === 0) throw new Invalid({ act: 'reporter.warnFirst' })
    if (input.act === 'discount-reporter' && !DISCOUNT_DAYS.some((days) => days === input.days))
      throw new Invalid({ days: 'reporter.howLong' })
    const until = input.act === 'discount-reporter' ? new Date(now().getTime() + Number(input.days) * DAY) : null
    const about = { act: input.act, subjectKind: 'person' as const, subjectId: personId, communityId: null, handleId, until }
    const decisionId = await stateReasons(tx, viewer, about, input)
    if (until) await tx.insert(discountedReporters).values({ id: newId(), personId, decisionId, until, createdAt: now() })
    if (input.act === 'trust-reporter') await liftPenalty(tx, input.act, { personId, communityId: null, decisionId })
    const kind = { 'warn-reporter': 'reporter.warned', 'discount-reporter': 'reporter.discounted' } as const
    const happened = input.act === 'trust-reporter' ? (held ? 'reporter.trusted' : 'reporter.cleared') : kind[input.act]
    await record(tx, viewer, happened, { decisionId, personId })
    return { decisionId }
  })
}

/** What holds of the viewer's own reports; null: they weigh as others do. */
export async function ownDiscount(viewer: Viewer): Promise<{ until: Date; decisionId: string } | null> {
  if (viewer.kind !== 'person') return null
  return transaction(viewer, async (tx) => {
    const [found] = await tx.execute<{ until: string; decisionId: string }>(sql`
      select d.until::text as until, d.decision_id as "decisionId" from discounted_reporters d where d.person_id = ${viewer.personId}::uuid and ${isLive('d')} order by d.until desc limit 1`)
    return found ? { ...found, until: new Date(found.until) } : null
  })
}

async function countedOf(tx: Tx, personId: string) {
  const [counted] = await tx.execute<{ decided: number; unfounded: number }>(sql`
    select count(*)::int as decided, count(*) filter (where f.state = 'declined')::int as unfounded
    from handles fh join flags f on f.flagged_by = fh.id where fh.person_id = ${personId}::uuid and ${ofLate('fh.person_id')}`)
  return counted ?? { decided: 0, unfounded: 0 }
}

/** What was decided within the year, but for what was taken back on appeal, and until when their reports weigh nothing. */
async function standingOf(tx: Tx, personId: string): Promise<{ warned: number; discounted: number; until: Date | null }> {
  const [found] = await tx.execute<{ warned: number; discounted: number; until: string | null }>(sql`
    select count(*) filter (where d.act = 'warn-reporter')::int as warned, count(*) filter (where d.act = 'discount-reporter')::int as discounted,
      (select max(r.until)::text from discounted_reporters r where r.person_id = ${personId}::uuid and ${isLive('r')}) as until
    from decisions d where d.subject_kind = 'person' and d.subject_id = ${personId}::uuid and d.act in ('warn-reporter', 'discount-reporter')
      and d.decided_at > ${now().toISOString()}::timestamptz - make_interval(months => ${LADDER_MONTHS}) and appealed_as(d.id) is distinct from 'overturned'`)
  return { warned: 0, discounted: 0, ...found, until: found?.until ? new Date(found.until) : null }
}
