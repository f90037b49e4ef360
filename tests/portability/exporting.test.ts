import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { exports, interactions } from '~/db/schema'
import { keepFile } from '~/server/attachments'
import { NotFound, ProveFirst } from '~/server/errors'
import { setClock } from '~/server/platform/clock'
import { destroyKeyOf } from '~/server/platform/person-keys'
import { storage } from '~/server/platform/storage'
import { askExport, exportPage, exportTasks, fetchExport, forgetExports } from '~/server/portability'
import { keepReceipt } from '~/server/receipts'
import { askQuestion } from '~/server/threads'
import { giveGrant, keepAttribute, readGranted } from '~/server/vault'
import { systemViewer, type PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, aStaffMember, aVendor, owner } from '../support/cast'
import { fetched, justProved, longAgo, made, opened } from './files'

test('the file holds what is one’s own in open formats, with a hash of every part, and nothing of anybody else', async () => {
  const vendor = await aVendor('Tern Works')
  const [amina, chen, dara] = [await aMember('Amina'), await aMember('Chen'), await aStaffMember(vendor)]
  const room = await aCommunity({ members: [amina, chen] })
  await keepAttribute(amina, 'real-name', { value: 'Amina Ö. Núñez, the first' })
  await keepAttribute(amina, 'role', { value: 'Apprentice' })
  await keepAttribute(amina, 'role', { value: '=Office lead' })
  await keepAttribute(chen, 'real-name', { value: 'Chen the secret' })
  const place = { kind: 'ask' as const, subjectId: room.id }
  await keepFile(amina, place, { name: '../../log of\u202e today.txt', bytes: Buffer.from('what the log says') })
  const asked = { title: 'Where did the folder go?', body: 'It was `here` <b>yesterday</b>.', tags: [], product: undefined }
  await askQuestion(amina, room.slug, asked)
  await askQuestion(chen, room.slug, { ...asked, title: 'Chen asks', body: 'Words of Chen alone.' })
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  const grantId = await giveGrant(amina, { vendor: vendor.slug, attributes: ['role'], purpose: 'answer', until })
  await keepReceipt({
    kind: 'grant.given',
    occurredAt: new Date(),
    payload: { grantId, personId: amina.personId, vendorId: vendor.id },
  } as never)
  await readGranted(dara, amina.personId, vendor.id, 'answer')

  const file = await opened(await fetched(amina, await made(amina)))
  expect(file.manifest).toMatchObject({ format: 'parley-export', person: { handle: amina.handle } })
  expect(file.names).toEqual(expect.arrayContaining(['README.html', 'profile.vcf', 'contributions.jsonld', 'access-log.ndjson']))
  expect(JSON.parse(await file.text('profile.jscontact.json'))).toMatchObject({
    '@type': 'Card',
    version: '1.0',
    name: { full: 'Amina Ö. Núñez, the first' },
    titles: { t1: { name: '=Office lead' } },
  })
  expect(await file.text('profile.vcf')).toContain('FN:Amina Ö. Núñez\\, the first\r\n')
  // A spreadsheet takes nothing for a formula.
  expect(await file.text('attributes.csv')).toContain('"\'=Office lead"')
  expect(JSON.parse(await file.text('earlier-values.ndjson'))).toMatchObject({ key: 'role', value: 'Apprentice' })
  const wrote = JSON.parse(await file.text('contributions.jsonld')) as { '@graph': unknown[] }
  expect(wrote['@graph']).toMatchObject([
    { '@type': 'Question', name: 'Where did the folder go?', text: 'It was `here` <b>yesterday</b>.', author: amina.handle },
  ])
  expect(JSON.parse(await file.text('grants.jsonld'))).toMatchObject({
    '@graph': [{ 'dpv:hasPersonalData': ['role'], 'dpv:hasPurpose': 'answer' }],
  })
  expect(JSON.parse(await file.text('access-log.ndjson'))).toMatchObject({ reader: dara.handle, field: 'role', times: 1, result: 'read' })
  expect(JSON.parse(await file.text(`receipts/${grantId}.jws`))).toMatchObject({ payload: expect.any(String), signatures: [{}, {}] })
  const log = file.names.find((name) => name.startsWith('files/')) ?? ''
  expect(log).toMatch(/^files\/[0-9a-f-]{36}\/[\p{L}\p{N}._ -]+\.txt$/u)
  expect(await file.text(log)).toBe('what the log says')
  for (const name of file.names) expect(await file.text(name), name).not.toMatch(/Chen|@people\.example/)
  const vcard = file.files.find(({ name }) => name === 'profile.vcf')
  expect(
    createHash('sha256')
      .update(await file.text('profile.vcf'))
      .digest('hex'),
  ).toBe(vcard?.sha256)
  file.close()
})

test('asked twice it is made once; it leaves its events; nobody else fetches it, nor its owner without a fresh sign-in', async () => {
  const [amina, bo] = [await aMember('Amina'), await aMember('Bo')]
  await expect(askExport(longAgo(amina))).rejects.toThrow(ProveFirst)
  const exportId = await askExport(justProved(amina))
  expect(await askExport(justProved(amina))).toBe(exportId)
  expect(await exportPage(amina)).toMatchObject({ export: { state: 'waiting' } })
  await expect(fetchExport(justProved(amina), exportId)).rejects.toThrow(NotFound)
  const work = () => exportTasks['make-export']({ exportId, personId: amina.personId }, { attempt: 1, lastAttempt: false })
  await work()
  await work()
  expect(await exportPage(amina)).toMatchObject({ export: { state: 'ready', id: exportId } })
  await expect(fetchExport(longAgo(amina), exportId)).rejects.toThrow(ProveFirst)
  await expect(fetchExport(justProved(bo), exportId)).rejects.toThrow(NotFound)
  await expect(fetchExport(justProved(amina), 'not-an-id')).rejects.toThrow(NotFound)
  await fetchExport(justProved(amina), exportId)
  const events = await owner.select({ kind: interactions.kind }).from(interactions).where(sql`${interactions.payload} ->> 'exportId' = ${exportId}`).orderBy(interactions.occurredAt, interactions.id) // prettier-ignore
  expect(events.map(({ kind }) => kind)).toEqual(['export.asked', 'export.made', 'export.fetched'])
})

test('after a day it is gone, the file first', async () => {
  const amina = await aMember('Amina')
  const exportId = await made(amina)
  const key = `export-${exportId}-00000`
  expect(await storage().has(key)).toBe(true)
  setClock(new Date(Date.now() + 25 * 3_600_000))
  try {
    expect(await exportPage(amina)).toEqual({ export: null })
    await expect(fetchExport(justProved(amina), exportId)).rejects.toThrow(NotFound)
    await forgetExports()
  } finally {
    setClock(null)
  }
  expect(await storage().has(key)).toBe(false)
})

test('the database itself shows exports to nobody but their owner', async () => {
  const [amina, bo] = [await aMember('Amina'), await aMember('Bo')]
  const exportId = await made(amina)
  const seen = (viewer: PersonViewer) => transaction(viewer, (tx) => tx.execute(sql`select id from exports where id = ${exportId}::uuid`))
  expect(await seen(amina)).toHaveLength(1)
  expect(await seen(bo)).toHaveLength(0)
  expect(await db.execute(sql`select id from exports where id = ${exportId}::uuid`)).toHaveLength(0)
  const forBo = { id: newId(), personId: amina.personId, endsAt: new Date() }
  await expect(transaction(bo, (tx) => tx.insert(exports).values(forBo))).rejects.toThrow()
})

test('what lies in the store is sealed under the owner’s own key: nobody reads it there, and it is gone with the key', async () => {
  const amina = await aMember('Amina')
  await keepAttribute(amina, 'phone', { value: '+49 30 5550 142' })
  const exportId = await made(amina)
  const kept = Buffer.from(await new Response((await storage().read(`export-${exportId}-00000`)) as ReadableStream).arrayBuffer())
  // Neither a ZIP nor the names in one, which are never compressed.
  for (const said of ['PK\u0003\u0004', 'profile.vcf', '5550']) expect(kept.includes(said), said).toBe(false)
  const { text, close } = await opened(await fetched(amina, exportId))
  expect(await text('profile.vcf')).toContain('5550 142')
  close()
  await transaction(systemViewer('erasing'), (tx) => destroyKeyOf(tx, amina.personId))
  await expect(fetched(amina, exportId)).rejects.toThrow()
})
