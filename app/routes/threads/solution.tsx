import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { markAnswer, postAddress } from '~/server/threads'
import { ButtonInput } from '~/server/threads/input'

export const loader = load(async ({ viewer, params }) => {
  const { slug, number, postId } = await postAddress(viewer, params.postId ?? '')
  return redirect(paths.post(slug, number, postId))
})

export const action = act(ButtonInput, async ({ viewer, params, input }) => {
  const post = await markAnswer(viewer, params.postId ?? '')
  return redirect(safeNext(input.next, paths.post(post.slug, post.number, post.postId)))
})

export default RefusedButton
