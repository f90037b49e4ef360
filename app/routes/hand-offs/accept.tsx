import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { acceptHandOff } from '~/server/hand-offs'
import { NothingInput } from '~/server/relationships/input'

export const loader = load(({ params }) => redirect(paths.handOff(params.id)))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await acceptHandOff(personOf(viewer), params.id)
  return redirect(paths.handOff(params.id))
})

export default function AcceptHandOff() {
  return null
}
