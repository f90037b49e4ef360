import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { undoMerge } from '~/server/threads'
import { ButtonInput } from '~/server/threads/input'

export const loader = load(() => redirect(paths.communities()))

export const action = act(ButtonInput, async ({ viewer, params }) => {
  const thread = await undoMerge(viewer, params.id)
  return redirect(paths.thread(thread.slug, thread.number, thread.title))
})

export default RefusedButton
