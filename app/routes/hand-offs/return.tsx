import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ReasonForm } from '~/app/components/hand-offs'
import { PageHead, Wrap } from '~/app/components/ui'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { answerForm, returnHandOff } from '~/server/hand-offs'
import { ReturnInput } from '~/server/hand-offs/input'
import { say } from '~/words'

export const meta = () => [{ title: say('ui.pageTitle', { title: say('handOff.return') }) }]

export const loader = load(({ viewer, params }) => answerForm(personOf(viewer), params.id, 'return'))

export const action = act(ReturnInput, async ({ viewer, params, input }) => {
  await returnHandOff(personOf(viewer), params.id, input)
  return redirect(paths.handOff(params.id))
})

export default function ReturnHandOffScreen() {
  const { id, name } = useLoaderData<typeof loader>()
  return (
    <Wrap>
      <PageHead crumbs={[{ to: paths.handOff(id), label: say('handOff.page.title', { name }) }]} title={say('handOff.return')} />
      <ReasonForm help={say('handOff.return.help')} submit={say('handOff.return')} max={1000} back={paths.handOff(id)} />
    </Wrap>
  )
}
