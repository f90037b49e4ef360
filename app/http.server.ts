import { createHash, randomBytes } from 'node:crypto'
import type { Readable } from 'node:stream'
import { data, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { networkOf } from '~/server/accounts'
import { keepFile, LARGEST_FILE_BYTES, MOST_FILES } from '~/server/attachments'
import type { FilePlace } from '~/server/attachments/types'
import { tellRefused } from '~/server/moderation'
import { asAskedHere, type Place } from '~/server/threads'
import { Invalid, ProveFirst, Refusal, TooMany } from '~/server/errors'
import { countAgainst } from '~/server/limits'
import { forgetHeldForm, holdForm } from '~/server/platform/held-forms'
import { isMultipart, LARGEST_FORM_BYTES, readMultipart, takeOneFile, type Sent, type SentFile } from '~/server/platform/multipart'
import type { PersonViewer, Viewer } from '~/server/viewer'
import { paths } from './paths'

declare module '@remix-run/node' {
  interface AppLoadContext {
    viewer: Viewer
    cspNonce: string
    /** The visitor's address, through trusted proxies only. */
    from: string
    device: string
    /** Why the form of this very request was refused. */
    refusal?: Refusal
  }
}

type ParamName =
  | 'contest'
  | 'grantId'
  | 'handle'
  | 'id'
  | 'key'
  | 'kind'
  | 'name'
  | 'number'
  | 'postId'
  | 'requestId'
  | 'size'
  | 'slug'
  | 'step'
  | 'task'
  | 'title'
  | 'token'
  | 'trigger'
  | 'vendor'
type Params = Record<ParamName, string>
export type Asking = {
  viewer: Viewer
  params: Params
  url: URL
  request: Request
  from: string
  device: string
  cookies: string | null
  /** The page is drawn again below a form that was refused. */
  refused: boolean
}

// A parameter that the route declares is always there; one that it does not is a mistake worth an early error.
const asked = (params: LoaderFunctionArgs['params']) =>
  new Proxy(params as Params, { get: (target, name) => (typeof name === 'string' ? (target[name as ParamName] ?? '') : undefined) })

async function asking({ request, params, context }: LoaderFunctionArgs): Promise<Asking> {
  const url = new URL(request.url)
  return {
    viewer: await asAskedHere(context.viewer, placeOf(url, params)),
    params: asked(params),
    url,
    request,
    from: context.from,
    device: context.device,
    cookies: request.headers.get('cookie'),
    refused: Boolean(context.refusal),
  }
}

/** Which thread, post or decision an address is about. */
function placeOf({ pathname }: URL, { number, postId, id, kind }: LoaderFunctionArgs['params']): Place {
  if (pathname.startsWith('/suggestions/')) return { suggestionId: id }
  if (pathname.startsWith('/moderation/log/')) return { decisionId: id }
  if (pathname.startsWith('/flags/')) return kind === 'thread' ? { threadId: id } : { postId: id }
  return { number, postId }
}

/** A loader: who is asking, and refusals turned into answers. */
export function load<T>(ask: (asking: Asking) => Promise<T> | T) {
  return async (args: LoaderFunctionArgs): Promise<T> => {
    const given = await asking(args)
    try {
      const answer = await ask(given)
      // A button's own address only leads back; without JavaScript its refusal would be lost on the way.
      if (args.context.refusal && answer instanceof Response) throw args.context.refusal
      return answer
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.status === 403 && given.viewer.kind === 'visitor') throw redirect(paths.signIn(pathOf(given.url)))
      if (error instanceof ProveFirst) throw redirect(paths.prove(pathOf(given.url)))
      throw answerTo(error)
    }
  }
}

export type Refused = { errors: Record<string, string>; values: Record<string, string | string[]> }

/**
 * An action: the form parsed by its schema, then one thing done. What cannot be taken comes back as `errors` beside the fields, with what
 * was typed. A visitor's form is kept for 24 hours and comes back after sign-in. `filesFor` says where files belong that were sent along:
 * they are kept there first, so that a form which is refused loses none of them.
 */
export function act<S extends z.ZodObject, T>(
  schema: S,
  perform: (asking: Asking & { input: z.infer<S> }) => Promise<T>,
  filesFor?: (asking: Asking) => Promise<FilePlace | null> | FilePlace | null,
) {
  return async (args: ActionFunctionArgs) => {
    const given = await asking(args)
    const { fields, files, problem, done } = await posted(args.request, given.viewer, Boolean(filesFor))
    const values = forShowing(fields)
    const keepAlong = async () => {
      if (problem) throw problem === 'files.busy' ? new TooMany(5, problem) : new Invalid({ form: problem })
      const place = files.length > 0 && given.viewer.kind === 'person' ? await filesFor?.(given) : null
      return place ? kept(given.viewer, place, files, fields) : null
    }
    try {
      const notKept = await keepAlong().finally(done)
      const broken = Object.keys(schema.shape).filter((name) => fields[name]?.some((value) => value.includes('\0')))
      if (broken.length > 0) throw new Invalid(Object.fromEntries(broken.map((name) => [name, 'notText'])))
      const parsed = schema.safeParse(shaped(schema, fields))
      if (!parsed.success || notKept) throw new Invalid({ ...(parsed.success ? {} : firstErrors(parsed.error)), ...notKept })
      return await takenAtLast(given, await perform({ ...given, input: parsed.data }))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await logged(given, error)
      const asks = error.status === 403 && given.viewer.kind === 'visitor' ? paths.signIn : error instanceof ProveFirst ? paths.prove : null
      if (!asks) return refused(args, error, values)
      const led = await held(given, files.length > 0 ? { ...values, filesLost: '1' } : values, asks).catch(onlyTooMany)
      if (led instanceof TooMany) return refused(args, led, values)
      throw led
    }
  }
}

/**
 * An action that takes one file, larger than those that go along with forms, as it arrives. What is wrong with it is said beside its field.
 * `mayBring` throws before anything of it is read.
 */
export function takeFile<T>(
  field: string,
  bytes: number,
  take: (asking: Asking & { content: Readable; filename: string }) => Promise<T>,
  mayBring?: (asking: Asking) => Promise<void>,
) {
  return async (args: ActionFunctionArgs) => {
    const given = await asking(args)
    try {
      personOf(given.viewer)
      await mayBring?.(given)
      if (!isMultipart(args.request)) throw new Invalid({ [field]: 'required' })
      const done = await takeOneFile(args.request, { field, bytes }, (content, filename) => take({ ...given, content, filename }))
      if (!done) throw new Invalid({ [field]: 'required' })
      if ('problem' in done) throw new Invalid({ [field]: done.problem === 'tooLarge' ? 'files.large' : 'invalid' })
      return done.taken
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.status === 403 && given.viewer.kind === 'visitor') throw redirect(paths.signIn(pathOf(given.url)))
      return refused(args, error, {})
    }
  }
}

/** What staff of a vendor try on a recommendation and may not stands in the log, whichever door it was. Those who decide keep their own. */
async function logged({ viewer, url }: Asking, refusal: Refusal): Promise<void> {
  const [, id] = /^\/recommendations\/([\w-]{36})(?:\/(?!evidence\/decision)|$)/.exec(url.pathname) ?? []
  if (id && refusal.status === 403 && !(refusal instanceof ProveFirst)) await tellRefused(viewer, id)
}

/** The words of a refusal beside the fields of the form, which stands there as it was sent. */
function refused({ request, context }: ActionFunctionArgs, refusal: Refusal, values: Refused['values']) {
  if (refusal.status === 404) throw answerTo(refusal)
  const unfit = refusal instanceof Invalid ? refusal.fields : {}
  if (wantsJson(request)) return Response.json({ refused: refusal.key, values: refusal.values, errors: unfit }, { status: refusal.status })
  context.refusal = refusal
  const errors = refusal instanceof Invalid ? refusal.fields : { form: refusal.key, ...refusal.values }
  return data<Refused>({ errors: errors as Record<string, string>, values }, { status: refusal.status, headers: headersOf(refusal) })
}

function onlyTooMany(error: unknown): TooMany {
  if (error instanceof TooMany) return error
  throw error
}

/** A script of the page asks, not the page: the words beside the fields are of no use to it. */
const wantsJson = (request: Request) => request.headers.get('accept') === 'application/json'

/** The browser guessed that somebody may go there: nobody has read it yet. */
export function guessed(request: Request): boolean {
  return /prefetch/.test(`${request.headers.get('sec-purpose')} ${request.headers.get('purpose')} ${request.headers.get('x-moz')}`)
}

/** Another site led the browser here. One that says nothing of it is believed. */
export function sentFromElsewhere(request: Request): boolean {
  return ['cross-site', 'same-site'].includes(request.headers.get('sec-fetch-site') ?? '')
}

/** The person who is signed in, for loaders of pages that belong to them; a visitor is sent to sign in. */
export function personOf(viewer: Viewer): PersonViewer {
  if (viewer.kind === 'person') return viewer
  throw new SignInFirst()
}

/** Leads on, and sets cookies by the way. */
export function redirectWith(cookies: string[], to: string) {
  return redirect(to, { headers: cookies.map((cookie): [string, string] => ['Set-Cookie', cookie]) })
}

class SignInFirst extends Refusal {
  override readonly status = 403
  constructor() {
    super('signInFirst')
  }
}

function answerTo(refusal: Refusal) {
  return data({ key: refusal.key, values: refusal.values }, { status: refusal.status, headers: headersOf(refusal) })
}

function headersOf(refusal: Refusal): Record<string, string> {
  return refusal instanceof TooMany ? { 'Retry-After': String(refusal.waitSeconds) } : {}
}

/** Keeps what was typed and asks first who they are; it stands in its form again when they come back. */
async function held({ url, request, from }: Asking, values: Refused['values'], asks: (next: string) => string) {
  const page = pageOfForm(url, request)
  await countAgainst('hold-form', networkOf(from))
  const token = wantsJson(request) ? (tokenOf(request) ?? freshToken()) : freshToken()
  await holdForm(createHash('sha256').update(token).digest('hex'), { path: page, postedTo: pathOf(url), fields: values })
  return redirect(asks(page), { headers: { 'Set-Cookie': heldCookie(token, 86_400) } })
}

const heldCookie = (token: string, seconds: number) => `parley_held=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}`

/** What was typed here waits no longer for whoever sits down next. */
export const heldOver = () => heldCookie('', 0)

/** The token of a form that is kept for whoever asks, hashed as it is stored. */
export function heldToken(request: Request): string | null {
  const token = tokenOf(request)
  return token ? createHash('sha256').update(token).digest('hex') : null
}

const tokenOf = (request: Request) => /(?:^|;\s*)parley_held=([\w-]+)/.exec(request.headers.get('cookie') ?? '')?.[1]
const freshToken = () => randomBytes(24).toString('base64url')

/** What was kept is forgotten once the same form is taken; another form of the page leaves it. */
async function takenAtLast<T>({ url, request }: Asking, answer: T): Promise<T> {
  const token = heldToken(request)
  if (token && (await forgetHeldForm(token, pathOf(url))) && answer instanceof Response)
    answer.headers.append('Set-Cookie', heldCookie('', 0))
  return answer
}

// A button posts to a route of its own; the page it stood on is where the visitor wants to be.
function pageOfForm(url: URL, request: Request): string {
  const referer = request.headers.get('referer')
  if (!referer || !URL.canParse(referer)) return pathOf(url)
  const from = new URL(referer)
  return from.host === request.headers.get('host') ? pathOf(from) : pathOf(url)
}

const pathOf = (url: URL) => url.pathname.replace(/\.data$/, '') + url.search.replace(/[?&]_routes=[^&]*/, '')

const SECRET = /password|token|secret|^(code|credential)$/i
const LONGEST_KEPT = 60_000

/** Passwords and codes are never sent back or kept. */
function forShowing(fields: Record<string, string[]>): Refused['values'] {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !SECRET.test(name))
      .map(([name, values]) => [name, values.length > 1 ? values.map(wellFormed) : wellFormed(values[0] ?? '')]),
  )
}

const wellFormed = (value: string) => value.toWellFormed().replaceAll('\0', '').slice(0, LONGEST_KEPT)

type Fields = Record<string, string[]>

async function posted(request: Request, viewer: Viewer, takesFiles: boolean): Promise<Omit<Sent, 'fields'> & { fields: Fields }> {
  if (!isMultipart(request)) return { fields: fieldsOf(await request.formData()), files: [], problem: null, done: () => undefined }
  const { fields, files, problem, done } = await readMultipart(request, {
    fileBytes: LARGEST_FILE_BYTES,
    fieldBytes: 4 * LONGEST_KEPT + 4,
    wordBytes: LARGEST_FORM_BYTES,
    files: takesFiles && viewer.kind === 'person' ? { most: MOST_FILES, of: viewer.personId } : null,
  })
  return { fields: fieldsOf(fields), files: files.filter(({ field }) => field === 'attach'), problem, done }
}

/** Each file on its own: those that are kept go along with the form from now on, the first that is not says why. */
async function kept(viewer: Viewer, place: FilePlace, files: SentFile[], fields: Fields): Promise<Record<string, string> | null> {
  let refused: Record<string, string> | null = null
  // One field says what the picture shows: of several at once, what the first one does.
  let [description] = fields.attachAlt ?? []
  for (const file of files)
    try {
      const { id, width } = await keepFile(viewer, place, { ...file, description: wellFormed(description ?? '') })
      if (width) description = undefined
      ;(fields.files ??= []).push(id)
    } catch (error) {
      if (!(error instanceof Refusal) || error.status === 403) throw error
      refused ??= error instanceof Invalid ? error.fields : { attach: error instanceof TooMany ? 'files.tooManyToday' : error.key }
    }
  return refused
}

function fieldsOf(form: Iterable<[string, FormDataEntryValue]>): Fields {
  const fields: Fields = Object.create(null) as Fields
  for (const [name, value] of form) if (typeof value === 'string' && !name.startsWith('__')) (fields[name] ??= []).push(value)
  return fields
}

// Lists only where the schema wants lists: `id=mine&id=other` never reaches a command as one of the two.
function shaped(schema: z.ZodObject, fields: Record<string, string[]>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema.shape).map(([name, type]) => {
      const values = fields[name]
      return [name, wantsList(type as z.ZodType) ? (values ?? []) : values === undefined || values.length === 1 ? values?.[0] : values]
    }),
  )
}

function wantsList(type: z.ZodType): boolean {
  if (type instanceof z.ZodArray) return true
  if (type instanceof z.ZodOptional || type instanceof z.ZodDefault || type instanceof z.ZodCatch)
    return wantsList(type.unwrap() as z.ZodType)
  if (type instanceof z.ZodPipe) return wantsList(type.in as z.ZodType)
  return false
}

function firstErrors(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const issue of error.issues) errors[String(issue.path[0] ?? 'form')] ??= keyOf(issue)
  return errors
}

// zod's own sentences are not for people: only keys of the catalogue pass.
function keyOf(issue: z.core.$ZodIssue): string {
  if (/^[a-z][\w.-]*(:-?\d+)?$/i.test(issue.message)) return issue.message
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'required'
  if (issue.code === 'invalid_value') return 'notChoice'
  return 'invalid'
}
