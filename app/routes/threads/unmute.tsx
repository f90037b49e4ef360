import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { unmuteThread } from '~/server/notifications'
import { threadAddress, threadIdOf } from '~/server/threads'
import { ButtonInput } from '~/server/threads/input'

export const loader = load(async ({ viewer, params }) => {
  const { slug, number } = await threadAddress(viewer, params.number)
  return redirect(paths.thread(slug, number))
})

export const action = act(ButtonInput, async ({ viewer, params, input }) => {
  const thread = await unmuteThread(viewer, await threadIdOf(params.number))
  return redirect(safeNext(input.next, paths.thread(thread.slug, thread.number)))
})

export default RefusedButton
