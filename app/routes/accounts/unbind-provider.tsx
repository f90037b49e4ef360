import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { unbindProvider } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'

export const loader = load(() => redirect(paths.account()))

export const action = act(ButtonInput, async ({ viewer, params }) => {
  await unbindProvider(personOf(viewer), params.id)
  return redirect(`${paths.account()}#providers`)
})

export default function UnbindProvider() {
  return null
}
