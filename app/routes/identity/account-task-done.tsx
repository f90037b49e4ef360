import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { finishAccountTask } from '~/server/identity'
import { NothingInput } from '~/server/identity/input'

export const loader = load(({ params }) => redirect(paths.accountPage(params.id)))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await finishAccountTask(personOf(viewer), params.id, params.task)
  return redirect(`${paths.accountPage(params.id)}#tasks`)
})
