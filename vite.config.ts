import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { denyImports } from 'vite-env-only'
import remixConfig from './remix.config.js'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

/** Remix sets the input of the server build itself; this one comes later, so that server/ and db/ exist once in a process. */
const oneModuleGraph: Plugin = {
  name: 'parley-one-module-graph',
  enforce: 'post',
  config: (_, { isSsrBuild, command }) =>
    command === 'build' && isSsrBuild
      ? { build: { rollupOptions: { input: './server/main.ts', output: { entryFileNames: 'main.js' } } } }
      : undefined,
}

export default defineConfig({
  plugins: [
    denyImports({ client: { files: ['**/db/**', /\/server\/(?!.*\/input\.ts$)/], specifiers: ['postgres', 'drizzle-orm', 'lucia'] } }),
    tailwindcss(),
    remix(remixConfig),
    oneModuleGraph,
  ],
  resolve: { alias: { '~': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  build: { target: 'es2022', chunkSizeWarningLimit: 900 },
})
