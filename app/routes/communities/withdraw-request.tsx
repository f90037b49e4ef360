import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { withdrawRequest } from '~/server/communities'
import { NothingInput } from '~/server/communities/input'

export const loader = load(({ params }) => redirect(paths.community(params.slug ?? '')))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await withdrawRequest(viewer, params.slug ?? '')
  return redirect(paths.community(params.slug ?? ''))
})

export default RefusedButton
