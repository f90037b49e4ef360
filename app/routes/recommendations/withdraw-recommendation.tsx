import { redirect } from '@remix-run/node'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { withdrawRecommendation } from '~/server/recommendations'
import { WithdrawInput } from '~/server/recommendations/input'

export const loader = load(({ params }) => redirect(paths.recommendation(params.id)))

export const action = act(WithdrawInput, async ({ viewer, params }) => {
  const { vendorSlug } = await withdrawRecommendation(viewer, params.id)
  return redirect(paths.vendor(vendorSlug))
})

export default function WithdrawRecommendation() {
  return null
}
