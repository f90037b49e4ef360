import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { sayItWorks } from '~/server/governance'
import { NothingInput } from '~/server/governance/input'

export const loader = load(({ params }) => redirect(paths.register(params.slug)))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await sayItWorks(personOf(viewer), params.slug, params.key)
  return redirect(paths.register(params.slug))
})

export default function IntegrationWorked() {
  return null
}
