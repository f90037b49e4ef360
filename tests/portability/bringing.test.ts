import { eq, sql } from 'drizzle-orm'
import { createHash } from 'node:crypto'
import { PassThrough, Readable, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import { broughtArchives, interactions, limitCounters } from '~/db/schema'
import { preferTerms } from '~/server/agreements'
import { askErasure, eraseDue } from '~/server/erasure'
import { NotFound } from '~/server/errors'
import { writeArchive } from '~/server/platform/archive'
import { setClock } from '~/server/platform/clock'
import { takeOneFile } from '~/server/platform/multipart'
import { storage } from '~/server/platform/storage'
import { bringArchive, broughtAlong, broughtPage, forgetExports, takeArchive, undoArchive } from '~/server/portability'
import { keepReceipt } from '~/server/receipts'
import { askQuestion } from '~/server/threads'
import { addOwnField, giveGrant, keepAttribute, myVault, ownFields } from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, aVendor, owner } from '../support/cast'
import { fetched, made, opened } from './files'

/** Somebody with a field, a field of their own, a question, a grant and its receipt; and their export. */
async function withAFile() {
  const [vendor, amina] = [await aVendor('Tern Works'), await aMember('Amina')]
  const room = await aCommunity({ members: [amina] })
  await keepAttribute(amina, 'role', { value: 'Office lead' })
  await keepAttribute(amina, 'industry', { value: 'Health' })
  await addOwnField(amina, { label: 'Badge', kind: 'text', value: 'B-17', sensitive: 'yes' })
  await askQuestion(amina, room.slug, { title: 'Where did the folder go?', body: 'It was here.', tags: [], product: undefined })
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  const grantId = await giveGrant(amina, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until })
  await keepReceipt({
    kind: 'grant.given',
    occurredAt: new Date(),
    payload: { grantId, personId: amina.personId, vendorId: vendor.id },
  } as never)
  await preferTerms(amina, { reach: 'SD-BASE-A', furthest: 'SD-BASE-AT', agent: 'asks', beyond: 'refuse' })
  return { amina, vendor, grantId, file: await fetched(amina, await made(amina)) }
}

const bring = (viewer: PersonViewer, file: Buffer) => bringArchive(viewer, Readable.from([file], { objectMode: false }))
const fieldsOf = async (viewer: PersonViewer) =>
  (await ownFields(viewer))
    .map(({ key, label, value }) => [label ?? key, value])
    .sort(([one = ''], [other = '']) => one.localeCompare(other))
const keysOf = async (viewer: PersonViewer, id: string) => (await broughtPage(viewer, id)).fields.map(({ field }) => field.key)
const eventsOf = async ({ personId }: PersonViewer) =>
  (
    await owner
      .select({ kind: interactions.kind })
      .from(interactions)
      .where(sql`payload->>'personId' = ${personId} and kind like 'archive.%'`)
      .orderBy(interactions.occurredAt, interactions.id)
  ).map(({ kind }) => kind)

test('what is in a file is shown before anything changes: each field beside what stands here, and how many signatures hold', async () => {
  const { file } = await withAFile()
  const bo = await aMember('Bo')
  await keepAttribute(bo, 'role', { value: 'Baker' })
  await keepAttribute(bo, 'industry', { value: 'Health' })
  const id = await bring(bo, file)
  const page = await broughtPage(bo, id)
  expect(page.fields.map(({ field, fate, mine }) => [field.label ?? field.key, fate, mine?.value ?? null])).toEqual([
    ['role', 'differs', 'Baker'],
    ['industry', 'same', 'Health'],
    ['Badge', 'new', null],
  ])
  expect(page).toMatchObject({
    terms: true,
    settings: true,
    archive: { takenAt: null, contents: { fields: 3, contributions: 1, files: 0 } },
  })
  const { signed, holding } = page.archive.contents
  expect([signed > 0, holding]).toEqual([true, signed])
  expect(await fieldsOf(bo)).toEqual([['industry', 'Health'], ['role', 'Baker']]) // prettier-ignore
  expect(await broughtAlong(bo)).toEqual([])
})

test('what was chosen is taken over as it was said and when; twice is once; undone, everything is as it was', async () => {
  const { file } = await withAFile()
  const bo = await aMember('Bo')
  await keepAttribute(bo, 'role', { value: 'Baker' })
  const id = await bring(bo, file)
  const fields = await keysOf(bo, id)
  await takeArchive(bo, id, { fields, also: ['terms'] })
  expect(await takeArchive(bo, id, { fields, also: ['terms'] })).toBeNull()
  expect(await bring(bo, file)).toBe(id)
  expect(await fieldsOf(bo)).toEqual([['Badge', 'B-17'], ['industry', 'Health'], ['role', 'Office lead']]) // prettier-ignore
  expect(await broughtAlong(bo)).toMatchObject([{ id, contents: { contributions: 1 } }])
  const terms = async () => (await opened(await fetched(bo, await made(bo)))).text('terms.json').then((text) => JSON.parse(text) as unknown)
  expect(await terms()).toMatchObject({ everybody: { proffered: 'SD-BASE-A', furthest: 'SD-BASE-AT', agentAccepts: false } })

  await keepAttribute(bo, 'industry', { value: 'Baking' })
  expect(await undoArchive(bo, id)).toMatchObject({ left: 1 })
  expect(await fieldsOf(bo)).toEqual([['industry', 'Baking'], ['role', 'Baker']]) // prettier-ignore
  expect(await broughtAlong(bo)).toEqual([])
  await expect(undoArchive(bo, id)).rejects.toThrow(NotFound)
  expect(await eventsOf(bo)).toEqual(['archive.brought', 'archive.taken', 'archive.undone'])
})

test('what was not chosen stays as it is', async () => {
  const { file } = await withAFile()
  const bo = await aMember('Bo')
  await keepAttribute(bo, 'role', { value: 'Baker' })
  const id = await bring(bo, file)
  await takeArchive(bo, id, { fields: ['industry'], also: [] })
  expect(await fieldsOf(bo)).toEqual([['industry', 'Health'], ['role', 'Baker']]) // prettier-ignore
  const { text } = await opened(await fetched(bo, await made(bo)))
  expect(JSON.parse(await text('terms.json'))).toMatchObject({ everybody: null })
})

test('what was signed and written elsewhere goes along in the next export, byte by byte, and a grant of there is none here', async () => {
  const { file, grantId, amina } = await withAFile()
  const bo = await aMember('Bo')
  await takeArchive(bo, await bring(bo, file), { fields: [], also: [] })
  const [from, to] = [await opened(file), await opened(await fetched(bo, await made(bo)))]
  for (const name of [`receipts/${grantId}.jws`, 'keys.jwks.json', 'contributions.jsonld', 'access-log.ndjson', 'grants.jsonld'])
    expect(await to.text(name), name).toBe(await from.text(name))
  expect((await myVault(bo)).live).toEqual([])
  // Brought once more to where it came from, nothing is there twice.
  await takeArchive(amina, await bring(amina, file), { fields: [], also: [] })
  const again = await opened(await fetched(amina, await made(amina)))
  for (const name of ['contributions.jsonld', 'grants.jsonld', 'keys.jwks.json'])
    expect(await again.text(name), name).toBe(await from.text(name))
  expect(again.names).toEqual(from.names)
})

async function zip(parts: Record<string, string>, manifest: (files: unknown[]) => unknown): Promise<Buffer> {
  const pieces: Buffer[] = []
  const to = new Writable({ write: (piece: Buffer, _, done) => (pieces.push(piece), done()) })
  await writeArchive(to, Readable.from(Object.entries(parts).map(([name, text]) => ({ name, content: Buffer.from(text) }))), manifest)
  return Buffer.concat(pieces)
}
const proper = (files: unknown[]) => ({ format: 'parley-export', formatVersion: 2, createdAt: new Date().toISOString(), portal: 'https://elsewhere.example', files }) // prettier-ignore

/** Sealed like a whole one, with a name in it that leads out of every folder. */
async function leadingOut(): Promise<Buffer> {
  const bytes = Buffer.from((await zip({ 'aa/aa/evil': 'x' }, proper)).toString('latin1').replaceAll('aa/aa/evil', '../../evil'), 'latin1')
  const said = bytes.subarray(0, bytes.length - 64)
  return Buffer.concat([said, Buffer.from(createHash('sha256').update(said).digest('hex'))])
}

test('a file that is cut off, changed, no export or of another version is refused in words, and nothing of it is kept', async () => {
  const { file } = await withAFile()
  const changed = Buffer.from(file)
  changed[200] = (changed[200] ?? 0) ^ 1
  const refused: [Buffer, string][] = [
    [Buffer.from('no archive at all'), 'changed'],
    [Buffer.alloc(0), 'changed'],
    [file.subarray(0, file.length - 1000), 'changed'],
    [changed, 'changed'],
    [await leadingOut(), 'not-an-archive'],
    [await zip({}, () => ({ hello: 1 })), 'no-manifest'],
    [await zip({}, (files) => ({ ...proper(files), formatVersion: 9 })), 'other-version'],
    [await zip({ 'vault.json': '{}' }, () => proper([])), 'changed'],
    [await zip({}, () => proper([{ name: 'vault.json', bytes: 1, sha256: '0'.repeat(64) }])), 'missing-part'],
    [await zip({ 'contributions.jsonld': `{"a":"${'x'.repeat(5_000_000)}"}` }, proper), 'too-large'],
    [await zip({ 'drafts.ndjson': Array.from({ length: 200_001 }, (_, n) => `{"n":${n}}`).join('\n') }, proper), 'too-large'],
    [await zip({}, (files) => ({ ...proper(files), said: 'x'.repeat(17_000_000) })), 'too-large'],
  ]
  for (const [bytes, reason] of refused) {
    const bo = await aMember('Bo')
    await expect(bring(bo, bytes), reason).rejects.toMatchObject({ fields: { file: `portability.notTaken.${reason}` } })
    expect(await owner.select().from(broughtArchives).where(eq(broughtArchives.personId, bo.personId))).toEqual([])
  }
})

test('hostile fields are not taken: a value that cannot stand, a name that is none, and what only looks like a record', async () => {
  const bo = await aMember('Bo')
  const at = new Date(Date.now() + 86_400_000).toISOString()
  const field = (key: string, value: string, more = {}) => ({ key, label: null, kind: null, sensitive: null, value, source: 'self', confirmedAt: at, ...more }) // prettier-ignore
  const fields = [
    field('e-mail', 'not an address'),
    field('team-size', '12'),
    field('constructor', 'x'),
    field('own-1', 'javascript:alert(1)', { label: 'Site', kind: 'url', sensitive: false }),
    field('own-2', 'B-17', { label: 'Badge', kind: 'text', sensitive: false }),
    field('own-3', 'B-18', { label: 'badge', kind: 'text', sensitive: false }),
    field('own-4', '7', { label: 'Desk', kind: 'number', sensitive: false }),
    field('team-size', '13'),
  ]
  await addOwnField(bo, { label: 'Desk', kind: 'text', value: 'By the window', sensitive: 'no' })
  const signed = `receipts/${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}.jws`
  const id = await bring(bo, await zip({ 'vault.json': JSON.stringify({ fields }), [signed]: '{"payload":"e30","signatures":[]}', 'contributions.jsonld': '{"@context":"x"\n{"a":1},\n{broken\n]}' }, proper)) // prettier-ignore
  const page = await broughtPage(bo, id)
  expect(page.fields.map(({ field: { key }, fate }) => [key, fate])).toEqual([
    ['e-mail', 'unfit'],
    ['team-size', 'new'],
    ['constructor', 'unfit'],
    ['own-1', 'unfit'],
    ['own-2', 'new'],
    ['own-3', 'unfit'],
    ['own-4', 'unfit'],
    ['team-size', 'unfit'],
  ])
  expect(page.archive).toMatchObject({ portal: 'elsewhere.example', contents: { signed: 1, holding: 0, contributions: 1 } })
  await takeArchive(bo, id, { fields: fields.map(({ key }) => key), also: ['terms', 'settings'] })
  expect(await fieldsOf(bo)).toEqual([['Badge', 'B-17'], ['Desk', 'By the window'], ['team-size', '12']]) // prettier-ignore
  // Nobody confirmed it tomorrow.
  for (const { confirmedAt } of await ownFields(bo)) expect(confirmedAt.getTime()).toBeLessThanOrEqual(Date.now())
})

test('a file is nobody’s but who brought it; only the newest waits, for a day, and what waits is sealed', async () => {
  const { file, amina } = await withAFile()
  const [bo, chen] = [await aMember('Bo'), await aMember('Chen')]
  const id = await bring(bo, file)
  for (const stranger of [amina, chen]) {
    await expect(broughtPage(stranger, id)).rejects.toThrow(NotFound)
    await expect(takeArchive(stranger, id, { fields: [], also: [] })).rejects.toThrow(NotFound)
    await expect(undoArchive(stranger, id)).rejects.toThrow(NotFound)
    expect(await transaction(stranger, (tx) => tx.select().from(broughtArchives).where(eq(broughtArchives.id, id)))).toEqual([])
  }
  expect(await db.select().from(broughtArchives).where(eq(broughtArchives.id, id))).toEqual([])
  await expect(
    transaction(chen, (tx) => tx.insert(broughtArchives).values({ id: crypto.randomUUID(), personId: bo.personId })),
  ).rejects.toThrow()
  const pieceOf = (one: string) => `kept-brought-${one}-00000`
  const kept = Buffer.from(await new Response((await storage().read(pieceOf(id))) as ReadableStream).arrayBuffer())
  for (const said of ['PK\u0003\u0004', 'vault.json', 'Badge']) expect(kept.includes(said), said).toBe(false)

  const next = await bring(bo, await zip({}, proper))
  await expect(broughtPage(bo, id)).rejects.toThrow(NotFound)
  expect(await storage().has(pieceOf(id))).toBe(false)
  setClock(new Date(Date.now() + 25 * 3_600_000))
  try {
    await forgetExports()
  } finally {
    setClock(null)
  }
  expect([await storage().has(pieceOf(next)), await owner.select().from(broughtArchives).where(eq(broughtArchives.id, next))]).toEqual([false, []]) // prettier-ignore
  // What was taken stays.
  const taken = await bring(chen, file)
  await takeArchive(chen, taken, { fields: [], also: [] })
  setClock(new Date(Date.now() + 40 * 3_600_000))
  try {
    await forgetExports()
  } finally {
    setClock(null)
  }
  expect(await broughtAlong(chen)).toHaveLength(1)
})

test('with its owner goes what they brought along: the rows, and every piece in the store', async () => {
  const { file } = await withAFile()
  const bo = { ...(await aMember('Bo')), proved: true }
  const id = await bring(bo, file)
  await takeArchive(bo, id, { fields: await keysOf(bo, id), also: [] })
  expect(await storage().has(`kept-brought-${id}-00000`)).toBe(true)
  await askErasure(bo, { posts: 'nameless', credit: undefined, when: 'now', handle: bo.handle })
  await eraseDue()
  expect(await storage().has(`kept-brought-${id}-00000`)).toBe(false)
  expect(await owner.select().from(broughtArchives).where(eq(broughtArchives.personId, bo.personId))).toEqual([])
  await expect(bring(bo, file)).rejects.toThrow()
})

test('a file of many pieces is read here and there as it is from end to end', async () => {
  const bo = await aMember('Bo')
  const noise = (n: number) => Array.from({ length: 8 }, (_, part) => createHash('sha512').update(`${n} ${part}`).digest('base64')).join('')
  const log = Array.from({ length: 20_000 }, (_, n) => `${JSON.stringify({ n, noise: noise(n) })}\n`).join('')
  const bytes = await zip({ 'access-log.ndjson': log, 'vault.json': JSON.stringify({ fields: [] }) }, proper)
  expect(bytes.length).toBeGreaterThan(2 * 4 * 1024 * 1024)
  const id = await bring(bo, bytes)
  expect((await broughtPage(bo, id)).archive).toMatchObject({ bytes: bytes.length, contents: { readings: 20_000 } })
  await takeArchive(bo, id, { fields: [], also: [] })
  const { text } = await opened(await fetched(bo, await made(bo)))
  expect(await text('access-log.ndjson')).toBe(log)
})

test('one file of somebody arrives at a time, ten are kept, and nothing is left of one whose owner is erased meanwhile', async () => {
  const bo = await aMember('Bo')
  const held = new PassThrough()
  const first = bringArchive(bo, held)
  await expect(bring(bo, await zip({}, proper))).rejects.toMatchObject({ key: 'files.busy' })
  held.end(await zip({ 'vault.json': '{"fields":[]}' }, proper))
  await first
  const mayTryAgain = () => owner.delete(limitCounters).where(eq(limitCounters.key, bo.personId))
  for (let n = 0; n < 10; n += 1) {
    await mayTryAgain()
    await takeArchive(bo, await bring(bo, await zip({ 'vault.json': `{"fields":[],"n":${n}}` }, proper)), { fields: [], also: [] })
  }
  await mayTryAgain()
  await expect(bring(bo, await zip({}, proper))).rejects.toMatchObject({ fields: { file: 'portability.mostKept' } })

  const ada = await aMember('Ada')
  const arriving = new PassThrough()
  const late = bringArchive(ada, arriving)
  await expect.poll(() => owner.$count(broughtArchives, eq(broughtArchives.personId, ada.personId))).toBe(1)
  const [row] = await owner.select().from(broughtArchives).where(eq(broughtArchives.personId, ada.personId))
  await owner.delete(broughtArchives).where(eq(broughtArchives.personId, ada.personId))
  arriving.end(await zip({}, proper))
  await expect(late).rejects.toThrow(NotFound)
  expect(await storage().has(`kept-brought-${row?.id}-00000`)).toBe(false)
})

test('a file that is not wanted is read to its end all the same: whoever sent it is answered', async () => {
  const sent = () => {
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(3_000_000)]), 'parley.zip')
    return new Request('https://parley.example/me/import', { method: 'POST', body: form })
  }
  const given = { field: 'file', bytes: 10_000_000 }
  await expect(takeOneFile(sent(), given, () => Promise.reject(new NotFound()))).rejects.toThrow(NotFound)
  expect(await takeOneFile(sent(), given, () => Promise.resolve('enough'))).toEqual({ taken: 'enough' })
  const whole = async (content: Readable) => (await content.toArray()).reduce((sum: number, piece: Buffer) => sum + piece.length, 0)
  expect(await takeOneFile(sent(), given, whole)).toEqual({ taken: 3_000_000 })
  expect(await takeOneFile(sent(), { ...given, bytes: 1_000_000 }, whole)).toEqual({ problem: 'tooLarge' })
  expect(await takeOneFile(sent(), { ...given, field: 'another' }, whole)).toBeNull()
})
