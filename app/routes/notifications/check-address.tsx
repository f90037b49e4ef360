import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { askWhetherAddressWorks } from '~/server/notifications'
import { ReadInput } from '~/server/notifications/input'

export const loader = load(() => redirect(paths.notificationSettings()))

export const action = act(ReadInput, async ({ viewer }) => {
  await askWhetherAddressWorks(personOf(viewer))
  return redirect(`${paths.notificationSettings()}?asked`)
})

export default RefusedButton
