import { redirect } from '@remix-run/node'
import { act, load, personOf } from '~/app/http.server'
import { paths } from '~/app/paths'
import { answerPlan } from '~/server/buying'
import { PlanAnswerInput } from '~/server/buying/input'

export const loader = load(({ params }) => redirect(paths.myPlan(params.id)))

export const action = act(PlanAnswerInput, async ({ viewer, params, input }) => {
  await answerPlan(personOf(viewer), params.id, input)
  return redirect(input.answer === 'accept' ? paths.myPlan(params.id) : paths.myPlans())
})

export default function AnswerPlan() {
  return null
}
