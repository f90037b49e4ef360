import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { askForPasskey, askToProve, askToSignIn } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'
import { NotFound } from '~/server/errors'

export const loader = load(() => redirect(paths.account()))

/** Asked by the page’s script just before the browser asks for the passkey. */
export const action = act(ButtonInput, async ({ viewer, params, from }) => {
  const asks: Record<string, () => ReturnType<typeof askToSignIn | typeof askToProve | typeof askForPasskey>> = {
    'sign-in': () => askToSignIn(from),
    prove: () => askToProve(personOf(viewer)),
    add: () => askForPasskey(personOf(viewer)),
  }
  const ask = Object.hasOwn(asks, params.kind) ? asks[params.kind] : undefined
  if (!ask) throw new NotFound()
  const { options, cookie } = await ask()
  return Response.json(options, { headers: { 'Set-Cookie': cookie } })
})
