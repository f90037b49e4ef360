import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { showAttestation } from '~/server/attestations'
import { ShowInput } from '~/server/attestations/input'

export const loader = load(() => redirect(paths.attestations()))

export const action = act(ShowInput, async ({ viewer, params, input }) => {
  await showAttestation(personOf(viewer), params.id ?? '', input)
  return redirect(paths.attestations())
})

export default function Show() {
  return null
}
