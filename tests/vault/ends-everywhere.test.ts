import { eq, sql } from 'drizzle-orm'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { newId } from '~/db/ids'
import { grants, interactions, outgoingMails, relationships } from '~/db/schema'
import { casePage, openCase } from '~/server/cases'
import { appointDelegate } from '~/server/delegates'
import { delegateBehind } from '~/server/delegates/knowing'
import { listGrants } from '~/server/delegates/tools'
import { proposeIdea, wantedByPage } from '~/server/ideas'
import type { Happened } from '~/server/events'
import { inboxPage, notifyWhoIsTold } from '~/server/notifications'
import { setClock } from '~/server/platform/clock'
import { projectRoot } from '~/server/platform/root'
import { answersOwed, briefsOf, grantedOn, peopleOf, recordHead, staffRecordPage } from '~/server/relationships'
import { deletionsOwed } from '~/server/revocations'
import { searchPage } from '~/server/search'
import { voteOn } from '~/server/threads'
import { giveGrant, keepAttribute, readGranted, revokeGrant, seenBy } from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'
import { mailsTo, minutesPass } from '../notifications/support'
import { fetched, made, opened } from '../portability/files'
import { owner } from '../support/cast'
import { aQuestionForTheVendor } from '../cases/scene'
import { anIdeaOf } from '../ideas/scene'

const token = () => `kestrel${randomBytes(6).toString('hex')}`
const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

async function aLife() {
  const scene = await aQuestionForTheVendor()
  const { amina, dara, vendor, community, question } = scene
  const said = { role: token(), organisation: token(), 'real-name': token() }
  for (const [key, value] of Object.entries(said)) await keepAttribute(amina, key, { value })
  const record = newId()
  await owner
    .insert(relationships)
    .values({ id: record, vendorId: vendor.id, handleId: amina.handleId, since: new Date(), lastAt: new Date() })
  const caseId = await openCase(dara, question.threadId, { body: 'May I see the log of your index?' })
  const idea = await proposeIdea(scene.chen, community.slug, anIdeaOf)
  await voteOn(amina, idea.postId, 1)
  const give = async () => [
    await giveGrant(amina, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until: in30Days }),
    await giveGrant(amina, { vendor: vendor.slug, attributes: Object.keys(said), purpose: 'relationship', until: in30Days }),
  ]
  return { ...scene, said, record, caseId, idea, give }
}
type Life = Awaited<ReturnType<typeof aLife>>

/** TABLE. Every way in which staff come upon what somebody granted, or might: while it holds, those that show it do. */
// prettier-ignore
const ways: { way: string; shows: boolean; ask: (life: Life) => Promise<unknown> }[] = [
  { way: 'the record',                       shows: true,  ask: ({ dara, record }) => staffRecordPage(dara, record, { before: null, purpose: null }) },
  { way: 'the record, naming the purpose',   shows: true,  ask: ({ dara, record }) => staffRecordPage(dara, record, { before: null, purpose: 'relationship' }) },
  { way: 'a brief before a meeting',         shows: true,  ask: ({ dara, record }) => briefsOf(dara, [record]) },
  { way: 'the head of a form of the record', shows: false, ask: ({ dara, record }) => recordHead(dara, record) },
  { way: 'a private case',                   shows: true,  ask: ({ dara, caseId }) => casePage(dara, caseId, null) },
  { way: 'who wants an idea',                shows: true,  ask: ({ dara, idea }) => wantedByPage(dara, String(idea.number)) },
  { way: 'the vault itself',                 shows: true,  ask: ({ dara, amina, vendor }) => readGranted(dara, amina.personId, vendor.id, 'answer', 'relationship', 'offer', 'research') },
  { way: 'what a screen is told of it',      shows: true,  ask: ({ dara, amina, vendor }) => grantedOn(dara, { personId: amina.personId, vendorId: vendor.id }, ['relationship']) },
  { way: 'what she sees as that vendor',     shows: true,  ask: ({ amina, vendor }) => seenBy(amina, vendor.slug) },
  { way: 'the people of the vendor',         shows: false, ask: ({ dara, vendor }) => peopleOf(dara, vendor.slug, { search: '', before: null }) },
  { way: 'the people, by what they are',     shows: false, ask: async ({ dara, vendor, said }) => (await peopleOf(dara, vendor.slug, { search: said.organisation, before: null })).people },
  { way: 'what is owed to people',           shows: false, ask: async ({ dara, vendor }) => [await deletionsOwed(dara, vendor.slug, null), await answersOwed(dara, vendor.slug)] },
  { way: 'search',                           shows: false, ask: async ({ dara, said }) => (await searchPage(dara, { q: said.role })).results },
  { way: 'notifications',                    shows: false, ask: ({ dara }) => inboxPage(dara) },
  { way: 'mail, sent or waiting',            shows: false, ask: () => owner.select({ subject: outgoingMails.subject, text: outgoingMails.textBody, html: outgoingMails.htmlBody }).from(outgoingMails) },
  { way: 'an agent of the reader',           shows: false, ask: async ({ dara }) => listGrants(await anAgentOf(dara)) },
  { way: 'what the reader takes along',      shows: false, ask: async ({ dara }) => everyPart(await opened(await fetched(dara, await made(dara)))) },
  { way: 'events, and sockets by them',      shows: false, ask: ({ vendor }) => owner.select().from(interactions).where(sql`payload ->> 'vendorId' = ${vendor.id}`) },
]

async function anAgentOf(person: PersonViewer) {
  const { token } = await appointDelegate(
    { ...person, proved: true },
    { name: 'A bot', scopes: ['grants:read'], fields: [], preapproved: [], days: '1' },
  )
  const delegate = await delegateBehind(token)
  if (!delegate) throw new Error('Nobody stands behind the token')
  return delegate
}

async function everyPart({ names, text, close }: Awaited<ReturnType<typeof opened>>) {
  const parts = await Promise.all(names.map(text))
  close()
  return parts
}

async function shownBy(life: Life): Promise<string[]> {
  const shown: string[] = []
  for (const { way, ask } of ways) {
    const told = JSON.stringify(await ask(life))
    if (Object.values(life.said).some((value) => told.includes(value))) shown.push(way)
  }
  return shown
}

const ends: Record<string, (life: Life, ids: string[]) => Promise<unknown>> = {
  'is revoked': async ({ amina }, ids) => {
    for (const id of ids) await revokeGrant(amina, id)
  },
  'runs out': async (_, ids) => {
    for (const id of ids)
      await owner.update(grants).set({ startsAt: new Date(Date.now() - 86_400_000), endsAt: new Date(Date.now() - 1000) }).where(eq(grants.id, id)) // prettier-ignore
  },
}

for (const [ended, end] of Object.entries(ends))
  test(`what was granted is shown by no way in, once the grant ${ended}`, async () => {
    const life = await aLife()
    expect(await shownBy(life)).toEqual([])
    const ids = await life.give()
    expect(await shownBy(life)).toEqual(ways.filter(({ shows }) => shows).map(({ way }) => way))
    await end(life, ids)
    expect(await shownBy(life)).toEqual([])
  })

for (const [ended, end] of Object.entries(ends))
  test(`mail that was under way while the grant held says nothing of it, once the grant ${ended}`, async () => {
    const life = await aLife()
    const ids = await life.give()
    const later = token()
    await readGranted(life.dara, life.amina.personId, life.vendor.id, 'relationship')
    await keepAttribute(life.amina, 'role', { value: later })
    const happened = await owner
      .select()
      .from(interactions)
      .where(sql`payload ->> 'vendorId' = ${life.vendor.id}`)
    for (const event of happened) await notifyWhoIsTold(event as unknown as Happened)
    onTestFinished(() => setClock(null))
    await end(life, ids)
    minutesPass(30)
    const mails = await mailsTo(life.dara)
    expect(mails).not.toEqual([])
    expect([...Object.values(life.said), later].filter((value) => JSON.stringify(mails).includes(value))).toEqual([])
  })

test('what reads a vault for somebody else stands in the table above', () => {
  const files = readdirSync(join(projectRoot, 'server'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const readers = files.filter((file) => /\b(readGranted|readGrantedOf|grantedTo|grantedOn|asReadBy)\(/.test(readFileSync(join(projectRoot, 'server', file), 'utf8'))) // prettier-ignore
  expect(readers.sort()).toEqual([
    'cases/reading.ts',
    'demo/seeding.ts',
    'ideas/wanted-by.ts',
    'relationships/briefing.ts',
    'relationships/reading.ts',
    'vault/granted.ts',
    'vault/reading.ts',
  ])
})
