import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { dismissModerator } from '~/server/communities'
import { ModeratorInput } from '~/server/communities/input'

export const loader = load(({ params }) => redirect(paths.communityModerators(params.slug ?? '')))

export const action = act(ModeratorInput, async ({ viewer, params, input }) => {
  await dismissModerator(viewer, params.slug ?? '', input)
  return redirect(paths.communityModerators(params.slug ?? ''))
})

export default RefusedButton
