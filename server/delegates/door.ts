import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import express, { Router, type NextFunction, type Request, type Response } from 'express'
import { z } from 'zod'
import { Invalid, Refusal } from '~/server/errors'
import { env, publicOrigins } from '~/server/platform/env'
import { log } from '~/server/platform/log'
import { PURPOSES } from '~/server/vault/input'
import { say, sayError } from '~/words'
import { handOn } from './handing-on'
import { DELEGATE_SCOPES } from './input'
import { delegateBehind, type Delegate } from './knowing'
import { findAnswers, listGrants, readVault, wish } from './tools'

const LARGEST_CALL = '128kb'
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

const origin = () => publicOrigins(env)[0] ?? ''
const resource = () => `${origin()}/mcp`

/**
 * The door of agents that act for a person: the Model Context Protocol at /mcp (streamable HTTP without sessions), and what OAuth says of
 * it: RFC 9728 about the resource, RFC 8414 about the tokens, RFC 8693 to hand on, RFC 7662 to look at one. A token alone counts here,
 * never a cookie, so that no page of another site can ask in somebody's name.
 */
export function delegatesDoor(): Router {
  const door = Router()
  const json = express.json({ limit: LARGEST_CALL })
  const form = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 20 })
  door.get(
    ['/.well-known/oauth-protected-resource', '/.well-known/oauth-protected-resource/mcp'],
    (_, response) =>
      void response.json({
        resource: resource(),
        authorization_servers: [origin()],
        scopes_supported: DELEGATE_SCOPES,
        bearer_methods_supported: ['header'],
        resource_name: say('delegates.resource'),
        resource_documentation: `${origin()}/me/delegates`,
      }),
  )
  door.get('/.well-known/oauth-authorization-server', (_, response) => void response.json({
    issuer: origin(),
    token_endpoint: `${origin()}/oauth/token`,
    introspection_endpoint: `${origin()}/oauth/introspection`,
    grant_types_supported: [EXCHANGE],
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['none'],
    scopes_supported: DELEGATE_SCOPES,
    service_documentation: `${origin()}/me/delegates`,
  })) // prettier-ignore
  door.post('/oauth/token', form, (request, response, next) => void exchange(request, response).catch(next))
  door.post('/oauth/introspection', form, (request, response, next) => void introspect(request, response).catch(next))
  door.post('/mcp', fromOurPagesOrNone, json, (request, response, next) => void converse(request, response).catch(next))
  door.all('/mcp', (_, response) => void response.status(405).set('Allow', 'POST').end())
  door.use((error: unknown, _: Request, response: Response, next: NextFunction) => {
    const status = (error as { status?: number }).status ?? 500
    if (status >= 500) log.error({ err: error }, 'a delegate’s call failed')
    if (response.headersSent) return next(error)
    response.status(status).json({ error: status >= 500 ? 'server_error' : 'invalid_request' })
  })
  return door
}

/** A browser says where a request comes from; programs have no origin. */
function fromOurPagesOrNone(request: Request, response: Response, next: NextFunction) {
  if (request.headers.origin && !publicOrigins(env).includes(request.headers.origin))
    return void response.status(403).json({ error: 'invalid_request' })
  next()
}

async function converse(request: Request, response: Response): Promise<void> {
  const [, token = ''] = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.authorization ?? '') ?? []
  const delegate = token ? await delegateBehind(token) : null
  if (!delegate) {
    response.set(
      'WWW-Authenticate',
      `Bearer resource_metadata="${origin()}/.well-known/oauth-protected-resource/mcp"${token ? ', error="invalid_token"' : ''}`,
    )
    return void response.status(401).json({ error: token ? 'invalid_token' : 'invalid_request' })
  }
  const server = serverFor(delegate)
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true })
  response.on('close', () => void transport.close().then(() => server.close()))
  await server.connect(transport)
  await transport.handleRequest(request, response, request.body)
}

type Tool = 'read_vault' | 'list_grants' | 'find_answers' | 'draft_grant' | 'ask_question'

/** What this delegate may do, and nothing else, is what it is offered. */
function serverFor(delegate: Delegate): McpServer {
  const server = new McpServer({ name: 'parley', version: '1' }, { instructions: say('delegates.instructions') })
  const told = (name: Tool) => ({ title: say(`delegates.tool.${name}`), description: say(`delegates.tool.${name}.what`) })
  const reads = { readOnlyHint: true, openWorldHint: false }
  const writes = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true }
  const why = z.string().max(500).describe(say('delegates.tool.why'))
  if (delegate.scopes.includes('vault:read'))
    server.registerTool(
      'read_vault',
      {
        ...told('read_vault'),
        annotations: reads,
        inputSchema: { fields: z.array(z.string().max(60)).max(60).optional().describe(delegate.fields.join(', ')) },
      },
      ({ fields }) => answered(() => readVault(delegate, fields)),
    )
  if (delegate.scopes.includes('grants:read'))
    server.registerTool('list_grants', { ...told('list_grants'), annotations: reads, inputSchema: {} }, () =>
      answered(() => listGrants(delegate)),
    )
  if (delegate.scopes.includes('questions:read'))
    server.registerTool(
      'find_answers',
      { ...told('find_answers'), annotations: reads, inputSchema: { text: z.string().min(2).max(200) } },
      ({ text }) => answered(() => findAnswers(delegate, text)),
    )
  if (delegate.scopes.includes('grants:write'))
    server.registerTool(
      'draft_grant',
      {
        ...told('draft_grant'),
        annotations: writes,
        inputSchema: {
          vendor: z.string().max(80),
          fields: z.array(z.string().max(60)).min(1).max(50),
          purpose: z.enum(PURPOSES),
          until: z.string().max(10).describe('2027-03-01'),
          why,
        },
      },
      ({ fields, why: reason, ...grant }) => answered(() => wish(delegate, 'grants:write', { ...grant, attributes: fields }, reason)),
    )
  if (delegate.scopes.includes('questions:write'))
    server.registerTool(
      'ask_question',
      {
        ...told('ask_question'),
        annotations: writes,
        inputSchema: {
          community: z.string().max(80),
          title: z.string().max(300),
          body: z.string().max(30_000),
          tags: z.array(z.string().max(35)).max(5).optional(),
          why,
        },
      },
      ({ why: reason, tags = [], ...question }) =>
        answered(() => wish(delegate, 'questions:write', { ...question, tags: tags.join(' ') }, reason)),
    )
  return server
}

/** A refusal is an answer in words that say what to do next; anything else is a bug and rises. */
async function answered(act: () => Promise<object>) {
  try {
    const found = await act()
    return { content: [{ type: 'text' as const, text: JSON.stringify(found) }], structuredContent: found as Record<string, unknown> }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const text =
      error instanceof Invalid
        ? Object.entries(error.fields)
            .map(([field, key]) => `${field}: ${sayError(key)}`)
            .join('\n')
        : sayError(error.key, error.values)
    return { isError: true, content: [{ type: 'text' as const, text }] }
  }
}

/** One value of a form, and none of a form that says it twice. */
const one = (request: Request, name: string) => {
  const value = (request.body as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' ? value : ''
}

async function exchange(request: Request, response: Response): Promise<void> {
  const refuse = (error: string, description?: string) =>
    void response.status(400).json({ error, ...(description ? { error_description: description } : {}) })
  if (one(request, 'grant_type') !== EXCHANGE) return refuse('unsupported_grant_type')
  if (one(request, 'subject_token_type') !== ACCESS_TOKEN) return refuse('invalid_request')
  const target = one(request, 'resource')
  if (target && target !== resource()) return refuse('invalid_target')
  const delegate = await delegateBehind(one(request, 'subject_token'))
  if (!delegate) return refuse('invalid_grant')
  try {
    const { token, scopes, seconds } = await handOn(delegate, {
      name: one(request, 'client_id'),
      scope: one(request, 'scope') || undefined,
    })
    response.json({
      access_token: token,
      issued_token_type: ACCESS_TOKEN,
      token_type: 'Bearer',
      expires_in: seconds,
      scope: scopes.join(' '),
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const field = error instanceof Invalid ? Object.entries(error.fields)[0] : null
    refuse(field?.[0] === 'scope' ? 'invalid_scope' : 'invalid_request', sayError(field?.[1] ?? error.key, error.values))
  }
}

/** Whoever holds a token may look at it: whom it speaks for, what it may, and who acts for whom. */
async function introspect(request: Request, response: Response): Promise<void> {
  const delegate = await delegateBehind(one(request, 'token'))
  if (!delegate) return void response.json({ active: false })
  const act = [...delegate.actors]
    .reverse()
    .reduce<object | undefined>((inner, name) => ({ sub: name, ...(inner ? { act: inner } : {}) }), undefined)
  response.json({
    active: true,
    sub: `${origin()}/people/${delegate.viewer.handle}`,
    scope: delegate.scopes.join(' '),
    exp: Math.floor(delegate.expiresAt.getTime() / 1000),
    aud: resource(),
    iss: origin(),
    token_type: 'Bearer',
    act,
  })
}
