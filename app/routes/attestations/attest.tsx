import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { attestCustomer } from '~/server/attestations'
import { NothingInput } from '~/server/attestations/input'

export const loader = load(({ params }) => redirect(paths.relationship(params.id ?? '')))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await attestCustomer(personOf(viewer), params.id ?? '')
  return redirect(paths.relationship(params.id ?? ''))
})

export default function Attest() {
  return null
}
