import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { addDevice } from '~/server/notifications'
import { DeviceInput } from '~/server/notifications/input'

export const loader = load(({ viewer }) => {
  personOf(viewer)
  return redirect(paths.notificationSettings())
})

export const action = act(DeviceInput, async ({ viewer, input, device }) => {
  await addDevice(personOf(viewer), input, device)
  return redirect(`${paths.notificationSettings()}#devices`)
})

export default RefusedButton
