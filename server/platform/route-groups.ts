import type { ServerBuild } from '@remix-run/node'

/**
 * Remix ranks all routes and tries their patterns one after another, four times a request: with two hundred screens that
 * is a third of what a page costs. An address is met only by routes with its first word and as many segments, so each
 * such group is a build of its own; a route with optional parts stands in several, one that begins with a parameter or
 * ends in a splat in all. What is matched is the same.
 */
export function groupRoutes(build: ServerBuild): Map<string, ServerBuild> {
  const all = Object.values(build.routes)
  const screens = all.filter(({ path, index }) => path !== undefined || index)
  const groups = new Set(screens.flatMap(({ path = '', index }) => (index ? [groupOf('')] : (groupsOf(path) ?? []))))
  const nested = all.some(({ parentId }) => parentId !== undefined && parentId !== 'root')
  if (nested) throw new Error('Routes are grouped by their own paths: none may stand in another')
  const builds = [...groups].map((group): [string, ServerBuild] => {
    const ids = all.filter(({ path = '', index }) => index || (groupsOf(path) ?? [group]).includes(group)).map(({ id }) => id)
    return [
      group,
      {
        ...build,
        routes: only(build.routes, ids.concat('root')),
        assets: { ...build.assets, routes: only(build.assets.routes, ids.concat('root')) },
      },
    ]
  })
  return new Map(builds)
}

/** The group that an address belongs to; none where it is for all routes to say. A group need not have routes. */
export function groupOfAddress(originalUrl: string): string {
  const url = `http://parley${originalUrl}`
  if (!URL.canParse(url)) return ''
  const { pathname } = new URL(url)
  const page = pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/')
  const path = page.replace(/^\//, '').replace(/\/+$/, '')
  // What Remix keeps to itself begins with two underscores, and an escape may stand for any letter.
  return path.startsWith('__') || path.split('/', 1)[0]?.includes('%') ? '' : groupOf(path)
}

/** Where a route stands: once for each number of segments that its optional parts allow; null for everywhere. */
function groupsOf(path: string): string[] | null {
  const segments = path.split('/')
  const [first = ''] = segments
  if (path === '' || /^[:*]|\?$/.test(first) || path.endsWith('*')) return null
  const optional = segments.filter((segment) => segment.endsWith('?')).length
  return Array.from({ length: optional + 1 }, (_, left) => groupOf(segments.slice(0, segments.length - left).join('/')))
}

function groupOf(path: string): string {
  const segments = path.split('/')
  return `${segments[0]?.toLowerCase() ?? ''}/${segments.length}`
}

function only<T>(from: Record<string, T>, ids: string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(from).filter(([id]) => ids.includes(id)))
}
