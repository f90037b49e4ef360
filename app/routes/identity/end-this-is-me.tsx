import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { endThisIsMe } from '~/server/identity'
import { NothingInput } from '~/server/identity/input'

export const loader = load(() => redirect(paths.myKept()))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await endThisIsMe(personOf(viewer), params.id)
  return redirect(paths.myKept())
})
