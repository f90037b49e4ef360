import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { sayObjection } from '~/server/agreements'
import { ObjectionInput } from '~/server/agreements/input'

export const loader = load(() => redirect(`${paths.terms()}#gpc`))

export const action = act(ObjectionInput, async ({ viewer, input }) => {
  await sayObjection(personOf(viewer), input.objects === 'yes')
  return redirect(`${paths.terms()}#gpc`)
})

export default function SayObjection() {
  return null
}
