import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ReasonForm } from '~/app/components/hand-offs'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { answerForm, withdrawHandOff } from '~/server/hand-offs'
import { WithdrawInput } from '~/server/hand-offs/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('handOff.withdraw') }) }]

export const loader = load(({ viewer, params }) => answerForm(personOf(viewer), params.id, 'withdraw'))

export const action = act(WithdrawInput, async ({ viewer, params, input }) => {
  await withdrawHandOff(personOf(viewer), params.id, input)
  return redirect(paths.handOff(params.id))
})

export default function WithdrawHandOffScreen() {
  const { id, name } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.handOff(id), label: say('handOff.page.title', { name }) }]} title={say('handOff.withdraw')} />
      <ReasonForm help={say('handOff.withdraw.help')} submit={say('handOff.withdraw')} max={300} back={paths.handOff(id)} />
    </Wrap>
  )
}
