import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { ImportError, readStackExchange, readThunderbird } from '~/server/imports'

const SEED = 'db/seed/data'

test('a Thunderbird export is read whole', async () => {
  const { threads, authors } = await readThunderbird(join(SEED, 'thunderbird-support-2024-03'))
  expect(threads).toHaveLength(942)
  expect(threads.flatMap(({ answers }) => answers)).toHaveLength(2107)
  expect(authors.get('@next')?.displayName).toBe('@next')
  expect([...authors.values()].filter(({ displayName, sourceUrl }) => /@\w+\.\w/u.test(`${displayName}${sourceUrl}`))).toEqual([])
  expect(threads.map(({ opening }) => opening.createdAt)).toEqual(threads.map(({ opening }) => opening.createdAt).sort((a, b) => +a - +b))
})

test('a Stack Exchange dump is read whole', async () => {
  const { threads, authors, source } = await readStackExchange(join(SEED, 'quantumcomputing-2018'))
  expect(source).toBe('quantumcomputing.stackexchange.com')
  expect(threads).toHaveLength(320)
  expect(threads[0]?.opening.sourceUrl).toBe('https://quantumcomputing.stackexchange.com/q/1')
  expect([...authors.keys()].filter((id) => id.startsWith('name:'))).not.toEqual([])
})

test('files may be gzipped or not', async () => {
  const directory = await aCopyOf('conlang-meta')
  await change(directory, 'Posts.xml', (text) => text, { gzip: false })
  const { threads } = await readStackExchange(directory)
  expect(threads).toHaveLength(54)
})

test('an XML file that ends in the middle is refused', async () => {
  for (const at of [0.5, 0.73, 0.999]) {
    const directory = await aCopyOf('conlang-meta')
    await change(directory, 'Posts.xml', (text) => text.slice(0, Math.floor(text.length * at)))
    await expect(readStackExchange(directory)).rejects.toMatchObject({ file: 'Posts.xml', reasonKey: 'truncated' })
  }
  const directory = await aCopyOf('conlang-meta')
  let whole = 0
  await change(directory, 'Comments.xml', (text) => {
    const cut = text.slice(0, text.indexOf('/>', 20_000) + 2)
    whole = cut.match(/<row /gu)!.length
    return cut
  })
  await expect(readStackExchange(directory)).rejects.toMatchObject({ file: 'Comments.xml', reasonKey: 'truncated', row: whole + 1 })
})

test('entities of the file’s own are refused before they grow', async () => {
  const bomb =
    '<!DOCTYPE posts [<!ENTITY a "aaaaaaaaaa">' +
    Array.from({ length: 9 }, (_, n) => `<!ENTITY ${'bcdefghij'[n]} "${`&${'abcdefghi'[n]};`.repeat(10)}">`).join('') +
    ']><posts><row Id="1" PostTypeId="1" Title="&j;"/></posts>'
  const outside = '<!DOCTYPE posts [<!ENTITY x SYSTEM "file:///etc/passwd">]><posts><row Id="1" Title="&x;"/></posts>'
  for (const text of [bomb, outside]) {
    const directory = await aCopyOf('conlang-meta')
    await change(directory, 'Posts.xml', () => text)
    await expect(readStackExchange(directory)).rejects.toMatchObject({ file: 'Posts.xml', reasonKey: 'doctype' })
  }
  const directory = await aCopyOf('conlang-meta')
  await change(directory, 'Posts.xml', () => '<posts><row Id="1" Title="&nosuch;"/></posts>')
  await expect(readStackExchange(directory)).rejects.toMatchObject({ file: 'Posts.xml', row: 1, reasonKey: 'malformed' })
})

test('XML that is something else is refused', async () => {
  const directory = await aCopyOf('conlang-meta')
  await change(directory, 'Posts.xml', () => '<html><body><p>Not found</p></body></html>')
  await expect(readStackExchange(directory)).rejects.toMatchObject({ file: 'Posts.xml', row: 1, reasonKey: 'unexpectedElement' })
})

test('a value that cannot be is refused with its row', async () => {
  const broken: [from: string, to: string, row: number, reasonKey: string][] = [
    ['Id="3" PostTypeId="1"', 'Id="2" PostTypeId="1"', 3, 'duplicate'],
    ['Id="3" PostTypeId="1"', 'Id="three" PostTypeId="1"', 3, 'notNumber'],
    ['Id="3" PostTypeId="1"', 'Id="3" PostTypeId=""', 3, 'missingValue'],
    ['CreationDate="2018-02-06T20:25:42.850"', 'CreationDate="2018-02-31T20:25:42.850"', 2, 'notDate'],
    ['CreationDate="2018-02-06T20:25:42.850"', 'CreationDate="yesterday"', 2, 'notDate'],
    ['Title="Are questions asked in conlangs accepted on this site?"', 'Title="  "', 1, 'missingValue'],
  ]
  for (const [from, to, row, reasonKey] of broken) {
    const directory = await aCopyOf('conlang-meta')
    await change(directory, 'Posts.xml', (text) => text.replace(from, to))
    await expect(readStackExchange(directory), to).rejects.toMatchObject({ file: 'Posts.xml', row, reasonKey })
  }
})

test('bytes that are no UTF-8 are refused with their row', async () => {
  const xml = await aCopyOf('conlang-meta')
  await changeBytes(xml, 'Users.xml', (bytes) =>
    Buffer.concat([bytes.subarray(0, 30_000), Buffer.from([0xe9, 0x20]), bytes.subarray(30_000)]),
  )
  const before = gunzipSync(await readFile(join(SEED, 'conlang-meta/Users.xml.gz')))
    .subarray(0, 30_000)
    .toString()
  const row = before.match(/\/>/gu)!.length + 1
  await expect(readStackExchange(xml)).rejects.toMatchObject({ file: 'Users.xml', row, reasonKey: 'encoding' })

  const csv = await aCopyOf('thunderbird-support-2024-03')
  await change(csv, 'questions.csv', (text) => text.split('\n').slice(0, 2).join('\n'))
  await changeBytes(csv, 'questions.csv', (bytes) => Buffer.concat([bytes, Buffer.from('\n1,Gr\xfc\xdfe', 'latin1')]))
  await expect(readThunderbird(csv)).rejects.toMatchObject({ file: 'questions.csv', row: 2, reasonKey: 'encoding' })

  const wide = await aCopyOf('thunderbird-support-2024-03')
  await changeBytes(wide, 'answers.csv', (bytes) => Buffer.from(bytes.toString(), 'utf16le'))
  await expect(readThunderbird(wide)).rejects.toMatchObject({ file: 'answers.csv', reasonKey: 'encoding' })

  const declared = await aCopyOf('conlang-meta')
  await change(declared, 'Posts.xml', (text) => text.replace('encoding="utf-8"', 'encoding="iso-8859-1"'))
  await expect(readStackExchange(declared)).rejects.toMatchObject({ file: 'Posts.xml', reasonKey: 'declaredEncoding' })
})

test('a CSV file without a column is refused and names it', async () => {
  const directory = await aCopyOf('thunderbird-support-2024-03')
  await change(directory, 'answers.csv', (text) => text.replace('num_helpful', 'helpful'))
  const refused = readThunderbird(directory)
  await expect(refused).rejects.toMatchObject({ file: 'answers.csv', reasonKey: 'missingColumns' })
  await expect(refused).rejects.toThrow('answers.csv: These columns are missing: num_helpful. Nothing was imported.')
})

test('a broken CSV row is refused with its number', async () => {
  const rows = 'id,question_id,created,updated,content,creator,is_spam,num_helpful,num_unhelpful\n'
  const good = '1,1441210,2024-03-01 13:31:04 +0000,2024-03-01 13:31:04 +0000,<p>x</p>,bo,false,1,0\n'
  const broken: [text: string, row: number | undefined, reasonKey: string][] = [
    [rows + good + '2,1441210,2024-03-01\n', 2, 'columnCount'],
    [rows + good + good.replace('1,', '2,').replace('<p>x</p>', '"<p>x'), 2, 'truncated'],
    [rows + good + good.replace('1,', '2,').replace('false', 'perhaps'), 2, 'notFlag'],
    [rows + good + good, 2, 'duplicate'],
    [rows + good.replace(',1,0', ',many,0'), 1, 'notNumber'],
    [rows + good.replace('2024-03-01 13', '2024-13-01 13'), 1, 'notDate'],
    ['', undefined, 'missingColumns'],
  ]
  for (const [text, row, reasonKey] of broken) {
    const directory = await aCopyOf('thunderbird-support-2024-03')
    await change(directory, 'answers.csv', () => text)
    await expect(readThunderbird(directory), text).rejects.toMatchObject({ file: 'answers.csv', row, reasonKey })
  }
})

test('a missing file and half a gzip file are refused', async () => {
  const directory = await aCopyOf('thunderbird-support-2024-03')
  await changeBytes(directory, 'answers.csv', (bytes) => gzipSync(bytes).subarray(0, 10_000), { already: true })
  await expect(readThunderbird(directory)).rejects.toMatchObject({ file: 'answers.csv', reasonKey: 'gzip' })
  await rm(join(directory, 'answers.csv.gz'))
  await expect(readThunderbird(directory)).rejects.toThrow(ImportError)
})

async function aCopyOf(set: string) {
  const directory = await mkdtemp(join(tmpdir(), 'parley-import-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  await cp(join(SEED, set), directory, { recursive: true })
  return directory
}

function change(directory: string, name: string, edit: (text: string) => string, options: { gzip?: boolean } = {}) {
  return changeBytes(directory, name, (bytes) => Buffer.from(edit(bytes.toString())), options)
}

async function changeBytes(
  directory: string,
  name: string,
  edit: (bytes: Buffer) => Buffer,
  { gzip = true, already = false }: { gzip?: boolean; already?: boolean } = {},
) {
  const path = join(directory, `${name}.gz`)
  const bytes = edit(gunzipSync(await readFile(path)))
  await rm(path)
  if (gzip) await writeFile(path, already ? bytes : gzipSync(bytes))
  else await writeFile(join(directory, name), bytes)
}
