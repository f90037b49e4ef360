import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import { newId } from '~/db/ids'
import {
  erasureNotices,
  erasureResidues,
  erasures,
  handles,
  interactions,
  outgoingMails,
  people,
  personKeys,
  posts,
  relationships,
} from '~/db/schema'
import { keepFile, reconcileFiles, sweepFiles } from '~/server/attachments'
import {
  acknowledgeErasure,
  askErasure,
  callBackErasure,
  eraseAgain,
  eraseDue,
  erasurePage,
  erasuresOwed,
  statementBy,
} from '~/server/erasure'
import { Conflict, Forbidden, Invalid, NotFound, ProveFirst } from '~/server/errors'
import { indexErased, indexThread } from '~/server/search'
import { MARKED } from '~/server/erasure/marking'
import { appeal, decide, decideAppeal, flag } from '~/server/moderation'
import { openArchive } from '~/server/platform/archive'
import { writeBackup } from '~/server/platform/backup'
import { setClock } from '~/server/platform/clock'
import { storage } from '~/server/platform/storage'
import { findPublishedKey } from '~/server/platform/signing-keys'
import { verifyAlone } from '~/server/platform/signatures'
import { noteOnRelationship } from '~/server/relationships'
import { answerQuestion, askQuestion, threadPage } from '~/server/threads'
import { giveGrant, keepAttribute, readGranted } from '~/server/vault'
import { visitor, type PersonViewer } from '~/server/viewer'
import { waitingHere } from '../support/waiting'
import { aQuestion } from '../threads/scene'
import { aCommunity, aMember, anOperator, asViewer, aStaffMember, aVendor, owner, refreshed } from '../support/cast'

const proved = (viewer: PersonViewer): PersonViewer => ({ ...viewer, proved: true })
const token = () => `kestrel${randomBytes(6).toString('hex')}`
const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const asked = (viewer: PersonViewer, more: Partial<Parameters<typeof askErasure>[1]> = {}) =>
  askErasure(proved(viewer), { posts: 'nameless', credit: undefined, when: 'now', handle: viewer.handle, ...more })
async function erased(viewer: PersonViewer, more: Partial<Parameters<typeof askErasure>[1]> = {}) {
  await asked(viewer, more)
  await eraseDue()
  const [done] = await owner
    .select()
    .from(interactions)
    .where(sql`kind = 'person.erased' and payload ->> 'personId' = ${viewer.personId}`)
  await indexErased(done as never)
}

/** Everything that the database holds, row by row, in which one of these words stands. */
async function heldIn(words: string[]): Promise<string[]> {
  const tables = await owner.execute<{ name: string }>(sql`
    select c.oid::regclass::text as name from pg_class c where c.relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace) and c.relkind in ('r', 'p') and not c.relispartition`)
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = await owner.execute<{ row: string }>(
      sql`select x::text as row from ${sql.raw(name)} x where x::text ~* ${words.join('|')} limit 1`,
    )
    if (row) found.push(`${name}: ${row.row.slice(0, 200)}`)
  }
  return found
}

async function heldInFiles(words: string[]): Promise<string[]> {
  const found: string[] = []
  for await (const { key } of storage().list()) {
    const file = await storage().read(key)
    const text = file ? Buffer.from(await new Response(file).arrayBuffer()).toString('latin1') : ''
    if (words.some((word) => text.includes(word) || key.includes(word))) found.push(key)
  }
  return found
}

/** A backup made now, every part of it unpacked. */
async function heldInBackup(words: string[]): Promise<string[]> {
  const file = join(mkdtempSync(join(tmpdir(), 'erasing-')), 'backup.zip')
  const fileKeys = 'select storage_key as key from attachments'
  await writeBackup({ file, ownerUrl: process.env.DATABASE_OWNER_URL ?? '', storage: storage(), fileKeys })
  const archive = await openArchive(file, { parts: 10_000, bytes: 1024 ** 3 })
  const found: string[] = []
  for (const name of archive.parts.keys()) {
    const text = (await archive.bytes(name, 256 * 1024 * 1024)).toString('latin1')
    if (words.some((word) => text.includes(word) || name.includes(word))) found.push(name)
  }
  archive.close()
  expect(archive.parts.size).toBeGreaterThan(100)
  return found
}

async function aLife() {
  const said = Array.from({ length: 12 }, token)
  const word = (nth: number) => said[nth] as string
  const vendor = await aVendor()
  const ada = await aMember(word(0), { email: `${word(1)}@people.example` })
  const [chen, dara] = [await aMember('Chen'), await aStaffMember(vendor)]
  const room = await aCommunity({ members: [ada, chen], hostVendorId: vendor.id })
  const me = proved(await refreshed(ada))
  for (const [key, nth] of [
    ['real-name', 2],
    ['role', 3],
    ['organisation', 4],
  ] as const)
    await keepAttribute(me, key, { value: word(nth) })
  await keepAttribute(me, 'role', { value: `${word(3)} again` })
  const grantId = await giveGrant(me, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until: in30Days })
  await readGranted(dara, me.personId, vendor.id, 'answer')
  const alone = await askQuestion(me, room.slug, {
    title: `About ${word(5)} alone`,
    body: `Only I ask about ${word(5)}.`,
    tags: [],
    product: undefined,
  })
  const answered = await askQuestion(me, room.slug, {
    title: 'Folders come back',
    body: 'They come back each time.',
    tags: [],
    product: undefined,
  })
  const answer = await answerQuestion(chen, answered.threadId, { body: `Ask @${me.handle}, who knew it first.` })
  await keepFile(me, { kind: 'ask', subjectId: room.id }, { name: `${word(6)}.txt`, bytes: Buffer.from(`The log says ${word(7)}`) })
  for (const { threadId } of [alone, answered]) await indexThread({ payload: { threadId } } as never)
  const record = newId()
  await owner
    .insert(relationships)
    .values({ id: record, vendorId: vendor.id, handleId: me.handleId, since: new Date(), lastAt: new Date() })
  return { said, vendor, me, chen, dara, room, grantId, alone, answered, answer, record }
}

test('no byte of what somebody kept is left in any table or file, and their key is gone', async () => {
  const { said, me, alone, answered, room } = await aLife()
  expect((await heldIn(said)).length).toBeGreaterThan(6)
  await erased(me, { posts: 'removed' })
  // Until the mail with the statement has gone, it holds the address.
  await owner
    .update(outgoingMails)
    .set({ sentAt: new Date(Date.now() - 2 * 3_600_000) })
    .where(eq(outgoingMails.toAddress, `${said[1]}@people.example`))
  await eraseDue()
  await sweepFiles()
  expect(await heldIn(said)).toEqual([])
  expect(await heldInFiles(said)).toEqual([])
  expect(await heldInBackup(said)).toEqual([])
  expect(await owner.select().from(personKeys).where(eq(personKeys.personId, me.personId))).toEqual([])
  expect(await owner.select({ id: posts.id }).from(posts).where(eq(posts.threadId, alone.threadId))).toEqual([])
  const page = await threadPage(visitor, { slug: room.slug, number: String(answered.number), order: 'helpful' })
  expect(page.opening).toMatchObject({ by: { displayName: 'Former member', handle: null, placeholder: true } })
  expect(page.answers[0]?.html).toContain('Ask Former member, who knew it first.')
})

test('what they wrote stays under the name that they chose, and nobody takes their handle again', async () => {
  const { me, room, answered } = await aLife()
  await erased(me, { posts: 'credited', credit: 'The one from the coast' })
  const page = await threadPage(visitor, { slug: room.slug, number: String(answered.number), order: 'helpful' })
  expect(page.opening.by?.displayName).toBe('The one from the coast')
  await expect(aMemberNamed(me.handle)).rejects.toThrow()
})

async function aMemberNamed(handle: string) {
  const personId = newId()
  await owner.insert(people).values({ id: personId })
  await owner.insert(handles).values({ id: newId(), kind: 'member', personId, handle, displayName: 'Somebody' })
}

/** Another sign in the middle of the signature: the last one holds two bits alone. */
const changed = (jws: string) => `${jws.slice(0, -40)}${jws.at(-40) === 'A' ? 'B' : 'A'}${jws.slice(-39)}`

test('the vendors are told and say that their copies are gone; the statement says what remains and holds', async () => {
  const { me, vendor, dara, chen, record } = await aLife()
  await noteOnRelationship(dara, record, { body: 'Prefers a call.' })
  await erased(me)
  const [erasure] = await owner.select().from(erasures).where(eq(erasures.personId, me.personId))
  const notices = await erasuresOwed(dara, vendor.slug)
  expect(notices).toMatchObject([{ relationshipId: record, late: false }])
  await expect(erasuresOwed(chen, vendor.slug)).rejects.toThrow(Forbidden)
  await expect(acknowledgeErasure(await aStaffMember(await aVendor()), notices[0]?.id ?? '')).rejects.toThrow(NotFound)
  await acknowledgeErasure(dara, notices[0]?.id ?? '')
  await acknowledgeErasure(dara, notices[0]?.id ?? '')
  expect(await erasuresOwed(dara, vendor.slug)).toEqual([])

  const [mail] = await owner
    .select()
    .from(outgoingMails)
    .where(eq(outgoingMails.id, erasure?.mailId ?? ''))
  const [, link = ''] = /\/erased\/([\w-]+)/.exec(mail?.textBody ?? '') ?? []
  const { signed, says } = await statementBy(link)
  expect(says).toMatchObject({ postsKept: 'nameless', told: [{ name: vendor.name }] })
  expect(says.kept.map(({ what, ground }) => `${what} ${ground}`)).toEqual(
    expect.arrayContaining(['agreements eu-gdpr:A17-3-e', 'posts eu-gdpr:A17-3-a', 'vendor-notes eu-gdpr:A17-3-e']),
  )
  expect(await verifyAlone(signed, findPublishedKey)).not.toBeNull()
  expect(await verifyAlone(changed(signed), findPublishedKey)).toBeNull()
  await expect(statementBy('no-such-link')).rejects.toThrow(NotFound)
})

test('what was kept for a time goes when that is over', async () => {
  const { me, dara, record } = await aLife()
  await noteOnRelationship(dara, record, { body: 'Prefers a call.' })
  await erased(me)
  const [erasure] = await owner.select().from(erasures).where(eq(erasures.personId, me.personId))
  await owner
    .update(erasureResidues)
    .set({ until: '2020-01-01' })
    .where(eq(erasureResidues.erasureId, erasure?.id ?? ''))
  await eraseDue()
  const left = await owner
    .select()
    .from(erasureResidues)
    .where(eq(erasureResidues.erasureId, erasure?.id ?? ''))
  expect(left.length).toBeGreaterThan(0)
  expect(left.every(({ endedAt }) => endedAt !== null)).toBe(true)
  expect(await owner.execute(sql`select 1 from relationship_notes where relationship_id = ${record}::uuid`)).toEqual([])
})

test('within the week it is called back, and asked for once at a time', async () => {
  const { me } = await aLife()
  await asked(me, { when: 'week' })
  await expect(asked(me)).rejects.toThrow(Conflict)
  await eraseDue()
  expect((await erasurePage(me)).asked).toMatchObject({ posts: 'nameless' })
  await callBackErasure(me)
  await callBackErasure(me)
  expect((await erasurePage(me)).asked).toBeNull()
  await eraseDue()
  expect(await asViewer(me.personId)).toMatchObject({ handle: me.handle })
})

test('it takes one’s own handle, fresh proof, and for the last operator somebody else', async () => {
  const { me, chen } = await aLife()
  await expect(
    askErasure({ ...me, proved: false }, { posts: 'nameless', credit: undefined, when: 'now', handle: me.handle }),
  ).rejects.toThrow(ProveFirst)
  await expect(asked(me, { handle: 'somebody-else' })).rejects.toThrow(Invalid)
  await expect(asked(me, { posts: 'credited' })).rejects.toThrow(Invalid)
  await expect(asked(me, { posts: 'credited', credit: chen.handle.toUpperCase() })).rejects.toThrow(Invalid)
  const olu = await anOperator()
  const others = await owner.execute<{ id: string }>(
    sql`update people set is_operator = false where is_operator and id <> ${olu.personId}::uuid returning id`,
  )
  try {
    await expect(asked(olu)).rejects.toMatchObject({ key: 'erasure.lastOperator' })
  } finally {
    for (const { id } of others) await owner.execute(sql`update people set is_operator = true where id = ${id}::uuid`)
  }
})

test('a suspended person may, and nobody by plain SQL in the name of another', async () => {
  const { me, chen } = await aLife()
  await erased({ ...me, suspended: true })
  const [gone] = await owner.select().from(people).where(eq(people.id, me.personId))
  expect(gone?.status).toBe('erased')
  await expect(db.execute(sql`select erase_person(${newId()}::uuid, 'gone', 'former')`)).rejects.toThrow()
  await expect(
    transaction(me, (tx) =>
      tx.insert(erasures).values({ id: newId(), personId: chen.personId, posts: 'removed', shownAs: 'x', dueAt: new Date() }),
    ),
  ).rejects.toThrow()
  expect(await transaction(chen, (tx) => tx.select().from(erasures))).toEqual([])
  expect(await transaction(chen, (tx) => tx.select().from(erasureNotices))).toEqual([])
})

test('whoever comes back with an old backup is erased again, and whoever called it back is not', async () => {
  const { me } = await aLife()
  await erased(me)
  const [erasure] = await owner.select().from(erasures).where(eq(erasures.personId, me.personId))
  const of = eq(erasureNotices.erasureId, erasure?.id ?? '')
  // Files that no row knows are swept; what says who was erased is not.
  setClock(new Date(Date.now() + 3 * 86_400_000))
  await reconcileFiles()
  setClock(null)
  // As a backup of yesterday would have it: the person is here, and nothing is known of an erasure.
  await owner.delete(erasureNotices).where(of)
  await owner.delete(erasureResidues).where(eq(erasureResidues.erasureId, erasure?.id ?? ''))
  await owner.delete(erasures).where(eq(erasures.personId, me.personId))
  await owner.update(people).set({ status: 'member' }).where(eq(people.id, me.personId))
  const handle = token()
  await owner.insert(handles).values({ id: newId(), kind: 'member', personId: me.personId, handle, displayName: handle })
  const stays = await aLife()
  await asked(stays.me, { when: 'week' })
  await callBackErasure(stays.me)
  expect(await eraseAgain()).toBe(1)
  expect(await heldIn([handle])).toEqual([])
  expect(await eraseAgain()).toBe(0)
  expect(await asViewer(stays.me.personId)).toMatchObject({ handle: stays.me.handle })
})

test('an erasure that was cut off before it was marked is marked by night', async () => {
  const { me } = await aLife()
  await erased(me)
  const [erasure] = await owner.select().from(erasures).where(eq(erasures.personId, me.personId))
  const key = `${MARKED}${erasure?.id ?? ''}`
  await storage().remove(key)
  await eraseAgain()
  expect(await storage().has(key)).toBe(true)
})

test('a request that was under way writes nothing for somebody who was erased meanwhile', async () => {
  const { me, vendor } = await aLife()
  await asked(me)
  const outcomes = await owner.transaction(async (tx) => {
    // The erasure is about to end, and holds the person.
    await tx.execute(sql`select 1 from people where id = ${me.personId}::uuid for update`)
    const late = [keepAttribute(me, 'industry', { value: 'Lighthouses' }), keepAttribute(me, 'role', { value: 'Keeper' })]
    const settled = Promise.allSettled(late)
    while ((await waitingHere(tx)) < 2) await new Promise((resolve) => setTimeout(resolve, 20))
    await tx.execute(sql`update people set status = 'erased' where id = ${me.personId}::uuid`)
    return { settled }
  })
  expect((await outcomes.settled).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(giveGrant(me, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until: in30Days })).rejects.toThrow()
})

test('the public chain of moderation holds when the words of an appeal are erased', async () => {
  const { amina, bo, question } = await aQuestion()
  await flag(await aMember('Kim'), 'thread', question.threadId, { reason: 'off-topic', note: undefined })
  const { decisionId } = await decide(bo, 'thread', question.threadId, {
    rule: 'off-topic',
    facts: 'Not about this.',
    why: 'Elsewhere.',
    act: 'hide',
    seen: '',
  })
  const said = token()
  const { appealId } = await appeal(amina, decisionId, { body: `It is about this: ${said}.` })
  await decideAppeal(await anOperator(), appealId, { outcome: 'upheld', facts: 'It is not.' })
  await erased(proved(await refreshed(amina)))
  expect(await heldIn([said])).toEqual([])
  const sealed = await owner.execute<{ holds: boolean }>(
    sql`select m.content = sealed_appeal(a) as holds from moderation_chain m join appeals a on a.id = m.row_id and m.kind = 'appeal' where a.id = ${appealId}::uuid`,
  )
  expect(sealed).toEqual([{ holds: true }])
})
