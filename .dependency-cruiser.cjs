// Imports point one way: app -> server -> db, and into a domain only by its front door.
const DOMAIN = '^server/(?!platform/|cli/)([^/]+)/'
const FRONT_DOOR = '/(index|input|types)\\.ts$'
const FOLLOWERS = '^server/(delegates|notifications|search|standing|presence|insight|webhooks)/'
// The demo world is played by its people and then waits until everything has followed.
const STAGE = '^server/demo/'

const rule = (name, from, to) => ({ name, severity: 'error', from, to })

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    rule('db-knows-nobody', { path: '^db/', pathNot: '^db/seed/' }, { path: '^(app|server)/' }),
    rule('words-know-nobody', { path: '^words/' }, { path: '^(app|server|db)/' }),
    rule('server-never-imports-screens', { path: '^server/' }, { path: '^app/' }),
    rule('screens-never-touch-tables', { path: '^app/' }, { path: '^db/', dependencyTypesNot: ['type-only'] }),
    rule('use-the-front-door', { path: '^(app|server)/', pathNot: DOMAIN }, { path: DOMAIN, pathNot: FRONT_DOOR }),
    rule('domain-to-domain-by-the-front-door', { path: DOMAIN }, { path: DOMAIN, pathNot: ['^server/$1/', FRONT_DOOR] }),
    rule(
      'acting-domains-do-not-know-their-followers',
      { path: DOMAIN, pathNot: [FOLLOWERS, STAGE] },
      { path: [FOLLOWERS, '^server/(platform/realtime|reactions)'] },
    ),
    rule(
      'input-is-only-zod',
      { path: '^server/[^/]+/input\\.ts$' },
      { pathNot: ['node_modules/zod', '/input\\.ts$', '^server/platform/text\\.ts$', '^db/kinds\\.ts$', '^words/manner\\.ts$'] },
    ),
    rule('lucia-in-one-file', { pathNot: '^server/accounts/sessions\\.ts$' }, { path: 'node_modules/(lucia|@lucia-auth)/' }),
    rule('the-platform-knows-no-domain', { path: '^server/platform/', pathNot: '/realtime\\.ts$' }, { path: DOMAIN }),
    rule('no-cycles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
}
