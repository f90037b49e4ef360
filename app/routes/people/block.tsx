import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { blockPerson } from '~/server/accounts'
import { ButtonInput } from '~/server/accounts/input'

export const loader = load(({ params }) => redirect(paths.person(params.handle)))

export const action = act(ButtonInput, async ({ viewer, params, input }) => {
  await blockPerson(personOf(viewer), params.handle)
  return redirect(safeNext(input.next, paths.person(params.handle)))
})

export default function BlockButton() {
  return null
}
