import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { finishTask } from '~/server/relationships'
import { NothingInput } from '~/server/relationships/input'

export const loader = load(({ params }) => redirect(paths.relationship(params.id ?? '')))

export const action = act(NothingInput, async ({ viewer, params }) => {
  await finishTask(personOf(viewer), params.id ?? '', params.task ?? '')
  return redirect(paths.relationship(params.id ?? ''))
})

export default function TaskDone() {
  return null
}
