import { execFile } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { eq } from 'drizzle-orm'
import { generalVerify, importJWK, type GeneralJWS } from 'jose'
import jsonld from 'jsonld'
import { Parser } from 'n3'
import { expect, test } from 'vitest'
import { transaction } from '~/db/client'
import { consentEvents, grants, receiptCopies } from '~/db/schema'
import { agreementFile, endAgreement, publishedKeys, termsWith } from '~/server/agreements'
import { NotFound, TooMany } from '~/server/errors'
import { projectRoot } from '~/server/platform/root'
import {
  checkInPublic,
  checkSigned,
  expireReceipts,
  kantaraFile,
  keepReceipt,
  keepReceiptsUnder,
  noteRefused,
  receiptFile,
  receiptOf,
} from '~/server/receipts'
import { giveGrant, keepAttribute, revokeGrant } from '~/server/vault'
import { aMember, aStaffMember, aVendor, owner, unique } from '../support/cast'
import { COMMAND_LINE } from '../support/command-line'

const in30Days = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const happened = (id: string) => keepReceipt({ payload: { grantId: id } } as Parameters<typeof keepReceipt>[0])

async function aGrant() {
  const vendor = await aVendor()
  const [ada, dara] = await Promise.all([aMember('Ada'), aStaffMember(vendor, 'Dara')])
  await keepAttribute(ada, 'role', { value: 'Office lead' })
  await keepAttribute(ada, 'e-mail', { value: 'ada@home.example' })
  const id = await giveGrant(ada, { vendor: vendor.slug, attributes: ['role', 'e-mail'], purpose: 'answer', until: in30Days })
  await happened(id)
  return { vendor, ada, dara, id }
}
type Said = Record<string, unknown> & { 'dpv:hasConsentStatus'?: { '@type': unknown }[] }
type Ld = Record<string, unknown> & { 'dpv:hasRecordOfActivity': Said[] }
const payloadOf = (file: string) => JSON.parse(Buffer.from((JSON.parse(file) as GeneralJWS).payload, 'base64url').toString()) as Ld
const recordOf = (file: string): Said => payloadOf(file)['dpv:hasRecordOfActivity'][0] ?? {}
const statesIn = (file: string) => recordOf(file)['dpv:hasConsentStatus'] ?? []

/** Contexts stand in the documents; whatever asks for another is refused. */
const noNetwork = { documentLoader: (url: string) => Promise.reject(new Error(`asked for ${url}`)) }

test('both sides download the same receipt, with a line for each field and the agreement it stands under', async () => {
  const { vendor, ada, dara, id } = await aGrant()
  const [hers, theirs] = [await receiptFile(ada, id), await receiptFile(dara, id)]
  expect(theirs).toEqual(hers)
  expect(createHash('sha256').update(hers.file).digest('hex')).toBe(hers.sha256)
  expect(await receiptOf(ada, id)).toMatchObject({ version: 1, sha256: hers.sha256 })
  const record = recordOf(hers.file)
  expect(record['dpv:hasProcess']).toHaveLength(2)
  expect(record['dpv:hasConsentStatus']).toMatchObject([{ '@type': ['dpv:ConsentGiven', 'dpv:ExpressedConsent'] }])
  expect(record['ieee-7012:hasAgreement']).toMatchObject({ '@id': 'ieee-7012:SD-BASE-DP' })
  for (const told of [ada.personId, ada.handleId, 'Office lead', 'ada@home.example']) expect(JSON.stringify(record)).not.toContain(told)
  const other = await aStaffMember(await aVendor('Halyard'), 'Joost')
  for (const stranger of [other, await aMember('Chen')]) await expect(receiptFile(stranger, id)).rejects.toThrow(NotFound)
  expect((await termsWith(ada, vendor.slug)).standing?.agreed).toBe('SD-BASE-DP')
})

test('what happens is added: refused beside given, then withdrawn; what was said before stays', async () => {
  const { vendor, ada, id } = await aGrant()
  const first = await receiptFile(ada, id)
  await transaction(ada, (tx) => noteRefused(tx, id, ['phone'], new Date()))
  await happened(id)
  await happened(id)
  await revokeGrant(ada, id)
  await happened(id)
  const last = await receiptFile(ada, id)
  expect(statesIn(last.file).map((state) => [state['@type']].flat()[0])).toEqual([
    'dpv:ConsentGiven',
    'dpv:ConsentRefused',
    'dpv:ConsentWithdrawn',
  ])
  expect(statesIn(last.file)[0]).toEqual(statesIn(first.file)[0])
  const rows = await owner.select().from(receiptCopies).where(eq(receiptCopies.grantId, id))
  expect(rows.map(({ version, side }) => `${version} ${side}`).sort()).toEqual([
    '1 person',
    '1 vendor',
    '2 person',
    '2 vendor',
    '3 person',
    '3 vendor',
  ])
  await expect(transaction(ada, (tx) => tx.update(consentEvents).set({ at: new Date(0) }))).rejects.toMatchObject({
    cause: { code: '42501' },
  })
  await expect(transaction(ada, (tx) => tx.update(receiptCopies).set({ file: '{}' }))).rejects.toMatchObject({ cause: { code: '42501' } })
  expect(vendor.id).toBeTruthy()
})

test('a grant that runs out, and one that ends with its agreement, say so', async () => {
  const one = await aGrant()
  await owner
    .update(grants)
    .set({ startsAt: new Date(Date.now() - 9e8), endsAt: new Date(Date.now() - 1000) })
    .where(eq(grants.id, one.id))
  await expireReceipts()
  await expireReceipts()
  expect(JSON.stringify(recordOf((await receiptFile(one.ada, one.id)).file))).toContain('dpv:ConsentExpired')
  const two = await aGrant()
  const { standing } = await termsWith(two.ada, two.vendor.slug)
  await endAgreement(two.ada, two.vendor.slug)
  await keepReceiptsUnder({ payload: { negotiationId: standing?.id } } as Parameters<typeof keepReceiptsUnder>[0])
  expect(JSON.stringify(recordOf((await receiptFile(two.ada, two.id)).file))).toContain('dpv:ConsentWithdrawn')
})

test('receipts and agreements are linked data to a processor of somebody else, without a network', async () => {
  const { vendor, ada, id } = await aGrant()
  const agreement = (await termsWith(ada, vendor.slug)).standing?.id ?? ''
  for (const [{ file }, type] of [
    [await receiptFile(ada, id), 'https://w3id.org/dpv#ConsentReceipt'],
    [await agreementFile(ada, agreement), 'https://w3id.org/dpv/standards/ieee/7012#AgreementInteractionRecord'],
  ] as const) {
    const document = payloadOf(file)
    const [expanded] = await jsonld.expand(document, { ...noNetwork, safe: true })
    expect(expanded?.['@type']).toEqual([type])
    const quads = new Parser({ format: 'N-Quads' }).parse(
      (await jsonld.toRDF(document, { ...noNetwork, format: 'application/n-quads', safe: true })) as string,
    )
    expect(quads.length).toBeGreaterThan(10)
    expect(quads.every(({ predicate }) => URL.canParse(predicate.value))).toBe(true)
  }
})

test('jose alone verifies both signatures with the published keys; a changed byte fails', async () => {
  const { ada, id } = await aGrant()
  const { file } = await receiptFile(ada, id)
  const jws = JSON.parse(file) as GeneralJWS
  expect(jws.signatures).toHaveLength(2)
  const kids = jws.signatures.map(
    (signature) => (JSON.parse(Buffer.from(signature.protected ?? '', 'base64url').toString()) as { kid: string }).kid,
  )
  const { keys } = await publishedKeys(kids)
  for (const signature of jws.signatures)
    await generalVerify({ payload: jws.payload, signatures: [signature] }, async ({ kid }) =>
      importJWK(keys.find((key) => key.kid === kid) ?? {}, 'EdDSA'),
    )

  expect(await checkSigned(file)).toMatchObject({ holds: true, kind: 'dpv:ConsentReceipt', states: [{ state: 'dpv:ConsentGiven' }] })
  for (const at of [20, 300, Math.floor(file.length / 2), file.length - 40]) {
    const changed = `${file.slice(0, at)}${file[at] === 'A' ? 'B' : 'A'}${file.slice(at + 1)}`
    expect(await checkSigned(changed), `character ${at}`).toEqual({ holds: false })
  }
  for (const hostile of [
    '',
    '{}',
    '[]',
    'null',
    'a.b.c',
    '{"payload":1,"signatures":{}}',
    `{"signatures":[${'{},'.repeat(9)}{}],"payload":""}`,
    'x'.repeat(70_000),
  ])
    expect(await checkSigned(hostile)).toEqual({ holds: false })
})

test('the public page says whose signatures they are, and is asked so often and no more', async () => {
  const { ada, id } = await aGrant()
  const from = unique('network')
  expect(await checkInPublic((await receiptFile(ada, id)).file, from)).toMatchObject({
    holds: true,
    signed: [
      { holder: 'person', vendorName: null },
      { holder: 'vendor', vendorName: 'Tern Works' },
    ],
  })
  const asked = Array.from({ length: 120 }, () => checkInPublic('{}', from))
  expect((await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected').length).toBe(1)
  await expect(checkInPublic('{}', from)).rejects.toThrow(TooMany)
})

test('a command verifies a receipt offline, with the keys alone', async () => {
  const { ada, id } = await aGrant()
  const { file } = await receiptFile(ada, id)
  const kids = (await checkSigned(file)) as { signed: { kid: string }[] }
  const folder = await mkdtemp(join(tmpdir(), 'receipt-'))
  const at = (name: string) => join(folder, name)
  await writeFile(at('keys.json'), JSON.stringify(await publishedKeys(kids.signed.map(({ kid }) => kid))))
  await writeFile(at('receipt.json'), file)
  await writeFile(
    at('changed.json'),
    file.replace(/"payload":"(.)/, (_, first) => `"payload":"${first === 'e' ? 'f' : 'e'}`),
  )
  const verify = (name: string) =>
    promisify(execFile)(process.execPath, [COMMAND_LINE, 'receipts', 'verify', at(name), '--keys', at('keys.json')], {
      cwd: projectRoot,
      env: { ...process.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' },
    })
  expect((await verify('receipt.json')).stdout).toContain('As it was signed: dpv:ConsentReceipt')
  await expect(verify('changed.json')).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('NOT as it was signed') })
})

test('in Kantara’s format it is given and no more, for the person alone', async () => {
  const { vendor, ada, dara, id } = await aGrant()
  expect(await kantaraFile(ada, id)).toMatchObject({
    version: 'KI-CR-v1.1.0',
    consentReceiptID: id,
    piiControllers: [{ piiController: vendor.name, onBehalf: false }],
    services: [{ purposes: [{ consentType: 'EXPLICIT', piiCategory: ['role', 'e-mail'] }] }],
  })
  await expect(kantaraFile(dara, id)).rejects.toThrow(NotFound)
})
