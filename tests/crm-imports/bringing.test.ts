import { eq, sql } from 'drizzle-orm'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { newId } from '~/db/ids'
import { crmImportMade, crmImports } from '~/db/schema'
import {
  addImportFile,
  beginImport,
  bringImport,
  forgetImports,
  importPage,
  importTasks,
  importsOf,
  undoImport,
} from '~/server/crm-imports'
import { ImportInput } from '~/server/crm-imports/input'
import { Forbidden, NotFound } from '~/server/errors'
import type { Happened } from '~/server/events'
import { addAccountTask, contactPage, keepContact, layBeside, mergePair, proposeDuplicates, unmerge } from '~/server/identity'
import { BesideInput, ContactInput, MergeInput } from '~/server/identity/input'
import type { PersonViewer } from '~/server/viewer'
import { aStaffMember, aVendor, owner } from '../support/cast'
import { csv, hubspotExport, salesforceExport } from './samples'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const whole = { fate: null, after: null }

const asked = (importId: string, lastAttempt = false) => importTasks['bring-import']({ importId }, { attempt: 1, lastAttempt })

async function aHouse() {
  const vendor = await aVendor()
  const dara = await aStaffMember(vendor)
  const begin = (basis = 'none') => beginImport(dara, vendor.slug, ImportInput.parse({ owner: dara.handle, basis, askBy: inDays(30) }))
  const add = (id: string, name: string, content: string | Uint8Array) =>
    addImportFile(dara, id, name, Readable.from([Buffer.from(content)]))
  const take = async (files: Record<string, string>, basis?: string) => {
    const id = await begin(basis)
    for (const [name, content] of Object.entries(files)) await add(id, name, content)
    return id
  }
  const bring = async (id: string) => {
    await bringImport(dara, id)
    await asked(id)
  }
  const fatesOf = async (viewer: PersonViewer, id: string) =>
    Object.fromEntries((await importPage(viewer, id, whole)).fates.filter(({ rows }) => rows > 0).map(({ fate, rows }) => [fate, rows]))
  const endsOf = async (id: string) => Object.fromEntries((await importPage(dara, id, whole)).ends.map(({ ended, rows }) => [ended, rows]))
  return { vendor, dara, begin, add, take, bring, fatesOf, endsOf }
}

const TABLES = [
  'vendor_organizations',
  'accounts',
  'contacts',
  'identity_keys',
  'vendor_affiliations',
  'organization_edges',
  'contact_consents',
  'organization_closure',
  'likeness_blocks',
  'duplicate_pairs',
  'record_merges',
  'buying_roles',
]
/** All that a vendor keeps of companies and people, but for when it was last dealt with. */
async function allOf(vendor: { id: string }): Promise<Record<string, string>> {
  const all: Record<string, string> = {}
  for (const table of TABLES) {
    const [row] = await owner.execute<{ rows: string }>(
      sql`select coalesce(string_agg((to_jsonb(t) - 'last_at')::text, e'\n' order by (to_jsonb(t) - 'last_at')::text), '') as rows from ${sql.identifier(table)} t where t.vendor_id = ${vendor.id}`,
    )
    all[table] = row?.rows ?? ''
  }
  return all
}
const compared = (contactId: string) => proposeDuplicates({ payload: { contactId } } as unknown as Happened)
const counted = (all: Record<string, string>) =>
  Object.fromEntries(TABLES.map((table) => [table, all[table] ? all[table].split('\n').length : 0]))

test('HubSpot: looked at, brought in, brought in twice, merged and unmerged, and taken out as if it had never been', async () => {
  const { vendor, dara, take, bring, fatesOf, endsOf } = await aHouse()
  const seven = await keepContact(
    dara,
    vendor.slug,
    ContactInput.parse({ name: 'Person Seven', email: 'person7@house7.example', cameFrom: 'event', basis: 'contract' }),
  )
  await compared(seven)
  const before = await allOf(vendor)

  const id = await take(hubspotExport())
  expect(await fatesOf(dara, id)).toEqual({ made: 84 + 250, duplicate: 39, held: 120 })
  const page = await importPage(dara, id, whole)
  expect(page.reasons).toEqual([
    { fate: 'held', because: 'staysOutside', rows: 120 },
    { fate: 'duplicate', because: 'email', rows: 33 },
    { fate: 'duplicate', because: 'domain', rows: 6 },
  ])
  expect(page.files.map(({ source, kind, rows }) => [source, kind, rows])).toEqual([
    ['hubspot', 'person', 283],
    ['hubspot', 'organisation', 90],
    ['hubspot', 'opportunity', 120],
  ])
  expect(page.files[0]?.columns.find(({ column }) => column === 'Associated Company IDs')?.becomes).toEqual(['organisation'])
  // Every row is listed, page by page, before anything is written.
  let listed = 0
  for (let after: string | null = null, more = true; more;) {
    const { rows, more: next } = await importPage(dara, id, { fate: null, after })
    listed += rows.length
    after = next
    more = next !== null
  }
  expect(listed).toBe(493)
  expect((await importPage(dara, id, { fate: 'duplicate', after: null })).rows[0]).toMatchObject({ because: ['email'], of: { row: 1 } })
  expect(await allOf(vendor)).toEqual(before)

  const kept = () =>
    owner.execute<{ name: string; size: number }>(
      sql`select name, octet_length(content) as size from crm_import_files where import_id = ${id} order by nth`,
    )
  expect((await kept()).filter(({ size }) => size > 0)).toHaveLength(3)
  await bring(id)
  // What it was made of is not kept any longer than it is needed.
  expect((await kept()).map(({ size }) => size)).toEqual([0, 0, 0])
  // One of them was known by their mailbox; deals stay outside, and say so.
  expect(await endsOf(id)).toEqual({ made: 84 + 249, known: 1, joined: 39, left: 120 })
  const after = counted(await allOf(vendor))
  expect(after).toMatchObject({ vendor_organizations: 84, accounts: 84, contacts: 250 })
  // Whoever repeats an address is no second person: the id they had is kept with the first.
  expect(after.identity_keys).toBe(1 + 84 * 2 + 6 + 250 + 249 + 33)
  const blocks = await owner.execute(sql`select distinct kind from likeness_blocks where vendor_id = ${vendor.id} order by kind`)
  expect([...blocks]).toEqual([{ kind: 'contact' }, { kind: 'organization' }])
  await asked(id)
  expect(counted(await allOf(vendor))).toEqual(after)

  const again = await take(hubspotExport())
  await bring(again)
  expect(await endsOf(again)).toEqual({ known: 84 + 250, joined: 39, left: 120 })
  expect(counted(await allOf(vendor))).toEqual(after)
  await undoImport(dara, again)

  const [a] = await owner.execute<{ id: string }>(sql`select id from contacts where vendor_id = ${vendor.id} and name = 'First3 Last3'`)
  const pair = await layBeside(dara, vendor.slug, a?.id ?? '', BesideInput.parse({ other: 'person4@house4.example' }))
  await mergePair(dara, vendor.slug, pair, MergeInput.parse({ stands: 'a' }))
  await expect(undoImport(dara, id)).rejects.toMatchObject({ key: 'import.touched' })
  const [merge] = await owner.execute<{ id: string }>(sql`select id from record_merges where vendor_id = ${vendor.id}`)
  await unmerge(dara, vendor.slug, merge?.id ?? '')

  await undoImport(dara, id)
  expect(await allOf(vendor)).toEqual(before)
  expect(await importPage(dara, id, whole)).toMatchObject({ state: 'undone', may: { bring: false, undo: false, add: false } })
  const [audited] = await owner.execute<{ rows: number }>(
    sql`select count(*)::int as rows from audit_events where vendor_id = ${vendor.id} and object = 'account' and act = 'created'`,
  )
  expect(audited?.rows).toBe(84)
})

test('Salesforce: who has no ground stays outside, a merged loser’s “no” holds, and the branch stands under its company', async () => {
  const { vendor, dara, take, bring, fatesOf, endsOf } = await aHouse()
  const id = await take(salesforceExport())
  expect(await fatesOf(dara, id)).toEqual({ made: 3, duplicate: 2, refused: 1, quarantined: 1, held: 4 })
  await bring(id)
  expect(await endsOf(id)).toEqual({ made: 3, joined: 2, left: 6 })
  const [contact] = await owner.execute<{ id: string; name: string; basis: string }>(
    sql`select id, name, basis from contacts where vendor_id = ${vendor.id}`,
  )
  expect(contact).toMatchObject({ name: 'Amina Azulay', basis: 'contract' })
  const kept = await contactPage(dara, vendor.slug, contact?.id ?? '')
  expect(JSON.stringify(kept)).toContain('a@acme.example')
  const consents = await owner.execute(sql`select channel, allowed, source from contact_consents where vendor_id = ${vendor.id}`)
  expect([...consents]).toEqual([{ channel: 'email', allowed: false, source: 'import' }])
  const [edge] = await owner.execute<{
    parent: string
    child: string
  }>(sql`select p.name as parent, c.name as child from organization_edges e
    join vendor_organizations p on p.id = e.parent_id join vendor_organizations c on c.id = e.child_id where e.vendor_id = ${vendor.id}`)
  expect(edge).toEqual({ parent: 'Acme', child: 'Acme Benelux' })
  expect(
    (await owner.execute(sql`select 1 from identity_keys where vendor_id = ${vendor.id} and value_norm like '%bo@acme%'`)).length,
  ).toBe(0)
  await undoImport(dara, id)
  expect(counted(await allOf(vendor))).toEqual(Object.fromEntries(TABLES.map((table) => [table, 0])))
})

test('what was known before stays as it was; what somebody has gone on with is not taken out', async () => {
  const { vendor, dara, begin, add, bring } = await aHouse()
  const known = await keepContact(
    dara,
    vendor.slug,
    ContactInput.parse({ name: 'Ida Holm', email: 'ida@holm.example', cameFrom: 'event', basis: 'contract' }),
  )
  await owner.execute(
    sql`insert into contact_consents (vendor_id, contact_id, channel, allowed, source, said_on) values (${vendor.id}, ${known}, 'email', true, 'staff', '2026-01-01')`,
  )
  await compared(known)
  const before = await allOf(vendor)
  const people = csv('Record ID,First Name,Last Name,Email,Associated Company IDs,Unsubscribed from all email', [
    [1, 'Ida', 'Holm', 'IDA@holm.example', 7, 'true'],
    [2, 'Jo', 'Berg', 'jo@holm.example', 7, ''],
  ])
  const id = await begin('legitimate-interest')
  await add(id, 'contacts.csv', people)
  // Until the company is among the files, they wait for it.
  expect((await importPage(dara, id, whole)).fates).toContainEqual({ fate: 'held', rows: 2 })
  await expect(bringImport(dara, id)).rejects.toMatchObject({ key: 'import.nothingToBring' })
  await add(id, 'companies.csv', csv('Record ID,Company name,Company Domain Name', [[7, 'Holm AB', 'holm.example']]))
  await bring(id)
  const [jo] = await owner.execute<{ id: string; basis: string; ask_by: string }>(
    sql`select id, basis, ask_by::text from contacts where vendor_id = ${vendor.id} and id <> ${known}`,
  )
  expect(jo).toMatchObject({ basis: 'legitimate-interest', ask_by: inDays(30) })
  const [said] = await owner.execute(sql`select allowed from contact_consents where contact_id = ${known}`)
  expect(said).toEqual({ allowed: false })
  await owner.execute(sql`update contacts set city = 'Malmö' where id = ${jo?.id ?? ''}`)
  await expect(undoImport(dara, id)).rejects.toMatchObject({ key: 'import.touched', values: { count: 1 } })
  await owner.execute(sql`update contacts set city = '' where id = ${jo?.id ?? ''}`)
  // Nor is what somebody has to do for one of its companies taken away with it.
  const [company] = await owner.execute<{ id: string }>(sql`select id from accounts where vendor_id = ${vendor.id}`)
  await addAccountTask(dara, company?.id ?? '', { what: 'Send them the winter prices', owner: dara.handle, due: inDays(3) })
  await expect(undoImport(dara, id)).rejects.toMatchObject({ key: 'import.touched', values: { count: 1 } })
  await owner.execute(sql`delete from account_tasks where account_id = ${company?.id ?? ''}`)
  await undoImport(dara, id)
  expect(await allOf(vendor)).toEqual(before)
})

test('an import is its vendor’s alone, takes what can be read, and is forgotten after thirty days', async () => {
  const { vendor, dara, begin, add, take } = await aHouse()
  const rival = await aStaffMember(await aVendor('Halyard'), 'Joost')
  const analyst = await aStaffMember(vendor, 'Ada', 'analyst')
  const id = await take(salesforceExport())
  for (const work of [() => importPage(rival, id, whole), () => bringImport(rival, id), () => undoImport(rival, id)])
    await expect(work()).rejects.toThrow(NotFound)
  await expect(importsOf(rival, vendor.slug)).rejects.toThrow(Forbidden)
  await expect(bringImport(analyst, id)).rejects.toThrow(Forbidden)
  const seen = await transaction(rival, (tx) =>
    tx.execute(sql`select 1 from crm_import_files union all select 1 from crm_import_rows union all select 1 from crm_imports`),
  )
  expect(seen.length).toBe(0)
  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'taken',
      (error: { cause?: { code?: string } }) => error.cause?.code,
    )
  expect(await code(transaction(dara, (tx) => tx.insert(crmImportMade).values({ importId: id, kind: 'contact', rowId: id })))).toBe('42501')
  expect(await code(transaction(rival, (tx) => tx.execute(sql`select undo_import(${id})`)))).toBe('42501')
  const inAnothersName = { id: newId(), vendorId: vendor.id, askBy: inDays(30), ownerId: dara.personId, startedBy: dara.personId }
  expect(await code(transaction(analyst, (tx) => tx.insert(crmImports).values(inAnothersName)))).toBe('42501')
  expect(await code(transaction(dara, (tx) => tx.update(crmImports).set({ state: 'done' }).where(eq(crmImports.id, id))))).toBe('42501')
  expect(await code(transaction(dara, (tx) => tx.delete(crmImports).where(eq(crmImports.id, id))))).toBe('42501')

  await expect(add(id, 'notes.txt', 'a')).rejects.toMatchObject({ fields: { file: 'import.csvOrJson' } })
  await expect(add(id, 'empty.csv', '')).rejects.toMatchObject({ fields: { file: 'required' } })
  await add(id, 'broken.csv', 'a,"b\n1,2')
  expect((await importPage(dara, id, whole)).files.at(-1)).toMatchObject({ name: 'broken.csv', refused: { because: expect.any(String) } })
  expect(ImportInput.safeParse({ owner: '', basis: 'because', askBy: 'soon' }).error?.issues.map(({ message }) => message)).toEqual([
    'required',
    'notChoice',
    'notDate',
  ])
  await expect(
    beginImport(dara, vendor.slug, ImportInput.parse({ owner: dara.handle, basis: 'none', askBy: inDays(900) })),
  ).rejects.toMatchObject({ fields: { askBy: 'contact.askBySoon' } })

  const later = await begin()
  await owner.execute(sql`update crm_imports set created_at = now() - interval '31 days' where id = ${id}`)
  await forgetImports()
  expect(await importPage(dara, id, whole)).toMatchObject({ forgotten: true, files: [], rows: [], may: { bring: false } })
  expect(await importPage(dara, later, whole)).toMatchObject({ forgotten: false })
})

test('a company is known by what is its own: not by a mail host that many share, nor a branch by the domain of its parent', async () => {
  const { vendor, take, bring, fatesOf, endsOf, dara } = await aHouse()
  // So many of them share a word that they make six thousand pairs to look at.
  const many = Array.from({ length: 210 }, (_, n) => [n, n < 110 ? `Bakery ${n}` : `B ${n}`, 'gmail.com'])
  const companies = { 'companies.csv': csv('Record ID,Company name,Company Domain Name', many) }
  for (const ended of [{ made: 210 }, { known: 210 }]) {
    const id = await take(companies)
    await bring(id)
    expect(await endsOf(id)).toEqual(ended)
  }
  const id = await take({
    'Account.csv': csv('Id,Name,ParentId,BillingCity,Website', [
      ['001000000000011AAA', 'Acme', '', 'Utrecht', 'acme.example'],
      ['001000000000012AAA', 'Acme Benelux', '001000000000011AAA', 'Gent', 'acme.example'],
    ]),
  })
  await bring(id)
  const branch = await take({
    'Account.csv': csv('Id,Name,ParentId,BillingCity,Website', [
      ['001000000000011AAA', 'Acme', '', 'Utrecht', 'acme.example'],
      ['001000000000013AAA', 'Acme Iberia', '001000000000011AAA', 'Vigo', 'acme.example'],
    ]),
  })
  await bring(branch)
  expect(await endsOf(branch)).toEqual({ known: 1, made: 1 })

  // What no field holds and what names nobody is refused before, and stops nothing.
  const odd = await take({
    'companies.csv': csv('Record ID,Company name,Company Domain Name', [
      [901, '!!!', ''],
      [902, 'N'.repeat(201), ''],
      [903, 'Ordinary', ''],
    ]),
  })
  expect(await fatesOf(dara, odd)).toEqual({ refused: 2, made: 1 })
  await bring(odd)
  expect(await endsOf(odd)).toEqual({ made: 1, left: 2 })
  const [{ rows } = { rows: 0 }] = await owner.execute<{ rows: number }>(
    sql`select count(*)::int as rows from accounts where vendor_id = ${vendor.id}`,
  )
  expect(rows).toBe(210 + 3 + 1)
})

test('who was to own what it makes and has left is stood in for; what broke off is gone on with, or taken out', async () => {
  const { vendor, dara, fatesOf, endsOf } = await aHouse()
  const [lien, sam] = [await aStaffMember(vendor, 'Lien', 'admin'), await aStaffMember(vendor, 'Sam')]
  const companies = {
    'companies.csv': csv('Record ID,Company name,Company Domain Name', [
      [1, 'Holm AB', 'holm.example'],
      [2, 'Berg AB', 'berg.example'],
    ]),
  }
  const id = await beginImport(dara, vendor.slug, ImportInput.parse({ owner: sam.handle, basis: 'none', askBy: inDays(30) }))
  await addImportFile(dara, id, 'companies.csv', Readable.from([Buffer.from(companies['companies.csv'])]))
  await bringImport(dara, id)
  await owner.execute(sql`update vendor_staff set ended_at = now() where person_id = ${sam.personId}`)
  const before = await allOf(vendor)
  // Nobody owns what nobody owns: it cannot be finished, and says so when it was tried for the last time.
  await expect(asked(id)).rejects.toThrow()
  expect(await importPage(dara, id, whole)).toMatchObject({ state: 'running', may: { bring: false, undo: false } })
  await expect(asked(id, true)).rejects.toThrow()
  expect(await importPage(dara, id, whole)).toMatchObject({ state: 'broken', may: { bring: true, undo: true, add: false } })
  expect(await allOf(vendor)).toEqual(before)
  await owner.execute(sql`update vendors set default_owner_id = ${lien.personId} where id = ${vendor.id}`)
  await bringImport(dara, id)
  await asked(id)
  expect(await endsOf(id)).toEqual({ made: 2 })
  const owners = await owner.execute(sql`select distinct owner_id from accounts where vendor_id = ${vendor.id}`)
  expect([...owners]).toEqual([{ owner_id: lien.personId }])
  await undoImport(dara, id)
  expect(await allOf(vendor)).toEqual(before)
  expect(await fatesOf(dara, id)).toEqual({ made: 2 })
  const left = await owner.execute(sql`select 1 from crm_import_files where import_id = ${id} and content <> ''`)
  expect(left).toHaveLength(0)
})
