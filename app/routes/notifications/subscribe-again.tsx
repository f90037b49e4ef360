import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { subscribeAgain } from '~/server/notifications'
import { UnsubscribeInput } from '~/server/notifications/input'

export const loader = load(({ params }) => redirect(paths.unsubscribe(params.token)))

export const action = act(UnsubscribeInput, async ({ params }) => {
  await subscribeAgain(params.token)
  return redirect(paths.unsubscribe(params.token))
})

export default RefusedButton
