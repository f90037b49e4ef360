import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { InviteForm } from '~/app/components/buying'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { inviteToPlan, opportunityPage } from '~/server/buying'
import { InvitationInput } from '~/server/buying/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('plan.invite') }) }]

export const loader = load(({ viewer, params }) => opportunityPage(personOf(viewer), params.id))

export const action = act(InvitationInput, async ({ viewer, params, input }) => {
  await inviteToPlan(personOf(viewer), params.id, input)
  return redirect(paths.opportunity(params.id))
})

export default function InviteScreen() {
  const { opportunity } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.opportunity(opportunity.id), label: opportunity.name }]} title={say('plan.invite')} />
      <div className="max-w-[36rem]">
        <InviteForm id={opportunity.id} ownPage />
      </div>
    </Wrap>
  )
}
