import { inArray, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '~/db/client'
import { handles, people, trustLevels } from '~/db/schema'
import { record, type Happened } from '~/server/events'
import { now } from '~/server/platform/clock'
import { systemViewer } from '~/server/viewer'
import { LOOKS_BACK_DAYS, movedTo, type Level, type Standing, type TrustFacts } from './levels'

const weighing = systemViewer('standing')
const AT_ONCE = 200

/** After what may have moved it: whoever has a handle among these. */
export async function weighTrust(handleIds: string[]): Promise<void> {
  const wanted = [...new Set(handleIds)]
  if (wanted.length === 0) return
  const rows = await db.selectDistinct({ personId: handles.personId }).from(handles).where(inArray(handles.id, wanted))
  await weighPeople(rows.flatMap(({ personId }) => personId ?? []))
}

/** A relationship was confirmed or ended, a person was suspended or let in again. */
export async function weighTrustOf(event: Happened): Promise<void> {
  const { personId, handleId } = event.payload as { personId?: string; handleId?: string }
  if (personId) await weighPeople([personId])
  else if (handleId) await weighTrust([handleId])
}

/** Every night: who read has come further, and who has not may fall short. */
export async function weighEverybody(): Promise<void> {
  await transaction(weighing, forgetOldDays)
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await db
      .select({ id: people.id })
      .from(people)
      .where(sql`${people.id} > ${after}::uuid and ${people.status} = 'member'`)
      .orderBy(people.id)
      .limit(AT_ONCE)
    if (rows.length === 0) return
    await weighPeople(rows.map(({ id }) => id))
    after = rows.at(-1)?.id ?? after
  }
}

export async function weighPeople(personIds: string[]): Promise<void> {
  if (personIds.length === 0) return
  await transaction(weighing, async (tx) => {
    // Two at once would both write down the same rise.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('trust'))`)
    const at = now()
    const [facts, before] = [await factsOf(tx, personIds), await standingOf(tx, personIds)]
    const rows = [...facts].map(([personId, theirs]) => {
      const stood = before.get(personId) ?? { level: 0 as Level, since: at, shortSince: null }
      return { stood, stands: { personId, ...movedTo(stood, theirs, at), weighedAt: at } }
    })
    if (rows.length === 0) return
    await tx
      .insert(trustLevels)
      .values(rows.map(({ stands }) => stands))
      .onConflictDoUpdate({
        target: trustLevels.personId,
        set: {
          level: sql`excluded.level`,
          since: sql`excluded.since`,
          shortSince: sql`excluded.short_since`,
          weighedAt: sql`excluded.weighed_at`,
        },
      })
    for (const { stood, stands } of rows)
      if (stands.level !== stood.level) await record(tx, weighing, 'trust.changed', { personId: stands.personId, value: stands.level })
  })
}

export async function standingOf(tx: Pick<Tx, 'select'>, personIds: string[]): Promise<Map<string, Standing>> {
  const rows = await tx.select().from(trustLevels).where(inArray(trustLevels.personId, personIds))
  return new Map(rows.map(({ personId, level, since, shortSince }) => [personId, { level: level as Level, since, shortSince }]))
}

/** What the portal knows already; nothing is asked of anybody for it. Each table is looked at once, however many they are. */
export async function factsOf(tx: Pick<Tx, 'execute'>, personIds: string[]): Promise<Map<string, TrustFacts>> {
  const since = sql`(${now().toISOString()}::timestamptz - make_interval(days => ${LOOKS_BACK_DAYS}))`
  const rows = await tx.execute<Record<keyof TrustFacts, number | boolean | string> & { person_id: string }>(sql`
    with wanted as materialized (select x.id::uuid as id from jsonb_array_elements_text(${JSON.stringify(personIds)}::jsonb) x(id)),
    theirs as materialized (select h.id, h.person_id from wanted p join handles h on h.person_id = p.id),
    taken as (select t.person_id, count(distinct e.post_id) filter (where e.cause <> 'answer-helpful') as answers, count(distinct e.by_handle_id) as people
      from theirs t join reputation_entries e on e.handle_id = t.id and e.taken_back_at is null
      where e.cause in ('answer-accepted', 'answer-marked', 'answer-confirmed', 'answer-helpful') group by t.person_id),
    removed as (select x.person_id, count(*) as total from (
        select t.person_id, o.hidden_by_decision_id as by from theirs t join posts o on o.handle_id = t.id
        union all select t.person_id, o.hidden_by_decision_id from theirs t join threads o on o.handle_id = t.id) x
      join decisions d on d.id = x.by where d.decided_by is not null and d.decided_at >= ${since} group by x.person_id),
    reads as (select r.person_id, count(*) as total, count(*) filter (where r.read_at >= ${since}) as recent
      from wanted p join thread_reads r on r.person_id = p.id group by r.person_id),
    days as (select r.person_id, count(*) as total, count(*) filter (where r.day >= ${since}::date) as recent
      from wanted p join reading_days r on r.person_id = p.id group by r.person_id),
    wrote as (select t.person_id, count(distinct w.thread_id) as total, count(distinct w.thread_id) filter (where w.created_at >= ${since}) as recent
      from theirs t join posts w on w.handle_id = t.id and w.kind in ('answer', 'comment') and w.source is null and w.hidden_by_decision_id is null group by t.person_id)
    select p.id as person_id,
      exists (select 1 from account_emails m where m.person_id = p.id and m.confirmed_at is not null) as "confirmed",
      exists (select 1 from theirs t join relationships r on r.handle_id = t.id join relationship_states s on s.relationship_id = r.id
        where t.person_id = p.id and s.vendor_confirmed_at is not null and s.person_confirmed_at is not null and s.ended_at is null) as "verified",
      coalesce(reads.total, 0) as "threadsRead", coalesce(reads.recent, 0) as "recentThreadsRead",
      coalesce(days.total, 0) + coalesce((select earlier_days from trust_levels l where l.person_id = p.id), 0) as "daysRead", coalesce(days.recent, 0) as "recentDaysRead",
      coalesce(taken.answers, 0) as "answersTaken", coalesce(taken.people, 0) as "peopleHelped",
      coalesce(wrote.total, 0) as "threadsWrittenIn", coalesce(wrote.recent, 0) as "recentThreadsWrittenIn", coalesce(removed.total, 0) as "recentlyRemoved",
      exists (select 1 from suspensions s where s.person_id = p.id and s.lifted_by_decision_id is null and (s.created_at >= ${since} or s.until is null or s.until >= ${since})) as "recentlySuspended"
    from wanted w_ join people p on p.id = w_.id
      left join taken on taken.person_id = p.id left join removed on removed.person_id = p.id left join reads on reads.person_id = p.id
      left join days on days.person_id = p.id left join wrote on wrote.person_id = p.id`)
  return new Map(
    rows.map(({ person_id, ...row }) => [
      person_id,
      Object.fromEntries(
        Object.entries(row).map(([fact, value]) => [fact, typeof value === 'boolean' ? value : Number(value)]),
      ) as TrustFacts,
    ]),
  )
}

// Which days somebody read is kept no longer than trust looks back; after that only how many they were.
async function forgetOldDays(tx: Tx) {
  const at = now().toISOString()
  await tx.execute(sql`
    with old as (delete from reading_days where day < (${at}::timestamptz - make_interval(days => ${LOOKS_BACK_DAYS}))::date returning person_id),
    counted as (select person_id, count(*)::int as days from old group by person_id)
    insert into trust_levels as it (person_id, level, since, earlier_days, weighed_at) select person_id, 0, ${at}::timestamptz, days, ${at}::timestamptz from counted
    on conflict (person_id) do update set earlier_days = it.earlier_days + excluded.earlier_days`)
}
