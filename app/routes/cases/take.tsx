import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load, personOf } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { caseAddress, takeCase } from '~/server/cases'
import { TakeInput } from '~/server/cases/input'

export const loader = load(async ({ viewer, params }) => redirect(paths.caseOf(await caseAddress(personOf(viewer), params.id))))

export const action = act(TakeInput, async ({ viewer, params, input }) => {
  await takeCase(personOf(viewer), params.id, input.seen)
  return redirect(safeNext(input.next, paths.caseOf(params.id)))
})

export default RefusedButton
