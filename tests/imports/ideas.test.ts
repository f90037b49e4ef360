import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '~/db/client'
import { ideaList, ideaPage } from '~/server/ideas'
import {
  asIdeaBoard,
  importCommunity,
  readFider,
  readPetitions,
  readStackExchange,
  readVotedIssues,
  type ImportSet,
} from '~/server/imports'
import { foldedLine } from '~/server/platform/text'
import { systemViewer, visitor } from '~/server/viewer'
import { unique } from '../support/cast'

const SEED = 'db/seed/data'
const viewer = systemViewer('import')

const SETS: [name: string, read: () => Promise<ImportSet>][] = [
  ['iris-voted-issues', () => readVotedIssues(`${SEED}/iris-voted-issues`)],
  ['we-the-people-1k', () => readPetitions(`${SEED}/we-the-people-1k`)],
  ['french-language-meta', async () => asIdeaBoard(await readStackExchange(`${SEED}/french-language-meta`))],
]

const ideasOf = (slug: string) =>
  db.execute<{ title: string; status: string; score: number }>(
    sql`select t.title, i.status, t.score from ideas i join threads t on t.id = i.thread_id join communities c on c.id = i.community_id where c.slug = ${slug} order by t.score desc, t.title`,
  )

test.each(SETS)(
  '%s: the database holds exactly what the files say; a dry run says so before and writes nothing, and a second run changes nothing',
  async (name, read) => {
    const set = await read()
    const slug = unique('board')
    const dry = await importCommunity(viewer, set, { slug, dryRun: true })
    expect(await ideasOf(slug)).toHaveLength(0)
    const first = await importCommunity(viewer, set, { slug })
    expect(first.written).toEqual(dry.written)
    expect(first.facts).toEqual(await expectedFacts(name))
    const before = [...(await ideasOf(slug))]
    const second = await importCommunity(viewer, set, { slug })
    expect(Object.values(second.written).every((count) => count === 0)).toBe(true)
    expect([...(await ideasOf(slug))]).toEqual(before)
  },
  180_000,
)

test('broken off in any batch and started again, it ends in the same state', async () => {
  const set = await readPetitions(`${SEED}/we-the-people-1k`)
  const [whole, broken] = [unique('board'), unique('board')]
  await importCommunity(viewer, set, { slug: whole })
  for (const batch of [1, 2, 4])
    await importCommunity(viewer, set, {
      slug: broken,
      onBatch: (done) => {
        if (done >= batch) throw new Error('the power went')
      },
    }).catch(() => undefined)
  await importCommunity(viewer, set, { slug: broken })
  expect([...(await ideasOf(broken))]).toEqual([...(await ideasOf(whole))])
}, 120_000)

test('of a site about a site, what asks for something is an idea, and stands where its tags say', async () => {
  const slug = unique('board')
  await importCommunity(viewer, asIdeaBoard(await readStackExchange(`${SEED}/french-language-meta`)), { slug })
  const statuses = new Map((await ideasOf(slug)).map(({ title, status }) => [title, status]))
  expect(statuses.get('Not possible to have accents in tags?')).toBe('shipped')
  expect(statuses.get('Facitility to type accented characters')).toBe('open')
  expect(statuses.has("Est-ce qu'on se tutoie?")).toBe(false)
  const [room] = await db.execute<{ id: string }>(sql`select id from communities where slug = ${slug}`)
  const top = await ideaList(visitor, { communityId: room?.id ?? '', view: 'top' })
  expect(top.ideas[0]).toMatchObject({ score: 26, by: { placeholder: true } })
  expect(await ideaPage(visitor, top.ideas[0]?.threadId ?? '')).toMatchObject({ status: 'open', steps: [] })
}, 120_000)

const HEADER =
  'number,title,description,created_at,created_by,votes_count,comments_count,status,responded_by,responded_at,response,original_number,original_title,tags'

async function aFider(...lines: string[]) {
  const directory = await mkdtemp(join(tmpdir(), 'parley-fider-'))
  await writeFile(join(directory, 'posts.csv'), [HEADER, ...lines].join('\n'))
  return directory
}

test('an export of Fider brings its ideas with how they stand and what was said to them', async () => {
  const directory = await aFider(
    '1,A dark theme,For the night,2025-01-02T10:00:00Z,Noor,12,3,completed,Dara,2025-03-01T10:00:00Z,Since *version 4*.,,,"look,night"',
    '2,A dark theme please,,2025-01-05T10:00:00Z,Jun,2,0,duplicate,,,,1,A dark theme,',
    '3,Bigger letters,"So that I, too, can read",2025-02-02T10:00:00Z,Noor,4,0,planned,,,,,,',
  )
  const slug = unique('board')
  const report = await importCommunity(viewer, await readFider(directory, { site: 'https://ideas.example' }), { slug })
  expect(report.facts).toEqual({ ideas: 2, sum_votes: 16, distinct_authors: 1, statuses: { planned: 1, shipped: 1 } })
  expect(report.notImported).toMatchObject([
    { kind: 'duplicate', count: 1 },
    { kind: 'comment', count: 3 },
  ])
  const [room] = await db.execute<{ id: string }>(sql`select id from communities where slug = ${slug}`)
  const { ideas } = await ideaList(visitor, { communityId: room?.id ?? '', view: 'top' })
  const page = await ideaPage(visitor, ideas[0]?.threadId ?? '')
  expect(page).toMatchObject({
    status: 'shipped',
    steps: [{ status: 'shipped', by: null }],
    credited: [{ displayName: 'Noor', placeholder: true }],
  })
  expect(page.steps[0]?.html).toContain('<em>version 4</em>')
})

test('what cannot be read is named by file and row, and nothing is written', async () => {
  const good = '1,A dark theme,For the night,2025-01-02T10:00:00Z,Noor,12,0,open,,,,,,'
  const says = async (...lines: string[]) => readFider(await aFider(...lines)).then(String, (error: Error) => error.message)
  expect(await says(good, good)).toMatch(/posts\.csv, row 2: number 1 was there before/)
  expect(await says(good, good.replace('1,', '2,').replace('open', 'someday'))).toMatch(/row 2: .*someday/)
  expect(await says(good.replace('12', 'many'))).toMatch(/row 1: votes_count should be a whole number/)
  const directory = await mkdtemp(join(tmpdir(), 'parley-issues-'))
  await writeFile(
    join(directory, 'voted-issues.json'),
    JSON.stringify({ data: [[1, '<a href="javascript:alert(1)">#1</a>', 'x', 'A title']] }),
  )
  await expect(readVotedIssues(directory)).rejects.toThrow(/voted-issues\.json, row 1: issue is missing/)
  await writeFile(join(directory, 'voted-issues.json'), '{')
  await expect(readVotedIssues(directory)).rejects.toThrow(/not well formed/)
  await expect(readPetitions(directory)).rejects.toThrow(/petitions\.csv: The file is missing/)
})

async function expectedFacts(name: string): Promise<Record<string, unknown>> {
  // What was replaced in the copy before it came here is no fact about the import.
  const { phone_numbers_replaced: _, ...facts } = JSON.parse(await readFile(`${SEED}/${name}/facts.json`, 'utf8'), folded) as Facts
  return facts
}

type Facts = Record<string, unknown>

/** A title is one line: its no-break spaces are spaces here. */
const folded = (_: string, value: unknown) => (typeof value === 'string' ? foldedLine(value) : value)
