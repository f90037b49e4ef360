import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { removeDevice } from '~/server/notifications'
import { ReadInput } from '~/server/notifications/input'

export const loader = load(({ viewer }) => {
  personOf(viewer)
  return redirect(paths.notificationSettings())
})

export const action = act(ReadInput, async ({ viewer, params }) => {
  await removeDevice(personOf(viewer), params.id)
  return redirect(`${paths.notificationSettings()}#devices`)
})

export default RefusedButton
