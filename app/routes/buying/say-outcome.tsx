import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { OutcomeForm } from '~/app/components/buying'
import { Banner, PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { sayForm, sayOutcome } from '~/server/buying'
import { OutcomeInput } from '~/server/buying/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('outcome.title') }) }]

export const loader = load(({ viewer, params }) => sayForm(personOf(viewer), params.id))

export const action = act(OutcomeInput, async ({ viewer, params, input }) => {
  await sayOutcome(personOf(viewer), params.id, input)
  return redirect(paths.myPlan(params.id))
})

export default function SayOutcomeScreen() {
  const { id, name, vendor, company, said } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead
        crumbs={[{ to: paths.myPlan(id), label: name }]}
        title={say('outcome.title')}
        lede={say('outcome.say.why', { company, vendor })}
      />
      {said ? (
        <Banner>{say('outcome.alreadySaid')}</Banner>
      ) : (
        <OutcomeForm company={company} reason={say('outcome.reason.own')} back={paths.myPlan(id)} />
      )}
    </Wrap>
  )
}
