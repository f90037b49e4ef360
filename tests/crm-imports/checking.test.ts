import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkCrm, type CrmCheck } from '~/server/crm-imports'
import { aFolder, hubspotExport, namedPipeline, salesforceExport } from './samples'

const EASY_SPACES = 'db/seed/data/easy-spaces'

const fileOf = (check: CrmCheck, name: string) => check.files.find(({ file }) => file.includes(name))!
const rowsOf = (check: CrmCheck, name: string) => check.rows.filter(({ file }) => file.includes(name))
const fatesOf = (check: CrmCheck, name: string) => rowsOf(check, name).map(({ fate, because }) => [fate, ...because].join(' '))
const becomesOf = (check: CrmCheck, name: string) =>
  Object.fromEntries(fileOf(check, name).columns.map(({ column, becomes }) => [column, becomes.join()]))

test('HubSpot: the 33 repeated addresses and the 6 repeated domains are found, and nothing else is certain', async () => {
  const check = await checkCrm(await aFolder(hubspotExport()))
  expect(check.files.map(({ source, kind, rows }) => [source, kind, rows])).toEqual([
    ['hubspot', 'organisation', 90],
    ['hubspot', 'person', 283],
    ['hubspot', 'opportunity', 120],
  ])
  expect(check.because).toEqual({ email: 33, domain: 6 })
  expect(check.fates).toEqual({ made: 454, duplicate: 39, quarantined: 0, held: 0, refused: 0 })
  expect(rowsOf(check, 'contacts')[250]).toEqual(
    expect.objectContaining({ row: 251, fate: 'duplicate', because: ['email'], of: { file: expect.stringContaining('contacts'), row: 1 } }),
  )
  // The same name is a question for somebody, not an answer.
  expect(rowsOf(check, 'companies')[80]).toMatchObject({ fate: 'made', perhaps: { row: 80, because: 'name' } })
})

test('HubSpot: the mapping is proposed column by column, with what stays behind', async () => {
  const check = await checkCrm(await aFolder(hubspotExport()))
  expect(becomesOf(check, 'contacts')).toMatchObject({ 'Record ID': 'id', Email: 'email', 'Associated Company IDs': 'organisation' })
  expect(becomesOf(check, 'deals')).toMatchObject({ 'Deal Stage': 'stage', Pipeline: '' })
})

test('people without a lawful ground are quarantined, and so is nobody who has one or for whom one is declared', async () => {
  for (const basis of ['', 'Not applicable', 'Consent withdrawn']) {
    const check = await checkCrm(await aFolder(hubspotExport({ basis })))
    expect([check.fates.quarantined, check.because.noBasis, check.because.email]).toEqual([250, 250, 33])
  }
  const declared = await checkCrm(await aFolder(hubspotExport({ basis: '' })), { basis: true })
  expect(declared.fates.quarantined).toBe(0)
})

test('Salesforce as exported: mark, capitals, blank booleans, ids of both lengths, deleted rows, losers of merges', async () => {
  const check = await checkCrm(await aFolder(salesforceExport()))
  expect(fatesOf(check, 'Account')).toEqual(['duplicate merged', 'made', 'made'])
  // The branch has the domain of its parent.
  expect(rowsOf(check, 'Account')[2]).toMatchObject({ perhaps: { row: 2, because: 'domain' } })
  expect(fatesOf(check, 'Contact')).toEqual([
    'made',
    'duplicate merged',
    'refused deleted',
    'quarantined noBasis',
    'held organisationUnknown',
  ])
  expect(rowsOf(check, 'Contact')[3]).toMatchObject({ perhaps: { row: 1, because: 'phone' } })
  // What is tied to the loser of a merge is tied to who won; what is tied to somebody in quarantine waits.
  expect(fatesOf(check, 'Task')).toEqual(['made', 'held personWaits', 'held noRecord'])
})

test('Salesforce trees: counts and references are what the source says', async () => {
  const facts = JSON.parse(await readFile(join(EASY_SPACES, 'facts.json'), 'utf8'))
  const check = await checkCrm(EASY_SPACES, { basis: true })
  const counted = Object.fromEntries(check.files.map(({ file, rows }) => [file, rows]))
  expect(counted).toMatchObject(facts.records_per_json_file)
  expect(counted).toMatchObject(facts.rows_per_csv_file)
  expect(check.affiliations).toBe(facts.contact_account_refs_that_resolve)
  expect(fileOf(check, 'Accounts.json')).toMatchObject({ source: 'salesforce', object: 'Account', kind: 'organisation' })
  // The tables hold the same people again; the tree counts, since it has the references.
  expect(check.because).toEqual({
    email: facts.rows_per_csv_file['Contact_Data.csv'] + facts.rows_per_csv_file['Lead_Data.csv'],
    notOurs: 24,
  })
  expect(fatesOf(check, 'Contacts.json')).toEqual(Array(12).fill('made'))
  expect(fatesOf(check, 'Market')).toEqual(Array(22).fill('refused notOurs'))
  expect(fileOf(check, 'Plan1.json').refused).toMatchObject({ because: 'noRecords' })
})

test('opportunities without an account are held and listed; a name that no product has is proposed, not guessed', async () => {
  const check = await checkCrm(await aFolder(namedPipeline()))
  const { rows, columns } = fileOf(check, 'sales_pipeline')
  expect([rows, columns.find(({ column }) => column === 'account')?.blank]).toEqual([8800, 1425])
  const orphans = rowsOf(check, 'sales_pipeline').filter(({ because }) => because.includes('noOrganisation'))
  expect([orphans.length, orphans.every(({ fate }) => fate === 'held')]).toEqual([1425, true])
  expect(check.productNames).toEqual([{ name: 'GTXPro', rows: 1480, proposed: 'GTX Pro' }])
  expect(check.because).toEqual({ noOrganisation: 1425, productToConfirm: 1480, notOurs: 1 })
  expect(check.fates).toEqual({ made: 85 + 3 + 8800 - 2480, duplicate: 0, quarantined: 0, held: 2480, refused: 1 })
  expect(check.stages).toContainEqual({ stage: 'Engaging', rows: 1088, amount: 0 })
})

test('every row has one fate, and no report says what stands in the row', async () => {
  const check = await checkCrm(await aFolder(salesforceExport()))
  expect(check.rows).toHaveLength(check.files.reduce((sum, { rows }) => sum + rows, 0))
  expect(JSON.stringify(check)).not.toMatch(/amina|azulay|acme\.example/iu)
})
