import { createServer } from 'node:http'
import { createServer as createVite } from 'vite'
import type * as App from './app'
import type * as Boot from './boot'

process.env.PARLEY_DEMO ??= '1'
const http = createServer((request, response) => {
  vite.middlewares(request, response, () => {
    void (vite.ssrLoadModule('/server/app.ts') as Promise<typeof App>).then(
      ({ createSite }) =>
        createSite({ build: () => vite.ssrLoadModule('virtual:remix/server-build') as never, assets: 'by-vite' })(request, response),
      (error: unknown) => {
        vite.ssrFixStacktrace(error as Error)
        console.error(error)
        response.writeHead(500).end()
      },
    )
  })
})
// The hot-reload socket and ours share one port: each answers only on its own path.
const vite = await createVite({ server: { middlewareMode: true, hmr: { server: http } } })
// Vite would exit at once; boot closes sockets, relay and database in their order.
process.removeAllListeners('SIGTERM')
const { boot } = (await vite.ssrLoadModule('/server/boot.ts')) as typeof Boot
const { address } = await boot(http)
console.log(`Parley is at ${address}; sign in as anybody at ${address}/dev/sign-in-as`)
