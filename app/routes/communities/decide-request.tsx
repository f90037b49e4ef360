import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { decideRequest } from '~/server/communities'
import { DecideRequestInput } from '~/server/communities/input'

export const loader = load(({ params }) => redirect(paths.membershipRequests(params.slug ?? '')))

export const action = act(DecideRequestInput, async ({ viewer, params, input }) => {
  await decideRequest(viewer, params.slug ?? '', params.requestId ?? '', input)
  return redirect(paths.membershipRequests(params.slug ?? ''))
})

export default RefusedButton
