import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { declineWish } from '~/server/delegates'
import { DelegateButtonInput } from '~/server/delegates/input'

export const loader = load(({ viewer }) => {
  personOf(viewer)
  return redirect(paths.delegates())
})

export const action = act(DelegateButtonInput, async ({ viewer, params }) => {
  await declineWish(personOf(viewer), params.id)
  return redirect(paths.delegates())
})

export default RefusedButton
