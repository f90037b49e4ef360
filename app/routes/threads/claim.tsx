import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { claimThread, threadAddress, threadIdOf } from '~/server/threads'
import { ClaimInput } from '~/server/threads/input'

export const loader = load(async ({ viewer, params }) => {
  const { slug, number } = await threadAddress(viewer, params.number ?? '')
  return redirect(paths.thread(slug, number))
})

export const action = act(ClaimInput, async ({ viewer, params, input }) => {
  const thread = await claimThread(viewer, await threadIdOf(params.number ?? ''), input.seen)
  return redirect(safeNext(input.next, paths.thread(thread.slug, thread.number)))
})

export default RefusedButton
