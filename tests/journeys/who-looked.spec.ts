import { expect, test } from '@playwright/test'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { readSecrets, urlsOf } from '~/server/platform/postgres-secrets'
import { browserOf, expectAccessible, signUp } from '../support/browser'

/** Scenario 6: whoever was looked at sees by whom, and need not believe the portal: the proof is checked with nothing of it. */
test('Edda sees who looked, and the proof that she takes away holds; one changed byte breaks it', async ({ browser, baseURL }) => {
  const edda = await (await browser.newContext()).newPage()
  const dara = await browserOf(browser, 'Dara', { javaScriptEnabled: false })
  const handle = await signUp(edda, 'Edda')

  await test.step('Edda asks Tern Works, and lets them read two fields', async () => {
    const asked = await edda.request.post('/c/tern-mail/ask', {
      multipart: { title: 'The signature comes twice', body: 'Since Monday each reply ends with two signatures.' },
      headers: { origin: baseURL ?? '' },
      maxRedirects: 0,
    })
    expect(asked.status()).toBe(302)
    for (const [key, value] of [
      ['role', 'Keeper of the archive'],
      ['team-size', '40'],
    ] as const) {
      await edda.goto(`/me/vault/${key}`)
      await edda.locator('[name=value]').fill(value)
      await edda.getByRole('button', { name: 'Keep it' }).click()
      await expect(edda.getByRole('heading', { name: 'My vault', level: 1 })).toBeVisible()
    }
    await edda.goto('/me/grants/new?vendor=tern-works')
    for (const field of [/Role/, /Team size/]) await edda.getByRole('checkbox', { name: field }).check()
    await edda.getByRole('radio', { name: /answer/i }).check()
    await edda.getByRole('button', { name: 'Let them' }).click()
    await edda.waitForURL(({ pathname }) => pathname === '/me/vault')
  })

  await test.step('Dara opens her card', async () => {
    await expect(async () => {
      await dara.goto(`/vendors/tern-works/people?q=${handle}`)
      await dara.getByRole('main').getByRole('link', { name: /Edda/ }).first().click({ timeout: 2000 })
    }).toPass()
    await expect(dara.getByText('Keeper of the archive').first()).toBeVisible()
  })

  const line = edda.getByRole('row').filter({ hasText: 'Dara Quinn' })
  const takeProofs = async () => {
    const [download] = await Promise.all([edda.waitForEvent('download'), line.getByRole('link', { name: /^Proof/ }).click()])
    return (JSON.parse(readFileSync(await download.path(), 'utf8')) as { rows: Proof[] }).rows
  }

  const rows = await test.step('Edda sees who, what, why and when; the root of today is not made yet', async () => {
    await edda.goto('/me/vault')
    await edda.getByRole('link', { name: 'All readings' }).click()
    await expect(line).toHaveCount(1)
    for (const said of ['Role', 'Team size', 'To answer', /\d\d:\d\d/]) await expect(line).toContainText(said)
    await expect(line.getByRole('link', { name: 'the grant' })).toBeVisible()
    await expectAccessible(edda)
    const proofs = await takeProofs()
    expect(proofs.map(({ signed }) => signed)).toEqual([null, null])
    return proofs.map(({ row }) => row)
  })

  await test.step('the day is over, and its root is signed', async () => {
    const sql = database()
    await sql`update access_chain set linked_at = linked_at - interval '400 days' where row_id in ${sql(rows)}`
    const [job] = await sql<{ id: string }[]>`select id::text as id from graphile_worker.add_job('root-access')`
    await expect
      .poll(async () => (await sql`select 1 from graphile_worker._private_jobs where id = ${job?.id ?? ''}::bigint`).length)
      .toBe(0)
    await sql.end()
  })

  await test.step('the proof holds by the published key alone; whatever byte is changed, it does not', async () => {
    const proofs = await takeProofs()
    expect(proofs.map(({ content }) => (JSON.parse(content) as { field: string }).field).sort()).toEqual(['role', 'team-size'])
    for (const proof of proofs) {
      const signed = proof.signed ?? ''
      const kid = (JSON.parse(decoded(signed.split('.')[0])) as { kid: string }).kid
      const { keys } = (await (await edda.request.get(`/.well-known/jwks.json?kid=${kid}`)).json()) as { keys: { kid: string }[] }
      const key = keys.find((one) => one.kid === kid) ?? {}
      expect(JSON.parse(proof.content)).toMatchObject({ read: proof.row, purpose: 'answer' })
      expect(holds(proof, key)).toBe(true)
      for (let at = 0; at < proof.content.length; at += 1)
        expect(holds({ ...proof, content: changed(proof.content, at) }, key), `byte ${at}`).toBe(false)
      for (const part of ['hash', 'root', 'day'] as const) expect(holds({ ...proof, [part]: changed(proof[part], 3) }, key)).toBe(false)
      const [step] = proof.path
      expect(holds({ ...proof, path: [{ side: step?.side ?? 'left', hash: changed(step?.hash ?? '', 3) }] }, key)).toBe(false)
      expect(holds({ ...proof, signed: changed(signed, signed.length - 20) }, key)).toBe(false)
    }
  })

  await test.step('to anybody else there is no such proof', async () => {
    const chen = await browserOf(browser, 'Chen')
    expect((await chen.request.get(`/me/readings/${rows[0]}/proof.json`)).status()).toBe(404)
  })
})

type Proof = {
  row: string
  content: string
  previousHash: string
  hash: string
  day: string
  path: { side: 'left' | 'right'; hash: string }[]
  root: string
  signed: string | null
}

/** Knows the file and the public key, and nothing of the portal. */
function holds(proof: Proof, jwk: object): boolean {
  const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
  if (sha256(Buffer.from(proof.previousHash + proof.content)).toString('hex') !== proof.hash) return false
  let at = sha256(Buffer.from([0]), Buffer.from(proof.hash, 'hex'))
  for (const { side, hash } of proof.path) {
    const beside = Buffer.from(hash, 'hex')
    at = sha256(Buffer.from([1]), ...(side === 'left' ? [beside, at] : [at, beside]))
  }
  const [head = '', payload = '', signature = ''] = (proof.signed ?? '').split('.')
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  if (!verify(null, Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))) return false
  const said = JSON.parse(decoded(payload)) as { day: string; root: string }
  return at.toString('hex') === proof.root && said.root === proof.root && said.day === proof.day
}

const decoded = (part = '') => Buffer.from(part, 'base64url').toString()
const changed = (text: string, at: number) => `${text.slice(0, at)}${text[at] === '1' ? '2' : '1'}${text.slice(at + 1)}`

/** The portal’s own database, where a day can be let pass. */
function database() {
  const folder = process.env.PARLEY_JOURNEY_DATA ?? ''
  const port = Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3])
  return postgres(urlsOf(readSecrets(join(folder, 'database.json')), port).ownerUrl, { max: 1, onnotice: () => {} })
}
