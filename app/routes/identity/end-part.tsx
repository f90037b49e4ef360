import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { endPart } from '~/server/identity'
import { NothingInput } from '~/server/identity/input'

export const loader = load(({ params }) => redirect(paths.accountPage(params.id)))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await endPart(personOf(viewer), params.id, params.key)
  return redirect(paths.accountPage(params.id))
})
