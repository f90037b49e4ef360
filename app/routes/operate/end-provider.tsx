import { redirect } from '@remix-run/node'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { endProvider } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'

export const loader = load(() => redirect(paths.operateProviders()))

export const action = act(ButtonInput, async ({ viewer, params }) => {
  await endProvider(viewer, params.id)
  return redirect(paths.operateProviders())
})

export default function EndProvider() {
  return null
}
