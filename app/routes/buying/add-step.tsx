import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { StepForm } from '~/app/components/buying'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { addStep, opportunityPage } from '~/server/buying'
import { StepInput } from '~/server/buying/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('plan.step.add') }) }]

export const loader = load(({ viewer, params }) => opportunityPage(personOf(viewer), params.id))

export const action = act(StepInput, async ({ viewer, params, input }) => {
  await addStep(personOf(viewer), params.id, input)
  return redirect(paths.opportunity(params.id))
})

export default function AddStepScreen() {
  const { account, opportunity, vendor } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.opportunity(opportunity.id), label: opportunity.name }]} title={say('plan.step.add')} />
      <div className="max-w-[36rem]">
        <StepForm id={opportunity.id} company={account.name} vendor={vendor.name} ownPage />
      </div>
    </Wrap>
  )
}
