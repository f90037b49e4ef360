import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { letAskAgain } from '~/server/vault'
import { MayAskInput } from '~/server/vault/input'

export const loader = load(() => redirect(`${paths.vault()}#never`))

export const action = act(MayAskInput, async ({ viewer, params, input }) => {
  await letAskAgain(personOf(viewer), input.vendor, params.key ?? '')
  return redirect(`${paths.vault()}#never`)
})

export default function MayAsk() {
  return null
}
