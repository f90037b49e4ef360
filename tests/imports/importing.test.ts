import { readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { importCommunity, readStackExchange, readThunderbird, type ImportSet } from '~/server/imports'
import { systemViewer } from '~/server/viewer'
import { owner } from '../support/cast'

const SEED = 'db/seed/data'
const viewer = systemViewer('import')

const SETS: [name: string, read: () => Promise<ImportSet>][] = [
  ['thunderbird-support-2024-03', () => readThunderbird(`${SEED}/thunderbird-support-2024-03`)],
  ['quantumcomputing-2018', () => readStackExchange(`${SEED}/quantumcomputing-2018`)],
  ['conlang-meta', () => readStackExchange(`${SEED}/conlang-meta`)],
]

test.each(SETS)(
  '%s: the database holds exactly what the files say, and a second run changes nothing',
  async (name, read) => {
    const set = await read()
    const slug = aSlug()

    const first = await importCommunity(viewer, set, { slug })
    expect(first.facts).toEqual(await expectedFacts(name))
    const before = await contentOf(slug)
    const rows = await rowCounts()

    const second = await importCommunity(viewer, set, { slug })
    expect(second.facts).toEqual(first.facts)
    expect(Object.values(second.written)).toEqual([0, 0, 0, 0, 0])
    expect(second.unchanged).toEqual(first.written)
    expect(await contentOf(slug)).toEqual(before)
    expect(await rowCounts()).toEqual(rows)
  },
  60_000,
)

test.each(SETS)(
  '%s: a dry run tells what would be done and writes nothing',
  async (_, read) => {
    const set = await read()
    const slug = aSlug()
    const rows = await rowCounts()
    const dry = await importCommunity(viewer, set, { slug, dryRun: true })
    expect(await rowCounts()).toEqual(rows)
    expect(dry.facts).toBeUndefined()

    const real = await importCommunity(viewer, set, { slug })
    expect(real.written).toEqual(dry.written)
    const again = await importCommunity(viewer, set, { slug, dryRun: true })
    expect(Object.values(again.written)).toEqual([0, 0, 0, 0, 0])
  },
  60_000,
)

test.each(SETS)(
  '%s: a run broken off in any batch and started again ends in the same state',
  async (_, read) => {
    const set = await read()
    const whole = aSlug()
    await importCommunity(viewer, set, { slug: whole })
    const expected = await contentOf(whole)

    const broken = aSlug()
    for (const batch of [1, 2, 4]) {
      const breakOff = (done: number) => {
        if (done >= batch) throw new Error('the power went')
      }
      await importCommunity(viewer, set, { slug: broken, onBatch: breakOff }).catch(() => {})
    }
    await importCommunity(viewer, set, { slug: broken })
    expect(await contentOf(broken)).toEqual(expected)
  },
  60_000,
)

test('two runs at once end as one', async () => {
  const set = await readStackExchange(`${SEED}/conlang-meta`)
  const [slug, alone] = [aSlug(), aSlug()]
  await importCommunity(viewer, set, { slug: alone })
  await importCommunity(viewer, { ...set, threads: [], authors: new Map() }, { slug })
  await Promise.all([importCommunity(viewer, set, { slug }), importCommunity(viewer, set, { slug })])
  expect((await contentOf(slug)).posts).toEqual((await contentOf(alone)).posts)
}, 60_000)

test('a larger set of the same site adds what is new', async () => {
  const set = await readStackExchange(`${SEED}/conlang-meta`)
  const [slug, atOnce] = [aSlug(), aSlug()]
  const thread = set.threads.find(({ answers }) => answers.length > 2)!
  const earlier = {
    ...set,
    threads: set.threads.slice(10).map((one) => (one === thread ? { ...one, answers: one.answers.slice(0, 1), accepted: null } : one)),
  }
  await importCommunity(viewer, earlier, { slug })
  await importCommunity(viewer, set, { slug })
  await importCommunity(viewer, set, { slug: atOnce })
  expect((await contentOf(slug)).posts).toEqual((await contentOf(atOnce)).posts)
  expect((await contentOf(slug)).tags).toEqual((await contentOf(atOnce)).tags)
})

test('an acceptance taken back here stays taken back', async () => {
  const set = await readStackExchange(`${SEED}/conlang-meta`)
  const slug = aSlug()
  await importCommunity(viewer, set, { slug })
  await db.execute(
    sql`delete from answer_acceptances where thread_id in (select t.id from threads t join communities c on c.id = t.community_id where c.slug = ${slug})`,
  )
  const { written, facts } = await importCommunity(viewer, set, { slug })
  expect(written.acceptances).toBe(0)
  expect(facts?.accepted_answer_ids_present_in_file).toBe(0)
})

test('imported people are placeholders that notify nobody: one event a run', async () => {
  const slug = aSlug()
  await importCommunity(viewer, await readStackExchange(`${SEED}/conlang-meta`), { slug })
  const [people] = await db.execute<{ people: number }>(sql`
    select count(*)::int as people from import_keys k join communities c on c.id = k.community_id join handles h on h.id = k.row_id
    where c.slug = ${slug} and k.kind = 'author' and (h.kind <> 'placeholder' or h.person_id is not null or h.handle is not null)`)
  expect(people?.people).toBe(0)
  const happened = await db.execute<{ kind: string }>(sql`
    select i.kind from interactions i join communities c on c.id = i.community_id where c.slug = ${slug} order by i.occurred_at, i.id`)
  expect([...happened].map(({ kind }) => kind)).toEqual(['community.created', 'community.imported'])
})

test('every imported post says where it comes from and under which licence', async () => {
  const slug = aSlug()
  await importCommunity(viewer, await readStackExchange(`${SEED}/conlang-meta`), { slug })
  const [row] = await db.execute<{ bare: number }>(sql`
    select count(*)::int as bare from posts p join threads t on t.id = p.thread_id join communities c on c.id = t.community_id
    where c.slug = ${slug} and (p.source is null or p.source_url is null or p.licence is null or p.html ~* '<script|javascript:|onerror=')`)
  expect(row?.bare).toBe(0)
})

async function expectedFacts(name: string) {
  return JSON.parse(await readFile(`${SEED}/${name}/facts.json`, 'utf8')) as Record<string, unknown>
}

let slugs = 0
function aSlug() {
  return `import-${process.pid}-${Date.now()}-${(slugs += 1)}`
}

/** All that an import writes, by the numbers it came with: comparable between two communities. */
async function contentOf(slug: string) {
  const digest = async (name: string, rows: ReturnType<typeof sql>) => {
    const [row] = await db.transaction(async (tx) => {
      // Freshly filled tables have no statistics, and import_keys no index by row.
      await tx.execute(sql`set local enable_nestloop = off`)
      return tx.execute<{ rows: number; digest: string }>(
        sql`select count(*)::int as rows, md5(coalesce(string_agg(r::text, '|' order by r::text), '')) as digest from (${rows}) r`,
      )
    })
    return { [name]: { rows: row?.rows, digest: row?.digest } }
  }
  const keys = sql`select k.* from import_keys k join communities c on c.id = k.community_id where c.slug = ${slug}`
  return {
    ...(await digest('keys', sql`select k.source, k.kind, k.source_id from (${keys}) k`)),
    ...(await digest(
      'threads',
      sql`select k.source_id, t.title, t.kind, t.answer_count, t.score, t.imported_locked, t.source_url, t.licence, t.source_meta, t.created_at, t.active_at,
        (select p.source_url from posts p where p.id = t.accepted_post_id) as accepted, h.display_name
        from (${keys}) k join threads t on t.id = k.row_id join handles h on h.id = t.handle_id where k.kind = 'thread'`,
    )),
    ...(await digest(
      'posts',
      sql`select k.kind, k.source_id, p.markdown, p.html, p.score, p.imported_up, p.imported_down, p.imported_as_spam, p.edited_at, p.source_url, p.licence,
        p.source_meta, p.created_at, h.display_name, parent.source_id as parent
        from (${keys}) k join posts p on p.id = k.row_id and p.kind = k.kind join handles h on h.id = p.handle_id
        left join (${keys}) parent on parent.row_id = p.parent_id and parent.kind in ('opening', 'answer')`,
    )),
    ...(await digest(
      'people',
      sql`select k.source_id, h.kind, h.display_name, h.about, h.source_url from (${keys}) k join handles h on h.id = k.row_id where k.kind = 'author'`,
    )),
    ...(await digest(
      'tags',
      sql`select g.name, g.thread_count from tags g join communities c on c.id = g.community_id where c.slug = ${slug}`,
    )),
    ...(await digest(
      'uses',
      sql`select g.name, k.source_id, u.thread_created_at from (${keys}) k join thread_tags u on u.thread_id = k.row_id join tags g on g.id = u.tag_id`,
    )),
    ...(await digest(
      'acceptances',
      sql`select k.source_id, a.accepted_at, h.display_name from (${keys}) k join answer_acceptances a on a.answer_id = k.row_id left join handles h on h.id = a.accepted_by where k.kind = 'answer'`,
    )),
    ...(await digest(
      'runs',
      sql`select r.state, r.source from import_runs r join communities c on c.id = r.community_id where c.slug = ${slug}`,
    )),
    ...(await digest('community', sql`select c.thread_count, c.access, c.source, c.licence from communities c where c.slug = ${slug}`)),
    ...(await digest(
      'events',
      sql`select i.kind, i.payload->'posts' as posts from interactions i join communities c on c.id = i.community_id where c.slug = ${slug}`,
    )),
  }
}

/** Every table of the product, so that nothing can be written unseen. */
async function rowCounts() {
  const tables = await owner.execute<{ name: string }>(
    sql`select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and not relispartition order by 1`,
  )
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const [row] = await owner.execute<{ rows: number }>(sql`select count(*)::int as rows from ${sql.identifier(name)}`)
    counts[name] = row?.rows ?? 0
  }
  return counts
}
