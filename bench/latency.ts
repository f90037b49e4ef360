import { sql } from 'drizzle-orm'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import postgres from 'postgres'
import { closeDatabase, configureDatabase, db } from '~/db/client'
import { migrateDatabase } from '~/server/platform/database'
import { startEmbeddedPostgres } from '~/server/platform/embedded-postgres'
import { searchPage, similarQuestions } from '~/server/search'
import { visitor } from '~/server/viewer'

const THREADS = Number(process.argv[2]) || 200_000
const TIMES = 400
const VOCABULARY = 40_000
/** p99 of similar questions, in milliseconds. */
const MOST = 100

/** Word number n of an invented language: five to eleven letters, no two alike, and few that are one error apart. */
const SYLLABLES = [
  'ka',
  'lo',
  'min',
  'ter',
  'vas',
  'ruk',
  'pel',
  'dor',
  'shi',
  'gan',
  'bel',
  'tos',
  'fri',
  'wen',
  'zal',
  'hup',
  'cor',
  'nex',
  'jid',
  'mab',
]
function word(number: number): string {
  let left = number + 400
  let made = ''
  while (left > 0) {
    made += SYLLABLES[left % 20]
    left = Math.floor(left / 20)
  }
  return made
}

// As in living language, the word of rank r is about r times rarer than the first. A fixed row of chances, so that two runs are alike.
let chance = 42
const random = () => (chance = (chance * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
const someWord = () => word(Math.floor(VOCABULARY ** random()) - 1)
const words = (many: number) => Array.from({ length: many }, someWord).join(' ')

const scratch = mkdtempSync(join(tmpdir(), 'parley-latency-'))
chmodSync(scratch, 0o711)
const database = await startEmbeddedPostgres({ dataDir: scratch, fast: true })
let met = false
try {
  await migrateDatabase(database.ownerUrl, database.appUrl)
  const titles = await load()
  configureDatabase(database.appUrl, { max: 1 })
  met = await measure(titles)
} finally {
  await closeDatabase()
  await database.stop()
  rmSync(scratch, { recursive: true, force: true })
}
process.exit(met ? 0 : 1)

async function load(): Promise<string[]> {
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
  await owner.unsafe(`create function bench_id(name text) returns uuid language sql immutable parallel safe return overlay(overlay(md5(name) placing '7' from 13) placing '8' from 17)::uuid;
    insert into people (id) values (bench_id('person')); insert into handles (id, kind, person_id, handle, display_name) values (bench_id('handle'), 'member', bench_id('person'), 'bench', 'Bench');
    insert into communities (id, slug, name, access, thread_count) values (bench_id('room'), 'bench', 'Bench', 'open', ${THREADS});
    create table bench_texts (i int primary key, title text, body text)`)
  const titles: string[] = []
  for (let from = 0; from < THREADS; from += 2_000) {
    const rows = Array.from({ length: 2_000 }, (_, index) => ({ i: from + index, title: words(8), body: words(60) }))
    titles.push(...rows.map((row) => row.title))
    await owner`insert into bench_texts ${owner(rows, 'i', 'title', 'body')}`
  }
  await owner.unsafe(`
    insert into threads (id, community_id, kind, title, handle_id, answer_count, created_at, active_at) select bench_id('thread' || i), bench_id('room'), 'question', title, bench_id('handle'), 1, now() - i * interval '1 minute', now() - i * interval '1 minute' from bench_texts;
    insert into posts (id, thread_id, kind, handle_id, markdown, html, created_at) select bench_id('opening' || i), bench_id('thread' || i), 'opening', bench_id('handle'), body, '<p>' || body || '</p>', now() from bench_texts;
    insert into posts (id, thread_id, kind, handle_id, markdown, html, created_at) select bench_id('answer' || i), bench_id('thread' || i), 'answer', bench_id('handle'), body, '<p>' || body || '</p>', now() from bench_texts;
    update threads set accepted_post_id = bench_id('answer' || i) from bench_texts where i % 3 = 0 and threads.id = bench_id('thread' || i);
    insert into search_documents (thread_id, community_id, solved, lexemes, created_at)
      select bench_id('thread' || i), bench_id('room'), i % 3 = 0, setweight(search_lexemes(title), 'A') || setweight(search_lexemes(body), 'C')
        || array_to_tsvector(array(select '^' || w from unnest(tsvector_to_array(search_lexemes(title))) w) || array['=title:' || md5(search_text(title)), '=in:' || bench_id('room'), '=kind:question']), now() - i * interval '1 minute' from bench_texts;
    insert into search_words (word, community_id, threads, titles)
      select w.lexeme, d.community_id, count(*), count(*) filter (where 'A' = any(w.weights)) from search_documents d, unnest(ts_filter(d.lexemes, '{a,b,c}')) w group by 1, 2`)
  await owner.unsafe('vacuum analyze')
  await owner.end()
  return titles
}

async function measure(titles: string[]): Promise<boolean> {
  const [rare, common] = [word(VOCABULARY - 100), word(1)]
  const title = (index: number) => titles[(index * 7_919) % titles.length] as string
  const mistyped = (text: string) =>
    text
      .split(' ')
      .map((one, index) => (index % 3 === 2 ? one.slice(0, 2) + one.slice(3) : one))
      .join(' ')
  const bare = await timed('a bare indexed query (a thread by its id)', (index) =>
    db.execute(sql`select * from threads where id = bench_id(${`thread${(index * 7_919) % THREADS}`})`),
  )
  const similar = await timed('similar questions, as typed', (index) => similarQuestions(visitor, 'bench', title(index)), bare)
  const forgiven = await timed(
    'similar questions, with errors',
    (index) => similarQuestions(visitor, 'bench', mistyped(title(index))),
    bare,
  )
  const common3 = await timed(
    'similar questions, common words only',
    (index) => similarQuestions(visitor, 'bench', `${word(index % 5)} ${word(5 + (index % 7))} ${word(12)}`),
    bare,
  )
  await timed('search, a rare word', () => searchPage(visitor, { q: rare }), bare)
  await timed('search, a common word', () => searchPage(visitor, { q: common }), bare)
  await timed('search, three words', (index) => searchPage(visitor, { q: title(index).split(' ').slice(0, 3).join(' ') }), bare)
  return [similar, forgiven, common3].every(({ p99 }) => p99 < MOST)
}

type Measured = { p50: number; p99: number }

async function timed(name: string, once: (index: number) => Promise<unknown>, floor?: Measured): Promise<Measured> {
  for (let index = 0; index < 20; index += 1) await once(index + 100_000)
  const times: number[] = []
  for (let index = 0; index < TIMES; index += 1) {
    const start = performance.now()
    await once(index)
    times.push(performance.now() - start)
  }
  times.sort((one, other) => one - other)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0
  const measured = { p50: at(0.5), p99: at(0.99) }
  const ratio = floor ? `×${(measured.p50 / floor.p50).toFixed(0)} of the bare query` : ''
  console.log(`${name.padEnd(44)} p50 ${measured.p50.toFixed(1).padStart(7)} ms  p99 ${measured.p99.toFixed(1).padStart(7)} ms  ${ratio}`)
  return measured
}
