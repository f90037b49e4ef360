import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { OutcomeForm } from '~/app/components/buying'
import { Banner, PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { endForm, endOpportunity } from '~/server/buying'
import { OutcomeInput } from '~/server/buying/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('outcome.title') }) }]

export const loader = load(({ viewer, params }) => endForm(personOf(viewer), params.id))

export const action = act(OutcomeInput, async ({ viewer, params, input }) => {
  await endOpportunity(personOf(viewer), params.id, input)
  return redirect(paths.opportunity(params.id))
})

export default function EndOpportunityScreen() {
  const { id, name, company, said } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.opportunity(id), label: name }]} title={say('outcome.title')} lede={say('outcome.tell.why')} />
      {said ? (
        <Banner>{say('outcome.alreadySaid')}</Banner>
      ) : (
        <OutcomeForm company={company} reason={say('outcome.reason')} back={paths.opportunity(id)} />
      )}
    </Wrap>
  )
}
