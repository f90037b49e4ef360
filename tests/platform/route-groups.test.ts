import { matchRoutes } from '@remix-run/react'
import type { ServerBuild } from '@remix-run/node'
import { describe, expect, test } from 'vitest'
import routes from '~/app/routes'
import { groupRoutes } from '~/server/platform/route-groups'

const named = Object.fromEntries(
  routes.map(({ path, index, file }) => [file, { id: file, parentId: 'root', ...(index ? { index: true } : { path }), module: {} }]),
)
const build = {
  routes: { root: { id: 'root', path: '', module: {} }, ...named },
  assets: { routes: { root: {}, ...named }, version: '1' },
} as unknown as ServerBuild
const { builds, buildFor } = groupRoutes(build)

/** As Remix does it: the tree of the build's routes, asked with the path of the address. */
function met(of: ServerBuild, address: string) {
  const { pathname } = new URL(`http://parley${address}`)
  const path = pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/')
  const children = Object.values(of.routes).filter(({ id }) => id !== 'root')
  const tree = [
    { id: 'root', path: '', children: children.map(({ id, path, index }) => (index ? { id, index: true as const } : { id, path })) },
  ]
  return matchRoutes(tree, path)?.map(({ route, params }) => ({ id: route.id, params }))
}

const addressOf = (path: string) => `/${path.replace(/:\w+\??/g, 'some-thing').replace('*', 'no/such/place')}`
const own = routes.flatMap(({ path = '' }) => [...new Set([path.replace(/\/:\w+\?/g, ''), path])].map(addressOf))
const odd = [
  ...[
    '/C/tern-mail',
    '/c/tern-mail/',
    '/c//tern-mail',
    '//c/tern-mail',
    '/c/tern-mail/1//',
    '/%63/tern-mail',
    '/c/a%2Fb',
    '/c/%E0%A4%A',
    '/c/x/../y/z',
  ],
  ...[
    '/_root.data',
    '/c/tern-mail.data',
    '/c/tern-mail/1.data?_routes=x',
    '/.data',
    '/c/.data',
    '/me.data',
    '/nothing',
    '/c',
    '/me/vault/a/b/c/d',
    '/?q=/c/x',
  ],
  ...['/c/tern-mail?x=/a/b', '/\\c\\tern-mail', '/c;x/y', '/constructor/3', '/__proto__/1', '/me/__proto__', '/*', '/:community/x'],
  ...[
    '/c/tern-mail/IDEAS',
    '/c/ideas/ideas',
    '/c/ideas/moderation',
    '/c/x/%69deas',
    '/me/Vault',
    '/moderation/log/log',
    '/vendors/compare/recommend',
  ],
]

describe('routes in groups', () => {
  test('meet what is met among all', () => {
    const addresses = [...own, ...odd, ...own.map((address) => `${address === '/' ? '/_root' : address}.data`)]
    const inGroup = (address: string) => met(buildFor(address), address)
    expect(addresses.map((address) => ({ address, met: inGroup(address) }))).toEqual(
      addresses.map((address) => ({ address, met: met(build, address) })),
    )
  })

  test('every screen has a small group', () => {
    expect(own.slice(0, -1).filter((address) => buildFor(address) === build)).toEqual([])
    expect(Math.max(...builds.map(({ routes: some }) => Object.keys(some).length))).toBeLessThan(10)
  })

  test('the list of modules that a page is sent has those of its group alone', () => {
    const { assets, routes: some } = buildFor('/c/tern-mail')
    expect(Object.keys(assets.routes).sort()).toEqual(Object.keys(some).sort())
    expect(assets.version).toBe('1')
  })

  test('a route within another is refused at start', () => {
    const nested = { ...build, routes: { ...build.routes, inner: { id: 'inner', parentId: 'routes/home.tsx', path: 'inner', module: {} } } }
    expect(() => groupRoutes(nested as unknown as ServerBuild)).toThrow(/none may stand in another/)
  })
})
