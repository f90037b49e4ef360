import { data, redirect } from '@remix-run/node'
import { ProviderFailed } from '~/app/components/accounts'
import { load, redirectWith, sentFromElsewhere } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { goToProvider } from '~/server/accounts'
import { say } from '~/words'

export const meta = () => [
  { title: say('ui.pageTitle', { title: say('accounts.provider.failed') }) },
  { name: 'robots', content: 'noindex' },
]

/** Leads to the organisation, whoever chose to go there; others choose on the sign-in page. A page stands here only when it does not answer. */
export const loader = load(async ({ params, url, request, from }) => {
  const next = safeNext(url.searchParams.get('next'))
  if (sentFromElsewhere(request)) throw redirect(paths.signIn(next))
  const way = await goToProvider(params.id, { next, from, origin: url.origin })
  return way ? redirectWith([way.cookie], way.to) : data(null, { status: 400 })
})

export default function GoToProviderScreen() {
  return <ProviderFailed />
}
