import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { dismissPortalModerator } from '~/server/communities'
import { ModeratorInput } from '~/server/communities/input'

export const loader = load(() => redirect(paths.operateModerators()))

export const action = act(ModeratorInput, async ({ viewer, input }) => {
  await dismissPortalModerator(viewer, input)
  return redirect(paths.operateModerators())
})

export default RefusedButton
