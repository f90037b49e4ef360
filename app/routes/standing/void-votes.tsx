import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ArrangedForm } from '~/app/components/standing'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { arrangedForm, voidVotes } from '~/server/standing'
import { ArrangedInput } from '~/server/standing/input'
import { say } from '~/words'

export const loader = load(({ viewer, url }) => arrangedForm(viewer, url))

export const action = act(ArrangedInput, async ({ viewer, input }) => {
  await voidVotes(viewer, input)
  return redirect(paths.votingReport())
})

export const meta = () => [{ title: say('ui.pageTitle', { title: say('standing.void.title') }) }]

export default function VoidVotesScreen() {
  return <ArrangedForm what="void" given={useLoaderData<typeof loader>()} />
}
