import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import postgres from 'postgres'
import { migrateDatabase } from '~/server/platform/database'
import { startEmbeddedPostgres } from '~/server/platform/embedded-postgres'
import { startBuilt, stopBuilt } from '../support/built-portal'

const PEOPLE = 40
const THREADS = 20
const ANSWERS = 5
const PORT = 41_000 + (process.pid % 1500)
const HERE = `http://127.0.0.1:${PORT}`

type Act = { what: 'answer' | 'vote' | 'accept'; thread: number; post: number; person: number; path: string; body: Record<string, string> }

const id = (name: string) => {
  const hash = createHash('md5').update(name).digest('hex')
  return [hash.slice(0, 8), hash.slice(8, 12), `7${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20)].join('-')
}
const answerId = (thread: number, post: number) => id(`answer${thread}-${post}`)
/** Everybody asks one question, answers under others and follows five. */
const askerOf = (thread: number) => thread
const answererOf = (thread: number, post: number) => THREADS + ((thread + post) % (PEOPLE - THREADS))

test('what was acknowledged when the server is killed is there once, counted and told once, and an open page catches up', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const folder = mkdtempSync(join(tmpdir(), 'parley-killed-'))
  chmodSync(folder, 0o711)
  const database = await startEmbeddedPostgres({ dataDir: folder, fast: true })
  await migrateDatabase(database.ownerUrl, database.appUrl)
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
  const secret = randomBytes(16).toString('hex')
  const cookieOf = (person: number) => `parley_session=${secret}${person}`
  await peopled(owner, secret)
  const numbers = new Map(
    (await owner<{ id: string; number: string }[]>`select id, number from threads`).map((row) => [row.id, Number(row.number)]),
  )
  const numberOf = (thread: number) => numbers.get(id(`thread${thread}`)) ?? 0
  const serve = () => startBuilt({ database, folder, port: PORT })
  let server = await serve()
  try {
    const page = await openPage(`/c/room/${numberOf(0)}`, cookieOf(askerOf(0)))
    const acts = everyAct(numberOf)
    expect(acts).toHaveLength(200)
    const acknowledged: Act[] = []
    const sent = acts.map(async (act) => {
      const answer = await fetch(HERE + act.path, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: cookieOf(act.person), origin: HERE, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(act.body).toString(),
      }).catch(() => null)
      expect([302, undefined]).toContain(answer?.status)
      if (answer) acknowledged.push(act)
      if (acknowledged.length === 60) server.kill('SIGKILL')
    })
    await Promise.all(sent)
    expect(acknowledged.length).toBeGreaterThanOrEqual(60)
    expect(acknowledged.length).toBeLessThan(200)
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')

    server = await serve()
    // What the dead one had taken comes back to the living after its lease; here at once.
    await owner`update deliveries set next_at = now()`
    await expect
      .poll(async () => (await owner`select (select count(*) from outbox) + (select count(*) from deliveries) as left`)[0]?.left, {
        timeout: 60_000,
      })
      .toBe('0')
    await everythingOnce(owner, acknowledged)
    await sameAsAFreshPage(page, `/c/room/${numberOf(0)}`, cookieOf(askerOf(0)))
  } finally {
    await stopBuilt(server)
    await owner.end()
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }

  async function openPage(path: string, cookie: string): Promise<Page> {
    const context = await browser.newContext({ baseURL: HERE })
    const [name = '', value = ''] = cookie.split('=')
    await context.addCookies([{ name, value, url: HERE }])
    const page = await context.newPage()
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Question 0')
    return page
  }

  /** The page that was open all the while, once it has let in what waited, and one that is opened now. */
  async function sameAsAFreshPage(open: Page, path: string, cookie: string) {
    const fresh = await openPage(path, cookie)
    const says = async (page: Page) => page.getByRole('article').allInnerTexts()
    const expected = (await says(fresh)).map(withoutTimes).sort()
    await expect(async () => {
      const bar = open.getByRole('status').getByRole('button')
      if (await bar.count()) await bar.first().click()
      expect((await says(open)).map(withoutTimes).sort()).toEqual(expected)
    }).toPass({ timeout: 30_000 })
  }
})

const withoutTimes = (words: string) => words.replace(/\b(now|just now|\d+ \w+ ago)\b/g, '').replace(/\s+/g, ' ')

/** A hundred answers, eighty votes and twenty acceptances. */
function everyAct(numberOf: (thread: number) => number): Act[] {
  const answers = Array.from({ length: 100 }, (_, n): Act => {
    const [thread, person] = [n % THREADS, (n * 7 + 3) % PEOPLE]
    return {
      what: 'answer',
      thread,
      post: n,
      person,
      path: `/c/room/${numberOf(thread)}`,
      body: { body: `The answer that is number ${n} of all.` },
    }
  })
  const votes = Array.from({ length: 80 }, (_, n): Act => {
    const [thread, post] = [n % THREADS, Math.floor(n / THREADS)]
    return {
      what: 'vote',
      thread,
      post,
      person: (thread + 1) % THREADS,
      path: `/posts/${answerId(thread, post)}/vote`,
      body: { value: '1' },
    }
  })
  const accepts = Array.from({ length: THREADS }, (_, thread): Act => {
    const post = thread % ANSWERS
    return { what: 'accept', thread, post, person: askerOf(thread), path: `/posts/${answerId(thread, post)}/acceptance`, body: {} }
  })
  const all = [...answers, ...votes, ...accepts]
  return all.map((_, n) => all[(n * 77) % all.length] as Act)
}

async function everythingOnce(owner: postgres.Sql, acknowledged: Act[]) {
  const written = await owner<{ markdown: string; times: number }[]>`
    select markdown, count(*)::int as times from posts where markdown like 'The answer that is number%' group by markdown`
  const times = new Map(written.map((row) => [row.markdown, row.times]))
  expect([...times.values()].filter((many) => many > 1)).toEqual([])
  const lost: Act[] = []
  for (const act of acknowledged) {
    const [there] =
      act.what === 'answer'
        ? [times.has(act.body.body ?? '')]
        : act.what === 'vote'
          ? await owner`select 1 from votes where post_id = ${answerId(act.thread, act.post)} and handle_id = ${id(`handle${act.person}`)} and value = 1`
          : await owner`select 1 from answer_acceptances where thread_id = ${id(`thread${act.thread}`)} and answer_id = ${answerId(act.thread, act.post)}`
    if (!there) lost.push(act)
  }
  expect(lost).toEqual([])

  const miscounted = await owner`
    select t.id from threads t where t.answer_count <> (select count(*) from posts p where p.thread_id = t.id and p.kind = 'answer')
      or t.follower_count <> (select count(*) from thread_follows f where f.thread_id = t.id)
      or t.accepted_post_id is distinct from (select a.answer_id from answer_acceptances a where a.thread_id = t.id)
    union all select p.id from posts p where p.score <> (select coalesce(sum(v.value), 0) from votes v where v.post_id = p.id and v.counts)`
  expect(miscounted.length).toBe(0)

  // One event for each answer, and of each event one notification for everybody who followed when it was told, but for whoever wrote it.
  const [events] =
    await owner`select count(*)::int as events, count(distinct payload ->> 'postId')::int as answers from interactions where kind = 'question.answered'`
  expect(events).toEqual({ events: written.length, answers: written.length })
  const untold = await owner`
    select f.thread_id from interactions i join thread_follows f on f.thread_id = (i.payload ->> 'threadId')::uuid join handles h on h.id = f.handle_id
    where i.kind = 'question.answered' and f.handle_id <> i.actor_handle_id and f.created_at < i.occurred_at
      and (select count(*) from notifications n where n.interaction_id = i.id and n.person_id = h.person_id) <> 1`
  expect(untold.length).toBe(0)
  const [twice] =
    await owner`select count(*)::int as many from (select 1 from notifications group by person_id, interaction_id having count(*) > 1) twice`
  expect(twice?.many).toBe(0)
}

async function peopled(owner: postgres.Sql, secret: string) {
  const people = Array.from({ length: PEOPLE }, (_, n) => n)
  await owner`insert into people ${owner(people.map((n) => ({ id: id(`person${n}`) })))}`
  await owner`insert into handles ${owner(
    people.map((n) => ({
      id: id(`handle${n}`),
      kind: 'member',
      person_id: id(`person${n}`),
      handle: `member-${n}`,
      display_name: `Member ${n}`,
    })),
  )}`
  await owner`insert into account_emails ${owner(
    people.map((n) => ({
      id: id(`mail${n}`),
      person_id: id(`person${n}`),
      address: `m${n}@people.example`,
      address_norm: `m${n}@people.example`,
      confirmed_at: new Date(),
    })),
  )}`
  await owner`insert into sessions ${owner(
    people.map((n) => ({
      id: createHash('sha256').update(`${secret}${n}`).digest('hex'),
      person_id: id(`person${n}`),
      expires_at: new Date(Date.now() + 86_400_000),
    })),
  )}`
  await owner`insert into communities ${owner([{ id: id('room'), slug: 'room', name: 'A room', access: 'open', thread_count: THREADS }])}`
  const threads = Array.from({ length: THREADS }, (_, n) => n)
  const before = new Date(Date.now() - 3_600_000)
  await owner`insert into threads ${owner(
    threads.map((n) => ({
      id: id(`thread${n}`), community_id: id('room'), kind: 'question', title: `Question ${n}`, handle_id: id(`handle${askerOf(n)}`),
      answer_count: ANSWERS, follower_count: 6, created_at: before, active_at: before,
    })),
  )}` // prettier-ignore
  await owner`insert into posts ${owner(
    threads.flatMap((n) => [
      { id: id(`opening${n}`), thread_id: id(`thread${n}`), kind: 'opening', handle_id: id(`handle${askerOf(n)}`), markdown: 'Why?', html: '<p>Why?</p>', created_at: before },
      ...Array.from({ length: ANSWERS }, (_, post) => ({
        id: answerId(n, post), thread_id: id(`thread${n}`), kind: 'answer', handle_id: id(`handle${answererOf(n, post)}`),
        markdown: `Because ${post}.`, html: `<p>Because ${post}.</p>`, created_at: before,
      })),
    ]),
  )}` // prettier-ignore
  await owner`insert into thread_follows ${owner(
    threads.flatMap((n) => [askerOf(n), ...Array.from({ length: ANSWERS }, (_, post) => answererOf(n, post))].map((person) => ({
      thread_id: id(`thread${n}`), handle_id: id(`handle${person}`), created_at: before,
    }))),
  )}` // prettier-ignore
}
