import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { tickStep } from '~/server/hand-offs'
import { TickInput } from '~/server/hand-offs/input'

export const loader = load(({ params }) => redirect(paths.handOff(params.id)))

export const action = act(TickInput, async ({ viewer, params, input }) => {
  await tickStep(personOf(viewer), params.id, params.step, input)
  return redirect(`${paths.handOff(params.id)}#checklist`)
})

export default function TickHandOffStep() {
  return null
}
