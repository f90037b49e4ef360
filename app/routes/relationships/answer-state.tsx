import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { answerState } from '~/server/relationships'
import { StateAnswerInput } from '~/server/relationships/input'

export const loader = load(({ params }) => redirect(paths.myRelationship(params.vendor ?? '')))

export const action = act(StateAnswerInput, async ({ viewer, params, input }) => {
  await answerState(personOf(viewer), params.vendor ?? '', input)
  return redirect(paths.myRelationship(params.vendor ?? ''))
})

export default function AnswerState() {
  return null
}
