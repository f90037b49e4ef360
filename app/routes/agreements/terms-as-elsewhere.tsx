import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { preferAsElsewhere } from '~/server/agreements'
import { NothingInput } from '~/server/agreements/input'

export const loader = load(({ params }) => redirect(paths.termsWith(params.vendor ?? '')))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await preferAsElsewhere(personOf(viewer), params.vendor ?? '')
  return redirect(paths.termsWith(params.vendor ?? ''))
})

export default function TermsAsElsewhere() {
  return null
}
