import type { ServerBuild } from '@remix-run/node'

type Route = { id: string; path?: string; index?: boolean }
/** A route as it stands once its optional parts are there or not: small letters, and `:` for whatever is not said. */
type Shape = string[]

/** Routes of one first word and one number of segments, parted by the words that some of them have further on. */
type Group = { words: Set<string>[]; builds: Map<string, ServerBuild> }

/**
 * Remix ranks all routes and tries their patterns one after another, four times a request: with two hundred screens that
 * is a third of what a page costs. An address is met only by routes with as many segments that have its words where it has
 * them, so each such group is a build of its own; a route that begins with a parameter or ends in a splat stands in all.
 * What is matched is the same. Returns the build for an address: the whole one where it is for all routes to say.
 */
export function groupRoutes(build: ServerBuild): { builds: ServerBuild[]; buildFor: (originalUrl: string) => ServerBuild } {
  const all: Route[] = Object.values(build.routes).filter((route): route is NonNullable<typeof route> => route !== undefined)
  if (all.some((route) => 'parentId' in route && route.parentId !== undefined && route.parentId !== 'root'))
    throw new Error('Routes are grouped by their own paths: none may stand in another')
  const shaped = all.map(({ id, path = '', index }) => ({ id, shapes: index ? [['']] : shapesOf(path) }))
  const groups = new Map<string, Group>()
  for (const [key, shapes] of grouped(shaped.flatMap(({ shapes }) => shapes ?? []))) {
    const words = shapes[0]?.map((_, place) => new Set(shapes.flatMap((shape) => (shape[place] === ':' ? [] : [shape[place] ?? ''])))) ?? []
    const builds = shapes.map((shape): [string, ServerBuild] => [shape.join('/'), only(build, meeting(shaped, shape))])
    groups.set(key, { words, builds: new Map(builds) })
  }
  const buildFor = (originalUrl: string) => {
    const segments = segmentsOf(originalUrl)
    const group = segments && groups.get(keyOf(segments))
    if (!segments || !group) return build
    return group.builds.get(segments.map((word, place) => (group.words[place]?.has(word) ? word : ':')).join('/')) ?? build
  }
  return { builds: [...new Set([...groups.values()].flatMap(({ builds }) => [...builds.values()]))], buildFor }
}

/** Which routes may meet an address of this shape: those that have its words or leave them open. */
function meeting(routes: { id: string; shapes: Shape[] | null }[], shape: Shape): string[] {
  const fits = (other: Shape) => other.length === shape.length && other.every((word, place) => word === ':' || word === shape[place])
  return routes.filter(({ shapes }) => shapes === null || shapes.some(fits)).map(({ id }) => id)
}

/** Once for each number of segments that its optional parts allow; null for everywhere. */
function shapesOf(path: string): Shape[] | null {
  const segments = path.split('/')
  const [first = ''] = segments
  if (path === '' || /^[:*]|\?$/.test(first) || path.endsWith('*')) return null
  const optional = segments.filter((segment) => segment.endsWith('?')).length
  return Array.from({ length: optional + 1 }, (_, left) =>
    segments.slice(0, segments.length - left).map((segment) => (segment.startsWith(':') ? ':' : segment.replace(/\?$/, '').toLowerCase())),
  )
}

/** What an address says, in small letters; null where only Remix can tell: what it keeps to itself, and escapes, which may stand for any letter. */
function segmentsOf(originalUrl: string): string[] | null {
  const url = `http://parley${originalUrl}`
  if (!URL.canParse(url)) return null
  const { pathname } = new URL(url)
  const page = pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/')
  const path = page.replace(/^\//, '').replace(/\/+$/, '')
  return path.startsWith('__') || path.includes('%') ? null : path.toLowerCase().split('/')
}

const keyOf = (segments: string[]) => `${segments[0] ?? ''}/${segments.length}`

function grouped(shapes: Shape[]): Map<string, Shape[]> {
  const groups = new Map<string, Shape[]>()
  for (const shape of shapes) groups.set(keyOf(shape), [...(groups.get(keyOf(shape)) ?? []), shape])
  return groups
}

function only(build: ServerBuild, ids: string[]): ServerBuild {
  const kept = new Set(ids).add('root')
  const some = <T>(from: Record<string, T>) => Object.fromEntries(Object.entries(from).filter(([id]) => kept.has(id)))
  return { ...build, routes: some(build.routes), assets: { ...build.assets, routes: some(build.assets.routes) } }
}
