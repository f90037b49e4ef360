import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { answerCounterOffer } from '~/server/agreements'
import { CounterAnswerInput } from '~/server/agreements/input'

export const loader = load(({ params }) => redirect(paths.termsWith(params.vendor ?? '')))

export const action = act(CounterAnswerInput, async ({ viewer, params, input }) => {
  await answerCounterOffer(personOf(viewer), params.vendor ?? '', input)
  return redirect(paths.termsWith(params.vendor ?? ''))
})

export default function AnswerCounterOffer() {
  return null
}
