import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { PartForm } from '~/app/components/identity'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { accountPage, namePart } from '~/server/identity'
import { PartInput } from '~/server/identity/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('account.part.add') }) }]

export const loader = load(({ viewer, params }) => accountPage(personOf(viewer), params.id))

export const action = act(PartInput, async ({ viewer, params, input }) => {
  await namePart(personOf(viewer), params.id, input)
  return redirect(paths.accountPage(params.id))
})

export default function NamePartScreen() {
  const { account, people } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.accountPage(account.id), label: account.name }]} title={say('account.part.add')} />
      <div className="max-w-[36rem]">
        <PartForm accountId={account.id} people={people.filter(({ until }) => !until)} ownPage />
      </div>
    </Wrap>
  )
}
