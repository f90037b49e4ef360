import { redirect } from '@remix-run/node'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { confirmRecommendation } from '~/server/recommendations'
import { WithdrawInput } from '~/server/recommendations/input'

export const loader = load(({ params }) => redirect(paths.recommendation(params.id)))

export const action = act(WithdrawInput, async ({ viewer, params }) => {
  await confirmRecommendation(viewer, params.id)
  return redirect(paths.recommendation(params.id))
})

export default function ConfirmRecommendation() {
  return null
}
