import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ContractForm } from '~/app/components/buying'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { contractForm, signContract } from '~/server/buying'
import { ContractInput } from '~/server/buying/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('contract.title') }) }]

export const loader = load(({ viewer, params }) => contractForm(personOf(viewer), params.id))

export const action = act(ContractInput, async ({ viewer, params, input }) => {
  await signContract(personOf(viewer), params.id, input)
  return redirect(paths.opportunity(params.id))
})

export default function SignContractScreen() {
  const { id, name, amount, currency, standing } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.opportunity(id), label: name }]}
        title={say(standing ? 'contract.amend' : 'contract.sign')}
        lede={say(standing ? 'contract.amend.why' : 'contract.sign.why')}
      />
      <ContractForm id={id} amount={amount} currency={currency} standing={standing} />
    </Wrap>
  )
}
