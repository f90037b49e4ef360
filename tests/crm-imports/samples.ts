import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of these files, for one test. */
export async function aFolder(files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-crm-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  return folder
}

export function csv(header: string, rows: (string | number)[][]): string {
  const cell = (value: string | number) => (/[",\n]/u.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : value)
  return [header, ...rows.map((row) => row.map(cell).join(','))].join('\r\n') + '\r\n'
}

const GROUND = 'Legitimate interest – existing customer'

/**
 * A HubSpot export of 283 contacts, 90 companies and 120 deals, in which 33 contacts repeat an e-mail address and 6 companies a domain.
 * The repeats are written otherwise; some companies and people share a name and are not the same.
 */
export function hubspotExport({ basis = GROUND }: { basis?: string } = {}): Record<string, string> {
  const companies = count(90).map((n) => {
    const repeats = n >= 84
    const host = `house${repeats ? n - 84 : n}.example`
    const name = n === 80 ? 'House 79 Ltd.' : `House ${n}${n % 2 ? ' Inc.' : ''}`
    return [9000 + n, name, repeats ? `https://www.${host.toUpperCase()}/about` : host, 'Computer Software', 10 * n, 'Utrecht', 'Dara Dent']
  })
  const contacts = count(283).map((n) => {
    const repeats = n >= 250
    const address = `person${repeats ? n - 250 : n}@house${n % 84}.example`
    const repeated = `PERSON${n - 250}@House${(n - 250) % 84}.example `
    const name = n === 240 ? 'First239' : `First${n}`
    return [100 + n, name, `Last${n === 240 ? 239 : n}`, repeats ? repeated : address, '', 'Buyer', `${9000 + (n % 84)};9000`, '', basis]
  })
  const stages = ['Appointment Scheduled', 'Closed Won', 'Closed Lost']
  const deals = count(120).map((n) => [
    500 + n,
    `Deal ${n}`,
    stages[n % 3]!,
    'Sales',
    1000 + n,
    '2026-03-01 10:15',
    9000 + (n % 90),
    100 + n,
  ])
  return {
    'hubspot-crm-exports-all-contacts-2026-03-02.csv': csv(
      "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Associated Company IDs,Unsubscribed from all email,Legal basis for processing contact's data",
      contacts,
    ),
    'hubspot-crm-exports-all-companies-2026-03-02.csv': csv(
      'Record ID,Company name,Company Domain Name,Industry,Number of Employees,City,Company owner',
      companies,
    ),
    'hubspot-crm-exports-all-deals-2026-03-02.csv': csv(
      'Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Associated Company IDs,Associated Contact IDs',
      deals,
    ),
  }
}

/** A sales pipeline joined by names, with what is wrong in such files: 8,800 deals, 1,425 without account, 1,480 of a product misspelt. */
export function namedPipeline(): Record<string, string> {
  const products = ['GTX Basic', 'GTX Pro', 'MG Special']
  const pipeline = count(8800).map((n) => {
    const stage = n < 1425 ? (n < 1088 ? 'Engaging' : 'Prospecting') : n % 2 ? 'Won' : 'Lost'
    const product = n >= 1000 && n < 2480 ? 'GTXPro' : products[n % 3]!
    const isClosed = n >= 1425
    const account = isClosed ? `Account ${n % 85}` : ''
    return [`D${n}`, 'Moses Frase', product, account, stage, '2016-10-20', isClosed ? '2017-03-01' : '', isClosed ? (n % 2) * 10 : '']
  })
  return {
    'accounts.csv': csv(
      'account,sector,year_established,revenue,employees,office_location,subsidiary_of',
      count(85).map((n) => [`Account ${n}`, 'technolgy', 1996, 1100.04, 10, 'Philipines', n > 69 ? 'Account 84' : '']),
    ),
    'products.csv': csv(
      'product,series,sales_price',
      products.map((name) => [name, name.slice(0, 3), 550]),
    ),
    'sales_pipeline.csv': csv('opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value', pipeline),
    'sales_teams.csv': csv('sales_agent,manager,regional_office', [['Moses Frase', 'Dustin Brinkmann', 'Central']]),
  }
}

const SALESFORCE = {
  account: 'Id,IsDeleted,MasterRecordId,Name,ParentId,BillingStreet,Website',
  contact: 'Id,IsDeleted,MasterRecordId,AccountId,LastName,FirstName,Email,Phone,HasOptedOutOfEmail,Legal_Basis__c',
  task: 'Id,WhoId,WhatId,Subject,ActivityDate,Status,IsDeleted',
}

/** An export as the loader writes it: a byte-order mark, quotes, capitals, blank for false, deleted rows and losers of merges. */
export function salesforceExport(): Record<string, string> {
  const asLoaded = (header: string, rows: string[][]) =>
    `\uFEFF${[header.toUpperCase().split(','), ...rows].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n')}\n`
  return {
    'Contact.csv': asLoaded(SALESFORCE.contact, [
      ['003000000000001AAA', '', '', '001000000000001', 'Azulay', 'Amina', 'amina@acme.example', '+31 20 555 0101', '', 'Contract'],
      ['003000000000002AAA', 'true', '003000000000001', '001000000000001', 'Azulay', 'A.', 'a@acme.example', '', '1', 'Contract'],
      ['003000000000003AAA', 'TRUE', '', '', 'Gone', 'Gil', 'gil@acme.example', '', '', 'Contract'],
      ['003000000000004AAA', '', '', '001000000000002AAA', 'Bos', 'Bo', 'bo@acme.example', '0031 20 5550101', '', ''],
      ['003000000000005AAA', '', '', '001000000000009AAA', 'Chen', 'Chen', 'chen@acme.example', '', '', 'Consent'],
    ]),
    'Account.csv': asLoaded(SALESFORCE.account, [
      ['001000000000002AAA', '1', '001000000000001AAA', 'Acme Inc', '', 'One\nStreet', ''],
      ['001000000000001AAA', '', '', 'Acme', '', '', 'www.acme.example'],
      ['001000000000003AAA', '', '', 'Acme Benelux', '001000000000001AAA', '', 'acme.example'],
    ]),
    'Task.csv': asLoaded(SALESFORCE.task, [
      ['00T000000000001AAA', '003000000000002', '', 'Call', '02/23/26 08:55 PM', 'Completed', ''],
      ['00T000000000002AAA', '003000000000004AAA', '001000000000001AAA', 'Call', '2026-02-23', 'Completed', ''],
      ['00T000000000003AAA', '', '', 'Call', '2026-02-23', 'Completed', ''],
    ]),
  }
}

function count(to: number) {
  return Array.from({ length: to }, (_, n) => n)
}
