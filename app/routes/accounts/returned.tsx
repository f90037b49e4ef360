import { data } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ProviderFailed } from '~/app/components/accounts'
import { load, redirectWith } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { arriveFromProvider } from '~/server/accounts'
import { say } from '~/words'

export const meta = () => [
  { title: say('ui.pageTitle', { title: say('accounts.provider.failed') }) },
  { name: 'robots', content: 'noindex' },
]

export const loader = load(async ({ viewer, url, from, device, cookies }) => {
  const arrived = await arriveFromProvider(viewer, url.search, { from, device, cookies })
  if (!arrived) return data({ signedInAs: null }, { status: 400 })
  if (arrived.kind === 'somebody-else')
    return data(
      { signedInAs: viewer.kind === 'person' ? viewer.handle : null },
      { status: 409, headers: arrived.cookies.map((cookie): [string, string] => ['Set-Cookie', cookie]) },
    )
  const next = safeNext(arrived.next)
  const to = {
    in: () => next,
    'second-step': () => paths.secondStep(next),
    'new-here': () => (viewer.kind === 'person' ? paths.bindProvider() : paths.newHere()),
  }[arrived.kind]
  return redirectWith(arrived.cookies, to())
})

export default function ReturnedScreen() {
  return <ProviderFailed signedInAs={useLoaderData<typeof loader>().signedInAs} />
}
