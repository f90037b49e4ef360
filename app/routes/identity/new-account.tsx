import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { AccountForm } from '~/app/components/identity'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { accountForm, countryCodes, keepAccount } from '~/server/identity'
import { AccountInput } from '~/server/identity/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('account.new') }) }]

export const loader = load(async ({ viewer, params }) => ({
  ...(await accountForm(personOf(viewer), params.slug)),
  countries: countryCodes(),
}))

export const action = act(AccountInput, async ({ viewer, params, input }) =>
  redirect(paths.accountPage(await keepAccount(personOf(viewer), params.slug, input))),
)

const EMPTY = { name: '', domain: '', city: '', country: '', segment: '', useCase: '', urgency: 'none', constraints: '' }

export default function NewAccountScreen() {
  const { vendor, colleagues, me, countries } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.accounts(vendor.slug), label: say('account.title') }]} title={say('account.new')} />
      <AccountForm
        action={paths.newAccount(vendor.slug)}
        back={paths.accounts(vendor.slug)}
        stands={{ ...EMPTY, owner: me }}
        colleagues={colleagues}
        countries={countries}
        submit={say('account.keep')}
      />
    </Wrap>
  )
}
