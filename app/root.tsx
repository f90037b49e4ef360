import type { LinksFunction, MetaFunction } from '@remix-run/node'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError } from '@remix-run/react'
import interLatin from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import serifLatin from '@fontsource-variable/source-serif-4/files/source-serif-4-latin-opsz-normal.woff2?url'
import type { ReactNode } from 'react'
import { say } from '~/words'
import { direction, manner } from '~/words/manner'
import { Footer, Keyboard, Notices, RefusedPage, TopBar, Travel, refusedTitle, useFrame } from './components/frame'
import { ToastRegion } from './components/ui'
import { frame } from './frame.server'
import { load } from './http.server'
import { useNonce } from './nonce'
import './styles.css'

export const loader = load(({ viewer, request }) => frame(viewer, request))

export const meta: MetaFunction = ({ error }) => [
  { title: error ? say('ui.pageTitle', { title: refusedTitle(error) }) : say('ui.brand') },
  { name: 'description', content: say('ui.genre') },
]

export const links: LinksFunction = () => [
  { rel: 'preload', href: interLatin, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'preload', href: serifLatin, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  { rel: 'icon', href: '/favicon.ico', sizes: '32x32' },
  { rel: 'apple-touch-icon', href: '/apple-touch-icon.png' },
  { rel: 'manifest', href: '/site.webmanifest' },
]

export function Layout({ children }: { children: ReactNode }) {
  const { theme } = useFrame()
  const nonce = useNonce()
  const { lang, timeZone } = manner()
  return (
    <html lang={lang} dir={direction()} data-time-zone={timeZone} data-theme={theme ?? undefined}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme ?? 'light dark'} />
        <Meta />
        <Links />
      </head>
      <body>
        <a className="skip" href="#main">
          {say('ui.skip')}
        </a>
        <TopBar />
        <Notices />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <Footer />
        <Travel />
        <Keyboard />
        <ToastRegion />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export function ErrorBoundary() {
  return <RefusedPage error={useRouteError()} />
}
