import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { and, eq, sql } from 'drizzle-orm'
import express from 'express'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { db, transaction } from '~/db/client'
import * as schema from '~/db/schema'
import { appointDelegate, confirmWish, declineWish, delegatesDoor, delegatesPage, endAllAfterTheft, endDelegate } from '~/server/delegates'
import type { DelegateInput } from '~/server/delegates/input'
import { delegateBehind } from '~/server/delegates/knowing'
import { Conflict, Forbidden, Invalid, NotFound } from '~/server/errors'
import type { Happened } from '~/server/events'
import { keepAttribute } from '~/server/vault'
import type { PersonViewer } from '~/server/viewer'
import { aCommunity, aMember, aStaffMember, aVendor, owner, refreshed } from '../support/cast'

const EVERYTHING: DelegateInput = {
  name: 'Travel bot',
  scopes: ['vault:read', 'grants:read', 'grants:write', 'questions:read', 'questions:write'],
  fields: ['role'],
  preapproved: [],
  days: '7',
}
const inAMonth = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)

async function aminaWithAVault() {
  const amina = { ...(await aMember('Amina')), proved: true }
  await keepAttribute(amina, 'role', { value: 'Head of operations' })
  await keepAttribute(amina, 'phone', { value: '+49 30 5550 142' })
  return amina
}

/** The door on a port of its own, as agents meet it. */
async function atTheDoor() {
  const site = express().use(delegatesDoor())
  const server = site.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = async (token: string) => {
    const agent = new Client({ name: 'test', version: '1' })
    await agent.connect(
      new StreamableHTTPClientTransport(new URL(`${at}/mcp`), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }),
    )
    onTestFinished(() => agent.close())
    return agent
  }
  const form = (path: string, fields: Record<string, string>) => fetch(at + path, { method: 'POST', body: new URLSearchParams(fields) })
  return { at, client, form }
}

async function call(agent: Client, name: string, given: Record<string, unknown> = {}) {
  const answer = (await agent.callTool({ name, arguments: given })) as {
    isError?: boolean
    structuredContent?: never
    content: { text: string }[]
  }
  return {
    refused: answer.isError === true,
    said: answer.content[0]?.text ?? '',
    found: answer.structuredContent as unknown as Record<string, unknown>,
  }
}

const uses = async (viewer: PersonViewer) =>
  (await delegatesPage(viewer, null)).uses.map(({ tool, outcome, fields, name }) => ({ tool, outcome, fields, name }))

test('an agent reads the fields that it was given, and no other; each reading stands for the person', async () => {
  const amina = await aminaWithAVault()
  const { token } = await appointDelegate(amina, EVERYTHING)
  const agent = await (await atTheDoor()).client(token)

  expect((await call(agent, 'read_vault')).found).toMatchObject({ fields: [{ field: 'role', value: 'Head of operations' }] })
  const denied = await call(agent, 'read_vault', { fields: ['role', 'phone'] })
  expect(denied.refused).toBe(true)
  expect(denied.said).not.toContain('30 5550 142')
  expect(await uses(amina)).toEqual([
    { tool: 'read_vault', outcome: 'refused', fields: ['phone'], name: 'Travel bot' },
    { tool: 'read_vault', outcome: 'done', fields: ['role'], name: 'Travel bot' },
  ])
})

test('a delegate is offered what it may do, and its token is kept nowhere', async () => {
  const amina = await aminaWithAVault()
  const { token } = await appointDelegate(amina, { ...EVERYTHING, scopes: ['grants:read'], fields: ['role'] })
  const agent = await (await atTheDoor()).client(token)
  expect((await agent.listTools()).tools.map((tool) => tool.name)).toEqual(['list_grants'])
  const kept = await owner.select().from(schema.delegates).where(eq(schema.delegates.personId, amina.personId))
  expect(JSON.stringify(kept)).not.toContain(token)
  expect(kept[0]?.fields).toEqual([])
})

test('a grant waits for the person, who does it or not, once', async () => {
  const amina = await aminaWithAVault()
  const vendor = await aVendor()
  const { token } = await appointDelegate(amina, EVERYTHING)
  const agent = await (await atTheDoor()).client(token)
  const wanted = { vendor: vendor.slug, fields: ['role'], purpose: 'answer', until: inAMonth(), why: 'They answer better when they know.' }

  expect((await call(agent, 'draft_grant', wanted)).found).toMatchObject({ status: 'waiting_for_confirmation' })
  expect((await call(agent, 'list_grants')).found).toEqual({ grants: [] })
  const [wish] = (await delegatesPage(amina, null)).wishes
  expect(wish).toMatchObject({
    from: 'Travel bot',
    why: 'They answer better when they know.',
    wanted: { grant: { vendor: 'Tern Works', attributes: ['role'] } },
  })

  await expect(confirmWish(await aMember('Jun'), wish?.id ?? '')).rejects.toThrow(NotFound)
  expect(await confirmWish(amina, wish?.id ?? '')).toMatch(/^\/me\/grants\//)
  await expect(confirmWish(amina, wish?.id ?? '')).rejects.toThrow(Conflict)
  expect((await call(agent, 'list_grants')).found).toMatchObject({ grants: [{ vendor: vendor.slug, fields: ['role'] }] })

  await call(agent, 'draft_grant', wanted)
  const [second] = (await delegatesPage(amina, null)).wishes
  await declineWish(amina, second?.id ?? '')
  expect((await delegatesPage(amina, null)).wishes).toEqual([])
  expect((await call(agent, 'list_grants')).found).toMatchObject({ grants: [{ vendor: vendor.slug }] })
})

test('the person is told of what waits', async () => {
  const amina = await aminaWithAVault()
  const { token } = await appointDelegate(amina, EVERYTHING)
  const agent = await (await atTheDoor()).client(token)
  const community = await aCommunity({ members: [amina] })
  await call(agent, 'ask_question', {
    community: community.slug,
    title: 'Where is the export of March?',
    body: 'I looked under reports and found none.',
    why: 'You asked me to find out.',
  })
  const [event] = await owner
    .select()
    .from(schema.interactions)
    .where(and(eq(schema.interactions.kind, 'wish.made'), sql`payload ->> 'personId' = ${amina.personId}`))
  expect(event?.actorKind).toBe('system')
  const [wish] = (await delegatesPage(amina, null)).wishes
  expect(await confirmWish(amina, wish?.id ?? '')).toMatch(new RegExp(`^/c/${community.slug}/\\d+$`))
})

test('what was approved beforehand happens at once, under the rules that bind the person', async () => {
  const amina = await aminaWithAVault()
  const community = await aCommunity({ access: 'invitation' })
  const open = await aCommunity({ members: [amina] })
  const { token } = await appointDelegate(amina, { ...EVERYTHING, preapproved: ['questions:write'] })
  const agent = await (await atTheDoor()).client(token)
  const question = { title: 'Where is the export of March?', body: 'I looked under reports and found none.', why: 'You asked me to.' }

  expect((await call(agent, 'ask_question', { ...question, community: community.slug })).refused).toBe(true)
  expect((await call(agent, 'ask_question', { ...question, title: 'Short', community: open.slug })).said).toContain('title:')
  expect((await call(agent, 'ask_question', { ...question, community: open.slug })).found).toMatchObject({ status: 'done' })
  expect((await uses(amina)).map((use) => use.outcome)).toEqual(['done', 'refused', 'refused'])
})

test('a delegate has none of the roles of its person', async () => {
  const vendor = await aVendor()
  const dara = { ...(await aStaffMember(vendor)), proved: true }
  const { token } = await appointDelegate(dara, { ...EVERYTHING, scopes: ['questions:read'] })
  const delegate = await delegateBehind(token)
  expect(delegate?.viewer).toMatchObject({ staffOf: [], moderates: [], isOperator: false, isPortalModerator: false })
})

test('it ends by the clock, when its person ends it, and with whoever handed on to it', async () => {
  const amina = await aminaWithAVault()
  const { form, client } = await atTheDoor()
  const first = await appointDelegate(amina, EVERYTHING)
  const exchange = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  }
  const answer = (await (
    await form('/oauth/token', { ...exchange, subject_token: first.token, client_id: 'Ticket bot', scope: 'vault:read' })
  ).json()) as {
    access_token: string
    expires_in: number
    scope: string
  }
  expect(answer).toMatchObject({
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    token_type: 'Bearer',
    scope: 'vault:read',
  })
  expect(answer.expires_in).toBeLessThanOrEqual(3600)
  expect(await (await form('/oauth/introspection', { token: answer.access_token })).json()).toMatchObject({
    active: true,
    scope: 'vault:read',
    act: { sub: 'Ticket bot', act: { sub: 'Travel bot' } },
  })
  const second = await client(answer.access_token)
  expect((await call(second, 'read_vault')).found).toMatchObject({ fields: [{ field: 'role' }] })
  expect((await delegatesPage(amina, null)).uses[0]).toMatchObject({ name: 'Ticket bot', through: 'Travel bot' })

  expect(
    await (
      await form('/oauth/token', { ...exchange, subject_token: answer.access_token, client_id: 'Other', scope: 'grants:write' })
    ).json(),
  ).toMatchObject({ error: 'invalid_scope' })

  await endDelegate(amina, first.id)
  expect(await (await form('/oauth/introspection', { token: answer.access_token })).json()).toEqual({ active: false })
  expect(await delegateBehind(first.token)).toBeNull()
  await expect(call(second, 'read_vault')).rejects.toThrow()

  const late = await appointDelegate(amina, EVERYTHING)
  await owner
    .update(schema.delegates)
    .set({ createdAt: sql`now() - interval '8 days'`, expiresAt: sql`now() - interval '1 second'` })
    .where(eq(schema.delegates.id, late.id))
  expect(await delegateBehind(late.token)).toBeNull()
})

test('without a key, with another’s, or from a page of another site nobody comes in', async () => {
  const { at } = await atTheDoor()
  const say = { jsonrpc: '2.0', id: 1, method: 'tools/list' }
  const post = (headers: Record<string, string>, body = JSON.stringify(say)) =>
    fetch(`${at}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body,
    })
  const bare = await post({})
  expect(bare.status).toBe(401)
  expect(bare.headers.get('www-authenticate')).toContain('/.well-known/oauth-protected-resource/mcp')
  expect((await post({ authorization: `Bearer parley_dg_${'x'.repeat(43)}` })).status).toBe(401)
  expect((await post({ cookie: 'parley_session=anything' })).status).toBe(401)
  expect((await post({ origin: 'https://elsewhere.example' })).status).toBe(403)
  expect((await post({}, '{')).status).toBe(400)
  expect((await post({}, `"${'x'.repeat(200_000)}"`)).status).toBe(413)
  expect((await fetch(`${at}/mcp`)).status).toBe(405)
  expect(await (await fetch(`${at}/.well-known/oauth-protected-resource/mcp`)).json()).toMatchObject({
    bearer_methods_supported: ['header'],
  })
  expect(await (await fetch(`${at}/.well-known/oauth-authorization-server`)).json()).toMatchObject({ response_types_supported: [] })
})

test('only who has just shown who they are appoints one; fields are named, and are their own', async () => {
  const amina = await aminaWithAVault()
  await expect(appointDelegate({ ...(await refreshed(amina)), proved: false }, EVERYTHING)).rejects.toThrow(Forbidden)
  await expect(appointDelegate(amina, { ...EVERYTHING, fields: [] })).rejects.toThrow(Invalid)
  await expect(appointDelegate(amina, { ...EVERYTHING, fields: ['location'] })).rejects.toThrow(Invalid)
  await expect(endDelegate(await aMember('Jun'), (await appointDelegate(amina, EVERYTHING)).id)).rejects.toThrow(NotFound)
})

test('the database shows a delegate to its person alone, and widens none', async () => {
  const amina = await aminaWithAVault()
  const jun = await aMember('Jun')
  const { id } = await appointDelegate(amina, { ...EVERYTHING, scopes: ['grants:read'] })
  expect(await db.select().from(schema.delegates).where(eq(schema.delegates.id, id))).toEqual([])
  expect(await transaction(jun, (tx) => tx.select().from(schema.delegates).where(eq(schema.delegates.id, id)))).toEqual([])
  const refused = (query: ReturnType<typeof sql>) => expect(transaction(amina, (tx) => tx.execute(query))).rejects.toThrow()
  await refused(sql`update delegates set scopes = array['vault:read'] where id = ${id}`)
  await refused(sql`update delegates set expires_at = now() + interval '90 days' where id = ${id}`)
  await refused(sql`update delegate_uses set outcome = 'done' where person_id = ${amina.personId}`)
  await refused(sql`delete from delegate_uses where person_id = ${amina.personId}`)
})

test('whoever appoints one is told by mail; a stolen way in, or a password set anew by mail, ends what was appointed before', async () => {
  const amina = await aminaWithAVault()
  const appointed = await appointDelegate(amina, EVERYTHING)
  const mails = await owner.execute<{ payload: string }>(
    sql`select subject as payload from outgoing_mails where person_id = ${amina.personId}`,
  )
  expect(mails.map(({ payload }) => payload)).toContain('A delegate may act in your name')
  const happened = (kind: 'password.changed' | 'browser.disowned', actorHandleId: string | null): Happened => ({
    ...{ id: crypto.randomUUID(), kind, occurredAt: new Date(), actorHandleId, payload: { personId: amina.personId } },
  })
  await endAllAfterTheft(happened('password.changed', amina.handleId))
  expect(await delegateBehind(appointed.token)).not.toBeNull()
  await endAllAfterTheft(happened('password.changed', null))
  expect(await delegateBehind(appointed.token)).toBeNull()

  const second = await appointDelegate(amina, EVERYTHING)
  await endAllAfterTheft({ ...happened('browser.disowned', null), occurredAt: new Date(Date.now() - 60_000) })
  expect(await delegateBehind(second.token)).not.toBeNull()
  await endAllAfterTheft(happened('browser.disowned', null))
  await endAllAfterTheft(happened('browser.disowned', null))
  expect(await delegateBehind(second.token)).toBeNull()
})

test('what an agent types that is no field, vendor or room is refused in words, and not repeated', async () => {
  const amina = await aminaWithAVault()
  const { token } = await appointDelegate(amina, EVERYTHING)
  const agent = await (await atTheDoor()).client(token)
  const odd = 'a\u0000b<script>'
  expect((await call(agent, 'read_vault', { fields: [odd] })).refused).toBe(true)
  const grant = { vendor: odd, fields: ['role'], purpose: 'answer', until: inAMonth(), why: 'Because.' }
  expect((await call(agent, 'draft_grant', grant)).said).toContain('vendor:')
  expect((await call(agent, 'draft_grant', { ...grant, vendor: 'tern-works', fields: [odd] })).refused).toBe(true)
  const question = {
    community: odd,
    title: 'Where is the export of March?',
    body: 'I looked under reports and found none.',
    why: 'Because.',
  }
  expect((await call(agent, 'ask_question', question)).refused).toBe(true)
  expect((await call(agent, 'ask_question', { ...question, community: 'tern-mail', title: `Where ${odd} is the export?` })).refused).toBe(
    true,
  )
  expect((await call(agent, 'find_answers', { text: odd })).refused).toBe(false)
  const { uses: done, wishes } = await delegatesPage(amina, null)
  expect(wishes).toEqual([])
  expect(JSON.stringify(done)).not.toContain('script')
})
