import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { confirmAttribute } from '~/server/vault'
import { NothingInput } from '~/server/vault/input'

export const loader = load(() => redirect(`${paths.vault()}#kept`))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await confirmAttribute(personOf(viewer), params.key ?? '')
  return redirect(`${paths.vault()}#kept`)
})

export default function ConfirmAttribute() {
  return null
}
