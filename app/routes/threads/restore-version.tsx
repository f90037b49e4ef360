import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { postAddress, restoreVersion } from '~/server/threads'
import { RestoreInput } from '~/server/threads/input'

export const loader = load(async ({ viewer, params }) => {
  const { postId } = await postAddress(viewer, params.postId)
  return redirect(paths.postHistory(postId))
})

export const action = act(RestoreInput, async ({ viewer, params, input }) => {
  const post = await restoreVersion(viewer, params.postId, input.version)
  return redirect(paths.post(post.slug, post.number, post.postId))
})

export default RefusedButton
