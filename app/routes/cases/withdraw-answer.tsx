import { redirect } from '@remix-run/node'
import { RefusedButton } from '~/app/components/threads'
import { act, load, personOf } from '~/app/http.server'
import { paths, safeNext } from '~/app/paths'
import { caseAddress, withdrawAnswer } from '~/server/cases'
import { DecideAnswerInput } from '~/server/cases/input'

export const loader = load(async ({ viewer, params }) => redirect(paths.caseOf(await caseAddress(personOf(viewer), params.id))))

export const action = act(DecideAnswerInput, async ({ viewer, params, input }) => {
  await withdrawAnswer(personOf(viewer), params.id, input.answer)
  return redirect(safeNext(input.next, paths.caseOf(params.id)))
})

export default RefusedButton
