import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { retireStage } from '~/server/buying'
import { NothingInput } from '~/server/buying/input'

export const loader = load(({ params }) => redirect(paths.stages(params.slug)))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await retireStage(personOf(viewer), params.slug, params.id)
  return redirect(paths.stages(params.slug))
})

export default function RetireStage() {
  return null
}
