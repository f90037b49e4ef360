import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { unfollowRoom } from '~/server/threads'
import { FollowInput } from '~/server/threads/input'

export const loader = load(({ params }) => redirect(paths.community(params.slug ?? '')))

export const action = act(FollowInput, async ({ viewer, params, input }) => {
  const slug = params.slug ?? ''
  await unfollowRoom(viewer, slug, input.tag ?? null)
  return redirect(safeNext(input.next, input.tag ? paths.tag(slug, input.tag) : paths.community(slug)))
})

export default RefusedButton
