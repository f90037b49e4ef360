import { expect, test } from 'vitest'
import { z } from 'zod'
import { act } from '~/app/http.server'
import { newId } from '~/db/ids'
import { heldForms } from '~/db/schema'
import { filesFor } from '~/server/attachments'
import { Forbidden } from '~/server/errors'
import type { Viewer } from '~/server/viewer'
import { visitor } from '~/server/viewer'
import { aMember, owner } from '../support/cast'

const MARK = '----a-form-of-a-test'
const field = (name: string, value: string) => `--${MARK}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const file = (name: string, content: string) =>
  `--${MARK}\r\nContent-Disposition: form-data; name="attach"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n${content}\r\n`
const END = `--${MARK}--\r\n`

type Answered = { status: number; data: { errors: Record<string, string>; values: Record<string, string> } }

async function post(viewer: Viewer, body: string, { type = `multipart/form-data; boundary=${MARK}`, place = newId() } = {}) {
  const address = 'http://parley.example/c/a-room/ask'
  const answer = await act(
    z.object({ body: z.string(), files: z.array(z.string()).optional() }),
    ({ viewer: who }) => {
      if (who.kind !== 'person') throw new Forbidden('forbidden')
      return Promise.resolve(new Response(null, { status: 302 }))
    },
    () => ({ kind: 'ask', subjectId: place }),
  )({
    request: new Request(address, { method: 'POST', body, headers: { 'content-type': type, host: 'parley.example' } }),
    params: {},
    context: { viewer, cspNonce: '', from: '203.0.113.7', device: '' },
  }).catch((thrown: unknown) => thrown)
  if (answer instanceof Response) return { status: answer.status, data: null }
  const { data, init } = answer as { data: Answered['data']; init: ResponseInit | null }
  return { status: init?.status ?? 500, data }
}

test.each([
  ['ends within a file', file('a.txt', 'hello').slice(0, -20)],
  ['ends within a field', field('body', 'hello').slice(0, -9)],
  ['has nothing in it', ''],
  ['has parts without a name', `--${MARK}\r\n\r\nhello\r\n${END}`],
])('a form that %s is answered, to visitors and to members, and nobody falls over', async (_, body) => {
  const amina = await aMember()
  for (const viewer of [visitor, amina]) expect([302, 422]).toContain((await post(viewer, body)).status)
  // What busboy says of a broken stream, it says a moment later.
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(await post(amina, field('body', 'Whole') + END)).toEqual({ status: 302, data: null })
})

test('a form of several parts that does not say where one ends is refused, not an error of ours', async () => {
  expect(await post(await aMember(), field('body', 'x') + END, { type: 'multipart/form-data' })).toMatchObject({ status: 422 })
})

test('words have the same bound with files as without, and nothing beyond it is kept for a visitor', async () => {
  const before = await owner.$count(heldForms)
  const junk = Array.from({ length: 60 }, (_, n) => field(`junk-${n}`, 'x'.repeat(20_000))).join('')
  expect((await post(visitor, field('body', 'My question') + junk + END)).status).toBe(422)
  expect((await post(await aMember(), field('body', 'My question') + junk + END)).status).toBe(422)
  expect(await owner.$count(heldForms)).toBe(before)
})

test('of eleven files, or of thirteen, ten are kept and the person hears that there were more', async () => {
  for (const many of [11, 13]) {
    const [amina, place] = [await aMember(), newId()]
    const body = field('body', 'Look') + Array.from({ length: many }, (_, n) => file(`log-${n}.txt`, `line ${n}`)).join('') + END
    const answer = await post(amina, body, { place })
    expect(answer).toMatchObject({ status: 422, data: { errors: { attach: 'files.tooMany:10' } } })
    expect(await filesFor(amina, { kind: 'ask', subjectId: place })).toHaveLength(10)
  }
})

test('one person sends a few forms with files at once, and hears when it is too many; others are not in their way', async () => {
  const [amina, chen] = [await aMember('Amina'), await aMember('Chen')]
  const body = field('body', 'Look') + file('log.txt', 'x'.repeat(200_000)) + END
  const answers = await Promise.all(Array.from({ length: 12 }, () => post(amina, body)).concat(post(chen, body)))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.at(-1)).toBe(302)
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0)
  expect(statuses.filter((status) => status === 302).length).toBeGreaterThanOrEqual(4)
  expect(await post(amina, body)).toMatchObject({ status: 302 })
})
