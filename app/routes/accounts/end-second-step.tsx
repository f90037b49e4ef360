import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { turnOffApp } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'

export const loader = load(() => redirect(paths.account()))

export const action = act(ButtonInput, async ({ viewer }) => {
  await turnOffApp(personOf(viewer))
  return redirect(paths.account())
})

export default function EndSecondStep() {
  return null
}
