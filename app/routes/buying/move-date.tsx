import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DateForm } from '~/app/components/buying'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { moveDate, opportunityPage } from '~/server/buying'
import { DateInput } from '~/server/buying/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('opportunity.move') }) }]

export const loader = load(({ viewer, params }) => opportunityPage(personOf(viewer), params.id))

export const action = act(DateInput, async ({ viewer, params, input }) => {
  await moveDate(personOf(viewer), params.id, input)
  return redirect(paths.opportunity(params.id))
})

export default function MoveDateScreen() {
  const { opportunity } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.opportunity(opportunity.id), label: opportunity.name }]} title={say('opportunity.move')} />
      <div className="max-w-[36rem]">
        <DateForm id={opportunity.id} ownPage />
      </div>
    </Wrap>
  )
}
