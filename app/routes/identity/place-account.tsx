import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PlaceForm } from '~/app/components/identity'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { accountPage, placeUnder } from '~/server/identity'
import { PlaceInput } from '~/server/identity/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('account.tree.add') }) }]

export const loader = load(async ({ viewer, params }) => accountPage(personOf(viewer), params.id))

export const action = act(PlaceInput, async ({ viewer, params, input }) => {
  await placeUnder(personOf(viewer), params.id, input)
  return redirect(paths.accountPage(params.id))
})

export default function PlaceAccountScreen() {
  const { account, today } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.accountPage(account.id), label: account.name }]} title={say('account.tree.add')} />
      <div className="max-w-[36rem]">
        <PlaceForm accountId={account.id} today={today} ownPage />
      </div>
    </Wrap>
  )
}
