import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { hideAttestation } from '~/server/attestations'
import { HideInput } from '~/server/attestations/input'

export const loader = load(() => redirect(paths.attestations()))

export const action = act(HideInput, async ({ viewer, params, input }) => {
  await hideAttestation(personOf(viewer), params.id ?? '', input.community)
  return redirect(paths.attestations())
})

export default function Hide() {
  return null
}
