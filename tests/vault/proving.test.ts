import { eq } from 'drizzle-orm'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { newId } from '~/db/ids'
import { accessRecords } from '~/db/schema'
import { NotFound } from '~/server/errors'
import { findPublishedKey } from '~/server/platform/signing-keys'
import { accessProofs, giveGrant, keepAttribute, readGranted, rootAccess } from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'
import { aMember, aStaffMember, aVendor, owner } from '../support/cast'

const accessProof = async (...[viewer, id]: [PersonViewer, string]) => (await accessProofs(viewer, [id]))[0]
const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

async function aReading() {
  const vendor = await aVendor()
  const [amina, chen, dara] = [await aMember(), await aMember('Chen'), await aStaffMember(vendor)]
  for (const key of ['role', 'industry']) await keepAttribute(amina, key, { value: 'Office lead' })
  await giveGrant(amina, { vendor: vendor.slug, attributes: ['role', 'industry'], purpose: 'answer', until: in30Days })
  await readGranted(dara, amina.personId, vendor.id, 'answer')
  const rows = await owner.select().from(accessRecords).where(eq(accessRecords.personId, amina.personId))
  return { amina, chen, dara, rows, id: rows[0]?.id ?? '' }
}

test('each reading is linked, and nobody else sees its proof', async () => {
  const { amina, chen, rows } = await aReading()
  for (const { id } of rows) expect(await accessProof(amina, id)).toMatchObject({ row: id, content: expect.stringContaining(id) as string })
  await expect(accessProof(chen, rows[0]?.id ?? '')).rejects.toThrow(NotFound)
  const ids = rows.map((row) => row.id)
  expect((await accessProofs(amina, [...ids, ...ids])).map(({ row }) => row).sort()).toEqual([...ids].sort())
  const other = await aReading()
  for (const hostile of [[], [...ids, other.id], [...ids, 'x'], Array.from({ length: 41 }, () => newId())])
    await expect(accessProofs(amina, hostile)).rejects.toThrow(NotFound)
})

// Twenty lines that know nothing of Parley but the file and the portal’s public key.
type Proof = {
  content: string
  previousHash: string
  hash: string
  day: string
  path: { side: string; hash: string }[]
  root: string
  signed: string
}
function holds(proof: Proof, jwk: object): boolean {
  const sha256 = (...parts: (string | Buffer)[]) => parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest()
  if (sha256(proof.previousHash + proof.content).toString('hex') !== proof.hash) return false
  let at = sha256(Buffer.from([0]), Buffer.from(proof.hash, 'hex'))
  for (const { side, hash } of proof.path) {
    const beside = Buffer.from(hash, 'hex')
    at = side === 'left' ? sha256(Buffer.from([1]), beside, at) : sha256(Buffer.from([1]), at, beside)
  }
  const [head = '', payload = '', signature = ''] = proof.signed.split('.')
  const said = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { day: string; root: string }
  if (at.toString('hex') !== proof.root || said.root !== proof.root || said.day !== proof.day) return false
  const key = createPublicKey({ key: jwk as never, format: 'jwk' })
  return verify(null, Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))
}

test('the proof of a row holds against the signed root of its day, checked by nothing of ours, and a changed byte breaks it', async () => {
  const { amina, rows, id } = await aReading()
  expect((await accessProof(amina, id))?.signed).toBeNull()
  // The day is over in a world in which the row was linked the day before.
  await owner.execute(
    `update access_chain set linked_at = linked_at - interval '400 days' where row_id in (${rows.map((row) => `'${row.id}'`).join()})`,
  )
  await rootAccess()
  await rootAccess()
  for (const row of rows) {
    const proof = (await accessProof(amina, row.id)) as Proof
    const { kid } = JSON.parse(Buffer.from(proof.signed.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }
    const jwk = (await findPublishedKey(kid)) as object
    expect(holds(proof, jwk)).toBe(true)
    expect(holds({ ...proof, content: proof.content.replace('role', 'rule').replace('industry', 'industri') }, jwk)).toBe(false)
    expect(holds({ ...proof, root: proof.root.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }, jwk)).toBe(false)
  }
})

test('a row that was changed in the table is found', async () => {
  const { id } = await aReading()
  const broken = async () => [...(await owner.execute<{ row_id: string }>(`select row_id from broken_access_link()`))][0]?.row_id
  expect(await broken()).toBeUndefined()
  await owner.update(accessRecords).set({ purpose: 'offer' }).where(eq(accessRecords.id, id))
  expect(await broken()).toBe(id)
  await owner.update(accessRecords).set({ purpose: 'answer' }).where(eq(accessRecords.id, id))
  expect(await broken()).toBeUndefined()
})
