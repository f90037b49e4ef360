import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { acknowledgeErasure } from '~/server/erasure'
import { NothingInput } from '~/server/erasure/input'

export const loader = load(({ params }) => redirect(paths.erasures(params.slug)))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await acknowledgeErasure(personOf(viewer), params.id)
  return redirect(paths.erasures(params.slug))
})

export default function AcknowledgeErasure() {
  return null
}
