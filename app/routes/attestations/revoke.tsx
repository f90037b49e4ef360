import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { revokeAttestation } from '~/server/attestations'
import { RevokeInput } from '~/server/attestations/input'

export const loader = load(() => redirect(paths.attestations()))

export const action = act(RevokeInput, async ({ viewer, params, input }) => {
  await revokeAttestation(personOf(viewer), params.id ?? '')
  return redirect(input.record ? paths.relationship(input.record) : paths.attestations())
})

export default function Revoke() {
  return null
}
