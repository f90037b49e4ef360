import { expect, test } from 'vitest'
import { z } from 'zod'
import { frame } from '~/app/frame.server'
import { act } from '~/app/http.server'
import { Forbidden, ProveFirst } from '~/server/errors'
import type { Viewer } from '~/server/viewer'
import { visitor } from '~/server/viewer'
import { aMember, unique } from '../support/cast'

const NEEDS_PROOF = '/me/account/email'

const post = (viewer: Viewer, address: string, page: string, body: string, cookie = '') =>
  act(z.object({ body: z.string() }), ({ viewer }) => {
    if (viewer.kind !== 'person') throw new Forbidden('forbidden')
    if (address === NEEDS_PROOF) throw new ProveFirst()
    return Promise.resolve(new Response(null, { status: 302, headers: { location: page } }))
  })({
    request: new Request(`http://parley.example${address}`, {
      method: 'POST',
      body: new URLSearchParams({ body }),
      headers: { cookie, host: 'parley.example', referer: `http://parley.example${page}` },
    }),
    params: {},
    context: { viewer, cspNonce: '', from: '', device: '' },
  }).catch((thrown: unknown) => thrown) as Promise<Response>

const heldAt = async (viewer: Viewer, page: string, cookie: string) =>
  (await frame(viewer, new Request(`http://parley.example${page}`, { headers: { cookie } }))).held

test('what a visitor typed comes back after sign-in, and no more once it was taken', async () => {
  const amina = await aMember()
  const page = `/c/${unique('room')}/7`

  const sentToSignIn = await post(visitor, page, page, 'My long answer')
  const cookie = sentToSignIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(await heldAt(amina, page, cookie)).toEqual({ body: 'My long answer' })

  await post(amina, '/posts/1/comments', page, 'A comment first', cookie)
  expect(await heldAt(amina, page, cookie)).toEqual({ body: 'My long answer' })

  const taken = await post(amina, page, page, 'My long answer, better', cookie)
  expect(await heldAt(amina, page, cookie)).toBeNull()
  expect(taken.headers.get('set-cookie')).toMatch(/^parley_held=;.*Max-Age=0/)
})

test('what somebody typed comes back after they have shown who they are, too', async () => {
  const amina = await aMember()
  const asked = await post(amina, NEEDS_PROOF, NEEDS_PROOF, 'new@people.example')
  expect(asked.headers.get('location')).toBe(`/me/account/proof?next=${encodeURIComponent(NEEDS_PROOF)}`)
  const cookie = asked.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect(await heldAt(amina, NEEDS_PROOF, cookie)).toEqual({ body: 'new@people.example' })
})
