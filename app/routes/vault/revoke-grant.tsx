import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { revokeGrant } from '~/server/vault'
import { NothingInput } from '~/server/vault/input'

export const loader = load(({ params }) => redirect(paths.grant(params.grantId ?? '')))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await revokeGrant(personOf(viewer), params.grantId ?? '')
  return redirect(`${paths.grant(params.grantId ?? '')}#ending`)
})

export default function RevokeGrant() {
  return null
}
