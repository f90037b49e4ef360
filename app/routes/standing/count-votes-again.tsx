import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ArrangedForm } from '~/app/components/standing'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { arrangedForm, countVotesAgain } from '~/server/standing'
import { ArrangedInput } from '~/server/standing/input'
import { say } from '~/words'

export const loader = load(({ viewer, url }) => arrangedForm(viewer, url))

export const action = act(ArrangedInput, async ({ viewer, input }) => {
  await countVotesAgain(viewer, input)
  return redirect(paths.votingReport())
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('standing.again.title') }) }]

export default function CountVotesAgainScreen() {
  return <ArrangedForm what="again" given={useLoaderData<typeof loader>()} />
}
