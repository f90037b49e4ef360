import { data } from '@remix-run/node'
import { ProviderFailed } from '~/app/components/accounts'
import { load, redirectWith } from '~/app/http.server'
import { safeNext } from '~/app/paths'
import { goToProvider } from '~/server/accounts'
import { say } from '~/words'

export const meta = () => [
  { title: say('ui.pageTitle', { title: say('accounts.provider.failed') }) },
  { name: 'robots', content: 'noindex' },
]

/** Leads to the organisation. A page stands here only when that does not answer. */
export const loader = load(async ({ params, url, from }) => {
  const way = await goToProvider(params.id, { next: safeNext(url.searchParams.get('next')), from, origin: url.origin })
  return way ? redirectWith([way.cookie], way.to) : data(null, { status: 400 })
})

export default ProviderFailed
