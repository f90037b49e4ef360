import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { withdrawSuggestion, suggestionPage } from '~/server/threads'
import { ButtonInput } from '~/server/threads/input'

export const loader = load(async ({ viewer, params }) => {
  const { suggestionId } = await suggestionPage(viewer, params.id)
  return redirect(paths.suggestion(suggestionId))
})

export const action = act(ButtonInput, async ({ viewer, params }) => {
  const post = await withdrawSuggestion(viewer, params.id)
  return redirect(paths.post(post.slug, post.number, post.postId))
})

export default RefusedButton
