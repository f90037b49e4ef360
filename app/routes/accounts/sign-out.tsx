import { redirect } from '@remix-run/node'
import { act, heldOver, load, redirectWith } from '~/app/http.server'
import { paths } from '~/app/paths'
import { signOut } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'

export const loader = load(() => redirect(paths.home()))

export const action = act(ButtonInput, async ({ viewer }) => {
  if (viewer.kind !== 'person') return redirect(paths.home())
  return redirectWith([await signOut(viewer), heldOver()], paths.home())
})

export default function SignOut() {
  return null
}
