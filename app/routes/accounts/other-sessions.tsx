import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { signOutElsewhere } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'

export const loader = load(() => redirect(paths.account()))

export const action = act(ButtonInput, async ({ viewer }) => {
  await signOutElsewhere(personOf(viewer))
  return redirect(paths.account())
})

export default function OtherSessions() {
  return null
}
