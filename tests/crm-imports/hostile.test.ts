import { expect, test } from 'vitest'
import { checkCrm } from '~/server/crm-imports'
import { aFolder, csv } from './samples'

const HEADER = 'Record ID,Company name,Company Domain Name'

async function refusalOf(content: string | Uint8Array, name = 'companies.csv') {
  const check = await checkCrm(await aFolder({ [name]: content }))
  expect(check.rows).toEqual([])
  return check.files[0]?.refused
}

async function fatesOf(header: string, rows: (string | number)[][]) {
  const check = await checkCrm(await aFolder({ 'rows.csv': csv(header, rows) }))
  return check.rows.map(({ fate, because }) => [fate, ...because].join(' '))
}

test.each([
  ['quotes that never close', `${HEADER}\n1,"Acme,acme.example\n2,B,b.example\n`, 'truncated', 1],
  ['quotes in the middle', `${HEADER}\n1,A,a.example\n2,Ac"me",acme.example\n`, 'quotes', 2],
  ['a cell of 10 MB', `${HEADER}\n1,A,a.example\n2,${'x'.repeat(10_000_000)},b.example\n`, 'rowTooLong', 2],
  ['NUL', `${HEADER}\n1,A\0,a.example\n`, 'nul', null],
  ['another encoding', Buffer.from(`${HEADER}\n1,Café,a.example\n`, 'latin1'), 'encoding', null],
  ['too many columns', `${Array.from({ length: 1001 }, (_, n) => `c${n}`).join(',')}\n`, 'tooManyColumns', null],
  ['the same column twice', 'Record ID,Company name,company NAME\n', 'sameColumn', null],
  ['nothing', '', 'empty', null],
])('%s: the file is refused in words, and none of its rows is taken', async (_, content, because, row) => {
  const refused = await refusalOf(content)
  expect(refused).toMatchObject({ because, row })
  expect(refused?.reason).toMatch(/^[A-Z].+\.$/u)
  expect(refused?.reason.length).toBeLessThan(200)
})

test.each([
  ['{', 'notJson'],
  ['[{"records":[]}]', 'noRecords'],
  ['{"records":[1]}', 'noRecords'],
  ['{"records":[{"Name":"A"}]}', 'noRecords'],
  ['{"records":[{"attributes":{"type":"Account"}},{"attributes":{"type":"Lead"}}]}', 'noRecords'],
])('a tree that is none: %s', async (content, because) => {
  expect(await refusalOf(content, 'tree.json')).toMatchObject({ because })
})

test('UTF-16 and other separators are read', async () => {
  const utf16 = Buffer.from(`\uFEFF${HEADER.replaceAll(',', '\t')}\n1\tCafé; Sons\tcafe.example\n`, 'utf16le')
  const check = await checkCrm(await aFolder({ 'a.csv': utf16, 'b.csv': `${HEADER.replaceAll(',', ';')}\n2;B, C;b.example\n` }))
  expect(check.fates).toMatchObject({ made: 2 })
})

test('a row that a spreadsheet would run, that has too few cells, that names nothing or is too long is refused alone', async () => {
  const rows = [
    [1, '=HYPERLINK("http://evil.example")', 'a.example'],
    [2, '+cmd|calc!A1', 'b.example'],
    [3, '@SUM(A1)', 'c.example'],
    [4, 'Short'],
    [5, '', ''],
    [6, 'x'.repeat(2_001), 'd.example'],
    [7, 'Bell\u0007', 'e.example'],
    [8, '"Quoted", she said', 'f.example'],
    [8, 'Once more', 'g.example'],
  ]
  expect(await fatesOf(HEADER, rows)).toEqual([
    'refused formula',
    'refused formula',
    'refused formula',
    'refused columnCount',
    'refused noName',
    'refused tooLong',
    'refused controlCharacter',
    'made',
    'duplicate id',
  ])
})

test('amounts and dates that are none are refused, and a date with two readings is held', async () => {
  const check = await checkCrm(
    await aFolder({
      'companies.csv': csv(HEADER, [[1, 'Acme', 'acme.example']]),
      'deals.csv': csv('Record ID,Deal Name,Deal Stage,Amount,Close Date,Associated Company IDs', [
        [1, 'A', 'Won', '1,234.50', '2024-01-22T16:14:25.000+0000', 1],
        [2, 'B', 'Won', 'a lot', '', 1],
        [3, 'C', 'Won', '', '2023-02-29', 1],
        [4, 'D', 'Won', '', '02/03/26', 1],
        [5, 'E', 'Won', '', '02/23/26 08:55 PM', 1],
        [6, 'F', 'Won', '', '', 7],
      ]),
    }),
  )
  expect(check.rows.slice(1).map(({ fate, because }) => [fate, ...because].join(' '))).toEqual([
    'made',
    'refused amountMalformed',
    'refused dateMalformed',
    'held dateAmbiguous',
    'made',
    'held organisationUnknown',
  ])
})

test('masters that name each other do not take both away', async () => {
  const header = 'Id,IsDeleted,MasterRecordId,Name,Website'
  expect(
    await fatesOf(header, [
      ['001a', '', '001b', 'A', ''],
      ['001b', '', '001a', 'B', ''],
      ['001c', '', '001c', 'C', ''],
    ]),
  ).toEqual(['duplicate merged', 'made', 'made'])
})

test('an escaped NUL and half a character in a tree refuse the record alone', async () => {
  const records = ['Acme', 'Nul\u0000', 'Half \ud800'].map((Name) => ({ attributes: { type: 'Account' }, Name }))
  const check = await checkCrm(await aFolder({ 'tree.json': JSON.stringify({ records }) }))
  expect(check.rows.map(({ fate }) => fate)).toEqual(['made', 'refused', 'refused'])
})
