import { redirect } from '@remix-run/node'
import { act, load } from '~/app/http.server'
import { paths } from '~/app/paths'
import { removeCategory } from '~/server/vendors'
import { RemoveCategoryInput } from '~/server/vendors/input'

export const loader = load(() => redirect(paths.operateCategories()))

export const action = act(RemoveCategoryInput, async ({ viewer, params }) => {
  await removeCategory(viewer, params.slug)
  return redirect(paths.operateCategories())
})

export default function RemoveCategory() {
  return null
}
