import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { AccountForm } from '~/app/components/identity'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { accountPage, changeAccount, countryCodes } from '~/server/identity'
import { AccountChangeInput } from '~/server/identity/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('account.change') }) }]

export const loader = load(async ({ viewer, params }) => {
  const me = personOf(viewer)
  const { account, elsewhere } = await accountPage(me, params.id)
  if (elsewhere) throw redirect(paths.changeAccount(elsewhere))
  return { account, countries: countryCodes() }
})

export const action = act(AccountChangeInput, async ({ viewer, params, input }) => {
  await changeAccount(personOf(viewer), params.id, input)
  return redirect(paths.accountPage(params.id))
})

export default function ChangeAccountScreen() {
  const { account, countries } = useLoaderData<typeof loader>()
  const { id, name, suffix, domains, owner: _, ...facts } = account
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.accountPage(id), label: name }]} title={say('account.edit', { name })} />
      <AccountForm
        action={paths.changeAccount(id)}
        back={paths.accountPage(id)}
        stands={{ ...facts, name: suffix ? `${name} ${suffix}` : name, domain: domains[0] ?? '' }}
        countries={countries}
        submit={say('account.save')}
      />
    </Wrap>
  )
}
