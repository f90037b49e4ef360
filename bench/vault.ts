import type { SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { transaction } from '~/db/client'
import type { AttributeKey } from '~/server/vault'
import { grantedTo, readGrantedOf } from '~/server/vault/granted'
import { NO_ROLES, type PersonViewer } from '~/server/viewer'
import { onScratch, timed } from './scratch'

const GRANTED = Number(process.argv[2]) || 10_000
const FIELDS = Array.from({ length: 40 }, (_, index) => `field-${index}` as AttributeKey)
/** So many people granted something to other vendors: their rows are in the way. */
const OTHERS = 4

await onScratch('vault', load, measure)

/** One person shares forty fields with the vendor, the others one; four times as many share theirs with somebody else. */
async function load(owner: postgres.Sql) {
  await owner.unsafe(`
    insert into vendors (id, slug, name) select bench_id('vendor' || v), 'bench-' || v, 'Bench' from generate_series(0, ${OTHERS}) v;
    insert into people (id) select bench_id('person' || i) from generate_series(0, ${GRANTED * (OTHERS + 1)}) i;
    insert into handles (id, kind, person_id, handle, display_name) select bench_id('handle' || i), 'member', bench_id('person' || i), 'bench-' || i, 'Bench' from generate_series(0, ${GRANTED * (OTHERS + 1)}) i;
    insert into vendor_staff (id, vendor_id, person_id, role) values (bench_id('staff'), bench_id('vendor0'), bench_id('person0'), 'support');
    insert into vault_attributes (id, person_id, key, value) select gen_random_uuid(), bench_id('person' || i), 'field-' || f, 'What it says' from generate_series(1, ${GRANTED * (OTHERS + 1)}) i, generate_series(0, case when i = 1 then 39 else 0 end) f;
    insert into grants (id, person_id, handle_id, vendor_id, purpose, ends_at) select bench_id('grant' || i), bench_id('person' || i), bench_id('handle' || i), bench_id('vendor' || (i - 1) / ${GRANTED}), 'answer', now() + interval '1 month' from generate_series(1, ${GRANTED * (OTHERS + 1)}) i;
    insert into grant_attributes (grant_id, key) select bench_id('grant' || i), 'field-' || f from generate_series(1, ${GRANTED * (OTHERS + 1)}) i, generate_series(0, case when i = 1 then 39 else 0 end) f`)
}

async function measure(owner: postgres.Sql) {
  const [ids] = await owner<{ vendor: string; staff: string; handle: string; ada: string }[]>`
    select bench_id('vendor0') as vendor, bench_id('person0') as staff, bench_id('handle0') as handle, bench_id('person1') as ada`
  const people = await owner<{ id: string }[]>`select bench_id('person' || i) as id from generate_series(1, ${GRANTED}) i`
  const { vendor = '', staff = '', handle = '', ada = '' } = ids ?? {}
  const seat = { vendorId: vendor, vendorSlug: 'bench-0', vendorName: 'Bench', role: 'support' }
  const dara = {
    ...NO_ROLES,
    kind: 'person',
    personId: staff,
    handleId: handle,
    confirmed: true,
    silences: [],
    staffOf: [seat],
  } as unknown as PersonViewer
  const everybody = people.map(({ id }) => id)
  const unbound = drizzle(owner)
  const beside = async (name: string, ids: string[], times: number) => {
    const query: SQL = grantedTo(vendor, ids, ['answer'], FIELDS)
    const without = await timed(`${name}, the same rows without row-level security`, times, () => unbound.execute(query))
    await timed(`${name}, with it`, times, () => transaction(dara, (tx) => tx.execute(query), ['answer']), without)
    await timed(`${name}, opened and written down as read`, times, () => readGrantedOf(dara, ids, vendor, ['answer'], FIELDS), without)
  }
  await beside('40 fields of one person', [ada], 300)
  await beside(`one field of each of ${GRANTED} people`, everybody, 10)
}
