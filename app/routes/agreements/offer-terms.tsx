import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { profferTerms } from '~/server/agreements'
import { NothingInput } from '~/server/agreements/input'

export const loader = load(({ params }) => redirect(paths.termsWith(params.vendor ?? '')))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await profferTerms(personOf(viewer), params.vendor ?? '')
  return redirect(paths.termsWith(params.vendor ?? ''))
})

export default function OfferTerms() {
  return null
}
