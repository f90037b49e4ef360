import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { Server } from 'socket.io'
import { io as connectTo, type Socket } from 'socket.io-client'
import { closeDatabase, configureDatabase, db } from '~/db/client'
import { newId } from '~/db/ids'
import type { Happened } from '~/server/events'
import { notifyWhoIsTold } from '~/server/notifications'
import { migrateDatabase } from '~/server/platform/database'
import { startEmbeddedPostgres } from '~/server/platform/embedded-postgres'
import { poke, startRealtime } from '~/server/platform/realtime'
import { mayEnter } from '~/server/rooms'

const FOLLOWERS = Number(process.argv[2]) || 1000
const SOCKETS = Number(process.argv[3]) || 500
const EVENTS = 20
const ORIGIN = 'http://parley.example'

type Thread = { threadId: string; communityId: string; answererId: string }

const scratch = mkdtempSync(join(tmpdir(), 'parley-live-'))
chmodSync(scratch, 0o711)
const database = await startEmbeddedPostgres({ dataDir: scratch, fast: true })
try {
  await migrateDatabase(database.ownerUrl, database.appUrl)
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} })
  const thread = await aFollowedThread(owner)
  configureDatabase(database.appUrl)
  await fanOut(thread, owner)
  await delivery(`thread:${thread.threadId}`)
  await owner.end()
} finally {
  await closeDatabase()
  await database.stop()
  rmSync(scratch, { recursive: true, force: true })
}
process.exit(0)

/** A question that many follow, with one answer for each event. */
async function aFollowedThread(owner: postgres.Sql): Promise<Thread> {
  const [threadId, communityId, answererId] = [newId(), newId(), newId()]
  await owner.unsafe(`
    insert into people (id) select gen_random_uuid() from generate_series(1, ${FOLLOWERS + 1});
    insert into handles (id, kind, person_id, handle, display_name) select gen_random_uuid(), 'member', id, 'p' || row_number() over (), 'Person' from people;
    update handles set id = '${answererId}' where handle = 'p1';
    insert into communities (id, slug, name, access) values ('${communityId}', 'bench', 'Bench', 'open');
    insert into threads (id, community_id, kind, title, handle_id) values ('${threadId}', '${communityId}', 'question', 'Who follows this?', '${answererId}');
    insert into posts (id, thread_id, kind, handle_id, markdown, html) values (gen_random_uuid(), '${threadId}', 'opening', '${answererId}', 'x', '<p>x</p>');
    insert into thread_follows (thread_id, handle_id) select '${threadId}', id from handles where handle <> 'p1'`)
  return { threadId, communityId, answererId }
}

/** One event told to everybody who follows, each time as one more answer; beside the bare insert of as many rows with the same indexes. */
async function fanOut({ threadId, communityId, answererId }: Thread, owner: postgres.Sql) {
  await owner.unsafe('create table bench_rows (like notifications including all); grant all on bench_rows to parley_app; analyze')
  const [ours, bare] = [[] as number[], [] as number[]]
  for (let n = 0; n < EVENTS; n++) {
    const postId = newId()
    await owner`insert into posts (id, thread_id, kind, handle_id, markdown, html) values (${postId}, ${threadId}, 'answer', ${answererId}, 'x', '<p>x</p>')`
    const event = {
      id: newId(),
      kind: 'question.answered',
      occurredAt: new Date(),
      actorHandleId: answererId,
      payload: { communityId, threadId, postId, vendorId: null },
    }
    ours.push(await timed(() => notifyWhoIsTold(event as unknown as Happened)))
    bare.push(
      await timed(() =>
        db.execute(sql`insert into bench_rows (id, person_id, interaction_id, kind, why, object_kind, object_id, group_id)
          select gen_random_uuid(), person_id, ${event.id}::uuid, 'x', 'x', 'post', ${postId}::uuid, gen_random_uuid() from handles where handle <> 'p1'`),
      ),
    )
  }
  const [{ count } = { count: 0 }] = await owner<{ count: number }[]>`select count(*)::int as count from notifications`
  if (count !== FOLLOWERS * EVENTS) throw new Error(`${count} were told, not ${FOLLOWERS * EVENTS}`)
  say(`one event to ${FOLLOWERS} followers`, ours, `inserting ${FOLLOWERS} rows`, bare)
}

/** From the poke to each of the sockets that have the thread open; beside a socket.io server that broadcasts the same to as many. */
async function delivery(room: string) {
  const plain = createServer()
  const bareIo = new Server(plain, { transports: ['websocket'], serveClient: false })
  bareIo.on('connection', (socket) => void socket.join(room))
  const bare = await measured(
    plain,
    '/socket.io',
    async () => {},
    () => void bareIo.to(room).emit('poke', { room, event: 'post.voted', seq: 1 }),
  )
  await bareIo.close()

  const http = createServer()
  const io = startRealtime(http, { origins: [ORIGIN], mayEnter })
  const enter = async (socket: Socket) => void (await socket.timeout(60_000).emitWithAck('enter', { room, since: 0 }))
  const ours = await measured(http, '/live', enter, () => poke([room], { id: newId(), kind: 'post.voted' }))
  await io.close()
  say(`one poke to ${SOCKETS} sockets`, ours, 'a bare broadcast of socket.io', bare)
}

async function measured(http: HttpServer, path: string, enter: (socket: Socket) => Promise<void>, tell: () => unknown): Promise<number[]> {
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const sockets: Socket[] = []
  for (let n = 0; n < SOCKETS; n++) {
    const socket = connectTo(address, {
      path,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { origin: ORIGIN },
    })
    await new Promise((resolve) => socket.once('connect', () => resolve(undefined)))
    await enter(socket)
    sockets.push(socket)
  }
  const took: number[] = []
  for (let n = 0; n < EVENTS; n++) {
    const began = performance.now()
    const all = sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.once('poke', () => {
            took.push(performance.now() - began)
            resolve()
          })
        }),
    )
    await tell()
    await Promise.all(all)
  }
  for (const socket of sockets) socket.close()
  return took
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

function say(what: string, ours: number[], beside: string, bare: number[]) {
  const at = (took: number[], share: number) =>
    [...took].sort((a, b) => a - b)[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0
  const line = (name: string, took: number[]) =>
    `  ${name.padEnd(36)} p50 ${at(took, 0.5).toFixed(1)} ms   p99 ${at(took, 0.99).toFixed(1)} ms`
  const ratio = (share: number) => (at(ours, share) / at(bare, share)).toFixed(1)
  console.log([`${what}:`, line('the portal', ours), line(beside, bare), `  ratio: ${ratio(0.5)} at p50, ${ratio(0.99)} at p99`].join('\n'))
}
