import { createRequestHandler, type GetLoadContextFunction, type RequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import { sql } from 'drizzle-orm'
import express, { type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { db } from '~/db/client'
import { sayError } from '~/words'
import { viewerFromCookies } from './accounts'
import { delegatesDoor } from './delegates'
import { env, publicOrigins } from './platform/env'
import { log } from './platform/log'
import { speakOnTheClockOf, speaking } from './platform/manner'
import { LARGEST_FORM_BYTES } from './platform/multipart'
import { projectRoot } from './platform/root'
import { groupRoutes } from './platform/route-groups'
import { LARGEST_ARCHIVE_BYTES } from './portability'

/** Three of the largest files; with JavaScript they come one by one. */
const LARGEST_UPLOAD_BYTES = 32 * 1024 * 1024
/** Forms to which files may be added. */
const TAKES_FILES = /^\/(c\/[^/]+\/(ask|ideas\/new|\d+)|posts\/[^/]+\/edit|recommendations\/[^/]+\/evidence|me\/drafts|attachments)\b/
const TAKES_AN_ARCHIVE = /^\/me\/import(\.data)?$/

type Site = { build: () => Promise<ServerBuild>; assets: 'built' | 'by-vite' }

/** The site as an Express application: manners first, then files, then Remix. */
export function createSite({ build, assets }: Site) {
  const site = express()
  site.disable('x-powered-by')
  site.set('trust proxy', env.PARLEY_TRUSTED_PROXIES.length > 0 ? env.PARLEY_TRUSTED_PROXIES : false)
  site.get('/healthz', (_, response) => void response.set('Cache-Control', 'no-store').json({ alive: true }))
  site.get(
    '/readyz',
    (_, response, next) =>
      void readiness().then(
        (it) =>
          response
            .status(it.ready ? 200 : 503)
            .set('Cache-Control', 'no-store')
            .json(it),
        next,
      ),
  )

  if (assets === 'built') {
    const client = join(projectRoot, 'build/client')
    site.use('/assets', express.static(join(client, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }))
    site.use(filesOf(client))
  }
  site.use(headers(assets === 'by-vite'))
  site.use(speaking)
  site.use(delegatesDoor())
  site.use(refuseStrangers)
  // Not by a pattern: Express would refuse an address with a broken escape (`%E0%A4%A`) before Remix can say that nothing is there.
  site.use(assets === 'built' ? pagesInGroups(build) : createRequestHandler({ build, getLoadContext }))
  site.use((error: unknown, _: Request, response: Response, next: NextFunction) => {
    const status = (error as { status?: number }).status ?? 500
    if (status >= 500) log.error({ err: error }, 'a request failed')
    if (response.headersSent) return next(error)
    response
      .status(status)
      .type('text/plain')
      .send(sayError(status < 500 ? 'notFound' : 'unavailable'))
  })
  return site
}

const getLoadContext: GetLoadContextFunction = async (request, response) => {
  const { viewer, setCookie } = await viewerFromCookies(request.headers.cookie)
  if (viewer.kind === 'person') speakOnTheClockOf(viewer.timeZone)
  if (setCookie) response.append('Set-Cookie', setCookie)
  return {
    viewer,
    cspNonce: response.locals.cspNonce as string,
    from: request.ip ?? '',
    device: deviceOf(request.headers['user-agent']),
  }
}

/** One handler of Remix for each group of routes. */
function pagesInGroups(build: Site['build']): RequestHandler {
  const handlers = build().then((whole) => {
    const { builds, buildFor } = groupRoutes(whole)
    const handlerOf = new Map([whole, ...builds].map((part) => [part, createRequestHandler({ build: part, getLoadContext })]))
    return (address: string) => handlerOf.get(buildFor(address)) as RequestHandler
  })
  return (request, response, next) => handlers.then((handlerFor) => handlerFor(request.originalUrl)(request, response, next)).catch(next)
}

/** Looks on the disk only for what lay there at start; every other address is a page's. */
function filesOf(folder: string): RequestHandler {
  const names = new Set(readdirSync(folder))
  const files = express.static(folder, { maxAge: '1h', index: false, redirect: false })
  return (request, response, next) => (names.has(request.path.split('/', 2)[1] ?? '') ? files(request, response, next) : next())
}

function headers(development: boolean) {
  const https = publicOrigins(env).every((origin) => origin.startsWith('https:'))
  return (request: Request, response: Response, next: NextFunction) => {
    const nonce = randomBytes(16).toString('base64')
    response.locals.cspNonce = nonce
    response.set('Cache-Control', 'no-store')
    oneRuleForCaches(response)
    response.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: development ? ["'self'", "'unsafe-inline'"] : ["'self'", `'nonce-${nonce}'`],
          // Charts place their shapes with style attributes; no stylesheet is ever inline.
          styleSrc: development ? ["'self'", "'unsafe-inline'"] : ["'self'"],
          styleSrcAttr: ["'unsafe-inline'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'", 'data:'],
          connectSrc: development ? ["'self'", 'ws:'] : ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: https ? { maxAge: 63_072_000, includeSubDomains: true } : false,
      referrerPolicy: { policy: 'same-origin' },
      crossOriginEmbedderPolicy: false,
    })(request, response, next)
  }
}

/** Remix adds its headers to those that are there; of this one the last word counts. */
function oneRuleForCaches(response: Response) {
  const append = response.append.bind(response)
  response.append = (name, value) => (name.toLowerCase() === 'cache-control' ? response.set(name, value) : append(name, value))
}

/**
 * What Remix checks only in part: a change comes from one of our own origins, whatever the Host says, and `_data`, the
 * older way to call a single loader or action, does not exist.
 */
function refuseStrangers(request: Request, response: Response, next: NextFunction) {
  const refuse = (status: number, key: string) => void response.status(status).type('text/plain').send(sayError(key))
  // A NUL stands in no address, and the database takes none.
  if ('_data' in request.query || /%00/.test(request.url)) return refuse(404, 'notFound')
  if (request.method === 'GET' || request.method === 'HEAD') return next()
  if (request.method !== 'POST') return void response.status(405).set('Allow', 'GET, HEAD, POST').end()
  if (!fromNowhere(request) && !publicOrigins(env).includes(originOf(request))) return refuse(403, 'origin')
  const length = Number(request.headers['content-length'] ?? Number.NaN)
  if (!Number.isFinite(length)) return refuse(411, 'invalid')
  const type = request.headers['content-type'] ?? ''
  const largest = /^multipart\//i.test(type) ? largestAt(request.path) : LARGEST_FORM_BYTES
  if (length > largest) return refuse(413, 'tooMuch')
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return refuse(415, 'invalid')
  next()
}

function largestAt(path: string): number {
  if (TAKES_AN_ARCHIVE.test(path)) return LARGEST_ARCHIVE_BYTES + LARGEST_FORM_BYTES
  return TAKES_FILES.test(path) ? LARGEST_UPLOAD_BYTES : LARGEST_FORM_BYTES
}

/** Mailbox providers unsubscribe for their people (RFC 8058): what the link says is signed, and no cookie counts. */
const fromNowhere = (request: Request) => !request.headers.origin && /^\/unsubscribe\/[\w.-]+$/.test(request.path)

function originOf(request: Request): string {
  if (request.headers.origin) return request.headers.origin
  const referer = request.headers.referer ?? ''
  return URL.canParse(referer) ? new URL(referer).origin : ''
}

function deviceOf(agent = ''): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(agent)?.[1]?.replace('Edg', 'Edge').replace('OPR', 'Opera') ?? 'Browser'
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1]?.replace('Mac OS X', 'macOS') ?? ''
  return system ? `${browser}, ${system}` : browser
}

/** Older than this, what follows from events is late. */
const LATE_SECONDS = 60

async function readiness() {
  try {
    const [row] = await db.execute<{ migrations: string; waiting: string; oldest: string | null }>(sql`
      select (select count(*) from drizzle.__drizzle_migrations) as migrations, (select count(*) from outbox) + (select count(*) from deliveries) as waiting,
        (select extract(epoch from now() - min(created_at)) from outbox) as oldest`)
    const outboxSeconds = Math.round(Number(row?.oldest ?? 0))
    return {
      ready: outboxSeconds < LATE_SECONDS,
      database: true,
      migrations: Number(row?.migrations),
      outboxWaiting: Number(row?.waiting),
      outboxSeconds,
    }
  } catch {
    return { ready: false, database: false }
  }
}
