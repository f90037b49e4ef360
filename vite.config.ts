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

// Development asks the browser's graph for server packages too, to find styles: there they are neither refused nor bundled. A package
// that the browser needs stands in this list, so that nothing is found, bundled and loaded anew under an open page.
const serverOnly = ['postgres', 'drizzle-orm', 'lucia']
const inTheBrowser = [
  ...['@github/markdown-toolbar-element', '@github/relative-time-element', '@github/text-expander-element'],
  ...[
    '@radix-ui/react-dialog',
    '@radix-ui/react-dropdown-menu',
    '@radix-ui/react-toast',
    '@simplewebauthn/browser',
    'intl-messageformat',
    'lucide-react',
    'react-dom',
    'socket.io-client',
    'zod',
  ],
]

export default defineConfig(({ command }) => ({
  plugins: [
    denyImports({ client: { files: [/\/db\/(?!kinds\.ts$)/, /\/server\/(?!.*\/input\.ts$)/] } }),
    command === 'build' && denyImports({ client: { specifiers: serverOnly } }),
    tailwindcss(),
    remix(remixConfig),
    oneModuleGraph,
  ],
  resolve: { alias: { '~': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  optimizeDeps: { include: inTheBrowser, noDiscovery: true },
  build: { target: 'es2022', chunkSizeWarningLimit: 900 },
}))
