import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { declineReference } from '~/server/peers'
import { ReferenceButtonInput } from '~/server/peers/input'

export const loader = load(() => redirect(paths.references()))

export const action = act(ReferenceButtonInput, async ({ viewer, params }) => {
  await declineReference(personOf(viewer), params.id)
  return redirect(paths.references())
})

export default RefusedButton
