import { redirect } from '@remix-run/node'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { endDraw } from '~/server/recommendations'
import { EndDrawInput } from '~/server/recommendations/input'

export const loader = load(() => redirect(paths.vendors()))

export const action = act(EndDrawInput, async ({ viewer, params }) => {
  const { vendorSlug } = await endDraw(viewer, params.id)
  return redirect(paths.draws(vendorSlug))
})

export default function EndDraw() {
  return null
}
