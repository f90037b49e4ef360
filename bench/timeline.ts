import { sql } from 'drizzle-orm'
import { performance } from 'node:perf_hooks'
import type postgres from 'postgres'
import { transaction, type Tx } from '~/db/client'
import { record, type Happened } from '~/server/events'
import { gathered } from '~/server/identity/account-timeline'
import { keepRelationship } from '~/server/relationships'
import { timelinePage } from '~/server/relationships/timeline'
import { NO_ROLES, type PersonViewer } from '~/server/viewer'
import { onScratch, timed } from './scratch'

const PEOPLE = Number(process.argv[2]) || 200_000
const EACH = 49
const BUSY = PEOPLE
/** So many people of each of the two accounts said who they are. */
const AT_A_COMPANY = 200
const A_PAGE = 31

await onScratch('timeline', load, measure)

/** Everybody has some fifty acts with one vendor, the first as many as there are people; and two companies of two hundred, one at a vendor to whom nobody granted anything. */
async function load(owner: postgres.Sql) {
  const begun = performance.now()
  await owner.unsafe(`
    set work_mem = '256MB'; set maintenance_work_mem = '1GB';
    insert into vendors (id, slug, name) select bench_id('vendor' || v), 'bench-' || v, 'Bench' from generate_series(0, 1) v;
    insert into people (id) select bench_id('person' || i) from generate_series(0, ${PEOPLE}) i;
    insert into handles (id, kind, person_id, handle, display_name) select bench_id('handle' || i), 'member', bench_id('person' || i), 'bench-' || i, 'Bench' from generate_series(0, ${PEOPLE}) i;
    insert into vendor_staff (id, vendor_id, person_id, role) select bench_id('staff' || v), bench_id('vendor' || v), bench_id('person0'), 'support' from generate_series(0, 1) v;
    insert into relationships (id, vendor_id, handle_id, since, last_at) select bench_id('relationship' || i), bench_id('vendor0'), bench_id('handle' || i), now(), now() from generate_series(1, ${PEOPLE}) i;
    insert into relationships (id, vendor_id, handle_id, since, last_at) select bench_id('other' || i), bench_id('vendor1'), bench_id('handle' || i), now(), now() from generate_series(1, ${AT_A_COMPANY}) i;
    insert into vendor_organizations (id, vendor_id, name, name_norm) select bench_id('company' || v), bench_id('vendor' || v), 'Company', 'company' from generate_series(0, 1) v;
    insert into accounts (id, vendor_id, organization_id, owner_id) select bench_id('account' || v), bench_id('vendor' || v), bench_id('company' || v), bench_id('person0') from generate_series(0, 1) v;
    insert into contacts (id, vendor_id, name, name_norm, came_from, basis) select bench_id('contact' || v || '-' || i), bench_id('vendor' || v), 'Bench', 'bench', 'other', 'contract' from generate_series(0, 1) v, generate_series(1, ${AT_A_COMPANY}) i;
    insert into vendor_affiliations (id, vendor_id, contact_id, organization_id, started_on, source) select gen_random_uuid(), bench_id('vendor' || v), bench_id('contact' || v || '-' || i), bench_id('company' || v), '2020-01-01', 'staff' from generate_series(0, 1) v, generate_series(1, ${AT_A_COMPANY}) i;
    insert into contact_links (id, vendor_id, contact_id, handle_id) select gen_random_uuid(), bench_id('vendor' || v), bench_id('contact' || v || '-' || i), bench_id('handle' || i) from generate_series(0, 1) v, generate_series(1, ${AT_A_COMPANY}) i;
    insert into grants (id, person_id, handle_id, vendor_id, purpose, ends_at) select gen_random_uuid(), bench_id('person' || i), bench_id('handle' || i), bench_id('vendor0'), 'relationship', now() + interval '1 month' from generate_series(1, ${PEOPLE}, 2) i;
    select make_interaction_month(now() - m * interval '1 month') from generate_series(0, 12) m;
    create temp table acts as select i as person, n, gen_random_uuid() as id, now() - random() * 364 * interval '1 day' as at from generate_series(1, ${PEOPLE}) i, generate_series(1, ${EACH}) n;
    insert into acts select 1, n, gen_random_uuid(), now() - random() * 364 * interval '1 day' from generate_series(1, ${BUSY}) n;
    insert into timeline_entries (relationship_id, occurred_at, interaction_id, kind, side, actor_handle_id) select bench_id('relationship' || person), at, id, 'question.answered', 'theirs', bench_id('handle' || person) from acts;
    insert into timeline_entries (relationship_id, occurred_at, interaction_id, kind, side, actor_handle_id) select bench_id('other' || person), at, id, 'question.answered', 'theirs', bench_id('handle' || person) from acts where person <= ${AT_A_COMPANY};
    insert into interactions (id, occurred_at, kind, actor_kind, actor_handle_id, vendor_id, payload) select id, at, 'question.answered', 'person', bench_id('handle' || person), bench_id('vendor0'), '{}' from acts`)
  const [size] = await owner<{ rows: string; bytes: string }[]>`select (select count(*) from timeline_entries)::text as rows,
    pg_size_pretty((select sum(pg_total_relation_size(inhrelid)) from pg_inherits where inhparent = 'timeline_entries'::regclass)) as bytes`
  console.log(
    `loaded ${size?.rows} entries of ${PEOPLE} people (${size?.bytes}) in ${((performance.now() - begun) / 60_000).toFixed(1)} min`,
  )
}

async function measure(owner: postgres.Sql) {
  const idOf = async (name: string) => (await owner<{ id: string }[]>`select bench_id(${name}) as id`)[0]?.id ?? ''
  const vendors = [await idOf('vendor0'), await idOf('vendor1')]
  const staffOf = vendors.map((vendorId, nth) => ({ vendorId, vendorSlug: `bench-${nth}`, vendorName: 'Bench', role: 'support' }))
  const dara = {
    ...{ ...NO_ROLES, kind: 'person', personId: await idOf('person0'), handleId: await idOf('handle0'), confirmed: true, silences: [] },
    staffOf,
  } as unknown as PersonViewer
  const facts = async (name: string, of: string) => ({
    relationshipId: await idOf(name),
    vendorId: vendors[0] ?? '',
    handleId: await idOf(of),
  })
  const bare = (relationshipId: string) => () =>
    owner`select * from timeline_entries where relationship_id = ${relationshipId} order by occurred_at desc, interaction_id desc limit ${A_PAGE}`
  for (const [name, record_] of [
    ['a quiet person', await facts(`relationship${PEOPLE}`, `handle${PEOPLE}`)],
    ['a busy person', await facts('relationship1', 'handle1')],
  ] as const) {
    const least = await timed(`the newest of ${name}, one bare index scan`, 300, bare(record_.relationshipId))
    await timed(
      `the newest of ${name}, as the record reads it`,
      300,
      () => transaction(dara, (tx) => timelinePage(tx, dara, record_, null)),
      least,
    )
    await plans(dara, (tx) => timelinePage(tx, dara, record_, null))
  }
  const ids = await owner<{ id: string }[]>`select bench_id('relationship' || i) as id from generate_series(1, ${AT_A_COMPANY}, 2) i`
  const all = ids.map(({ id }) => id)
  const least = await timed(
    `the newest of ${all.length} people, by one bare index scan each`,
    100,
    () =>
      owner`select e.* from unnest(${all}::uuid[]) m(id) cross join lateral (select * from timeline_entries e where e.relationship_id = m.id
      order by occurred_at desc, interaction_id desc limit ${A_PAGE}) e order by e.occurred_at desc, e.interaction_id desc limit ${A_PAGE}`,
  )
  for (const [nth, name] of ['an account with grants', 'an account without any'].entries()) {
    const it = { accountId: await idOf(`account${nth}`), vendorId: vendors[nth] ?? '' }
    await timed(`the newest of ${name}`, 100, () => transaction(dara, (tx) => gathered(tx, dara, it, null)), least)
    await plans(dara, (tx) => gathered(tx, dara, it, null))
  }
  await writing(owner, dara)
}

/** One act in one transaction, and what follows from it, beside the same two rows. */
async function writing(owner: postgres.Sql, dara: PersonViewer) {
  const [[vendorId = '', handleId = ''], amount] = [
    (await owner<{ id: string }[]>`select bench_id(n) as id from unnest(array['vendor0', 'handle2']) n`).map(({ id }) => id),
    300,
  ]
  const member = {
    ...dara,
    personId: (await owner<{ id: string }[]>`select bench_id('person2') as id`)[0]?.id ?? '',
    handleId,
    staffOf: [],
  } as unknown as PersonViewer
  const relationshipId = (await owner<{ id: string }[]>`select bench_id('relationship2') as id`)[0]?.id ?? ''
  const least = await timed('two bare rows in one transaction', amount, () =>
    owner.begin(async (tx) => {
      await tx`insert into interactions (id, occurred_at, kind, actor_kind, payload) values (gen_random_uuid(), clock_timestamp(), 'relationship.noted', 'person', '{}')`
      await tx`insert into timeline_entries (relationship_id, occurred_at, interaction_id, kind, side) values (${relationshipId}, clock_timestamp(), gen_random_uuid(), 'relationship.contested', 'theirs')`
    }),
  )
  await timed(
    'one act, and its entry on the record',
    amount,
    async () => {
      const contestId = crypto.randomUUID()
      await transaction(member, (tx) => record(tx, member, 'relationship.contested', { relationshipId, vendorId, handleId, contestId }))
      const event = {
        id: contestId,
        kind: 'relationship.contested',
        occurredAt: new Date(),
        actorHandleId: handleId,
        payload: { relationshipId, vendorId, handleId, contestId },
      }
      await keepRelationship(event as unknown as Happened)
    },
    least,
  )
}

/** The plan of every statement of some work, as the portal’s role runs it. */
async function plans(viewer: PersonViewer, work: (tx: Tx) => Promise<unknown>): Promise<void> {
  await transaction(viewer, async (tx) => {
    const explaining = new Proxy(tx, {
      get: (target, key) =>
        key === 'execute'
          ? async (query: ReturnType<typeof sql>) => {
              const rows = await target.execute<{ 'QUERY PLAN': string }>(
                sql`explain (analyze, buffers, costs off, timing off, summary off) ${query}`,
              )
              console.log(rows.map((row) => `    ${row['QUERY PLAN']}`).join('\n'))
              return target.execute(query)
            }
          : (Reflect.get(target, key) as unknown),
    })
    await work(explaining)
  })
}
