import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { claimItem } from '~/server/moderation'
import { QueueButtonInput } from '~/server/moderation/input'

export const loader = load(({ params }) => redirect(paths.decide(params.kind, params.id)))

export const action = act(QueueButtonInput, async ({ viewer, params, input }) => {
  const { kind, id } = await claimItem(viewer, params.kind, params.id)
  return redirect(safeNext(input.next, paths.decide(kind, id)))
})

export default RefusedButton
