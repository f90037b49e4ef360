import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { undoTogether } from '~/server/moderation'
import { QueueButtonInput } from '~/server/moderation/input'

export const loader = load(({ params }) => redirect(paths.decidedTogether(params.id)))

export const action = act(QueueButtonInput, async ({ viewer, params, input }) => {
  await undoTogether(viewer, params.id)
  return redirect(safeNext(input.next, paths.decidedTogether(params.id)))
})

export default RefusedButton
