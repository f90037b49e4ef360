import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { attachments } from '~/db/schema'
import { filesFor, keepFile, removeFile } from '~/server/attachments'
import { shownName } from '~/server/attachments/kinds'
import { Forbidden, Invalid, NotFound } from '~/server/errors'
import { renderMarkdown } from '~/server/platform/markdown'
import { fileOf } from '~/server/threads'
import { visitor } from '~/server/viewer'
import { aMember, owner } from '../support/cast'
import { aPicture, contentsOf, theReason } from './scene'

const somewhere = () => ({ kind: 'answer' as const, subjectId: newId() })
const words = (text: string) => Buffer.from(text)

test('a picture keeps what it shows in words, within 300 characters and as words; a file that is none needs none', async () => {
  const amina = await aMember()
  const bytes = await aPicture(40, 20)
  const hostile = '  "><script>x</script>\n the folder list  '
  const kept = await keepFile(amina, somewhere(), { name: 'folders.png', bytes, description: hostile })
  expect(kept.description).toBe('"><script>x</script> the folder list')
  const html = renderMarkdown(`![](/files/${kept.id})`, { pictures: new Map([[kept.id, kept]]) })
  expect(html).not.toContain('<script>')
  expect(html).toContain('the folder list')
  expect(renderMarkdown(`![Mine](/files/${kept.id})`, { pictures: new Map([[kept.id, kept]]) })).toContain('alt="Mine"')
  const long = keepFile(amina, somewhere(), { name: 'folders.png', bytes, description: 'é'.repeat(301) })
  await expect(long).rejects.toEqual(new Invalid({ attachAlt: 'tooLong:300' }))
  expect((await keepFile(amina, somewhere(), { name: 'folders.png', bytes, description: 'é'.repeat(300) })).description).toHaveLength(300)
  expect((await keepFile(amina, somewhere(), { name: 'a.log', bytes: Buffer.from('words'), description: 'x' })).description).toBe('')
})

test('a picture is drawn anew: turned as it was held, without place, camera or hidden words, in a smaller size too', async () => {
  const amina = await aMember('Amina')
  const held = await sharp({ create: { width: 1600, height: 800, channels: 3, background: 'teal' } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .withExif({ IFD0: { Copyright: 'SECRET-OWNER' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
    .toBuffer()
  expect(held.includes('SECRET-OWNER')).toBe(true)
  const kept = await keepFile(amina, somewhere(), {
    name: '../../Mon image.JPG',
    bytes: Buffer.concat([held, words('<script>alert(1)</script>')]),
  })
  expect(kept).toMatchObject({ name: 'Mon image.webp', width: 800, height: 1600, small: false })
  const bytes = await contentsOf(amina, kept.id)
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 800, height: 1600 })
  for (const left of ['SECRET-OWNER', 'script', 'Exif']) expect(bytes.includes(left), left).toBe(false)

  const wide = await keepFile(amina, somewhere(), { name: 'wide.png', bytes: await aPicture(2000, 500) })
  expect(wide).toMatchObject({ width: 2000, height: 500, small: true })
  expect(await sharp(await contentsOf(amina, wide.id, 'small')).metadata()).toMatchObject({ width: 960, height: 240 })
})

test('what would unfold beyond all bounds, is broken or only claims to be a picture is refused in words', async () => {
  const amina = await aMember('Amina')
  const keep = (name: string, bytes: Buffer | null) => theReason(keepFile(amina, somewhere(), { name, bytes }))
  const png = await aPicture(20, 20)
  const claims = Buffer.from(png)
  claims.writeUInt32BE(60_000, 16)
  claims.writeUInt32BE(60_000, 20)
  expect(await keep('bomb.png', claims)).toMatch(/files\.(tooManyPixels|brokenPicture)/)
  expect(await keep('half.png', png.subarray(0, png.length / 2))).toBe('files.brokenPicture')
  const frames = await Promise.all(Array.from({ length: 201 }, (_, n) => aPicture(4, 4, { r: n % 2 ? 255 : 0, g: n, b: 0 })))
  const endless = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer()
  expect(await keep('endless.gif', endless)).toBe('files.tooManyFrames:200')
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  for (const name of ['a.svg', 'a.png', 'a.html', 'a.js', 'a.exe', 'none'])
    expect(await keep(name, words(svg)), name).toBe('files.notTaken')
  expect(await keep('page.pdf', words('<html>'))).toBe('files.notTaken')
  expect(await keep('notes.txt', Buffer.from([0x4d, 0x5a, 0, 1, 2]))).toBe('files.notTaken')
  expect(await keep('notes.txt', null)).toBe('files.tooLarge:10')
  expect(await keep('notes.txt', words(''))).toBe('files.empty')
  expect(await owner.select().from(attachments).where(eq(attachments.personId, amina.personId))).toEqual([])
})

test('an animation moves on, smaller; other files stay as they are, byte for byte', async () => {
  const amina = await aMember('Amina')
  const frames = await Promise.all([aPicture(1200, 300), aPicture(1200, 300, { r: 200, g: 0, b: 0 })])
  const gif = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer()
  const moving = await keepFile(amina, somewhere(), { name: 'moves.gif', bytes: gif })
  expect(moving).toMatchObject({ name: 'moves.webp', width: 960, height: 240, small: false })
  expect((await sharp(await contentsOf(amina, moving.id)).metadata()).pages).toBe(2)
  const log = words('12:00 compacted\r\n12:01 came back\n')
  const kept = await keepFile(amina, somewhere(), { name: 'folder.log', bytes: log })
  expect(kept).toMatchObject({ name: 'folder.log', bytes: log.length, width: null })
  expect(await contentsOf(amina, kept.id)).toEqual(log)
  expect((await keepFile(amina, somewhere(), { name: 'form.pdf', bytes: words('%PDF-1.7\n%abcd\n') })).name).toBe('form.pdf')
})

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\report.pdf', 'report.pdf'],
  ['\u202egpj.exe', 'gpj.exe'],
  ['CON', '_CON'],
  ['.htaccess', 'htaccess'],
  ['a\r\nb"c.txt', 'abc.txt'],
  ['ترجمة ☃.csv', 'ترجمة ☃.csv'],
  ['', 'file'],
  [`${'x'.repeat(300)}.log`, `${'x'.repeat(96)}.log`],
])('the name %j is shown as %j', (given, shown) => expect(shownName(given)).toBe(shown))

test('who may write may upload; until it is posted nobody else can know of the file', async () => {
  const [amina, chen, unconfirmed] = await Promise.all([aMember('Amina'), aMember('Chen'), aMember('Eve', { confirmed: false })])
  const place = somewhere()
  const given = { name: 'notes.txt', bytes: words('mine') }
  await expect(keepFile(unconfirmed, place, given)).rejects.toThrow(Forbidden)
  await expect(keepFile(visitor, place, given)).rejects.toThrow(Forbidden)
  const { id } = await keepFile(amina, place, given)
  expect((await filesFor(amina, place)).map((file) => file.id)).toEqual([id])
  expect(await filesFor(chen, place)).toEqual([])
  for (const viewer of [chen, visitor]) {
    await expect(fileOf(viewer, id, '')).rejects.toThrow(NotFound)
    await expect(removeFile(viewer, id)).rejects.toThrow(viewer === chen ? NotFound : Forbidden)
  }
  await expect(fileOf(amina, id, 'small')).rejects.toThrow(NotFound)
  await removeFile(amina, id)
  await expect(fileOf(amina, id, '')).rejects.toThrow(NotFound)
  await expect(removeFile(amina, id)).rejects.toThrow(NotFound)
})

test('ten wait in one form and no more, also when twenty come at once; sixty a day', async () => {
  const amina = await aMember('Amina')
  const place = somewhere()
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => keepFile(amina, place, { name: `${n}.txt`, bytes: words(`note ${n}`) })),
  )
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
  expect(await filesFor(amina, place)).toHaveLength(10)
  await expect(keepFile(amina, place, { name: 'more.txt', bytes: words('more') })).rejects.toThrow(Invalid)
  for (let n = 0; n < 39; n += 1) await keepFile(amina, somewhere(), { name: 'note.txt', bytes: words('note') })
  await expect(keepFile(amina, somewhere(), { name: 'note.txt', bytes: words('note') })).rejects.toThrow('tooOften')
})
