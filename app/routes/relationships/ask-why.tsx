import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { askWhy } from '~/server/relationships'
import { WhyInput } from '~/server/relationships/input'

export const loader = load(({ params }) => redirect(paths.myRelationship(params.vendor ?? '')))

export const action = act(WhyInput, async ({ viewer, params, input }) => {
  await askWhy(personOf(viewer), params.vendor ?? '', input)
  return redirect(`${paths.myRelationship(params.vendor ?? '')}#contested`)
})

export default function AskWhy() {
  return null
}
