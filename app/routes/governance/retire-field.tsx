import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { retireField } from '~/server/governance'
import { NothingInput } from '~/server/governance/input'

export const loader = load(({ params }) => redirect(paths.field(params.id)))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await retireField(personOf(viewer), params.id)
  return redirect(paths.field(params.id))
})

export default function RetireField() {
  return null
}
