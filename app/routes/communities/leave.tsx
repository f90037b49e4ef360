import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { leaveCommunity } from '~/server/communities'
import { NothingInput } from '~/server/communities/input'

export const loader = load(({ params }) => redirect(paths.community(params.slug ?? '')))

export const action = act(NothingInput, async ({ viewer, params }) => {
  const stillKnown = await leaveCommunity(viewer, params.slug ?? '')
  return redirect(stillKnown ? paths.community(params.slug ?? '') : paths.communities())
})

export default RefusedButton
