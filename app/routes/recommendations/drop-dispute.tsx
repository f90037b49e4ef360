import { redirect } from '@remix-run/node'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { dropDispute } from '~/server/moderation'
import { QueueButtonInput } from '~/server/moderation/input'

export const loader = load(({ params }) => redirect(paths.recommendation(params.id)))

export const action = act(QueueButtonInput, async ({ viewer, params }) => {
  await dropDispute(viewer, params.id)
  return redirect(paths.dispute(params.id))
})

export default function DropDispute() {
  return null
}
